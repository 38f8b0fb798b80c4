"""Looking for a usual GP in the twin: who is asked, who takes people on, and joining a panel."""

from simulation.kernels import decisions
from simulation.kernels.codes import DOOR_OTHER, NEVER, REGISTERED
from tests.naive_doors import Doors
from tests.naive_others import MOST_CALLS
from tests.naive_overload import closes_list
from tests.naive_visits import REMEMBERED


class Registration(Doors):
    """Asking for a first visit as a new patient."""

    def takes_on(self, gp):
        """An open list, with room on it, and time for one more."""
        full = gp.panel >= gp.limit
        self.world.happened["open list, but full"] += gp.accepts_new and full
        closed = closes_list(gp, self.world.rules)
        self.world.happened["list closed by overload"] += gp.accepts_new and gp.active and closed and not full
        return gp.active and gp.accepts_new and not full and not closed

    def seek_usual_gp(self, request, today, period):
        """Who pledged a place; the first GP, by row, whom one met this year and who takes people on; then calls.

        Whoever met more than can be told by name asks none of them first.
        """
        if request.person.usual_gp >= 0:
            return False
        if self.asks_who_pledged(request, today, period):
            return True
        for row in sorted(request.person.met) if self.knows_them_all(request.person) else ():
            gp = self.world.practices[row]
            if self.takes_on(gp):
                if self.book_first_visit(request, today, gp, self.minutes_to(request, gp), period):
                    self.world.happened["taken on by a GP met"] += 1
                    return True
                break
        return self.call_round(request, today, period)

    def asks_who_pledged(self, request, today, period):
        """The GP who keeps a place for somebody, whether or not the list is open."""
        if request.practice < 0 or not self.world.practices[request.practice].active:
            return False
        gp = self.world.practices[request.practice]
        found = self.book_first_visit(request, today, gp, self.minutes_to(request, gp), period)
        self.world.happened["place pledged", found] += 1
        return found

    def knows_them_all(self, person):
        """Whether whom somebody met this year can be told by name."""
        known = person.gps_seen <= REMEMBERED
        self.world.happened["met too many"] += not known
        return known

    def call_round(self, request, today, period):
        """Call as many practices as for an urgent need; the first that takes people on and has a slot is it."""
        called = []
        for call in range(self.world.rules.practices_called):
            nth = request.tries * MOST_CALLS + call
            luck = self.world.luck_of(request, decisions.REGISTRATION_CALLED, nth)
            chosen = self.pick(self.within_reach(request), luck, called)
            if chosen is None:
                return False
            gp, minutes = chosen
            called.append(gp)
            if not self.takes_on(gp):
                self.world.happened["not taken on"] += 1
            elif self.book_first_visit(request, today, gp, minutes, period):
                self.world.happened["taken on by call"] += 1
                return True
        return False

    def book_first_visit(self, request, today, gp, minutes, period):
        """A scheduled slot until patience ends; who gives no appointments is seen today or not at all."""
        last = self.patience_ends(request, today)
        slot, pool = self.best_slot(gp, today.day, last, today, period, gp.sees_walk_ins_only)
        return slot is not None and self.book(request, gp, minutes, pool, slot, DOOR_OTHER)

    def join(self, person, gp, minutes, today):
        """Become somebody's patient; the panel is counted in the evening."""
        person.usual_gp, person.usual_minutes, person.seeking = gp.row, minutes, 0
        person.next_registration = NEVER
        gp.joining += 1
        self.counts.add(today.day, person, REGISTERED)
        self.world.happened["registered"] += 1

    def ask_the_gp_met(self, person, today):
        """Seeing a GP makes somebody without one look again from tomorrow on; not in the warm-up."""
        if person.usual_gp < 0 and person.seeking and today.day >= today.first_day:
            person.next_registration = min(person.next_registration, today.day + 1)
            self.world.happened["asks a GP met"] += 1

    def welcome(self):
        """Count the day's new patients."""
        for practice in self.world.practices:
            practice.panel, practice.joining = practice.panel + practice.joining, 0
