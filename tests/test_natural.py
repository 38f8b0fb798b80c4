"""Predictions are read as they are said to be: what was seen, what the model gives, whether both meet."""

import pandas as pd
import pytest

from calibration.natural import (
    Twice,
    as_in_2023,
    nearest_by_supply,
    poor_in_a_desert,
    scenario,
    side,
    with_slots,
)
from experiments.effect import Effect
from simulation import run


def effect(better=0.0, within=0.0, worse=0.0):
    return Effect(
        "answered_48h_per_1000", "all", 0, 0, 0, 0, 0, better, within, worse, worse, 20, 10, 0, 0, 1
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.6, 0.4, 0), "better"),
        ((0, 0.3, 0.7), "worse"),
        ((0.2, 0.8, 0), "same"),
        ((0.5, 0.5, 0), "cannot_tell"),
    ],
)
def test_a_conclusion_is_that_of_most_futures(shares, said):
    assert side(effect(*shares)) == said
    assert Twice("x", effect(*shares), effect(*shares)).is_alike
    assert not Twice("x", effect(1, 0, 0), effect(0, 0, 1)).is_alike


def test_supply_is_read_by_fifths_of_communes_weighed_by_their_people():
    rows = []
    for number in range(10):
        for name, value in (("apl_20min", number), ("nearest_share", number / 10), ("people", 0)):
            rows.append(("all", str(number), "all", name, value, 100 if number else 300))
    table = pd.DataFrame(rows, columns=["month", "commune", "group", "indicator", "value", "n"])
    low, high = nearest_by_supply(table)
    assert low.model == (pytest.approx(0.025),)
    assert high.model == (pytest.approx(0.85),)
    assert (low.is_met, high.is_met) == (False, True)


def test_the_poor_of_a_desert_are_held_against_the_others_elsewhere():
    cell = "gave_up_per_1000"
    today, *deserts = (
        {(cell, "deprived:no"): 2.0, (cell, "deprived:yes"): poor} for poor in (9.0, 8.0, 12.0, 20.0)
    )
    now, there = poor_in_a_desert(today, deserts)
    assert (now.model, there.model) == ((4.5,), (6.0, 4.0, 10.0))
    assert now.is_met is there.is_met is None  # the odds of the poor go in: no success


def test_delays_of_2023_are_those_of_all_ages():
    told = as_in_2023({("delay_total_median", "all"): 3.0, ("within_48h_share", "all"): 0.3})
    assert [one.is_met for one in told] == [True, False]


def test_fewer_slots_make_fewer_visits():
    asked = scenario("village")
    fewer = run(with_slots(asked, 0.5))
    assert fewer.value("acts_per_inhabitant") < 0.8 * run(asked).value("acts_per_inhabitant")
