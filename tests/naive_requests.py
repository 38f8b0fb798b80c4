"""The open requests of the twin: how they begin, how they end and what comes after."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACUTE,
    FOLLOW_UP,
    GAVE_UP,
    NEVER,
    PREVENTION,
    RECONTACT,
    RECOVERED_END,
    REGISTRATION,
    VISITED,
)
from tests.naive_chance import WORD, draw
from tests.naive_overload import stretched
from tests.naive_prevention import Prevention
from tests.naive_world import NOBODY, Request

QUANTILE = WORD // 1024
FAR_FIRST, FAR_LAST = 45, 95
MOST_AHEAD = 255


class Requests:
    """Who wants what: a list without order."""

    Prevention = Prevention

    def __init__(self, world, counts):
        self.world, self.counts = world, counts
        self.prevention = self.Prevention(world, counts)
        self.open = []
        self.opened = self.closed = self.days_lived = self.days_open = 0

    def begin(self, today, person, kind, urgency, *, began, contact, wanted, sought=NOBODY):
        """Open a request that will be called for on its day of contact."""
        request = Request(
            person, kind, urgency, began=began, contact=contact, wanted=wanted, opened=today.day, when=contact
        )
        request.first_urgency, request.sought = urgency, sought
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
        """End a request; some needs come back on a date that is known now."""
        self.counts.ended(request, end, today.day)
        self.open.remove(request)
        request.ended = True
        self.closed += 1
        self.days_lived += today.day - request.opened
        request.person.tracks.remove(request.track)
        self.world.happened["end", end] += 1
        if request.kind == FOLLOW_UP:
            request.person.lapsed = int(end == GAVE_UP)
            self.plan_follow_up(request.person, today.day)
        if request.kind == REGISTRATION:
            self.seek_later(request.person, end, today)
        if request.kind == PREVENTION:
            self.prevention.after(request.person, request.sought, end == VISITED, today)
        if request.kind == FOLLOW_UP and end == GAVE_UP and request.person.ald:
            self.lose_control(request, today)

    def lose_control(self, request, today):
        """A follow-up given up may end in hospital within two months."""
        luck = self.world.luck_of(request, decisions.LOSES_CONTROL)
        if luck < self.world.rules.loses_control:
            later = 7 + self.world.luck_of(request, decisions.LOSES_CONTROL_DAY) % 54
            request.person.next_admission = min(request.person.next_admission, today.day + later)
            self.world.happened["loses control"] += 1

    def ask_again(self, request, today):
        """Without an appointment or an answer after all: call again as if refused, with more patience."""
        request.booked, request.practice, request.when = False, NOBODY, today.next_open
        request.tries = max(request.tries, 1)
        request.deadline = max(request.deadline, today.day + self.world.rules.beyond)

    def seek_later(self, person, end, today):
        """Somebody still without a usual GP looks for one again some months later."""
        person.next_registration = NEVER
        if person.seeking and person.usual_gp < 0:
            person.next_registration = min(today.day + self.world.rules.registration_again, NEVER)
            self.world.happened["seeks later"] += end != VISITED

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
        due = day + self.interval(person) + jitter
        lead = rules.lead[luck(decisions.FOLLOW_UP_LEAD) // QUANTILE]
        if luck(decisions.FOLLOW_UP_FAR) < rules.follow_up_far:
            lead = FAR_FIRST + luck(decisions.FOLLOW_UP_FAR_DAYS) % (FAR_LAST - FAR_FIRST + 1)
        calls = max(day + 1, due - lead)
        person.next_follow_up, person.follow_up_lead = min(calls, NEVER), min(max(due - calls, 0), MOST_AHEAD)

    def interval(self, person):
        """Days between two follow-ups; more when the usual GP is overloaded."""
        days = self.world.rules.follow_up_days[0 if person.ald else 1]
        if person.usual_gp < 0:
            return days
        longer = stretched(days, self.world.practices[person.usual_gp], self.world.rules)
        self.world.happened["follow-up stretched"] += longer > days
        return longer
