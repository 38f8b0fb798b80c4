"""What a CPTS takes to people in the twin: kits by post, days held in communes, groups of balance exercise."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    COLORECTAL,
    EXERCISE_CALLS,
    EXERCISE_JOINED,
    EXERCISES,
    KITS_POSTED,
    KITS_RETURNED,
    OUTREACH_SEEN,
    PREVENTION,
)
from tests.naive_chance import draw
from tests.naive_prevention import is_targeted

OLD = 65


class Outreach:
    """Whom kits, days and groups reach; how many there are is told."""

    def __init__(self, world, counts, requests, placing):
        self.world, self.counts, self.requests, self.placing = world, counts, requests, placing
        self.last_kit = {}

    def luck(self, decision, person, today):
        return draw(self.world.seed, decision, today.day, person.key)

    def by_luck(self, people, decision, today):
        return sorted(people, key=lambda one: (self.luck(decision, one, today), one.row))

    def post_kits(self, cpts, kits, today):
        """Post so many kits; say how many were."""
        people = [one for one in self.world.people if one.lives_here and one.home.cpts == cpts]
        made = 0
        for person in self.by_luck(people, decisions.KIT_ORDER, today):
            if made == kits:
                break
            if not self.lacks_a_test(person, today) or self.has_a_kit(person, today):
                continue
            made += 1
            self.last_kit[person.row] = today.day
            self.counts.add(today.day, person, KITS_POSTED)
            returned = self.luck(decisions.KIT_RETURNED, person, today) < self.world.rules.kit_returned
            self.world.happened["kit", returned] += 1
            if returned:
                self.requests.prevention.renew(person, COLORECTAL, today)
                self.counts.add(today.day, person, KITS_RETURNED)
        return made

    def lacks_a_test(self, person, today):
        """Screening is meant for somebody who neither follows it nor is up to date."""
        if not is_targeted(person, COLORECTAL) or person.joins & 2**COLORECTAL:
            return False
        return person.up_to_date[COLORECTAL] < today.day

    def has_a_kit(self, person, today):
        """Whether a kit came within what a test is good for."""
        days = self.world.rules.programme_days[COLORECTAL]
        has = person.row in self.last_kit and self.last_kit[person.row] > today.day - days
        self.world.happened["has a kit already"] += has
        return has

    def hold_day(self, row, room, today):
        """A day in a commune; say how many were seen."""
        commune, seen = self.world.communes[row], 0
        people = [one for one in self.world.people[commune.first : commune.last] if self.can_come(one)]
        for person in self.by_luck(people, decisions.OUTREACH_ORDER, today):
            if seen == room:
                self.world.happened["the day is full"] += 1
                break
            due = self.requests.prevention.due_at_once(person, today)
            comes = self.luck(decisions.COMES_TO_OUTREACH, person, today) < self.world.rules.comes_to_outreach
            if not due or not comes:
                continue
            seen += 1
            self.world.happened["outreach", due[0]] += 1
            self.requests.prevention.renew(person, due[0], today)
            self.counts.add(today.day, person, OUTREACH_SEEN)
        return seen

    def can_come(self, person):
        """Who lives here, can go out and has not asked elsewhere."""
        asked = PREVENTION in person.tracks
        self.world.happened["asked for prevention elsewhere"] += asked
        return person.lives_here and not (person.in_hospital or person.home_bound or asked)

    def fill_exercise(self, cpts, places, calls_a_place, today):
        """Call old people for the places left; say how many were called."""
        people = self.placing.in_order_of_calls(cpts, today)
        taken, calls = sum(self.exercises(one) for one in people), 0
        most = calls_a_place * max(places - taken, 0)
        for person in people:
            if taken >= places or calls >= most:
                break
            if self.exercises(person) or person.age < OLD or person.home_bound or person.in_hospital:
                continue
            calls += 1
            self.counts.add(today.day, person, EXERCISE_CALLS)
            joins = self.luck(decisions.JOINS_EXERCISE, person, today) < self.world.rules.joins_exercise
            self.world.happened["exercise", joins] += 1
            if joins:
                person.joins += 2**EXERCISES
                taken += 1
                self.counts.add(today.day, person, EXERCISE_JOINED)
        self.world.happened["every place is taken"] += taken >= places
        return calls

    def exercises(self, person):
        """Whether somebody goes to a group."""
        return bool(person.joins & 2**EXERCISES)
