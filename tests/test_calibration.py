"""A calibration finds again what was planted, says what it does not know, and leaves no admitted range."""

import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
import yaml

from calibration.fit import Fit
from calibration.kept import centres, scenario_file
from calibration.local import fit_here, local_targets
from calibration.point import best_point, misfit
from calibration.predicted import Band, Met, learned, lived_at, met, of_posterior, of_prior
from calibration.prior import FITTED, figures, prior
from calibration.simulated import Lived, counted, seed_of
from calibration.targets import Target, targets, used_as
from calibration.told import document
from calibration.waves import in_waves
from experiments.posterior import Posterior, mark, read_posterior, shipped_posterior, write_posterior
from experiments.worlds import points_under, worlds
from simulation.faults import Refused
from simulation.parameters import registry
from tests.territories import shipped

LEAD, BETA = "demand.lead_days", "travel.decay_per_minute"
PAIR = figures((LEAD, BETA))
PLANTED = {LEAD: 6.0, BETA: 0.26}


def toy(point):
    """Two figures that tell the two settings apart, and a third that tells nothing."""
    luck = np.random.default_rng(seed_of(point)).normal(size=3)
    lead, beta = point[LEAD] / 10, point[BETA] * 4
    return {
        "a|all": lead + beta + 0.05 * luck[0],
        "b|all": lead - beta + 0.05 * luck[1],
        "c|all": luck[2],
    }


def target(cell, value, half=0.1):
    name, _, group = cell.partition("|")
    return Target(name, group, value, value - half, value + half, "days", "", "", "", "B", "fitted")


TOYS = [target(cell, value) for cell, value in toy(PLANTED).items()]


def fitted(folder, budget=600, **told):
    search = Fit(toy, PAIR, TOYS[:2], folder, population=40, **told)
    search.begin()
    search.advance(budget)
    return search.kept()


def test_planted_figures_are_found_again(tmp_path):
    found = fitted(tmp_path).posterior
    for path, truth in PLANTED.items():
        assert found.quantile(path, 0.05) <= truth <= found.quantile(path, 0.95)
        assert abs(found.mean(path) - truth) < 0.15 * (PAIR[path].high - PAIR[path].low)
    assert all(one.contraction > 0.6 for one in learned(found, PAIR))


def test_no_point_leaves_its_range_and_weights_sum_to_one(tmp_path):
    found = fitted(tmp_path, 200)
    for path, number in PAIR.items():
        assert found.posterior.points[path].between(number.low, number.high).all()
    assert found.posterior.weights.sum() == pytest.approx(1)
    assert len(found.figures) == len(found.posterior.points)


def test_the_same_seed_gives_the_same_points_and_an_interrupted_fit_goes_on(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = (fitted(tmp_path / name, 200).posterior for name in ("one", "two"))
    pd.testing.assert_frame_equal(one.points, two.points)
    again = Fit(toy, PAIR, TOYS[:2], tmp_path / "two", population=40)
    again.begin(resume=True)
    before = again.smc.history.max_t
    again.advance(400)
    assert again.smc.history.max_t > before
    assert again.kept().rounds["samples"].sum() >= 400


def few(folder, name="runs.jsonl", budget=60, **told):
    return in_waves(toy, PAIR, TOYS[:2], folder / name, budget=budget, **told)


def test_waves_find_what_was_planted_with_few_lived_points(tmp_path):
    found, emulator = few(tmp_path)
    for path, truth in PLANTED.items():
        assert found.quantile(path, 0.02) <= truth <= found.quantile(path, 0.98)
    assert all(one.contraction > 0.5 for one in learned(found, PAIR))
    assert all(share > 0.8 for share in emulator.explained.values())
    assert (
        np.abs(emulator.smooth(np.array([list(PLANTED.values())]))[0] - [one.value for one in TOYS[:2]]).max()
        < 0.2
    )


def test_waves_go_on_from_what_was_lived_and_give_the_same_points(tmp_path):
    whole, _ = few(tmp_path)
    lines = (tmp_path / "runs.jsonl").read_text().splitlines()
    (tmp_path / "torn.jsonl").write_text("\n".join(lines[:40]) + "\n" + lines[40][:25])
    lived = []
    again, _ = few(tmp_path, "torn.jsonl", watch=lambda done, total: lived.append(done))
    assert len(lived) == len(lines) - 40
    pd.testing.assert_frame_equal(whole.points, again.points)
    with ThreadPoolExecutor(3) as pool:
        elsewhere, _ = few(tmp_path, "threads.jsonl", executor=pool)
    pd.testing.assert_frame_equal(whole.points, elsewhere.points)


def test_a_quick_fit_comes_near_what_was_planted():
    found = best_point(toy, PAIR, TOYS[:2], trials=120, seed=3)
    assert found.misfit < 0.2
    assert found.tried == 120
    assert misfit(found.figures, TOYS[:2]) == found.misfit


def test_a_figure_is_found_when_its_median_lies_in_the_observed_range():
    one = target("a|all", 1.0)
    before = Band(0.0, 1.0, 2.0)
    assert Met(one, before, Band(0.8, 1.05, 1.2)).is_central
    edge = Met(one, before, Band(1.05, 1.2, 1.4))
    assert (edge.is_central, edge.is_inside) == (False, True)
    assert edge.narrowing == pytest.approx(0.175)
    assert not Met(one, before, Band(1.11, 1.2, 1.4)).is_inside


def test_points_lived_again_have_another_luck_each_time():
    twice = lived_at(lambda point, again: {"x|all": float(seed_of(point, again))}, [PLANTED, PLANTED])
    assert twice["x|all"].nunique() == 2


def test_the_report_names_what_is_missed_and_what_was_not_learned(tmp_path):
    found = fitted(tmp_path, 200)
    goal = [used_as("fitted")[0], used_as("held")[0]]
    before = pd.DataFrame({one.cell: np.linspace(0, 2 * one.value, 21) for one in goal})
    after = pd.DataFrame({goal[0].cell: np.full(21, goal[0].value), goal[1].cell: np.full(21, 9.0)})
    for lang in ("fr", "en"):
        told = document(met(before, after, goal), learned(found.posterior, PAIR), 200, "France", lang, "1")
        assert [table.name for table in told.tables] == ["fitted", "held", "learned"]
        assert "✗" in " ".join(told.tables[1].rows[0])
        assert "✗" not in " ".join(told.tables[0].rows[0])


def test_points_are_written_and_read_back_with_what_they_were_fitted_to(tmp_path):
    one = Posterior(pd.DataFrame({LEAD: [5.0, 6.0]}), np.array([0.25, 0.75]), 4, "here")
    write_posterior(one, tmp_path / "p.parquet")
    two = read_posterior(tmp_path / "p.parquet")
    assert (two.local_figures, two.territory, list(two.weights)) == (4, "here", [0.25, 0.75])
    assert [two.at(share)[LEAD] for share in (0.0, 0.2, 0.3, 0.999)] == [5.0, 5.0, 6.0, 6.0]
    assert (two.mean(LEAD), two.quantile(LEAD, 0.5)) == (5.75, 6.0)
    (tmp_path / "no.parquet").write_bytes(b"nothing")
    for name in ("no.parquet", "absent.parquet"):
        with pytest.raises(Refused):
            read_posterior(tmp_path / name)


def test_a_scenario_file_holds_the_centres_of_the_points():
    one = Posterior(pd.DataFrame({LEAD: [5.0, 6.0], BETA: [0.2, 0.3]}), np.array([0.5, 0.5]))
    read = yaml.safe_load(scenario_file(centres(one)))
    assert read == {"parameters": {"demand": {"lead_days": 5.5}, "travel": {"decay_per_minute": 0.25}}}


def test_worlds_take_fitted_figures_together_from_one_point():
    asked = shipped("village")
    points = pd.DataFrame({LEAD: [5.0, 7.0, 9.0], BETA: [0.15, 0.2, 0.29]})
    found = Posterior(points, np.full(3, 1 / 3))
    at = asked.with_(parameters=centres(found))
    drawn = worlds(at, 30, posterior=found)
    pairs = {(one.parameters[LEAD], one.parameters[BETA]) for one in drawn}
    assert pairs == set(points.itertuples(index=False, name=None))
    assert worlds(at, 7, posterior=found) == drawn[:7]
    assert len({one.parameters["demand.no_show"] for one in drawn}) == 30


def test_a_figure_that_an_author_states_is_not_taken_from_the_fit():
    found = Posterior(pd.DataFrame({LEAD: [5.0, 7.0], BETA: [0.15, 0.2]}), np.array([0.5, 0.5]))
    at = shipped("village").with_(parameters={**centres(found), LEAD: 12.0})
    drawn = worlds(at, 30, posterior=found)
    assert {one.parameters[BETA] for one in drawn} == {0.15, 0.2}
    assert len({one.parameters[LEAD] for one in drawn}) == 30


def test_points_fitted_on_the_spot_reach_a_scenario_that_stood_at_those_of_france():
    national = shipped_posterior()
    here = Posterior(pd.DataFrame({LEAD: [5.0, 7.0], BETA: [0.15, 0.2]}), np.array([0.5, 0.5]), 3, "here")
    asked = shipped("baseline")
    assert here.centre(LEAD) != national.centre(LEAD)
    drawn = worlds(asked, 12, posterior=here)
    pairs = {(one.parameters[LEAD], one.parameters[BETA]) for one in drawn}
    assert pairs == {(5.0, 0.15), (7.0, 0.2)}
    assert points_under(asked).paths == national.paths
    assert points_under(asked.with_(parameters={LEAD: 12.0}), here).paths == (BETA,)
    assert points_under(shipped("village")).paths == ()


def test_a_figure_fitted_to_its_very_default_takes_no_scenario_to_a_fit_that_nobody_named(monkeypatch):
    default = registry()[BETA].default
    here = Posterior(
        pd.DataFrame({LEAD: [5.0, 7.0], BETA: [default - 0.05, default + 0.05]}), np.array([0.5, 0.5])
    )
    assert here.centre(BETA) == default
    assert points_under(shipped("village"), here).paths == (BETA,)  # named, so meant
    monkeypatch.setattr("experiments.worlds.shipped_posterior", lambda: here)
    assert points_under(shipped("village")).paths == ()
    assert points_under(shipped("village").with_(parameters={LEAD: 6.0})).paths == (LEAD, BETA)


def observed(**values):
    rows = [(name, value, math.nan, math.nan, 2025.0, "CPAM", "") for name, value in values.items()]
    columns = ["indicator", "value", "low", "high", "year", "source", "note"]
    territory = shipped("village").territory
    return territory.with_(observed=pd.DataFrame(rows, columns=columns))


def test_local_figures_pull_the_points_towards_what_was_observed_here():
    territory = observed(planned_wait_mean=4.0, a_word_of_nobody=1.0)
    goal = local_targets(territory)
    assert [one.indicator for one in goal] == ["planned_wait_mean"]
    national = Posterior(pd.DataFrame({LEAD: [4.0, 8.0, 12.0]}), np.full(3, 1 / 3))
    found = fit_here(
        shipped("village").with_(territory=territory), national,
        lambda point, again: {"planned_wait_mean|all": point[LEAD] / 2},
    )  # fmt: skip
    assert found.posterior.weights.argmax() == 1
    assert found.posterior.mean(LEAD) == pytest.approx(8.0)
    assert found.is_strained
    assert found.posterior.territory == mark(territory.sources)


def test_a_territory_of_which_nothing_was_observed_is_refused():
    national = Posterior(pd.DataFrame({LEAD: [4.0]}), np.ones(1))
    with pytest.raises(Refused):
        fit_here(shipped("village"), national, toy)


def test_every_fitted_setting_is_unknown_and_its_law_is_that_of_worlds():
    law = prior(figures())
    for path in FITTED:
        number = registry()[path]
        assert number.is_unknown, path
        assert law[path].pdf(number.default) > law[path].pdf((number.low + number.default) / 2) or (
            number.default == number.low
        )
        assert law[path].pdf(number.high + 1) == 0


def test_points_of_the_prior_lie_in_their_ranges():
    for point in of_prior(PAIR, 16):
        for path, number in PAIR.items():
            assert number.low <= point[path] <= number.high


def test_every_target_says_whether_it_was_fitted_and_why():
    assert {one.use for one in targets()} == {"fitted", "held", "informed", "follows"}
    assert all(one.why for one in targets())
    assert not {one.cell for one in used_as("held")} & {one.cell for one in used_as("fitted")}


def test_a_point_is_lived_with_its_own_luck_whoever_lives_it():
    live = Lived(shipped("village"), counted(shipped("village"), used_as("fitted")))
    assert live(PLANTED) == live(dict(reversed(PLANTED.items())))
    assert live(PLANTED) != live(PLANTED, 1)


def test_the_command_writes_the_points_the_scenario_file_and_the_report(tmp_path):
    line = [sys.executable, "-m", "cpts", "--lang", "en", "calibrate", "village", "--budget", "12"]
    done = subprocess.run([*line, "-o", str(tmp_path / "c")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for heading in (
        "Fitted targets",
        "Figures of which a part goes in",
        "Targets that follow from what goes in",
    ):
        assert heading in done.stdout
    found = read_posterior(tmp_path / "c" / "posterior.parquet")
    assert found.paths == FITTED
    text = (tmp_path / "c" / "calibrated.yaml").read_text()
    assert yaml.safe_load(text)["parameters"]["demand"]["lead_days"] == found.centre(LEAD)
    assert "<h1>" in (tmp_path / "c" / "report.fr.html").read_text(encoding="utf-8")


def test_a_territory_without_observed_figures_is_told_in_one_sentence(tmp_path):
    line = [
        sys.executable,
        "-m",
        "cpts",
        "--lang",
        "fr",
        "calibrate",
        "village",
        "--local",
        "-o",
        str(tmp_path),
    ]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "observed.csv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(shipped_posterior() is None, reason="the model has not been fitted yet")
def test_shipped_scenarios_stand_at_the_centre_of_the_shipped_points():
    found = shipped_posterior()
    asked = shipped("baseline").parameters.model_dump()
    for path in found.paths:
        group, name = path.split(".")
        assert asked[group][name] == found.centre(path)
        number = registry()[path]
        assert found.points[path].between(number.low, number.high).all()
    assert json.loads(json.dumps(centres(found))) == centres(found)
    assert of_posterior(found, 5)[2] in of_posterior(found, 5)
