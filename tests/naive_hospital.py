"""Stays in hospital in the twin: a bed here or elsewhere, some nights, and what follows the way home."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ADMISSIONS,
    CONTACT_7,
    CONTACT_15,
    CORRIDOR,
    DISCHARGES,
    NEVER,
    NIGHTS,
    PLANNED,
    POST_DISCHARGE,
    READMISSIONS,
    TOLD,
    TRANSFERS,
)
from tests.naive_chance import draw
from tests.naive_requests import QUANTILE

WITHOUT_THE_ED, AGAIN = 4, 5
IN_TIME, LATE = 1, 2


class Hospital:
    """Beds, and who lies in them."""

    def __init__(self, world, counts, requests):
        self.world, self.counts, self.requests = world, counts, requests
        self.told = {}  # CPTS that are told of exits: the chance that one is

    def luck(self, decision, person, today, nth=0):
        return draw(self.world.seed, decision, today.day, person.key, nth)

    def site_of(self, person):
        """The hospital with the ED nearest to a person's home, -1 if there is none."""
        return person.home.emergency_site

    def admit(self, person, site, how, today):
        """Find a bed and say for how many nights; nobody lies in two."""
        if person.in_hospital or site < 0:
            self.world.happened["already in hospital"] += person.in_hospital
            return
        there = self.bed_for(site)
        hospital = self.world.hospitals[there]
        nights = self.world.rules.stay_days[self.luck(decisions.STAY_DAYS, person, today, how) // QUANTILE]
        self.world.stays.append([person, there, min(today.day + nights, NEVER - 1)])
        hospital.occupied += 1
        person.in_hospital = 1
        told = {
            ADMISSIONS: 1, NIGHTS: nights, TRANSFERS: there != site, CORRIDOR: hospital.occupied > hospital.beds,
        }  # fmt: skip
        for measure, amount in told.items():
            self.counts.add(today.day, person, measure, amount)
        self.counts.add(person.discharged, person, READMISSIONS, how == AGAIN)  # in the month of the exit
        self.world.happened["admitted", how] += 1
        self.world.happened["transferred"] += there != site
        self.world.happened["no bed anywhere"] += hospital.occupied > hospital.beds

    def bed_for(self, site):
        """Here if a bed is free, else in the nearest other hospital if one is free there, else here all the same."""
        here = self.world.hospitals[site]
        other = self.world.hospitals[here.elsewhere] if here.elsewhere >= 0 else None
        moves = here.occupied >= here.beds and other is not None and other.occupied < other.beds
        return here.elsewhere if moves else site

    def discharge(self, today):
        """Whose last day it is goes home."""
        for stay in list(self.world.stays):
            person, hospital, until = stay
            if until <= today.day:
                self.world.stays.remove(stay)
                self.world.hospitals[hospital].occupied -= 1
                self.go_home(person, today)

    def go_home(self, person, today):
        """Some will be back within a month; some call their GP tomorrow."""
        rules = self.world.rules
        person.in_hospital, person.discharged, person.contacted = 0, today.day, 0
        self.counts.add(today.day, person, DISCHARGES)
        self.world.happened["discharged"] += 1
        person.next_readmission = NEVER
        if self.luck(decisions.READMITTED, person, today) < rules.readmitted:
            later = 2 + self.luck(decisions.READMISSION_DAY, person, today) % 29
            person.next_readmission = min(today.day + later, NEVER)
        asks = self.luck(decisions.ASKS_AFTER_STAY, person, today) < self.asks_after(person, today)
        if asks and POST_DISCHARGE in person.tracks:
            self.world.happened["asks already"] += 1
        elif asks:
            later = 1 + self.luck(decisions.ASKS_AFTER_STAY, person, today, 1) % rules.seen_in_time
            wanted = min(today.day + later, NEVER)
            self.requests.begin(
                today, person, POST_DISCHARGE, PLANNED, began=today.day, contact=today.day + 1, wanted=wanted
            )

    def asks_after(self, person, today):
        """More ask for a GP when the CPTS of the home is told of the exit."""
        is_told = self.luck(decisions.TOLD_OF_EXIT, person, today) < self.told.get(person.home.cpts, 0)
        self.counts.add(today.day, person, TOLD, is_told)
        self.world.happened["told of the exit"] += is_told
        return self.world.rules.asks_when_told if is_told else self.world.rules.asks_after

    def note_contact(self, person, today):
        """The first visit to a GP after a stay: in a week, a fortnight, or later; counted in the month of the exit."""
        if person.discharged < 0 or person.contacted:
            return
        days = today.day - person.discharged
        person.contacted = IN_TIME if days <= self.world.rules.seen_in_time else LATE
        self.counts.add(person.discharged, person, CONTACT_7, days <= 7)
        self.counts.add(person.discharged, person, CONTACT_15, days <= 15)
        self.world.happened["contact", "in a week" if days <= 7 else "in two" if days <= 15 else "later"] += 1

    def come_in(self, person, today):
        """A stay that does not begin at the ED."""
        rate = person.admission_rate
        person.next_admission = self.requests.next_day(
            decisions.ADMISSION_GAP, person, today.day, rate, 10_000
        )
        self.admit(person, self.site_of(person), WITHOUT_THE_ED, today)

    def come_back(self, person, today):
        """A second stay within the month, of which some are spared."""
        person.next_readmission = NEVER
        in_time = person.contacted == IN_TIME
        spared = self.luck(decisions.READMISSION_SPARED, person, today) >= self.world.rules.spared[in_time]
        self.world.happened["readmission spared" if spared else "readmission", in_time] += 1
        if not spared:
            self.admit(person, self.site_of(person), AGAIN, today)
