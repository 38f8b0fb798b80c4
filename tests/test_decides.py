"""What decides is found where it was planted, and weighed as published."""

import json
import math
import subprocess
import sys

import numpy as np
import pytest

from experiments.decides import (
    Condition,
    Weight,
    at_point,
    conditions,
    decide,
    sampled,
    told_condition,
    told_weight,
    weighed,
)
from simulation.faults import Refused
from simulation.parameters import registry
from tests.territories import results, scenario
from texts import say

PATHS = ("doors.number_awareness", "doors.number_success", "doors.practices_called_per_day")


def figures():
    return {path: registry()[path] for path in PATHS}


def ishigami(points):
    first, second, third = points.T
    return np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


@pytest.mark.parametrize(("method", "size"), [("sobol", 1024), ("morris", 200)])
def test_figures_are_weighed_as_the_function_of_ishigami_is_known_to_be(method, size):
    problem = {"num_vars": 3, "names": list(PATHS), "bounds": [(-math.pi, math.pi)] * 3}
    points = sampled(problem, method, size, 1)
    found = {one.figure.path: one for one in weighed(problem, figures(), method, points, ishigami(points))}
    if method == "sobol":  # Saltelli et al., "Global sensitivity analysis: the primer", 2008
        for path, known in zip(PATHS, (0.558, 0.442, 0.244), strict=True):
            assert abs(found[path].size - known) < max(found[path].error, 0.02)
    else:
        assert found[PATHS[0]].size > found[PATHS[2]].size > 0
    assert np.array_equal(points, sampled(problem, method, size, 1))


def test_conditions_find_the_corner_that_was_planted():
    chance = np.random.default_rng(1)
    told = list(figures().values())
    low, high = np.array([one.low for one in told]), np.array([one.high for one in told])
    shares = chance.random((400, 3))
    points = low + shares * (high - low)
    found = conditions(figures(), points, (shares[:, 0] > 0.6) & (shares[:, 1] > 0.5))
    best = found[0]
    assert best.share == 1.0
    assert {figure.path for figure, _, _ in best.bounds} == set(PATHS[:2])
    for figure, least, most in best.bounds:
        planted = 0.6 if figure.path == PATHS[0] else 0.5
        assert abs((least - figure.low) / (figure.high - figure.low) - planted) < 0.03
        assert most == figure.high
    assert sum(one.points for one in found) == 400
    sentence = told_condition(best, "fr")
    assert sentence.startswith("Utile dans 10 points sur 10 là où")
    assert told[0].label["fr"] in sentence
    assert conditions(figures(), points, np.ones(400, dtype=bool)) == ()
    assert conditions(figures(), points, np.zeros(400, dtype=bool)) == ()


def test_only_a_lead_beyond_its_error_is_said_to_decide():
    one, two = (
        Weight(figure, size, 0.5)
        for figure, size in zip(list(figures().values())[:2], (3.0, 2.0), strict=True)
    )
    assert told_weight(one, [one, two], "en").startswith("What decides")
    near = two._replace(size=2.6)
    assert told_weight(one, [one, near], "en").startswith("First, but not clearly")


def test_a_point_stays_in_its_ranges_and_whole_figures_whole():
    told = at_point(figures(), [9.0, -9.0, 2.6])
    assert told[PATHS[0]] == registry()[PATHS[0]].high
    assert told[PATHS[1]] == registry()[PATHS[1]].low
    assert told[PATHS[2]] == 3
    assert isinstance(told[PATHS[2]], int)


def test_differences_are_those_of_the_two_futures_at_each_point():
    village = scenario("village", days=21, warm_up_days=7)
    then = village.with_(policies={"unscheduled_care": {"gps": 2, "slots_per_week": 2}})
    some = {path: one for path, one in figures().items() if path != PATHS[2]}
    found = decide(village, then, some, "answered_48h_per_1000", size=2)
    assert found.points.shape == (2 * (2 + 1), 2)
    at = at_point(some, found.points[3])
    today, after = (
        results(one.with_(parameters=at)).value("answered_48h_per_1000") for one in (village, then)
    )
    assert found.differences[3] == after - today
    with pytest.raises(Refused) as refused:
        decide(village, then, {}, "answered_48h_per_1000")
    assert refused.value.faults[0].code == "nothing_unknown"


def test_the_verb_tells_weights_and_conditions(tmp_path):
    path = tmp_path / "slots.yaml"
    lever = "policies: {unscheduled_care: {gps: 1, slots_per_week: 1}}\n"
    path.write_text(f"title: {{en: Slots}}\nextends: village.yaml\n{lever}")
    line = [sys.executable, "-m", "cpts", "--lang", "en", "decides", "village", str(path), "--size", "2",
            "--workers", "1", "--set", "days=14", "--set", "warm_up_days=7"]  # fmt: skip
    told = json.loads(subprocess.run([*line, "--json"], capture_output=True, text=True, check=True).stdout)
    assert told["kind"] == "decides"
    assert len(told["weights"]) >= 3
    assert told["points"] == 2 * (len(told["weights"]) + 1)
    wrong = subprocess.run([*line, "--method", "magic"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "morris" in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_weights_are_drawn_with_how_each_figure_is_known(lang):
    from experiments.report.weights import MOST, weights_figure

    every = [one for one in registry().values() if one.is_unknown][: MOST + 3]
    found = [Weight(one, 20.0 - rank, 1.0) for rank, one in enumerate(every)]
    svg = weights_figure(found, "Réponse sous 48 h", "morris", lang).svg
    assert svg == weights_figure(found, "Réponse sous 48 h", "morris", lang).svg
    heard = " ".join(svg.split())
    assert every[0].label[lang].split()[0] in heard
    assert say(f"report.grade_{every[0].grade}", lang) in heard
    assert svg.count('<g id="ytick_') == MOST


def test_two_conditions_are_told_as_two():
    figure = registry()[PATHS[0]]
    middle = (figure.low + figure.high) / 2
    one = Condition(((figure, figure.low, middle), (registry()[PATHS[1]], 0.2, 0.9)), 0.9, 30)
    assert " et " in told_condition(one, "fr")
    assert " and " in told_condition(one, "en")
