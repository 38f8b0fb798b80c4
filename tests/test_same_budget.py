"""At equal cost: sizes are moved until each action costs what the first does; what cannot be is said."""

from types import SimpleNamespace

import pandas as pd
import pytest

from experiments.same_budget import CLOSE, same_cost, scaled
from simulation.faults import Refused
from tests.test_compare import today  # noqa: F401 - a fixture
from tests.test_texts import told as told_fault

MONEY, HOURS = "money_eur", "carer_hours"


def costly(scenario):
    """A model where slots cost 100 a week besides a fixed 500, an assistant 30,000, a shell what it is given."""
    money = hours = 0.0
    for name, policy in scenario.policies.items():
        if name == "unscheduled_care":
            money += 500 + 100 * policy.gps * policy.slots_per_week if not policy.is_void else 0
            hours += 2 * policy.gps
        elif name == "medical_assistant":
            money += 30_000 * policy.gps
        elif name == "empty_shell":
            money += policy.eur_per_year
            hours += policy.gps
    rows = [("all", "all", "all", MONEY, money), ("all", "all", "all", HOURS, hours)]
    rows += [("all", "all", "car:no", MONEY, 1.0), ("2027-01", "all", "all", MONEY, 1.0)]
    return SimpleNamespace(
        table=pd.DataFrame(rows, columns=["month", "commune", "group", "indicator", "value"])
    )


def with_lever(today, lever, title="X", **sizes):  # noqa: F811
    return today.with_(title={"fr": title, "en": title}, policies={lever: sizes})


def test_each_alternative_is_sized_to_cost_what_the_first_does(today):  # noqa: F811
    first = with_lever(today, "empty_shell", gps=3, eur_per_year=4_000)
    slots = with_lever(today, "unscheduled_care", gps=5, slots_per_week=1)
    same = same_cost(today, [first, slots], MONEY, run=costly)
    assert same.target == 4_000
    assert same.sized[0].scenario == first
    assert same.sized[0].factor == 1
    assert same.sized[1].is_equal
    assert same.sized[1].reached == pytest.approx(4_000, rel=CLOSE)
    assert same.sized[1].scenario.policies["unscheduled_care"].slots_per_week == pytest.approx(7, rel=0.06)
    assert costly(same.sized[1].scenario).table["value"].iloc[0] == same.sized[1].reached


def test_what_costs_too_much_is_made_smaller(today):  # noqa: F811
    first = with_lever(today, "unscheduled_care", gps=5, slots_per_week=1)
    shell = with_lever(today, "empty_shell", gps=3, eur_per_year=220_000)
    same = same_cost(today, [first, shell], MONEY, run=costly)
    assert same.sized[1].is_equal
    assert same.sized[1].factor < 0.01


def test_whole_people_that_cannot_cost_the_same_say_what_they_really_cost(today):  # noqa: F811
    first = with_lever(today, "empty_shell", gps=3, eur_per_year=47_000)
    assistants = with_lever(today, "medical_assistant", gps=3)
    same = same_cost(today, [first, assistants], MONEY, run=costly)
    assert not same.sized[1].is_equal
    assert same.sized[1].reached == 60_000
    assert same.sized[1].scenario.policies["medical_assistant"].gps == 2


def test_a_bound_stops_the_search(today):  # noqa: F811
    first = with_lever(today, "empty_shell", gps=3, eur_per_year=2_000_000)
    slots = with_lever(today, "unscheduled_care", gps=5, slots_per_week=3)
    same = same_cost(today, [first, slots], MONEY, run=costly)
    assert not same.sized[1].is_equal
    assert same.sized[1].scenario.policies["unscheduled_care"].slots_per_week == 60


def test_no_size_is_lived_twice(today):  # noqa: F811
    lived = []

    def once(scenario):
        lived.append(scenario.content_hash)
        return costly(scenario)

    first = with_lever(today, "empty_shell", gps=3, eur_per_year=47_000)
    same_cost(today, [first, with_lever(today, "medical_assistant", gps=3)], MONEY, run=once)
    assert len(lived) == len(set(lived)) <= 8


@pytest.mark.parametrize(
    ("lever", "sizes", "indicator", "code"),
    [
        ("retire", {"gps": 1}, MONEY, "not_scalable"),
        ("medical_assistant", {"gps": 2}, HOURS, "costs_nothing"),
    ],
)
def test_what_cannot_be_sized_is_refused_in_a_sentence(today, lever, sizes, indicator, code):  # noqa: F811
    first = with_lever(today, "empty_shell", gps=3, eur_per_year=4_000)
    with pytest.raises(Refused) as refused:
        same_cost(today, [first, with_lever(today, lever, "Sans prix", **sizes)], indicator, run=costly)
    [fault] = refused.value.faults
    assert fault.code == code
    assert "Sans prix" in told_fault(fault, "fr")
    assert "--same-budget" in told_fault(fault, "en")


def test_what_is_suffered_is_never_resized(today):  # noqa: F811
    both = today.with_(policies={"retire": {"gps": 1}, "unscheduled_care": {"gps": 2, "slots_per_week": 2}})
    larger = scaled(today, both, 2)
    assert larger.policies["retire"].gps == 1
    assert larger.policies["unscheduled_care"].slots_per_week == 4


def test_what_today_already_does_is_not_resized(today):  # noqa: F811
    here = today.with_(policies={"unscheduled_care": {"gps": 2, "slots_per_week": 2}})
    more = here.with_(policies={"medical_assistant": {"gps": 2}})
    larger = scaled(here, more, 2)
    assert larger.policies["unscheduled_care"].slots_per_week == 2
    assert larger.policies["medical_assistant"].gps == 4
