"""The ladder of doors of the twin: usual GP, colleagues, the number of the CPTS, other practices."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ADVISED,
    AFTERNOON,
    DEDICATED,
    DOOR_COLLEAGUE,
    DOOR_NUMBER,
    DOOR_OTHER,
    DOOR_USUAL,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    HORIZON,
    PLANNED,
    SAME_DAY,
    SAS_CALLS,
    SAS_SENT,
    SCHEDULED,
    SQUEEZED,
    WITHIN_48H,
)
from tests.naive_chance import WORD, draw


class Ladder:
    """What one caller tries, door after door."""

    def __init__(self, world, diary, counts, requests):
        self.world, self.diary, self.counts, self.requests = world, diary, counts, requests
        self.numbers = {}  # CPTS that answer the phone: whether they release slots at noon

    def climb(self, request, today, period):
        """Try each door; a first call for something planned asks nobody but the usual GP."""
        person = request.person
        if self.try_usual_gp(request, today, period):
            return True
        if person.home_bound:
            return False
        if request.urgency == PLANNED and request.tries == 0 and person.usual_gp >= 0:
            return False
        return (
            self.try_colleagues(request, today, period)
            or self.try_number(request, today, period)
            or self.ring_the_15(request, today, period)
            or self.try_others(request, today, period)
        )

    def days_that_suit(self, request, today):
        """Say from when until when a slot suits."""
        last = max(request.deadline, today.day)
        if request.urgency == PLANNED and request.tries == 0:
            last = min(last, request.wanted + self.world.rules.tolerance)
        return max(request.wanted, today.day), min(last, today.day + HORIZON - 1)

    def is_afternoon(self, period):
        """Same-day slots left at noon are for everybody."""
        return period >= AFTERNOON

    def usual_practice(self, person):
        return self.world.practices[person.usual_gp] if person.usual_gp >= 0 else None

    def try_usual_gp(self, request, today, period):
        """A same-day slot, then any slot of the diary, then squeezed in between two when it is urgent."""
        gp = self.usual_practice(request.person)
        if gp is None or not gp.active:
            return False
        urgent = request.urgency <= WITHIN_48H
        first, last = self.days_that_suit(request, today)
        minutes = request.person.usual_minutes
        same_day = urgent or gp.sees_walk_ins_only or self.is_afternoon(period)
        slot, pool = self.best_slot(gp, first, last, today, period, same_day)
        if slot:
            return self.book(request, gp, minutes, pool, slot, DOOR_USUAL)
        if urgent and gp.squeezed_left and self.diary.works(gp, today.day, period):
            gp.squeezed_left -= 1
            return self.book(request, gp, minutes, SQUEEZED, (today.day, period), DOOR_USUAL)
        return False

    def slot_for_strangers(self, gp, request, today, period):
        """What a GP has for somebody else's patient: (slot, pool)."""
        first, last = self.days_that_suit(request, today)
        return self.best_slot(gp, first, last, today, period, self.is_afternoon(period))

    def best_slot(self, gp, first, last, today, period, same_day):
        """The earliest of today's kept slots, if they may be taken, and of the scheduled ones: (slot, pool)."""
        slots = [(self.diary.earliest(gp, SCHEDULED, first, last, today.day, period), SCHEDULED)]
        if same_day and first == today.day:
            slots.insert(0, (self.diary.earliest(gp, SAME_DAY, first, first, first, period), SAME_DAY))
        found = [one for one in slots if one[0]]
        return min(found, key=lambda one: one[0]) if found else (None, SCHEDULED)

    def try_colleagues(self, request, today, period):
        """The earliest slot among those who share the house of the usual GP."""
        usual = self.usual_practice(request.person)
        if usual is None or usual.structure < 0:
            return False
        found = []
        for place, gp in enumerate(self.world.houses[usual.structure]):
            if gp is not usual and gp.active:
                slot, pool = self.slot_for_strangers(gp, request, today, period)
                if slot:
                    found.append((slot, place, gp, pool))
        if not found:
            return False
        slot, _, gp, pool = min(found, key=lambda one: one[:2])
        minutes = {row: minutes for row, minutes, _ in self.home(request).reach}.get(gp.row, -1)
        return self.book(request, gp, minutes, pool, slot, DOOR_COLLEAGUE)

    def home(self, request):
        return self.world.communes[request.person.commune]

    def within_reach(self, request):
        """The GPs somebody can go to, nearest first; fewer without a car."""
        home = self.home(request)
        return home.reach if request.person.car else home.reach[: home.on_foot]

    def try_number(self, request, today, period):
        """The earliest dedicated slot within two days, the nearest of those that are equally early."""
        cpts = self.home(request).cpts
        if cpts not in self.numbers or request.urgency > WITHIN_48H or not self.number_helps(request):
            return False
        last = min(max(request.deadline, today.day), today.day + 2)
        found = []
        for place, (row, minutes, _) in enumerate(self.within_reach(request)):
            gp = self.world.practices[row]
            if gp.works_for == cpts:
                slot = self.diary.earliest(gp, DEDICATED, today.day, last, today.day, period)
                if slot:
                    found.append((slot, place, gp, minutes))
        if not found:
            return False
        slot, _, gp, minutes = min(found, key=lambda one: one[:2])
        return self.book(request, gp, minutes, DEDICATED, slot, DOOR_NUMBER)

    def number_helps(self, request):
        """Whether somebody knows the number, and would be found a slot by this call."""
        rules, person = self.world.rules, request.person
        knows = draw(self.world.seed, decisions.NUMBER_KNOWN, 0, person.key)
        finds = self.world.luck_of(request, decisions.NUMBER_FINDS, request.tries)
        return knows < rules.number_known and finds < rules.number_finds

    def ring_the_15(self, request, today, period):
        """On the first day of an urgent request some ring the 15: advice, a volunteer's slot, or the ED."""
        rules, person = self.world.rules, request.person
        covered = draw(self.world.seed, decisions.SAS_COVERS, 0, person.key) < rules.sas_covers
        calls = self.world.luck_of(request, decisions.SAS_CALLED) < rules.sas_called
        if request.urgency > WITHIN_48H or request.tries > 0 or not covered or not calls:
            return False
        self.counts.add(today.day, person, SAS_CALLS)
        luck = self.world.luck_of(request, decisions.SAS_OUTCOME)
        if luck < rules.sas_outcome[0]:
            self.requests.end(request, ADVISED, today)
            return True
        if luck < rules.sas_outcome[1]:
            return self.slot_of_volunteer(request, today, period)
        self.counts.add(today.day, person, SAS_SENT)
        self.counts.add(today.day, person, ED_WANT_OF_SLOT)
        self.requests.end(request, EMERGENCY_END, today)
        return True

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
        return self.book(request, gp, minutes, pool, slot, DOOR_OTHER)

    def try_others(self, request, today, period):
        """Call other practices, near ones more often; each has made up its mind about occasional visits."""
        rules, called = self.world.rules, []
        for call in range(rules.practices_called):
            nth = request.tries * 8 + call
            luck = self.world.luck_of(request, decisions.PRACTICE_CALLED, nth)
            chosen = self.pick(request, luck, called)
            if chosen is None:
                return False
            gp, minutes = chosen
            called.append(gp)
            refuses = self.world.luck_of(request, decisions.OCCASIONAL_ACCEPTED, gp.number % 2**20)
            if refuses >= rules.occasional[gp.kind]:
                self.world.happened["refused as a stranger"] += 1
                continue
            slot, pool = self.slot_for_strangers(gp, request, today, period)
            if slot:
                return self.book(request, gp, minutes, pool, slot, DOOR_OTHER)
        return False

    def pick(self, request, luck, called):
        """Draw a practice by its pull; the next on the list for one that was asked already."""
        near, usual = self.within_reach(request), self.usual_practice(request.person)
        total, aim, start = sum(pull for _, _, pull in near), 0, 0
        for place, (_, _, pull) in enumerate(near):
            aim += pull
            if aim > luck * total // WORD:
                start = place
                break
        for row, minutes, _ in near[start:] + near[:start]:
            gp = self.world.practices[row]
            same_house = usual is not None and usual.structure >= 0 and gp.structure == usual.structure
            if gp.active and gp is not usual and not same_house and gp not in called:
                return gp, minutes
        return None

    def book(self, request, gp, minutes, pool, slot, door):
        """Take a slot; being squeezed in takes none."""
        day, period = slot
        if pool != SQUEEZED:
            self.diary.free[gp.row, pool, day, period] -= 1
        request.booked, request.practice, request.minutes = True, gp.row, minutes
        request.pool, request.when, request.period, request.door = pool, day, period, door
        self.world.happened["door", door] += 1
        self.world.happened["pool", pool] += 1
        return True
