"""Faults planted in the twin: hospitals, overload, comings and goings, years and the calls of a CPTS."""

from simulation.kernels.codes import DAY_TENTHS
from tests import (
    naive_emergency,
    naive_hospital,
    naive_ladder,
    naive_needs,
    naive_overload,
    naive_placing,
    naive_visits,
    naive_waiting_room,
    naive_workforce,
    naive_years,
)
from tests.naive import Twin


class NobodyIsTransferred(Twin):
    """Without a bed here one stays all the same, though there is one elsewhere."""

    class Hospital(naive_hospital.Hospital):
        def bed_for(self, site):
            return site


class OneNightLess(Twin):
    """Whoever should stay until tomorrow goes home today."""

    class Hospital(naive_hospital.Hospital):
        def admit(self, person, site, how, today):
            before = len(self.world.stays)
            super().admit(person, site, how, today)
            for stay in self.world.stays[before:]:
                stay[2] -= 1


class VisitsFromTheWard(Twin):
    """People in hospital keep their appointments in town."""

    class Visits(naive_visits.Visits):
        def lies_in_hospital(self, person):
            return False


class EveryContactInTime(Twin):
    """A visit to a GP long after a stay spares as one within the week does."""

    class Hospital(naive_hospital.Hospital):
        def note_contact(self, person, today):
            super().note_contact(person, today)
            person.contacted = min(person.contacted, naive_hospital.IN_TIME)


class EmptyAtMidnight(Twin):
    """Whoever waits or is treated at midnight frees the place for the new day."""

    class Emergency(naive_emergency.Emergency):
        def close_midnight(self, hospital):
            hospital.ready = [min(one - DAY_TENTHS, 0) for one in hospital.ready]


class NobodyElseComes(Twin):
    """The ED treats those who are simulated and nobody else."""

    class Emergency(naive_emergency.Emergency):
        def others(self, hospital, today):
            return []


class EverybodyOnTime(Twin):
    """Nobody comes early or late for an appointment."""

    class WaitingRoom(naive_waiting_room.WaitingRoom):
        def arrival(self, gp, period, nth, length, today):
            return nth * self.world.rules.spacing


class OneBadMonth(Twin):
    """A GP feels the month alone, and not the ones before."""

    class Overload(naive_overload.Overload):
        def smoothed(self, before, now):
            return now


class NothingPutOff(Twin):
    """Follow-ups stay as close together as ever."""

    class Requests(naive_needs.Needs):
        def interval(self, person):
            return self.world.rules.follow_up_days[0 if person.ald else 1]


class ListsStayOpen(Twin):
    """An overloaded GP takes people on all the same."""

    class Ladder(naive_ladder.Ladder):
        def takes_on(self, gp):
            return gp.active and gp.accepts_new and gp.panel < gp.limit


class CallsLater(Twin):
    """Whose appointment is called off with the practice waits for the next day to call."""

    class Workforce(naive_workforce.Workforce):
        def close(self, gp, today):
            booked = [one for one in self.requests.open if one.booked and one.practice == gp.row]
            super().close(gp, today)
            for request in booked:
                request.when = today.next_open


class EverybodyStays(Twin):
    """The whole panel follows the successor."""

    class Workforce(naive_workforce.Workforce):
        def hand_over(self, gp, stays, age, week, today):
            super().hand_over(gp, 2**32, age, week, today)


class TheSameAgain(Twin):
    """A child has the luck of whoever lived there before."""

    class Years(naive_years.Years):
        def generation_after(self, before):
            return before.generation


class BornWithoutGp(Twin):
    """A child does not have the mother's usual GP."""

    class Years(naive_years.Years):
        def be_born(self, before, mother, today):
            usual, mother.usual_gp = mother.usual_gp, -1
            super().be_born(before, mother, today)
            mother.usual_gp = usual


class VisitorsAllYear(Twin):
    """Who comes for the summer stays."""

    class Requests(naive_needs.Needs):
        def is_elsewhere(self, person, today):
            return person.in_hospital


class PledgesForgotten(Twin):
    """A GP who pledged a place keeps it for nobody."""

    class Ladder(naive_ladder.Ladder):
        def asks_who_pledged(self, request, today, period):
            return False


class CalledInAnyOrder(Twin):
    """The coordinator calls whom chance names, with ALD or without."""

    class Placing(naive_placing.Placing):
        def place_in_line(self, person, today):
            return super().place_in_line(person, today)[1:]


class CalledAgain(Twin):
    """Whoever is up to date with a programme is called for it all the same."""

    class Placing(naive_placing.Placing):
        def is_up_to_date(self, person, programme, today):
            return False


class ToldForNothing(Twin):
    """The CPTS is told of an exit, and nobody asks for a GP more than before."""

    class Hospital(naive_hospital.Hospital):
        def asks_after(self, person, today):
            super().asks_after(person, today)
            return self.world.rules.asks_after
