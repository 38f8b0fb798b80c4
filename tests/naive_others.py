"""Other roles than GPs in the twin: whom a request may be taken to, and radiologists, who have no diary."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ADVANCED_NURSE,
    BREAST,
    CERVICAL,
    COLORECTAL,
    DOOR_OTHER,
    FLU,
    MIDWIFE,
    NURSE,
    PHARMACIST,
    PHYSIOTHERAPIST,
    PRACTICE_NURSE,
    PREVENTION,
    ROLES,
    SCHEDULED,
    VISITED,
)
from tests.naive_chance import WORD
from tests.naive_doors import Doors

MOST_CALLS = 8
QUANTILE = WORD // 1024
COME_HOME = (NURSE, PHYSIOTHERAPIST)
OF_A_HOUSE = (ADVANCED_NURSE, PRACTICE_NURSE)
DOES = {FLU: (PHARMACIST, NURSE), COLORECTAL: (PHARMACIST, NURSE), CERVICAL: (MIDWIFE,)}
"""Who is asked for a programme before one's GP."""
ANSWER_WITHIN = 7


class Others(Doors):
    """Asking somebody who is not a GP."""

    def seek_other_care(self, request, today, period):
        """A referral goes to its role; prevention to those who do it, then to the usual GP."""
        if request.kind != PREVENTION:
            return self.ask_role(request, today, request.sought, period)
        if request.sought == BREAST:
            return self.wait_for_radiologist(request, today)
        for role in DOES[request.sought]:
            if self.ask_role(request, today, role, period):
                return True
        if self.try_usual_gp(request, today, period):
            self.world.happened["prevention by a GP"] += 1
            return True
        return False

    def ask_role(self, request, today, role, period):
        """A visit until patience ends; to the home-bound only some come."""
        if request.person.home_bound and role not in COME_HOME:
            self.world.happened["out of the house"] += 1
            return False
        last = self.patience_ends(request, today)
        return self.book_with(request, today, role, SCHEDULED, last, period, DOOR_OTHER)

    def book_with(self, request, today, role, pool, last, period, door):
        """Call some of a role, near ones more often, and take the earliest slot that they have."""
        near, called, found = self.within_reach(request, role), [], []
        first = max(request.wanted, today.day)
        for call in range(self.world.rules.practices_called):
            nth = (request.tries * MOST_CALLS + call) * ROLES + role
            luck = self.world.luck_of(request, decisions.ROLE_CALLED, nth)
            chosen = self.pick(near, luck, called)
            if chosen is None:
                break
            practice, minutes = chosen
            called.append(practice)
            if self.works_for(practice, request.person):
                slot = self.diary.earliest(practice, pool, first, last, today.day, period)
                if slot:
                    found.append((slot, call, practice, minutes))
        if not found:
            return False
        slot, _, practice, minutes = min(found, key=lambda one: one[:2])
        return self.book(request, practice, minutes, pool, slot, door)

    def works_for(self, practice, person):
        """Nurses of a house see the patients of its GPs; everybody else sees everybody."""
        usual = self.usual_practice(person)
        if practice.role not in OF_A_HOUSE:
            return True
        mine = usual is not None and practice.structure >= 0 and usual.structure == practice.structure
        self.world.happened["of another house"] += not mine
        return mine

    def wait_for_radiologist(self, request, today):
        """The mammography is made once its drawn delay is over, on a day on which practices answer; one must go out."""
        if request.person.home_bound:
            self.world.happened["no mammography at home"] += 1
            return False
        luck = self.world.luck_of(request, decisions.BREAST_DELAY)
        day = request.contact + self.world.rules.breast_days[luck // QUANTILE]
        if today.day >= day:
            self.requests.end(request, VISITED, today)
        else:
            request.when = day
            request.deadline = max(request.deadline, day + ANSWER_WITHIN)
        return True
