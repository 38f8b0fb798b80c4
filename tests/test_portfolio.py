"""A mix is kept when no other beats it; the search stays within the budget and repeats itself."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.portfolio import Mix, Range, best_mixes, read_range, unbeaten, with_sizes
from experiments.worlds import luck
from simulation.faults import Refused
from tests.territories import results, scenario

INDICATOR = "answered_48h_per_1000"
RANGES = [Range("unscheduled_care", "gps", 0, 2), Range("unscheduled_care", "slots_per_week", 0, 4)]
counts = st.integers(0, 5).map(float)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=12))
def test_a_kept_mix_is_beaten_by_none_and_a_dropped_one_by_some(told):
    mixes = [Mix({"x": float(at)}, *one) for at, one in enumerate(told)]
    kept = unbeaten(mixes)

    def beats(one, other):
        mine, theirs = ((mix.change, -mix.money, -mix.hours) for mix in (one, other))
        return mine != theirs and all(a >= b for a, b in zip(mine, theirs, strict=True))

    assert kept
    assert not any(beats(one, other) for one in mixes for other in kept)
    assert all(any(beats(one, mix) for one in kept) for mix in mixes if mix not in kept)
    assert [mix.change for mix in kept] == sorted((mix.change for mix in kept), reverse=True)


@pytest.mark.parametrize(
    "text", ["gps=0:10", "unscheduled_care.gps=10", "unscheduled_care.gps=5:5", "a.b=x:y", ""]
)
def test_a_range_that_cannot_be_read_is_told_with_an_example(text):
    with pytest.raises(Refused) as refused:
        read_range(text)
    assert refused.value.faults[0].code == "bad_range"


def test_a_range_is_read():
    assert read_range("unscheduled_care.gps=0:10") == Range("unscheduled_care", "gps", 0.0, 10.0)


def village():
    return scenario("village", days=28, warm_up_days=14)


def test_mixes_stay_within_the_budget_say_what_they_change_and_come_out_again():
    futures = luck(village(), 2)
    asked = {"futures": futures, "trials": 6}
    found = best_mixes(village(), RANGES, INDICATOR, 20_000.0, **asked)
    assert found == best_mixes(village(), RANGES, INDICATOR, 20_000.0, **asked)
    assert all(mix.money <= 20_000.0 for mix in found)
    assert all(float(mix.sizes["unscheduled_care.gps"]).is_integer() for mix in found)
    best = found[0]
    by_hand = [
        results(with_sizes(village(), best.sizes).with_(seed=world.seed)).value(INDICATOR)
        - results(village().with_(seed=world.seed)).value(INDICATOR)
        for world in futures
    ]
    assert best.change == pytest.approx(sum(by_hand) / 2, rel=1e-12)
    nothing = best_mixes(village(), RANGES, INDICATOR, 0.0, **asked)
    assert {mix.money for mix in nothing} == {0.0}


def test_a_setting_that_does_not_exist_is_told():
    unknown = [Range("unscheduled_care", "gp", 0, 2)]
    with pytest.raises(Refused) as refused:
        best_mixes(village(), unknown, INDICATOR, 1.0, futures=luck(village(), 1), trials=1)
    assert refused.value.faults[0].code == "no_such_lever"


def test_the_verb_gives_the_front():
    line = [sys.executable, "-m", "cpts", "--lang", "en", "portfolio", "village", "--set", "days=14", "--set",
            "warm_up_days=7", "--trials", "3", "--mix", "unscheduled_care.gps=0:2", "--json"]  # fmt: skip
    told = json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)
    assert told["kind"] == "portfolio"
    assert told["mixes"]
    assert all(mix["money"] <= told["budget"] for mix in told["mixes"])
