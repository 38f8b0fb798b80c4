import pickle
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from experiments.compare import compare, run_pair
from experiments.worlds import World
from simulation.faults import Refused
from simulation.scenario import Scenario
from simulation.territory import read_territory

CEVENNES = Path(__file__).parent.parent / "scenarios" / "territories" / "chataigne-micocoule"


class Indicator(NamedTuple):
    better: str = "higher"
    useful_difference: float | None = 10.0
    unit: str = "per 1,000"
    label: dict = {"fr": "Réponse sous 48 h", "en": "Answer within 48 h"}


INDICATORS = {
    "answered_48h_per_1000": Indicator(),
    "unserved_per_1000": Indicator("lower"),
    "acts_per_inhabitant": Indicator("none", 0.05),
}


def pretended(scenario):
    """A model without people: each volunteer's slot answers as many calls as callers find it, plus luck."""
    gps = sum(policy.gps for policy in scenario.policies.values())
    luck = np.random.default_rng(scenario.seed).normal(0, 3)
    gain = 4 * gps * scenario.parameters.doors.number_success
    rows = [
        ("2027-01", "all", "all", "answered_48h_per_1000", 1.0, 10),
        ("all", "30140", "all", "answered_48h_per_1000", 2.0, 10),
        ("all", "all", "all", "answered_48h_per_1000", 770 + luck + gain, 20_000),
        ("all", "all", "car:no", "answered_48h_per_1000", 700 + luck, 900),
        ("all", "all", "all", "unserved_per_1000", 180 - luck - gain, 20_000),
        ("all", "all", "car:no", "acts_per_inhabitant", 3.2, 420),
    ]
    columns = ["month", "commune", "group", "indicator", "value", "n"]
    told = {"calibrated": False, "money_share": 0.6 if gps > 5 else None, "deployed_share": 1.0}
    return SimpleNamespace(table=pd.DataFrame(rows, columns=columns), provenance=told)


class Backwards(Executor):
    """Sends every task as another process would receive it, and answers the last one first."""

    def __init__(self, expected=11):
        self.tasks, self.expected = [], expected

    def submit(self, task, /, *given, **named):
        future = Future()
        self.tasks.append((future, pickle.dumps((task, given, named))))
        if len(self.tasks) == self.expected:
            for waiting, packed in reversed(self.tasks):
                again, arguments, keywords = pickle.loads(packed)
                waiting.set_result(again(*arguments, **keywords))
        return future


@pytest.fixture(scope="module")
def today():
    return Scenario(territory=read_territory(CEVENNES), title={"fr": "Aujourd'hui", "en": "Today"}, seed=11)


@pytest.fixture(scope="module")
def five(today):
    return today.with_(title={"fr": "Cinq", "en": "Five"}, policies={"unscheduled_care": {"gps": 5}})


@pytest.fixture(scope="module")
def eight(today):
    return today.with_(title={"fr": "Huit", "en": "Eight"}, policies={"unscheduled_care": {"gps": 8}})


def compared(today, *alternatives, **given):
    return compare(
        today, alternatives, **{"worlds": 8, "luck": 3, **given}, indicators=INDICATORS, run=pretended
    )


def test_the_order_in_which_worlds_end_changes_nothing(today, five, eight):
    alone = compared(today, five, eight)
    for executor in (Backwards(), ThreadPoolExecutor(3)):
        together = compared(today, five, eight, executor=executor)
        assert_frame_equal(together.pairs, alone.pairs)
        assert together.actions == alone.actions
        assert together.draws == alone.draws
        assert together.people == alone.people


def test_more_worlds_keep_the_first_ones(today, five):
    few, many = compared(today, five, worlds=3), compared(today, five, worlds=12)
    kept = many.pairs[(many.pairs["kind"] == "luck") | (many.pairs["number"] <= 3)]
    assert_frame_equal(few.pairs, kept.reset_index(drop=True))


def test_a_world_is_the_same_whatever_else_is_compared(today, five, eight):
    alone, together = compared(today, five), compared(today, eight, five)
    mine = together.pairs[together.pairs["alternative"] == "Cinq"].reset_index(drop=True)
    assert_frame_equal(alone.pairs, mine)


def test_the_table_is_tidy_and_holds_totals_only(today, five):
    pairs = compared(today, five).pairs
    assert list(pairs.columns) == [
        "alternative", "kind", "number", "indicator", "group", "seed", "baseline", "alternative_value", "n",
    ]  # fmt: skip
    assert len(pairs) == (8 + 3) * 4
    assert set(pairs["group"]) == {"all", "car:no"}
    assert pairs["baseline"].min() > 3


def test_two_futures_of_one_world_share_luck_and_figures(today, five):
    world = World(1, 5, {"doors.number_success": 0.25})
    pair, _ = run_pair(today, five, world, run=pretended)
    change = (pair["alternative_value"] - pair["baseline"])[pair["group"] == "all"]
    assert change.to_numpy() == pytest.approx([4 * 5 * 0.25, -4 * 5 * 0.25])


def test_nothing_done_changes_nothing_at_all(today):
    effect = compared(today, today).difference("answered_48h_per_1000")
    assert (effect.mean, effect.low, effect.high, effect.p_within) == (0, 0, 0, 1)


def test_luck_and_ignorance_are_told_apart(today, five):
    effect = compared(today, five, worlds=20, luck=8).difference("answered_48h_per_1000")
    assert effect.luck_low == pytest.approx(effect.luck_high)  # one seed, the same lives: no luck is left
    assert effect.luck_low == pytest.approx(4 * 5 * today.parameters.doors.number_success)
    assert effect.high - effect.low > 5
    assert effect.count == 20
    assert effect.p_better + effect.p_within + effect.p_worse == pytest.approx(1)
    assert effect.n == 20_000


def test_a_figure_that_the_alternative_changes_is_not_drawn_in_its_pairs(today, five):
    known = five.with_(title={"fr": "Connu", "en": "Known"}, parameters={"doors.number_success": 0.9})
    comparison = compared(today, five, known)
    known_effect = comparison.of("Connu").difference("answered_48h_per_1000")
    assert known_effect.low == known_effect.high == pytest.approx(4 * 5 * 0.9)
    assert (
        comparison.of("Cinq").difference("answered_48h_per_1000").high
        > comparison.difference("answered_48h_per_1000").low
    )
    assert [figure.path for figure in comparison.of("Connu").action.changed] == ["doors.number_success"]


def test_better_is_lower_when_the_indicator_says_so(today, five):
    effect = compared(today, five, worlds=20).difference("unserved_per_1000")
    assert effect.mean < 0
    assert effect.p_worse == effect.p_backwards == 0


def test_what_stands_beside_is_told_of_each_alternative(today, five, eight):
    comparison = compared(today, five, eight)
    assert comparison.of("Huit").money_share == 0.6
    assert comparison.money_share is None
    assert comparison.ramp == 1.0
    assert (comparison.calibrated, comparison.local_figures) == (False, (0, 10))
    assert {figure.grade for figure in comparison.assumed} == {"assumed"}
    assert comparison.people == {"car:no": 420}
    assert comparison.action.levers[0].settings == {
        "gps": 5,
        "slots_per_week": 3.0,
        "total_slots_per_week": 15.0,
    }


def test_the_same_title_twice_stays_two_alternatives(today, five):
    assert list(compared(today, five, five).actions) == ["Cinq", "Cinq (2)"]


def test_those_who_watch_see_every_world_come(today, five):
    seen = []
    compared(today, five, worlds=2, luck=1, watch=lambda so_far, total: seen.append((so_far.worlds, total)))
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_other_dates_or_other_people_are_not_compared(today, five):
    other = today.with_(days=100)
    with pytest.raises(Refused) as refused:
        compared(today, five, other)
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [("not_comparable", "days")]


def test_a_useful_difference_must_be_passed_not_met(today, five):
    figure = today.with_(parameters={"doors.number_success": 0.5})
    exact = figure.with_(policies={"unscheduled_care": {"gps": 5}})  # 4 x 5 x 0.5 = 10, the threshold
    pairs = compared(figure, exact, worlds=0).pairs.assign(kind="world")
    effect = compared(figure, exact, worlds=0).with_(pairs=pairs).difference("answered_48h_per_1000")
    assert effect.mean == pytest.approx(10)
    assert effect.p_within == 1
