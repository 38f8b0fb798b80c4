"""A coordinator of the twin calls people: a place with a GP who pledged one, a programme of prevention."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    FOLLOW_UP,
    GP,
    INVITED_PEOPLE,
    NEVER,
    PLACED,
    PLANNED,
    PROGRAMMES,
    REGISTRATION,
    REMINDED,
)
from tests.naive_chance import draw
from tests.naive_prevention import is_targeted


class Placing:
    """Who is called, in which order, and what comes of it; how many places or calls there are is told."""

    def __init__(self, world, counts, requests):
        self.world, self.counts, self.requests = world, counts, requests

    def luck(self, decision, person, today, nth=0):
        return draw(self.world.seed, decision, today.day, person.key, nth)

    def in_order_of_calls(self, cpts, today):
        """The inhabitants of a CPTS: with ALD first, then by luck."""
        people = [one for one in self.world.people if one.lives_here and one.home.cpts == cpts]
        return sorted(people, key=lambda one: self.place_in_line(one, today))

    def place_in_line(self, person, today):
        return not person.ald, self.luck(decisions.PLACING_ORDER, person, today), person.row

    def place_patients(self, cpts, pledges, today):
        """Give places, as many as each GP (row) pledges, to people without a usual GP; say how many were called."""
        left, calls = dict(pledges), 0
        for person in self.in_order_of_calls(cpts, today):
            if not any(left.values()):
                self.world.happened["every place is given"] += 1
                break
            gp = self.nearest_place(person, left)
            if person.usual_gp >= 0 or gp is None or self.has_visit(person):
                continue
            calls += 1
            if person.seeking or self.is_convinced(person, today):
                left[gp.row] -= 1
                self.offer(person, gp, today)
        return calls

    def nearest_place(self, person, left):
        """The nearest GP at work within reach who has a place left; none if there is none."""
        near = person.home.reach[GP] if person.car else person.home.reach[GP][: person.home.on_foot[GP]]
        open_now = [self.world.practices[row] for row, _, _ in near if left.get(row, 0) > 0]
        return next((gp for gp in open_now if gp.active), None)

    def registration_of(self, person):
        """What somebody who looks for a GP has asked for, if anything."""
        mine = [one for one in self.requests.open if one.person is person and one.kind == REGISTRATION]
        return mine[0] if mine else None

    def has_visit(self, person):
        asked = self.registration_of(person)
        found = asked is not None and asked.booked
        self.world.happened["has a first visit already"] += found
        return found

    def is_convinced(self, person, today):
        """Whether somebody who did not look for a GP takes the place."""
        yes = self.luck(decisions.CONVERTS, person, today) < self.world.rules.converts
        self.world.happened["convinced", yes] += 1
        return yes

    def offer(self, person, gp, today):
        """Have somebody ask the GP who keeps the place, today, in the request that is open or in a new one."""
        day = today.day
        person.seeking, person.next_registration = 1, NEVER
        asked = self.registration_of(person)
        self.world.happened["placed", "anew" if asked is None else "while looking"] += 1
        if asked is None:
            self.requests.begin(today, person, REGISTRATION, PLANNED, began=day, contact=day, wanted=day)
            asked = self.registration_of(person)
        asked.practice, asked.when = gp.row, day
        self.counts.add(day, person, PLACED)

    def invite(self, cpts, calls, today):
        """Call so many of those who do not keep up with a programme; say how many were called."""
        made = 0
        for person in self.in_order_of_calls(cpts, today):
            programme = self.not_followed(person, today)
            if programme is None or made == calls:
                continue
            made += 1
            self.counts.add(today.day, person, INVITED_PEOPLE)
            joins = self.luck(decisions.INVITED, person, today, programme) < self.world.rules.invited
            self.world.happened["invited", joins] += 1
            if joins:
                person.joins += 2**programme
                person.next_prevention = min(person.next_prevention, today.day + 1)
        return made

    def remind(self, cpts, calls, today):
        """Call so many of those who gave a follow-up up; say how many were called."""
        made = 0
        for person in self.in_order_of_calls(cpts, today):
            if made == calls:
                break
            if not person.lapsed or FOLLOW_UP in person.tracks or person.next_follow_up == NEVER:
                continue
            made += 1
            self.counts.add(today.day, person, REMINDED)
            asks = self.luck(decisions.REMINDED, person, today) < self.world.rules.reminded
            self.world.happened["reminded", asks] += 1
            if asks:
                person.lapsed, person.next_follow_up, person.follow_up_lead = 0, today.day, 0
        return made

    def not_followed(self, person, today):
        """The first programme for somebody who neither follows it nor is up to date; none if there is none."""
        for programme in range(PROGRAMMES):
            follows = person.joins & 2**programme or self.is_up_to_date(person, programme, today)
            if is_targeted(person, programme) and not follows:
                return programme
        return None

    def is_up_to_date(self, person, programme, today):
        return person.up_to_date[programme] >= today.day
