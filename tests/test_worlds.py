import pickle
from types import SimpleNamespace

import numpy as np
import pytest

from experiments.worlds import luck, worlds
from simulation.parameters import Parameters, registry
from simulation.parameters.number import Number


def figure(path, default, low, high, whole=False, unit="share", drawn=True):
    return Number(path, default, low, high, unit, "assumed", "", {"fr": path, "en": path}, whole, drawn)


FIGURES = {
    one.path: one
    for one in (
        figure("doors.number_success", 0.7, 0.0, 0.9),
        figure("doors.practices_called_per_day", 3, 1, 6, whole=True, unit="calls"),
        figure("carers.diary_share", 0.4, 0.0, 1.0),
        figure("people.known", 0.2, 0.2, 0.2),
        figure("people.choice", 1.0, 0.0, 1.0, drawn=False),
    )
}
SCENARIO = SimpleNamespace(seed=20270104, parameters=None)


def drawn(count, path, scenario=SCENARIO):
    return np.array([world.parameters[path] for world in worlds(scenario, count, registry=FIGURES)])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 20, 21, 32, 33])
def test_asking_for_more_worlds_adds_to_the_list_and_changes_none(count):
    assert worlds(SCENARIO, count, registry=FIGURES) == worlds(SCENARIO, 64, registry=FIGURES)[:count]


def test_the_same_seed_gives_the_same_worlds_and_another_seed_others():
    other = SimpleNamespace(seed=7, parameters=None)
    assert worlds(SCENARIO, 5, registry=FIGURES) == worlds(SCENARIO, 5, registry=FIGURES)
    assert worlds(SCENARIO, 5, registry=FIGURES) != worlds(other, 5, registry=FIGURES)
    assert worlds(other, 5, seeds_from=SCENARIO.seed, registry=FIGURES) == worlds(
        SCENARIO, 5, registry=FIGURES
    )


def test_the_order_in_which_figures_are_declared_changes_nothing():
    backwards = dict(reversed(FIGURES.items()))
    assert worlds(SCENARIO, 9, registry=backwards) == worlds(SCENARIO, 9, registry=FIGURES)


def test_a_figure_without_doubt_is_left_alone():
    assert set(worlds(SCENARIO, 1, registry=FIGURES)[0].parameters) == {
        "carers.diary_share", "doors.number_success", "doors.practices_called_per_day",
    }  # fmt: skip


def test_a_whole_figure_stays_whole_and_in_its_range():
    values = drawn(256, "doors.practices_called_per_day")
    assert set(values) == {1, 2, 3, 4, 5, 6}
    assert all(isinstance(value, int) for value in values.tolist())


def test_the_central_value_is_the_most_frequent_and_the_range_is_never_left():
    values = drawn(1024, "doors.number_success")
    assert values.min() >= 0.0
    assert values.max() <= 0.9
    assert values.mean() == pytest.approx((0.0 + 0.7 + 0.9) / 3, abs=0.01)
    assert np.mean(values < 0.7) == pytest.approx(0.7 / 0.9, abs=0.01)
    counts, edges = np.histogram(values, bins=9, range=(0.0, 0.9))
    assert 0.7 in (pytest.approx(edges[counts.argmax()]), pytest.approx(edges[counts.argmax() + 1]))


def test_figures_are_drawn_apart_from_one_another():
    together = np.corrcoef(drawn(512, "doors.number_success"), drawn(512, "carers.diary_share"))
    assert abs(together[0, 1]) < 0.1


def test_a_figure_drawn_apart_leaves_the_others_as_they_were_drawn():
    late = figure("carers.late", 0.2, 0.0, 1.0)._replace(apart=True)
    more = worlds(SCENARIO, 64, registry={**FIGURES, late.path: late})
    for world, before in zip(more, worlds(SCENARIO, 64, registry=FIGURES), strict=True):
        assert world.parameters == {**before.parameters, late.path: world.parameters[late.path]}
    values = np.array([world.parameters[late.path] for world in more])
    assert values.mean() == pytest.approx((0.0 + 0.2 + 1.0) / 3, abs=0.08)
    assert abs(np.corrcoef(values, drawn(64, "carers.diary_share"))[0, 1]) < 0.4
    other = late._replace(path="carers.later")
    both = worlds(SCENARIO, 64, registry={**FIGURES, late.path: late, other.path: other})
    assert [one.parameters[late.path] for one in both] == values.tolist()
    assert abs(np.corrcoef(values, [one.parameters[other.path] for one in both])[0, 1]) < 0.4


def test_a_value_stated_by_the_scenario_becomes_the_most_plausible():
    stated = SimpleNamespace(seed=1, parameters=SimpleNamespace(carers=SimpleNamespace(diary_share=0.0)))
    assert drawn(512, "carers.diary_share", stated).mean() == pytest.approx(1 / 3, abs=0.01)


def test_luck_changes_the_seed_alone_and_starts_with_the_one_stated():
    pairs = luck(SCENARIO, 8)
    assert pairs[0].seed == SCENARIO.seed
    assert len({pair.seed for pair in pairs}) == 8
    assert all(pair.kind == "luck" and pair.parameters == {} for pair in pairs)
    assert luck(SCENARIO, 3) == pairs[:3]
    assert luck(SCENARIO, 0) == []


def test_no_two_futures_share_a_seed():
    seeds = [one.seed for one in worlds(SCENARIO, 400, registry=FIGURES) + luck(SCENARIO, 400)]
    assert len(set(seeds)) == 800
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_worlds_travel_to_another_process():
    drawn_worlds = worlds(SCENARIO, 3, registry=FIGURES)
    assert pickle.loads(pickle.dumps(drawn_worlds)) == drawn_worlds


def test_every_doubtful_figure_of_the_model_is_drawn_to_a_value_that_it_admits():
    scenario = SimpleNamespace(seed=3, parameters=Parameters())
    unknown = {path for path, one in registry().items() if one.is_unknown}
    for world in worlds(scenario, 20):
        assert set(world.parameters) == unknown
        for path, value in world.parameters.items():
            assert registry()[path].low <= value <= registry()[path].high
