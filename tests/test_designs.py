"""A design is a plain list of validated scenarios, each with where it stands."""

import numpy as np
import pytest

from experiments.designs import LARGEST_DESIGN, by_hand, factorial, latin_hypercube, placed, replayed, sobol
from experiments.worlds import luck, worlds
from simulation.faults import Refused
from simulation.parameters import registry
from tests.territories import scenario

PATHS = ("doors.number_success", "doors.practices_called_per_day")


def village(**changes):
    return scenario("village", policies={"unscheduled_care": {"gps": 1, "slots_per_week": 1}}, **changes)


def figures():
    return {path: registry()[path] for path in PATHS}


def at(planned):
    return [tuple(one.at.values()) for one in planned]


def test_every_combination_of_levels_occurs_once_and_is_in_its_scenario():
    planned = factorial(
        village(), {"policies.unscheduled_care.slots_per_week": [1, 2], "ring": [True, False], "seed": [3]}
    )
    assert at(planned) == [(1, True, 3), (1, False, 3), (2, True, 3), (2, False, 3)]
    for one in planned:
        slots, ring, seed = one.at.values()
        assert one.scenario.policies["unscheduled_care"].slots_per_week == slots
        assert (one.scenario.ring, one.scenario.seed) == (ring, seed)


def test_a_design_without_a_level_or_beyond_measure_is_refused():
    with pytest.raises(Refused) as refused:
        factorial(village(), {"seed": []})
    assert (refused.value.faults[0].code, refused.value.faults[0].field) == ("no_level", "seed")
    with pytest.raises(Refused) as refused:
        factorial(village(), {"seed": range(LARGEST_DESIGN), "ring": [True, False]})
    assert refused.value.faults[0].code == "too_many_runs"


def test_a_hypercube_covers_each_range_evenly_and_keeps_whole_figures_whole():
    planned = latin_hypercube(village(), figures(), 10)
    figure = figures()[PATHS[0]]
    shares = sorted((one.at[PATHS[0]] - figure.low) / (figure.high - figure.low) for one in planned)
    assert [int(share * 10) for share in shares] == list(range(10))
    assert all(isinstance(one.at[PATHS[1]], int) for one in planned)
    assert planned[3].scenario.parameters.doors.number_success == planned[3].at[PATHS[0]]


def test_asking_for_more_sobol_points_changes_none_of_the_first():
    assert at(sobol(village(), figures(), 12))[:5] == at(sobol(village(), figures(), 5))
    assert at(sobol(village(), figures(), 5, seed=1)) != at(sobol(village(), figures(), 5, seed=2))
    points = np.array(at(sobol(village(), figures(), 32)), dtype=float)
    assert np.unique(points[:, 0]).size == 32


def test_the_runs_of_a_file_are_read_line_after_line_and_its_faults_named(tmp_path):
    path = tmp_path / "runs.csv"
    path.write_text("doors.number_success,policies.unscheduled_care.gps,ring\n0.5,2,no\n,,\n0.6,1,yes\n")
    planned = by_hand(village(), path)
    assert [dict(one.at) for one in planned] == [
        {"doors.number_success": 0.5, "policies.unscheduled_care.gps": 2, "ring": False},
        {},
        {"doors.number_success": 0.6, "policies.unscheduled_care.gps": 1, "ring": True},
    ]
    assert planned[0].scenario.policies["unscheduled_care"].gps == 2
    path.write_text("doors.number_success,colour\n0.5,\n7,\n0.5,red\n")
    with pytest.raises(Refused) as refused:
        by_hand(village(), path)
    assert [(fault.file, fault.line, fault.code) for fault in refused.value.faults] == [
        ("runs.csv", 3, "out_of_range"),
        ("runs.csv", 4, "unknown_key"),
    ]


def test_a_point_that_names_nothing_known_is_refused():
    with pytest.raises(Refused) as refused:
        placed(village(), {"colour": "red"})
    assert refused.value.faults[0].code == "unknown_key"


def test_alternatives_replayed_share_their_futures():
    both = {"today": village(), "action": village()}
    planned = replayed(both, [*luck(village(), 2), *worlds(village(), 2)])
    assert [one.at["scenario"] for one in planned] == ["today", "action"] * 4
    for one, other in zip(planned[::2], planned[1::2], strict=True):
        assert one.scenario.seed == other.scenario.seed == one.at["seed"]
        assert one.scenario.parameters == other.scenario.parameters
