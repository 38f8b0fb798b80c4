"""Substitutes of a GP in the twin: protocols, walk-in sessions, remote doctors and the mobile unit."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACTS,
    ADDED_DEMAND,
    ADVANCED_NURSE,
    BY_MOBILE,
    BY_TELECARE,
    DOOR_PROTOCOL,
    DOOR_WALK_IN,
    FOLLOW_UP,
    NURSE,
    PERIODS,
    PHARMACIST,
    PLANNED,
    PRACTICE_NURSE,
    SAME_DAY,
    SCHEDULED,
    SHARED_FOLLOW_UPS,
    TELECARE,
    TURNED_AWAY,
    VISITED,
)
from tests.naive_chance import draw
from tests.naive_counts import class_of
from tests.naive_others import Others

PROTOCOLS = (PHARMACIST, NURSE, ADVANCED_NURSE, PRACTICE_NURSE)
SOON = 2


class Substitutes(Others):
    """What is left when no practice has a slot."""

    def try_substitutes(self, request, today, period):
        """A protocol; for what cannot be planned also a walk-in session, a remote doctor and the mobile unit."""
        if self.try_protocols(request, today, period):
            return True
        if request.urgency == PLANNED:
            return False
        return (
            self.try_walk_in(request, today, period)
            or self.try_telecare(request, today)
            or self.try_mobile_unit(request, today)
        )

    def try_pathway(self, request, today, period):
        """A protocol may have a nurse hold a follow-up instead of the GP, if the person agrees; but once."""
        person, cpts = request.person, self.home(request).cpts
        if request.kind != FOLLOW_UP or request.turned or cpts < 0:
            return False
        if self.world.luck_of(request, decisions.SHARED_FOLLOW_UP) >= int(self.world.numbers.pathway[cpts]):
            return False
        _, last = self.days_that_suit(request, today)
        for role in (ADVANCED_NURSE, PRACTICE_NURSE, NURSE):
            agrees = draw(self.world.seed, decisions.ACCEPTS_SUBSTITUTE, 0, person.key, role)
            if agrees >= self.world.rules.accepts[role] or (person.home_bound and role != NURSE):
                continue
            if self.book_with(request, today, role, SCHEDULED, last, period, DOOR_PROTOCOL):
                self.counts.add(today.day, person, SHARED_FOLLOW_UPS)
                self.world.happened["follow-up with a nurse", role] += 1
                return True
        return False

    def may_serve(self, request, substitute):
        """Whether the need is simple enough and the person agrees; nobody who was turned away comes back."""
        rules = self.world.rules
        simple = rules.competence[substitute][class_of(request.kind, request.urgency)]
        agrees = draw(self.world.seed, decisions.ACCEPTS_SUBSTITUTE, 0, request.person.key, substitute)
        return (
            not request.turned
            and self.world.luck_of(request, decisions.COMPETENCE) < simple
            and agrees < rules.accepts[substitute]
        )

    def try_protocols(self, request, today, period):
        """A protocol slot within two days, or a scheduled one for a follow-up."""
        last, pool = self.patience_ends(request, today), SCHEDULED
        if request.urgency != PLANNED:
            last, pool = min(last, today.day + SOON), SAME_DAY
        for role in PROTOCOLS:
            if self.may_serve(request, role) and self.book_with(
                request, today, role, pool, last, period, DOOR_PROTOCOL
            ):
                self.world.happened["protocol", role] += 1
                self.add_demand(request, today)
                return True
        return False

    def add_demand(self, request, today):
        """An easy door makes somebody else come who would not have asked: one slot more of the session goes."""
        if self.world.luck_of(request, decisions.ADDED_DEMAND) >= self.world.rules.added:
            return
        place = (request.practice, request.pool, request.when, request.period)
        if self.diary.free.get(place, 0) > 0:
            self.diary.free[place] -= 1
            self.counts.add_practice(today.day, self.world.practices[request.practice], ADDED_DEMAND)
            self.world.happened["added demand"] += 1

    def try_walk_in(self, request, today, period):
        """Queue at the nearest GP who holds a session without appointments today and has room in it."""
        known = self.world.luck_of(request, decisions.WALK_IN_KNOWN) < self.world.rules.walk_in_known
        if not known:
            return False
        for row, minutes, _ in self.within_reach(request):
            gp = self.world.practices[row]
            for session in range(period, PERIODS) if gp.active else ():
                if not gp.walk_in[today.weekday][session]:
                    continue
                if self.diary.free.get((row, SAME_DAY, today.day, session), 0) > 0:
                    return self.book(request, gp, minutes, SAME_DAY, (today.day, session), DOOR_WALK_IN)
                later = self.diary.earliest(gp, SAME_DAY, today.day, today.day, today.day, session)
                self.world.happened["full walk-in session before another"] += later is not None
        return False

    def try_telecare(self, request, today):
        """A remote doctor sees somebody at once; it may not be enough."""
        basin = self.home(request).basin
        if self.rounds.telecare[basin] == 0 or not self.may_serve(request, TELECARE):
            return False
        self.rounds.telecare[basin] -= 1
        luck = self.world.luck_of(request, decisions.TELECARE_SUCCEEDS)
        if luck >= self.world.rules.succeeds[TELECARE]:
            self.turn_away(request, today)
            self.world.happened["teleconsultation fails"] += 1
            return False
        self.world.happened["teleconsultation"] += 1
        self.counts.add(today.day, request.person, BY_TELECARE)
        self.requests.end(request, VISITED, today)
        return True

    def turn_away(self, request, today):
        """No substitute settles this need: a doctor must."""
        request.turned = 1
        self.counts.add(today.day, request.person, TURNED_AWAY)

    def try_mobile_unit(self, request, today):
        """The mobile unit sees so many people where it stops today."""
        unit = self.rounds.mobile[request.person.commune]
        if unit < 0 or self.rounds.mobile_left[unit] == 0:
            return False
        self.rounds.mobile_left[unit] -= 1
        self.world.happened["mobile unit"] += 1
        self.counts.add(today.day, request.person, BY_MOBILE)
        self.counts.add(today.day, request.person, ACTS)
        self.requests.end(request, VISITED, today)
        return True
