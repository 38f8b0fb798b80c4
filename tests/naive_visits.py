"""Appointments of the twin: missed, or kept with a GP or another role, and what a visit leads to."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACTS,
    ACUTE,
    BY_PROTOCOL,
    BY_USUAL,
    CARRIED_TRIPS,
    DAYS_BY_USUAL,
    DEDICATED,
    DEDICATED_USED,
    DOOR_PROTOCOL,
    GAVE_UP,
    GIVEN_BACK_SLOTS,
    GP,
    HOME_VISITS,
    LOST,
    MISSED,
    NEAREST_VISITS,
    NURSE,
    ON_DEMAND,
    PHYSIOTHERAPIST,
    RECONTACT,
    REFERRAL,
    REGISTRATION,
    SEEN,
    SPECIALIST_DAYS,
    SPECIALIST_REFERRALS,
    SQUEEZED,
    SQUEEZED_SEEN,
    TRAVEL_TENTHS,
    TRAVELLED_VISITS,
    VISITED,
    WAITED_DAYS,
)
from tests.naive_requests import QUANTILE
from tests.naive_world import NOBODY

REMEMBERED = 3
MOST_SEEN = 255


class Visits:
    """What happens to those who hold an appointment."""

    def __init__(self, world, diary, counts, requests, ladder, room):
        self.world, self.diary, self.counts = world, diary, counts
        self.requests, self.ladder, self.room = requests, ladder, room

    def held_today(self, today):
        return [one for one in self.requests.open if one.booked and one.when == today.day]

    def miss_appointments(self, today):
        """Some forget: they ask again once, and the slot is lost unless they said so. In hospital one calls off."""
        for request in self.held_today(today):
            if self.lies_in_hospital(request.person):
                self.world.happened["called off in hospital"] += 1
                self.give_back(request)
                self.requests.ask_again(request, today)
            elif self.forgets(request):
                self.miss(request, today)

    def give_back(self, request):
        self.diary.free[request.practice, request.pool, request.when, request.period] += 1

    def forgets(self, request):
        """More often a doctor whom one does not know."""
        stranger = request.practice != request.person.usual_gp
        luck = self.world.luck_of(request, decisions.NO_SHOW, request.missed)
        return luck < self.world.rules.no_show[stranger]

    def lies_in_hospital(self, person):
        return person.in_hospital

    def miss(self, request, today):
        practice = self.world.practices[request.practice]
        self.counts.add(today.day, request.person, MISSED)
        gives_back = self.world.luck_of(request, decisions.GIVEN_BACK, request.missed)
        if gives_back < self.world.rules.given_back:
            self.give_back(request)
            self.counts.add(today.day, request.person, GIVEN_BACK_SLOTS)
            self.world.happened["given back"] += 1
        else:
            self.counts.add_practice(today.day, practice, LOST)
            self.world.happened["lost"] += 1
        request.missed += 1
        if request.missed == 2:
            self.requests.end(request, GAVE_UP, today)
            self.world.happened["missed twice"] += 1
            return
        self.requests.ask_again(request, today)

    def see_patients(self, today):
        """Kind after kind: of two visits of one person it is settled which comes first."""
        for request in sorted(self.held_today(today), key=self.order_of):
            practice = self.world.practices[request.practice]
            self.world.happened["seen by", practice.role] += 1
            if request.person.car == ON_DEMAND and not request.person.home_bound:
                self.counts.add(today.day, request.person, CARRIED_TRIPS)
                self.world.happened["ride"] += 1
            if practice.role == GP:
                self.see_gp(request, practice, today)
            else:
                self.see_other_role(request, practice, today)

    def order_of(self, request):
        """A visit's place in the day: what it may change for another visit of the same person is settled by this."""
        return request.kind

    def see_gp(self, request, gp, today):
        """A GP's visit, and all that it may lead to."""
        person, rules, luck_of = request.person, self.world.rules, self.world.luck_of
        self.count_visit(request, gp, today)
        self.room.sit(request, gp)
        self.requests.hospital.note_contact(person, today)
        self.refer_to_specialist(request, today)
        self.refer_near_by(request, today)
        self.remember(person, gp.row)
        self.requests.end(request, VISITED, today)
        if request.kind == REGISTRATION:
            self.ladder.join(person, gp, request.minutes, today)
        if luck_of(request, decisions.REGISTERS_WHEN_MET) < rules.registers_when_met:
            self.ladder.ask_the_gp_met(person, today)
        if luck_of(request, decisions.PREVENTION_ON_THE_WAY) < rules.on_the_way:
            self.requests.prevention.on_the_way(person, today)
        comes_again = rules.recontact - rules.recontact * gp.spared // 256
        luck = luck_of(request, decisions.RECONTACT)
        self.world.happened["recontact spared"] += (
            request.kind == ACUTE and comes_again <= luck < rules.recontact
        )
        if request.kind == ACUTE and luck < comes_again:
            self.requests.needed_again(request, today)

    def refer_to_specialist(self, request, today):
        """A specialist has no diary: the days until the visit are drawn."""
        rules, luck_of = self.world.rules, self.world.luck_of
        if luck_of(request, decisions.REFERRED) >= rules.specialist:
            return
        choice = luck_of(request, decisions.SPECIALTY)
        specialty = next(row for row, most in enumerate(rules.specialty) if choice < most)
        place = luck_of(request, decisions.SPECIALIST_DELAY) // QUANTILE
        self.counts.add(today.day, request.person, SPECIALIST_REFERRALS)
        self.counts.add(today.day, request.person, SPECIALIST_DAYS, rules.specialist_days[specialty][place])
        self.world.happened["specialist"] += 1

    def refer_near_by(self, request, today):
        """For an episode the GP may send somebody to a physiotherapist or to a nurse."""
        if request.kind in (ACUTE, RECONTACT):
            luck = self.world.luck_of(request, decisions.REFERRED, 1)
            physiotherapist, either = self.world.rules.referred
            if luck < either:
                role = PHYSIOTHERAPIST if luck < physiotherapist else NURSE
                self.witness_other_referrals(request.person, today)
                self.requests.refer(request.person, role, today)

    def witness_other_referrals(self, person, today):
        """Note whether another referral is open, and whether its visit is today, so that the order of two tells."""
        others = [one for one in self.requests.open if one.person is person and one.kind == REFERRAL]
        self.world.happened["already referred"] += len(others)
        self.world.happened["already referred to today"] += sum(
            one.booked and one.when == today.day for one in others
        )

    def see_other_role(self, request, practice, today):
        """A visit to another role; a protocol may fail, and a doctor must then be seen."""
        person = request.person
        self.counts.add_practice(today.day, practice, SEEN)
        self.counts.add_practice(today.day, practice, WAITED_DAYS, max(today.day - request.contact, 0))
        if request.door == DOOR_PROTOCOL:
            self.counts.add(today.day, person, BY_PROTOCOL)
            luck = self.world.luck_of(request, decisions.PROTOCOL_SUCCEEDS)
            if luck >= self.world.rules.succeeds[practice.role]:
                self.world.happened["protocol fails", practice.role] += 1
                self.ladder.turn_away(request, today)
                self.requests.ask_again(request, today)
                return
        self.requests.end(request, VISITED, today)

    def remember(self, person, practice):
        """Whom a person met this year: three by name, others by number."""
        if practice not in person.met:
            if len(person.met) < REMEMBERED:
                person.met.append(practice)
            person.gps_seen = min(person.gps_seen + 1, MOST_SEEN)

    def count_visit(self, request, gp, today):
        """Through which door, from which pool, how far."""
        person, day = request.person, today.day
        self.counts.add(day, person, ACTS)
        self.counts.add(day, person, BY_USUAL + request.door)
        self.counts.add(day, person, DAYS_BY_USUAL + request.door, max(day - request.contact, 0))
        self.counts.add_practice(day, gp, SEEN)
        if request.pool == SQUEEZED:
            self.counts.add_practice(day, gp, SQUEEZED_SEEN)
        if request.pool == DEDICATED:
            self.counts.add_practice(day, gp, DEDICATED_USED)
        if person.home_bound:
            self.counts.add(day, person, HOME_VISITS)
            self.world.happened["home visit"] += 1
        elif request.minutes >= 0:
            open_now = [one for one in person.home.reach[GP] if self.world.practices[one[0]].active]
            nearest = open_now[0][1] if open_now else NOBODY
            self.world.happened["the nearest is closed"] += open_now != person.home.reach[GP]
            self.counts.add(day, person, TRAVELLED_VISITS)
            self.counts.add(day, person, TRAVEL_TENTHS, request.minutes)
            self.counts.add(day, person, NEAREST_VISITS, request.minutes <= nearest)
