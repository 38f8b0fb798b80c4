"""Faults planted in the twin: what GPs, other roles and those who look for them do."""

from simulation.kernels.codes import AFTERNOON, FLU, HOME, REFERRAL, REGISTRATION
from tests import (
    naive_diary,
    naive_evening,
    naive_ladder,
    naive_needs,
    naive_prevention,
    naive_visits,
)
from tests.naive import Twin


class LaterThanNoon(Twin):
    """`>` for `>=`: same-day slots are open to all after the afternoon only."""

    class Ladder(naive_ladder.Ladder):
        def is_afternoon(self, period):
            return period > AFTERNOON


class AnyOrder(Twin):
    """Callers are answered in the order of the list."""

    def in_order(self, requests):
        return requests


class LeaveForgotten(Twin):
    """Nobody is ever away."""

    class Diary(naive_diary.Diary):
        def is_away(self, practice, week):
            return False


class LeaveForgottenLater(Twin):
    """Leave is known to the diaries of the first morning and forgotten in those laid day by day."""

    def lay_everything(self, day, week):
        if self.requests.opened:
            for practice in self.world.practices:
                practice.away = [0] * len(practice.away)
        super().lay_everything(day, week)


class OneDayMorePatient(Twin):
    """Patience off by one."""

    class Requests(naive_needs.Needs):
        def patience(self, request):
            return super().patience(request) + 1


class NothingReleased(Twin):
    """The release at noon is skipped."""

    def release_at_noon(self, today):
        pass


class HomeSlotsKept(Twin):
    """Visits at home that nobody asked for are not given to others at noon."""

    class Diary(naive_diary.Diary):
        def release(self, practice, day, pool):
            if pool != HOME:
                super().release(practice, day, pool)


class NursesForEverybody(Twin):
    """The nurses of a house see the patients of others too."""

    class Ladder(naive_ladder.Ladder):
        def works_for(self, practice, person):
            return True


class TurnedAwayForgotten(Twin):
    """Somebody whom a substitute could not help is sent to another."""

    class Ladder(naive_ladder.Ladder):
        def turn_away(self, request, today):
            super().turn_away(request, today)
            request.turned = 0


class NobodyDrawn(Twin):
    """An easy door draws no one who would not have asked."""

    class Ladder(naive_ladder.Ladder):
        def add_demand(self, request, today):
            pass


class PanelsNeverFull(Twin):
    """An open list has no end."""

    class Ladder(naive_ladder.Ladder):
        def takes_on(self, gp):
            return gp.accepts_new


class CountedAsItBecame(Twin):
    """A request that got worse is counted as if it had begun so."""

    class Evening(naive_evening.Evening):
        def let_illness_run(self, request, today):
            super().let_illness_run(request, today)
            request.first_urgency = request.urgency


class CallsOnSundays(Twin):
    """Who looks for a GP counts a round of calls that nobody answered."""

    class Evening(naive_evening.Evening):
        def wait(self, request, today):
            super().wait(request, today)
            if request.kind == REGISTRATION:
                request.when = today.day + self.world.rules.registration_every


class ReferralsFirst(Twin):
    """Who was seen by a nurse this morning may be referred to her in the afternoon."""

    class Visits(naive_visits.Visits):
        def order_of(self, request):
            return -1 if request.kind == REFERRAL else super().order_of(request)


class VaccinesAllYear(Twin):
    """The flu campaign is forgotten."""

    class Requests(naive_needs.Needs):
        class Prevention(naive_prevention.Prevention):
            def is_due(self, person, programme, begins, today):
                due = person.up_to_date[programme] < today.day
                if programme == FLU:
                    return naive_prevention.is_targeted(person, FLU) and due
                return super().is_due(person, programme, begins, today)
