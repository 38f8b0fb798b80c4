"""Twins with one fault each in what levers bring."""

from simulation.kernels import decisions
from simulation.kernels.codes import DOOR_PROTOCOL, FOLLOW_UP, NURSE, SCHEDULED
from tests import naive_diary, naive_ladder, naive_needs, naive_outreach, naive_placing, naive_visits
from tests.naive import Twin
from tests.naive_chance import draw


class NobodyOnTheRota(Twin):
    """A home-bound person waits for his own doctor."""

    class Ladder(naive_ladder.Ladder):
        def try_rota(self, request, today, period):
            return False


class NursesUnasked(Twin):
    """A protocol gives every follow-up to a nurse near by, whether the person agrees or not."""

    class Ladder(naive_ladder.Ladder):
        def try_pathway(self, request, today, period):
            if request.kind != FOLLOW_UP or request.turned:
                return False
            _, last = self.days_that_suit(request, today)
            return self.book_with(request, today, NURSE, SCHEDULED, last, period, DOOR_PROTOCOL)


class OwnVolunteersOnly(Twin):
    """A number shared with a neighbour books with one's own volunteers all the same."""

    class Ladder(naive_ladder.Ladder):
        def answers_for(self, gp, cpts):
            return gp.works_for == cpts


class IllAlike(Twin):
    """An epidemic makes everybody ill alike."""

    class Requests(naive_needs.Needs):
        def catch(self, person, wave, today):
            rate, person.acute_rate = person.acute_rate, 2_000
            super().catch(person, wave, today)
            person.acute_rate = rate


class RegulatedAllDay(Twin):
    """The ED is entered by way of the 15 by day too."""

    class Requests(naive_needs.Needs):
        def is_advised_instead(self, person, today):
            luck = draw(self.world.seed, decisions.REGULATED_AT_THE_ED, today.day, person.key)
            return bool(person.home.regulated) and luck < self.world.rules.sas_outcome[0]


class ShownSlotsKept(Twin):
    """Slots shown to the SAS are kept for the number instead."""

    class Diary(naive_diary.Diary):
        def give(self, practice, day, weekday, period):
            shown, practice.shown = practice.shown, 0
            super().give(practice, day, weekday, period)
            practice.shown = shown


class RemindedForNothing(Twin):
    """Whoever is reminded of a follow-up waits for the next all the same."""

    class Placing(naive_placing.Placing):
        def remind(self, cpts, calls, today):
            before = {person.row: person.next_follow_up for person in self.world.people}
            made = super().remind(cpts, calls, today)
            for person in self.world.people:
                person.next_follow_up = before[person.row]
            return made


class NothingSpared(Twin):
    """Peer groups meet, and their patients come again as before."""

    class Visits(naive_visits.Visits):
        def see_gp(self, request, gp, today):
            spared, gp.spared = gp.spared, 0
            super().see_gp(request, gp, today)
            gp.spared = spared


class KitsTwice(Twin):
    """Whoever got a kit may get another a month later."""

    class Outreach(naive_outreach.Outreach):
        def has_a_kit(self, person, today):
            return False


class DaysWithoutEnd(Twin):
    """Everybody who comes to a day of outreach is seen, whatever the room."""

    class Outreach(naive_outreach.Outreach):
        def hold_day(self, row, room, today):
            return super().hold_day(row, 10_000, today)


class EverybodyIsFit(Twin):
    """Exercise spares falls of those who do not exercise too."""

    class Requests(naive_needs.Needs):
        def falls_less(self, person, today):
            luck = draw(self.world.seed, decisions.FALL_SPARED, today.day, person.key)
            return luck < self.world.rules.falls_spared
