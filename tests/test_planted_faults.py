"""The twin test can fail: each fault planted in the twin is noticed within the ninety days."""

import pytest

from simulation.kernels.codes import AFTERNOON
from tests import naive_diary, naive_ladder, naive_requests
from tests.naive import Twin
from tests.naive_comparison import Apart, live_together
from tests.test_twin import DAYS, asked

VARIANT = "from the warm-up"


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

    class Requests(naive_requests.Requests):
        def patience(self, request):
            return super().patience(request) + 1


class NothingReleased(Twin):
    """The release at noon is skipped."""

    def release_at_noon(self, today):
        pass


FAULTS = [LaterThanNoon, AnyOrder, LeaveForgotten, LeaveForgottenLater, OneDayMorePatient, NothingReleased]


def test_without_a_fault_the_twin_is_equal():
    scenario, days = asked(VARIANT)
    assert days == DAYS
    live_together(scenario, days)


@pytest.mark.parametrize("twin_class", FAULTS)
def test_a_planted_fault_is_noticed(twin_class):
    scenario, days = asked(VARIANT)
    with pytest.raises(Apart):
        live_together(scenario, days, twin_class)
