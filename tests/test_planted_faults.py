"""The twin test can fail: each fault planted in the twin is noticed within the days of its variant."""

import pytest

from tests.faults_beyond import (
    BornWithoutGp,
    CalledAgain,
    CalledInAnyOrder,
    CallsLater,
    EmptyAtMidnight,
    EverybodyOnTime,
    EverybodyStays,
    EveryContactInTime,
    ListsStayOpen,
    NobodyElseComes,
    NobodyIsTransferred,
    NothingPutOff,
    OneBadMonth,
    OneNightLess,
    PledgesForgotten,
    TheSameAgain,
    ToldForNothing,
    VisitorsAllYear,
    VisitsFromTheWard,
)
from tests.faults_in_town import (
    AnyOrder,
    CallsOnSundays,
    CountedAsItBecame,
    HomeSlotsKept,
    LaterThanNoon,
    LeaveForgotten,
    LeaveForgottenLater,
    NobodyDrawn,
    NothingReleased,
    NursesForEverybody,
    OneDayMorePatient,
    PanelsNeverFull,
    ReferralsFirst,
    TurnedAwayForgotten,
    VaccinesAllYear,
)
from tests.faults_of_levers import (
    DaysWithoutEnd,
    EverybodyIsFit,
    IllAlike,
    KitsTwice,
    NobodyOnTheRota,
    NothingSpared,
    NursesUnasked,
    OwnVolunteersOnly,
    RegulatedAllDay,
    RemindedForNothing,
    ShownSlotsKept,
)
from tests.naive import Twin
from tests.naive_comparison import Apart
from tests.test_twin import lived
from tests.twin_variants import DAYS, VARIANTS, asked

GPS_ALONE, EVERY_ROLE = "from the warm-up", "every role, to the last day"
CROWDED = "every role, until the campaign"
"""Panels fill up, and somebody is referred again on the day of a referral."""
BEDS, OVERLOAD, LIFETIMES = "few beds", "overloaded", "years pass"
CALLED = "people placed and called"

FAULTS: dict[str, list[type[Twin]]] = {
    GPS_ALONE: [LaterThanNoon, AnyOrder, LeaveForgotten, LeaveForgottenLater, OneDayMorePatient, NothingReleased],
    EVERY_ROLE: [
        HomeSlotsKept, NursesForEverybody, TurnedAwayForgotten, NobodyDrawn, CountedAsItBecame, CallsOnSundays,
        VaccinesAllYear,
    ],
    CROWDED: [PanelsNeverFull, ReferralsFirst],
    BEDS: [
        NobodyIsTransferred, OneNightLess, VisitsFromTheWard, EveryContactInTime, EmptyAtMidnight, NobodyElseComes,
        EverybodyOnTime,
    ],
    OVERLOAD: [OneBadMonth, NothingPutOff, ListsStayOpen],
    CALLED: [PledgesForgotten, CalledInAnyOrder, CalledAgain, ToldForNothing],
    "pathways, rides and a rota": [NobodyOnTheRota, NursesUnasked, RemindedForNothing, NothingSpared],
    "an epidemic": [IllAlike, RegulatedAllDay, ShownSlotsKept],
    "two CPTS and a white zone": [OwnVolunteersOnly],
    "kits, days and groups": [KitsTwice, DaysWithoutEnd, EverybodyIsFit],
    LIFETIMES: [CallsLater, EverybodyStays, TheSameAgain, BornWithoutGp, VisitorsAllYear],
}  # fmt: skip


def test_without_a_fault_the_twin_of_each_variant_is_compared_and_long_enough():
    """Equality itself is `test_twin`'s, variant by variant."""
    assert set(FAULTS) <= set(VARIANTS)
    assert all(asked(variant)[1] >= DAYS for variant in FAULTS)


@pytest.mark.parametrize(
    ("variant", "twin_class"), [(name, one) for name, faults in FAULTS.items() for one in faults]
)
def test_a_planted_fault_is_noticed(variant, twin_class):
    with pytest.raises(Apart):
        lived(variant, twin_class)
