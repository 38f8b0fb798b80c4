"""What every door of the twin shares: which days suit, who is near, the earliest slot, and booking it."""

from simulation.kernels.codes import (
    AFTERNOON,
    GP,
    HORIZON,
    PLANNED,
    SAME_DAY,
    SCHEDULED,
    SQUEEZED,
)
from tests.naive_chance import WORD


class Doors:
    """A caller, the diaries and the list of requests."""

    def __init__(self, world, diary, counts, requests, rounds):
        self.world, self.diary, self.counts, self.requests = world, diary, counts, requests
        self.rounds = rounds  # who can be reached today without a practice
        self.numbers = {}  # CPTS that answer the phone: whether they release slots at noon

    def days_that_suit(self, request, today):
        """Say from when until when a slot suits."""
        last = self.patience_ends(request, today)
        if request.urgency == PLANNED and request.tries == 0:
            last = min(last, request.wanted + self.world.rules.tolerance)
        return max(request.wanted, today.day), last

    def patience_ends(self, request, today):
        """The last day of patience within the diary."""
        return min(max(request.deadline, today.day), today.day + HORIZON - 1)

    def is_afternoon(self, period):
        """Same-day slots left at noon are for everybody."""
        return period >= AFTERNOON

    def usual_practice(self, person):
        return self.world.practices[person.usual_gp] if person.usual_gp >= 0 else None

    def home(self, request):
        return self.world.communes[request.person.commune]

    def within_reach(self, request, role=GP):
        """Those of a role to whom somebody can go, nearest first; fewer without a car."""
        home = self.home(request)
        return home.reach[role] if request.person.car else home.reach[role][: home.on_foot[role]]

    def minutes_to(self, request, practice):
        """Minutes to a GP, -1 out of reach."""
        return {row: minutes for row, minutes, _ in self.home(request).reach[GP]}.get(practice.row, -1)

    def best_slot(self, gp, first, last, today, period, same_day):
        """The earliest of today's kept slots, if they may be taken, and of the scheduled ones: (slot, pool)."""
        slots = [(self.diary.earliest(gp, SCHEDULED, first, last, today.day, period), SCHEDULED)]
        if same_day and first == today.day:
            slots.insert(0, (self.diary.earliest(gp, SAME_DAY, first, first, first, period), SAME_DAY))
        found = [one for one in slots if one[0]]
        return min(found, key=lambda one: one[0]) if found else (None, SCHEDULED)

    def pick(self, near, luck, not_these):
        """Draw a practice by its pull; the next on the list for one that is not to be called."""
        total, aim, start = sum(pull for _, _, pull in near), 0, 0
        for place, (_, _, pull) in enumerate(near):
            aim += pull
            if aim > luck * total // WORD:
                start = place
                break
        for row, minutes, _ in near[start:] + near[:start]:
            practice = self.world.practices[row]
            if practice.active and practice not in not_these:
                return practice, minutes
        return None

    def book(self, request, practice, minutes, pool, slot, door):
        """Take a slot; being squeezed in takes none."""
        day, period = slot
        if pool != SQUEEZED:
            self.diary.free[practice.row, pool, day, period] -= 1
        request.booked, request.practice, request.minutes = True, practice.row, minutes
        request.pool, request.when, request.period, request.door = pool, day, period, door
        self.world.happened["door", door] += 1
        self.world.happened["pool", pool] += 1
        return True
