"""The needs of the twin: illness, follow-ups, routine, other care, prevention and looking for a usual GP."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACUTE,
    DENTIST,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    EXERCISES,
    FALLS_SPARED,
    FOLLOW_UP,
    MIDWIFE,
    NEVER,
    PLANNED,
    RECONTACT,
    REFERRAL,
    REGISTRATION,
    ROUTINE,
    SAS_CALLS,
    TODAY,
    WITHIN_48H,
    WITHIN_WEEK,
)
from tests.naive_chance import WORD, draw
from tests.naive_requests import QUANTILE, Requests

YEAR = 365
EIGHT, TWENTY = 8 * 600, 20 * 600
LATER_FIRST, LATER_LAST = 14, 60


class Needs(Requests):
    """How requests come about."""

    def feel(self, person, today):
        """Let a person's needs of the day arise."""
        if person.next_acute == today.day:
            self.fall_ill(person, today)
        if person.next_follow_up == today.day:
            self.call_for_follow_up(person, today)
        if person.next_routine == today.day:
            self.want_routine(person, today)
        if person.next_emergency == today.day:
            self.go_to_emergency(person, today)
        if person.next_other == today.day:
            self.want_other_care(person, today)
        if person.next_prevention == today.day:
            self.prevention.think(self, person, today)
        if person.next_registration == today.day:
            self.look_for_usual_gp(person, today)
        if person.next_readmission == today.day:
            self.hospital.come_back(person, today)
        if person.next_admission == today.day:
            self.hospital.come_in(person, today)

    def is_elsewhere(self, person, today):
        """In hospital nothing else is needed; visitors are here in summer only."""
        away = person.visitor and not today.summer
        self.world.happened["visitor", "away" if away else "here"] += person.visitor
        self.world.happened["needs nothing else in hospital"] += person.in_hospital
        return person.in_hospital or away

    def next_day(self, decision, person, day, rate, a_year):
        """Draw the day of the next event, when `rate` of them make `a_year` in a year."""
        if rate == 0:
            return NEVER
        wait = self.world.rules.exponential[draw(self.world.seed, decision, day, person.key) // QUANTILE]
        return min(day + 1 + wait * YEAR * a_year // rate // 2**16, NEVER)

    def fall_ill(self, person, today):
        """A new episode, if the season has it and none is under way."""
        day, seed = today.day, self.world.seed
        person.next_acute = self.next_day(decisions.ACUTE_GAP, person, day, person.acute_rate, 1000)
        in_season = draw(seed, decisions.ACUTE_HAPPENS, day, person.key) < today.season
        if in_season and ACUTE not in person.tracks and not self.is_elsewhere(person, today):
            self.begin_episode(person, today)

    def catch(self, person, wave, today):
        """An epidemic makes somebody ill who is not: those who often are, more often."""
        if not person.alive or ACUTE in person.tracks or self.is_elsewhere(person, today):
            return
        luck = draw(self.world.seed, decisions.WAVE_ILL, today.day, person.key)
        if luck < person.acute_rate * wave // 2**20:
            self.world.happened["ill of the wave"] += 1
            self.begin_episode(person, today)

    def begin_episode(self, person, today):
        """Symptoms, more or less urgent."""
        day, rules = today.day, self.world.rules
        luck = draw(self.world.seed, decisions.ACUTE_URGENCY, day, person.key)
        urgency = WITHIN_WEEK
        if luck < rules.urgent_48h:
            urgency = TODAY if luck < rules.urgent_today else WITHIN_48H
        self.begin(today, person, ACUTE, urgency, began=day, contact=day, wanted=day)

    def call_for_follow_up(self, person, today):
        """A regular visit, called for ahead of its due date."""
        person.next_follow_up = NEVER
        if FOLLOW_UP not in person.tracks:
            wanted = min(today.day + person.follow_up_lead, NEVER)
            number = person.follow_ups
            self.begin(today, person, FOLLOW_UP, PLANNED, began=number, contact=today.day, wanted=wanted)

    def want_routine(self, person, today):
        """A certificate or the like, now or some weeks from now."""
        day, seed = today.day, self.world.seed
        person.next_routine = self.next_day(decisions.ROUTINE_GAP, person, day, person.routine_rate, 1000)
        if ROUTINE in person.tracks or self.is_elsewhere(person, today):
            return
        wanted = day
        if draw(seed, decisions.ROUTINE_LATER, day, person.key) < self.world.rules.routine_later:
            luck = draw(seed, decisions.ROUTINE_LATER_DAYS, day, person.key)
            wanted = day + LATER_FIRST + luck % (LATER_LAST - LATER_FIRST + 1)
        self.begin(today, person, ROUTINE, PLANNED, began=day, contact=day, wanted=min(wanted, NEVER))

    def want_other_care(self, person, today):
        """A dentist or a midwife, whom one sees without being sent."""
        day = today.day
        person.next_other = self.next_day(decisions.OTHER_CARE_GAP, person, day, person.other_rate, 1000)
        if self.is_elsewhere(person, today):
            return
        luck = draw(self.world.seed, decisions.OTHER_CARE_ROLE, day, person.key)
        self.refer(person, MIDWIFE if luck // 2**16 < person.midwife_share else DENTIST, today)

    def refer(self, person, role, today):
        """Open a request to a role, unless another is open."""
        if REFERRAL in person.tracks:
            return
        if not self.world.lists(person, role):
            self.world.happened["role not listed"] += 1
            return
        day = today.day
        self.begin(today, person, REFERRAL, PLANNED, began=day, contact=day, wanted=day, sought=role)
        self.world.happened["referral", role] += 1

    def look_for_usual_gp(self, person, today):
        """Start to look for a usual GP."""
        day, person.next_registration = today.day, NEVER
        if person.seeking and person.usual_gp < 0 and REGISTRATION not in person.tracks:
            self.begin(today, person, REGISTRATION, PLANNED, began=day, contact=day, wanted=day)

    def go_to_emergency(self, person, today):
        """Hurt, in danger, sent, or by one's own choice."""
        day, seed, rate = today.day, self.world.seed, person.emergency_rate
        person.next_emergency = self.next_day(decisions.EMERGENCY_GAP, person, day, rate, 10_000)
        if self.is_elsewhere(person, today):
            return
        stream = ED_OWN_CHOICE
        if draw(seed, decisions.EMERGENCY_STREAM, day, person.key) * rate // WORD < person.emergency_base:
            hurt = draw(seed, decisions.EMERGENCY_STREAM, day, person.key, 1) < self.world.rules.injury
            stream = ED_INJURY if hurt else ED_VITAL
        if stream == ED_OWN_CHOICE and self.is_advised_instead(person, today):
            self.counts.add(day, person, SAS_CALLS)
            self.world.happened["advised instead of the ED"] += 1
            return
        if stream == ED_INJURY and self.falls_less(person, today):
            self.counts.add(day, person, FALLS_SPARED)
            return
        self.emergency.go(person, stream, today)
        self.world.happened["emergency", stream] += 1

    def falls_less(self, person, today):
        """Whether an injury is a fall that does not happen to somebody in a group of exercise."""
        luck = draw(self.world.seed, decisions.FALL_SPARED, today.day, person.key)
        spared = luck < self.world.rules.falls_spared
        goes = bool(person.joins & 2**EXERCISES)
        self.world.happened["fall spared", spared] += goes
        return goes and spared

    def is_advised_instead(self, person, today):
        """At night, where one enters the ED by way of the 15, some who chose it are advised."""
        nth, rules = ED_OWN_CHOICE - ED_INJURY, self.world.rules
        hour = rules.ed_hour[draw(self.world.seed, decisions.ED_HOUR, today.day, person.key, nth) // QUANTILE]
        if not person.home.regulated or EIGHT <= hour < TWENTY:
            return False
        return (
            draw(self.world.seed, decisions.REGULATED_AT_THE_ED, today.day, person.key) < rules.sas_outcome[0]
        )

    def needed_again(self, request, today):
        """An episode may call for another visit within days, less urgent than today's."""
        day = today.day + 4 + self.world.luck_of(request, decisions.RECONTACT_DAY) % 9
        urgency = max(request.urgency, WITHIN_48H)
        self.begin(today, request.person, RECONTACT, urgency, began=request.began, contact=day, wanted=day)
