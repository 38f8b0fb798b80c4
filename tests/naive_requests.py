"""The open requests of the twin: how they begin, how they end, and the needs that they come from."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACUTE,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    FOLLOW_UP,
    GAVE_UP,
    NEVER,
    PLANNED,
    RECONTACT,
    RECOVERED_END,
    ROUTINE,
    TODAY,
    WITHIN_48H,
    WITHIN_WEEK,
)
from tests.naive_chance import WORD, draw
from tests.naive_world import Request

QUANTILE = WORD // 1024
YEAR = 365
FAR_FIRST, FAR_LAST = 45, 95
LATER_FIRST, LATER_LAST = 14, 60


class Requests:
    """Who wants what: a list without order."""

    def __init__(self, world, counts):
        self.world, self.counts = world, counts
        self.open = []
        self.opened = self.closed = self.days_lived = self.days_open = 0

    def begin(self, today, person, kind, urgency, *, began, contact, wanted):
        """Open a request that will be called for on its day of contact."""
        request = Request(
            person, kind, urgency, began=began, contact=contact, wanted=wanted, opened=today.day, when=contact
        )
        request.deadline = min(wanted + self.patience(request), NEVER)
        person.tracks.add(request.track)
        self.open.append(request)
        self.opened += 1
        self.counts.made(request)
        self.world.happened["urgency", kind, urgency] += 1

    def patience(self, request):
        """Days after the wanted date until somebody gives up."""
        luck = self.world.luck_of(request, decisions.PATIENCE)
        return self.world.rules.patience[request.kind][request.urgency][luck // QUANTILE]

    def end(self, request, end, today):
        """End a request; whoever is followed is given a next date."""
        self.counts.ended(request, end, today.day)
        self.open.remove(request)
        request.ended = True
        self.closed += 1
        self.days_lived += today.day - request.opened
        request.person.tracks.remove(request.track)
        self.world.happened["end", end] += 1
        if request.kind == FOLLOW_UP:
            self.plan_follow_up(request.person, today.day)

    def forgo(self, request, today):
        """Give up: cured, or still in need."""
        episode = request.kind in (ACUTE, RECONTACT)
        cured = episode and self.world.luck_of(request, decisions.RECOVERED) < self.world.rules.recovered
        self.end(request, RECOVERED_END if cured else GAVE_UP, today)

    def plan_follow_up(self, person, day):
        """Plan the next follow-up and the day on which it is called for."""
        rules, seed = self.world.rules, self.world.seed
        person.follow_ups = (person.follow_ups + 1) % 256

        def luck(decision):
            return draw(seed, decision, person.follow_ups, person.key)

        jitter = luck(decisions.FOLLOW_UP_JITTER) % (2 * rules.tolerance + 1) - rules.tolerance
        due = day + rules.follow_up_days[0 if person.ald else 1] + jitter
        lead = rules.lead[luck(decisions.FOLLOW_UP_LEAD) // QUANTILE]
        if luck(decisions.FOLLOW_UP_FAR) < rules.follow_up_far:
            lead = FAR_FIRST + luck(decisions.FOLLOW_UP_FAR_DAYS) % (FAR_LAST - FAR_FIRST + 1)
        person.next_follow_up = max(day + 1, due - lead)
        person.follow_up_lead = max(due - person.next_follow_up, 0)

    # ------------------------------------------------------------- needs

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

    def next_day(self, decision, person, day, rate, a_year):
        """Draw the day of the next event, when `rate` of them make `a_year` in a year."""
        if rate == 0:
            return NEVER
        wait = self.world.rules.exponential[draw(self.world.seed, decision, day, person.key) // QUANTILE]
        return min(day + 1 + wait * YEAR * a_year // rate // 2**16, NEVER)

    def fall_ill(self, person, today):
        """A new episode, if the season has it and none is under way."""
        day, seed, rules = today.day, self.world.seed, self.world.rules
        person.next_acute = self.next_day(decisions.ACUTE_GAP, person, day, person.acute_rate, 1000)
        if draw(seed, decisions.ACUTE_HAPPENS, day, person.key) >= today.season or ACUTE in person.tracks:
            return
        luck = draw(seed, decisions.ACUTE_URGENCY, day, person.key)
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
        if ROUTINE in person.tracks:
            return
        wanted = day
        if draw(seed, decisions.ROUTINE_LATER, day, person.key) < self.world.rules.routine_later:
            luck = draw(seed, decisions.ROUTINE_LATER_DAYS, day, person.key)
            wanted = day + LATER_FIRST + luck % (LATER_LAST - LATER_FIRST + 1)
        self.begin(today, person, ROUTINE, PLANNED, began=day, contact=day, wanted=min(wanted, NEVER))

    def go_to_emergency(self, person, today):
        """Hurt, in danger, sent, or by one's own choice."""
        day, seed, rate = today.day, self.world.seed, person.emergency_rate
        person.next_emergency = self.next_day(decisions.EMERGENCY_GAP, person, day, rate, 10_000)
        stream = ED_OWN_CHOICE
        if draw(seed, decisions.EMERGENCY_STREAM, day, person.key) * rate // WORD < person.emergency_base:
            hurt = draw(seed, decisions.EMERGENCY_STREAM, day, person.key, 1) < self.world.rules.injury
            stream = ED_INJURY if hurt else ED_VITAL
        self.counts.add(day, person, stream)
        self.world.happened["emergency", stream] += 1

    def needed_again(self, request, today):
        """An episode may call for another visit within days, less urgent than today's."""
        day = today.day + 4 + self.world.luck_of(request, decisions.RECONTACT_DAY) % 9
        urgency = max(request.urgency, WITHIN_48H)
        self.begin(today, request.person, RECONTACT, urgency, began=request.began, contact=day, wanted=day)
