"""The compiled day equals its plain-Python twin, every evening, to the last slot and the last count."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation import load
from simulation.kernels import chance
from simulation.kernels.codes import (
    ACUTE,
    ADVISED,
    DEDICATED,
    DOOR_COLLEAGUE,
    DOOR_DUTY,
    DOOR_NUMBER,
    DOOR_OTHER,
    DOOR_USUAL,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    EMERGENCY_END,
    FOLLOW_UP,
    GAVE_UP,
    HELD,
    PLANNED,
    RECONTACT,
    RECOVERED_END,
    ROUTINE,
    SAME_DAY,
    SCHEDULED,
    SQUEEZED,
    TODAY,
    VISITED,
    WAITING,
    WITHIN_48H,
    WITHIN_WEEK,
)
from tests import naive_chance
from tests.naive_comparison import live_together

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
DAYS = 90
EVENTFUL = 225
"""A seed of the village in which a GP sees walk-ins only and both work in an afternoon."""
BUSY = {
    "demand.no_show": 0.08, "demand.no_show_new": 0.10, "demand.refill": 0.5, "demand.recontact_share": 0.15,
    "demand.urgent_today_share": 0.30, "out_of_hours.known_share": 0.8, "out_of_hours.evening_per_1000": 0.16,
    "out_of_hours.weekend_per_1000": 1.0, "doors.number_awareness": 1.0, "doors.number_success": 0.9,
    "doors.spill_wait": 0.40, "doors.occasional_closed": 0.3, "supply.squeeze_some": 1.0,
    "supply.squeeze_many": 4.0, "sas.volunteer_share": 0.3,
}  # fmt: skip
"""What makes rare things happen within weeks, all in the admitted ranges."""
SHARED = {"unscheduled_care": {"gps": 2, "slots_per_week": 2.0}}
NOT_RELEASED = {"unscheduled_care": {"gps": 2, "slots_per_week": 2.0, "release_at_noon": False}}
MID_MONTH = {"unscheduled_care": {"gps": 1, "slots_per_week": 7.0, "start": "2027-01-20"}}
IN_WARM_UP = {"unscheduled_care": {"gps": 2, "slots_per_week": 3.5, "start": "2026-12-23"}}

VARIANTS = {
    "as shipped": ("village", DAYS, {}),
    "shared slots": ("village", DAYS, {"policies": SHARED}),
    "shared slots, never released": ("village", DAYS, {"policies": NOT_RELEASED}),
    "eventful, to the last day": (
        "village", DAYS, {"seed": EVENTFUL, "days": 70, "parameters": BUSY, "policies": SHARED},
    ),
    "eventful, never released": (
        "village", DAYS, {"seed": EVENTFUL, "days": 70, "parameters": BUSY, "policies": NOT_RELEASED},
    ),
    "from the middle of a month": ("village", DAYS, {"seed": 121, "policies": MID_MONTH}),
    "from the warm-up": ("village", DAYS, {"seed": 142, "parameters": BUSY, "policies": IN_WARM_UP}),
    "two CPTS": ("two-valleys", DAYS, {"policies": {"unscheduled_care": {"gps": 4, "slots_per_week": 2.0}}}),
    "three practices": ("canton", 20, {"warm_up_days": 5, "policies": SHARED}),
    "one house of three": ("canton", 20, {"warm_up_days": 5, "parameters": BUSY}),
    "two years' ends": ("village", 395, {"warm_up_days": 11, "days": 384, "seed": 7}),
}  # fmt: skip

EVERYTHING = {
    *(("door", one) for one in (DOOR_USUAL, DOOR_COLLEAGUE, DOOR_NUMBER, DOOR_OTHER, DOOR_DUTY)),
    *(("pool", one) for one in (SCHEDULED, SAME_DAY, DEDICATED, SQUEEZED)),
    *(("urgency", ACUTE, one) for one in (TODAY, WITHIN_48H, WITHIN_WEEK)),
    *(("urgency", RECONTACT, one) for one in (WITHIN_48H, WITHIN_WEEK)),
    *(("urgency", one, PLANNED) for one in (FOLLOW_UP, ROUTINE)),
    *(("end", one) for one in (VISITED, ADVISED, EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING, HELD)),
    *(("emergency", one) for one in (ED_INJURY, ED_VITAL, ED_OWN_CHOICE)),
    *(("given", source, target) for source in (SCHEDULED, SAME_DAY) for target in (DEDICATED, None)),
    "refused", "refused as a stranger", "given back", "lost", "missed twice", "walks in later",
    "waits beyond patience", "released", "on leave", "slot of the SAS",
}  # fmt: skip
"""Whatever the day can bring; nobody registers or leaves hospital yet."""


def asked(name):
    """The scenario of a variant and how many days of it are lived twice."""
    place, days, changes = VARIANTS[name]
    shipped = load(SCENARIOS / f"{place}.yaml", search=[SCENARIOS])
    if name == "one house of three":  # colleagues of whom several are free at the same time
        practitioners = shipped.territory.practitioners.assign(msp="msp-99001")
        changes = {**changes, "territory": shipped.territory.with_(practitioners=practitioners)}
    return shipped.with_(**{"warm_up_days": 20, "days": 364, **changes}), days


@cache
def happened(name):
    """Live a variant with its twin and give what occurred; raises where they part."""
    scenario, days = asked(name)
    return live_together(scenario, days)[1].happened


@pytest.mark.parametrize("name", VARIANTS)
def test_the_compiled_day_equals_its_twin_on_every_evening(name):
    assert happened(name)


def test_everything_that_a_day_can_bring_occurred_in_the_lives_compared():
    assert not EVERYTHING - set(sum((happened(name) for name in VARIANTS), Counter()))


def test_the_eventful_village_alone_has_everything():
    assert not EVERYTHING - set(+happened("eventful, to the last day"))


def below(number):
    return st.integers(0, number - 1)


@given(below(2**63), below(2**16), below(2**16), below(2**62), below(2**32))
@example(0, 0, 0, 0, 0)
def test_the_twin_has_the_luck_of_the_model(seed, decision, day, who, nth):
    assert naive_chance.draw(seed, decision, day, who, nth) == chance.draw(seed, decision, day, who, nth)


def test_the_luck_of_the_twin_is_philox_as_published():
    assert naive_chance.philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
