"""The ladder of doors of the twin: usual GP, colleagues, the number of the CPTS, the 15, others, substitutes."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    DEDICATED,
    DOOR_COLLEAGUE,
    DOOR_NUMBER,
    DOOR_OTHER,
    DOOR_USUAL,
    GP,
    HOME,
    PLANNED,
    REGISTRATION,
    SHARED_HOME,
    SQUEEZED,
    WITHIN_48H,
)
from tests.naive_chance import draw
from tests.naive_others import MOST_CALLS
from tests.naive_overload import accepted
from tests.naive_registration import Registration
from tests.naive_sas import Sas
from tests.naive_substitutes import Substitutes


class Ladder(Sas, Substitutes, Registration):
    """What one caller tries, door after door."""

    def climb(self, request, today, period):
        """Try each door; a first call for something planned asks nobody but the usual GP."""
        person = request.person
        if request.kind == REGISTRATION:
            return self.seek_usual_gp(request, today, period)
        if request.kind > REGISTRATION:
            return self.seek_other_care(request, today, period)
        if self.try_pathway(request, today, period) or self.try_usual_gp(request, today, period):
            return True
        if person.home_bound:
            return self.try_rota(request, today, period)
        if request.urgency == PLANNED and request.tries == 0 and person.usual_gp >= 0:
            return False
        doors = [self.try_number, self.ring_the_15]
        doors.insert(0 if self.calls_others_first(person) else 2, self.try_others)
        return any(
            door(request, today, period) for door in (self.try_colleagues, *doors, self.try_substitutes)
        )

    def calls_others_first(self, person):
        """Whether somebody calls round other practices before the number and the 15."""
        luck = draw(self.world.seed, decisions.OTHERS_FIRST, 0, person.key)
        early = luck < self.world.rules.others_first
        self.world.happened["other practices before any number"] += early
        return early

    def try_usual_gp(self, request, today, period):
        """A same-day slot, then any slot of the diary, then squeezed in between two when it is urgent."""
        gp = self.usual_practice(request.person)
        if gp is None or not gp.active:
            return False
        urgent = request.urgency <= WITHIN_48H
        first, last = self.days_that_suit(request, today)
        minutes = request.person.usual_minutes
        same_day = urgent or gp.is_open_to_all_his(today.weekday) or self.is_afternoon(period)
        if request.person.home_bound:
            slot, pool = self.diary.earliest(gp, HOME, first, last, today.day, period), HOME
        else:
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

    def try_colleagues(self, request, today, period):
        """The earliest slot among those who share the house of the usual GP."""
        usual = self.usual_practice(request.person)
        found = []
        for place, gp in enumerate(self.house_of(usual)):
            if gp is not usual and gp.active:
                slot, pool = self.slot_for_strangers(gp, request, today, period)
                if slot:
                    found.append((slot, place, gp, pool))
        if not found:
            return False
        slot, _, gp, pool = min(found, key=lambda one: one[:2])
        return self.book(request, gp, self.minutes_to(request, gp), pool, slot, DOOR_COLLEAGUE)

    def house_of(self, gp):
        """The GPs who share a GP's house."""
        return self.world.houses[gp.structure] if gp is not None and gp.structure >= 0 else []

    def try_number(self, request, today, period):
        """The earliest dedicated slot within two days, the nearest of those that are equally early."""
        cpts = self.home(request).cpts
        if cpts not in self.numbers or request.urgency > WITHIN_48H or not self.number_helps(request):
            return False
        last = min(max(request.deadline, today.day), today.day + 2)
        found = []
        for place, (row, minutes, _) in enumerate(self.within_reach(request)):
            gp = self.world.practices[row]
            if self.answers_for(gp, cpts):
                slot = self.diary.earliest(gp, DEDICATED, today.day, last, today.day, period)
                if slot:
                    found.append((slot, place, gp, minutes))
        if not found:
            return False
        slot, _, gp, minutes = min(found, key=lambda one: one[:2])
        return self.book(request, gp, minutes, DEDICATED, slot, DOOR_NUMBER)

    def answers_for(self, gp, cpts):
        """Whether a volunteer's slots are booked by the number of a CPTS, his own or one that shares it."""
        pool = self.world.numbers.pool
        shared = gp.works_for >= 0 and pool[gp.works_for] == pool[cpts]
        self.world.happened["volunteer of a neighbour"] += shared and gp.works_for != cpts
        return shared

    def try_rota(self, request, today, period):
        """Another GP of the CPTS keeps time for the home-bound of all: the earliest slot, then the nearest GP."""
        home, found = self.home(request), []
        first, last = self.days_that_suit(request, today)
        for place, (row, minutes, _) in enumerate(home.reach[GP] if home.cpts >= 0 else []):
            gp = self.world.practices[row]
            slot = self.diary.earliest(gp, HOME, first, last, today.day, period)
            if gp.on_rota_of == home.cpts and gp.active and slot:
                found.append((slot, place, gp, minutes))
        if not found:
            return False
        slot, _, gp, minutes = min(found, key=lambda one: one[:2])
        self.counts.add(today.day, request.person, SHARED_HOME)
        self.world.happened["visit by the rota"] += 1
        return self.book(request, gp, minutes, HOME, slot, DOOR_COLLEAGUE)

    def number_helps(self, request):
        """Whether somebody knows the number, and would be found a slot by this call."""
        rules, person = self.world.rules, request.person
        knows = draw(self.world.seed, decisions.NUMBER_KNOWN, 0, person.key)
        finds = self.world.luck_of(request, decisions.NUMBER_FINDS, request.tries)
        known = int(self.world.numbers.known[self.home(request).cpts])
        return knows < known and finds < rules.number_finds

    def try_others(self, request, today, period):
        """Call other practices, near ones more often; each has made up its mind about occasional visits."""
        rules, usual = self.world.rules, self.usual_practice(request.person)
        asked = [usual, *self.house_of(usual)]
        for call in range(rules.practices_called):
            luck = self.world.luck_of(request, decisions.PRACTICE_CALLED, request.tries * MOST_CALLS + call)
            chosen = self.pick(self.within_reach(request), luck, asked)
            if chosen is None:
                return False
            gp, minutes = chosen
            asked.append(gp)
            refuses = self.world.luck_of(request, decisions.OCCASIONAL_ACCEPTED, gp.number % 2**20)
            if refuses >= accepted(rules.occasional[gp.kind], gp, rules):
                busy = refuses < rules.occasional[gp.kind]
                self.world.happened["refused under overload" if busy else "refused as a stranger"] += 1
                continue
            slot, pool = self.slot_for_strangers(gp, request, today, period)
            if slot:
                return self.book(request, gp, minutes, pool, slot, DOOR_OTHER)
        return False
