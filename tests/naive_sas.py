"""The SAS of the twin: the 15 advises, finds a volunteer's slot or sends to the ED, by day and out of hours."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ADVISED,
    DOOR_OTHER,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    SAS_BOOKED,
    SAS_CALLS,
    SAS_SENT,
    WITHIN_48H,
)
from tests.naive_chance import draw
from tests.naive_doors import Doors


class Sas(Doors):
    """Ringing the 15."""

    def rings_the_15(self, request, decision):
        """Whether somebody is covered, a lasting trait, and rings for this request."""
        rules = self.world.rules
        covered = draw(self.world.seed, decisions.SAS_COVERS, 0, request.person.key) < rules.sas_covers
        return covered and self.world.luck_of(request, decision) < request.person.home.sas_called

    def ring_the_15(self, request, today, period):
        """On the first day of an urgent request some ring: advice, a volunteer's slot, or the ED."""
        if request.urgency > WITHIN_48H or request.tries > 0:
            return False
        if not self.rings_the_15(request, decisions.SAS_CALLED):
            return False
        outcome = self.regulate(request, today, decisions.SAS_OUTCOME)
        return True if outcome else self.slot_of_volunteer(request, today, period)

    def ring_out_of_hours(self, request, today):
        """Say what the 15 makes of a call when practices are closed: an outcome, "to be seen", or no call at all."""
        if not self.rings_the_15(request, decisions.SAS_CALLED_OUT_OF_HOURS):
            return "no call"
        outcome = self.regulate(request, today, decisions.SAS_OUTCOME_OUT_OF_HOURS)
        if outcome:
            self.world.happened[outcome, "out of hours"] += 1
        return outcome or "to be seen"

    def regulate(self, request, today, decision):
        """Advice and the ED end the request; otherwise somebody should see the caller: None."""
        rules, person = self.world.rules, request.person
        self.counts.add(today.day, person, SAS_CALLS)
        luck = self.world.luck_of(request, decision)
        if luck < rules.sas_outcome[0]:
            self.requests.end(request, ADVISED, today)
            return "advised"
        if luck < rules.sas_outcome[1]:
            return None
        self.counts.add(today.day, person, SAS_SENT)
        self.requests.emergency.go(person, ED_WANT_OF_SLOT, today)
        self.requests.end(request, EMERGENCY_END, today)
        return "sent to the ED"

    def slot_of_volunteer(self, request, today, period):
        """The earliest slot that a volunteer of the SAS shows within two days, the nearest of equally early ones."""
        first, last = self.days_that_suit(request, today)
        found = []
        for place, (row, minutes, _) in enumerate(self.within_reach(request)):
            gp = self.world.practices[row]
            if gp.sas and gp.active:
                slot, pool = self.best_slot(gp, first, min(last, today.day + 2), today, period, True)
                if slot:
                    found.append((slot, place, gp, minutes, pool))
        if not found:
            return False
        slot, _, gp, minutes, pool = min(found, key=lambda one: one[:2])
        self.world.happened["slot of the SAS"] += 1
        self.counts.add_practice(today.day, gp, SAS_BOOKED)
        return self.book(request, gp, minutes, pool, slot, DOOR_OTHER)
