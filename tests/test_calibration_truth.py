"""The calibration that is used by default finds what is hidden, as surely as it says; a wrong one is caught."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import calibration.local
from calibration.emulator import OBSERVED, Emulator
from calibration.local import fit_here, luck_between
from calibration.prior import figures, shape
from calibration.runs import Tried
from calibration.simulated import seed_of
from calibration.targets import Target
from calibration.tempered import tempered
from calibration.truth import Recovered, coverage, hidden_points, is_true, recovered, sought, too_sure
from experiments.posterior import Posterior
from tests.territories import shipped

LEAD = "demand.lead_days"
FOUR = figures(
    (
        "demand.lead_days",
        "demand.acute_per_year",
        "people.without_usual_gp_share",
        "travel.decay_per_minute",
    )
)
TWO = {path: FOUR[path] for path in list(FOUR)[:2]}
SHARED = np.eye(6)
SHARED[:3, :3] = np.array([[1, 0, 0], [1, 0.2, 0], [-1, 0, 0.2]])
"""One luck moves the first three figures, as a year with long delays has few visits the same day."""
LUCK = 0.25
GOALS = [Target(name, "all", 0.0, -0.1, 0.1, "days", "", "", "", "B", "fitted") for name in "abcdef"]
HIDDEN, BUDGET = 40, 100


def places(point, numbers):
    return np.array([(point[path] - one.low) / (one.high - one.low) for path, one in numbers.items()])


def toy(point):
    """Six figures of four settings, slightly bent, with shared luck."""
    one, two, three, four = places(point, FOUR)
    luck = SHARED @ np.random.default_rng(seed_of(point)).normal(size=6)
    told = np.array([2 * one + 0.3 * two**2, 2 * one, -2 * one, 2 * two + one, 2 * three, four + 0.5 * two])
    return {one.cell: float(value) for one, value in zip(GOALS, told + LUCK * luck, strict=True)}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    file = tmp_path_factory.mktemp("truth") / "runs.jsonl"
    return sought(toy, FOUR, GOALS, file, hidden=HIDDEN, budget=BUDGET)


def test_the_surface_follows_a_spread_by_its_variance_to_the_ends_of_its_range():
    """People seen at least once fall with the variance of need: by the shape of its law, the surface leans."""
    numbers = figures(("people.frailty_shape", LEAD))
    points = pd.DataFrame(hidden_points(numbers, 60, 1))
    variance, lead = 1 / points["people.frailty_shape"], points[LEAD] / 10
    given = pd.DataFrame({GOALS[0].cell: variance + lead, GOALS[1].cell: variance**2 - lead})
    surface = Emulator(Tried(points, given), numbers, GOALS[:2])
    shapes = np.linspace(0.8, 2.5, 9)
    told = surface.smooth(np.column_stack([shapes, np.full(9, 9.0)]))
    assert np.abs(told - np.column_stack([1 / shapes + 0.9, 1 / shapes**2 - 0.9])).max() < 0.02


def test_hidden_points_are_found_as_surely_as_the_calibration_says(found):
    ranked = recovered(found, FOUR)
    assert is_true(ranked)
    low, high = stats.binom.interval(0.999, HIDDEN, 0.9)
    assert all(low <= one.covered * HIDDEN <= high for one in ranked)
    each = stats.binom.interval(1 - 0.01 / 32, HIDDEN, 1 / 8)
    assert all(each[0] <= count <= each[1] for one in ranked for count in one.counts)
    assert all(one.contraction > 0.15 for one in ranked)


def test_a_likelihood_too_sure_of_itself_is_caught(found):
    ranked = recovered(too_sure(found), FOUR)
    assert not any(one.is_true(len(ranked)) for one in ranked)
    assert coverage(ranked) < 0.6


def test_the_same_luck_told_by_three_figures_counts_once():
    """Two echoes of a figure teach nothing more; taken one by one, they would narrow the points for nothing."""
    luck = np.random.default_rng(6)
    points = pd.DataFrame(hidden_points(TWO, 300, 4))
    at = np.array([places(row, TWO) for row in points.to_dict("records")])[:, 0] + 0.1 * luck.normal(size=300)
    echoes = {"a|all": at, "b|all": at + 0.01 * luck.normal(size=300), "c|all": -at}
    goals = [
        GOALS[rank]._replace(value=value, low=value, high=value)
        for rank, value in enumerate((0.5, 0.5, -0.5))
    ]
    one, three = (Emulator(Tried(points, pd.DataFrame(echoes)), TWO, goals[:count]) for count in (1, 3))
    path = next(iter(TWO))
    alone, together = tempered(one, TWO, goals[:1]).spread(path), tempered(three, TWO, goals).spread(path)
    three.scatter = np.diag(np.diag(three.scatter))
    one_by_one = tempered(three, TWO, goals).spread(path)
    assert together == pytest.approx(alone, rel=0.15)
    assert one_by_one < 0.75 * alone


def test_a_fit_that_leans_to_one_side_is_caught(found):
    leaning = []
    for one in found:
        shifted = tuple(goal._replace(value=goal.value + 2 * LUCK) for goal in one.targets)
        leaning.append(one._replace(posterior=tempered(one.emulator, FOUR, shifted)))
    assert min(one.lean for one in recovered(leaning, FOUR)) < 0.01 / 8


def test_hidden_points_are_drawn_each_for_itself_from_the_law_of_worlds():
    drawn = pd.DataFrame(hidden_points(FOUR, 400, 1))
    for path, one in FOUR.items():
        law = stats.triang(shape(one), one.low, one.high - one.low)
        assert stats.kstest(drawn[path], law.cdf).pvalue > 0.001


def test_the_sampler_draws_from_the_law_that_a_grid_gives():
    """Two settings, one figure that binds them: the exact law is summed over a fine grid."""
    luck = np.random.default_rng(3)
    points = pd.DataFrame(hidden_points(TWO, 300, 2))
    at = np.array([places(row, TWO) for row in points.to_dict("records")])
    figure = at[:, 0] + at[:, 1] + 0.1 * luck.normal(size=300)
    goal = Target("s", "all", 0.6, 0.5, 0.7, "days", "", "", "", "B", "fitted")
    emulator = Emulator(Tried(points, pd.DataFrame({goal.cell: figure})), TWO, [goal])
    drawn = tempered(emulator, TWO, [goal], seed=5, kept=1024)
    steps = (np.arange(400) + 0.5) / 400
    grid = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    prior = np.prod([stats.triang(shape(one)).pdf(grid[:, n]) for n, one in enumerate(TWO.values())], axis=0)
    spread = np.hypot(0.1, OBSERVED * goal.tolerance)
    weight = prior * np.exp(-0.5 * ((grid.sum(axis=1) - goal.value) / spread) ** 2)
    found = np.array([places(row, TWO) for row in drawn.points.to_dict("records")])
    for column in range(2):
        mean = np.average(grid[:, column], weights=weight)
        deviation = np.sqrt(np.average((grid[:, column] - mean) ** 2, weights=weight))
        assert abs(found[:, column].mean() - mean) < 0.15 * deviation
        assert found[:, column].std() == pytest.approx(deviation, rel=0.15)
    assert np.corrcoef(found.T)[0, 1] < -0.5


def test_scatter_is_read_where_the_truth_may_be():
    """Far from the truth the model scatters ten times more: the last points alone say how far it does here."""
    luck = np.random.default_rng(4)
    points = pd.DataFrame(hidden_points(TWO, 300, 3))
    figures_ = pd.DataFrame({"s|all": luck.normal(size=300) * np.where(np.arange(300) < 150, 1.0, 0.1)})
    goal = Target("s", "all", 0.0, -0.1, 0.1, "days", "", "", "", "B", "fitted")
    whole = Emulator(Tried(points, figures_), TWO, [goal])
    near = Emulator(Tried(points, figures_), TWO, [goal], near=150)
    assert whole.scatter[0, 0] > 0.3
    assert near.scatter[0, 0] == pytest.approx(0.01, rel=0.5)


def lived_here(sureness):
    """A territory whose one figure tells a setting, moved by the luck of the year."""

    def live(point, again=0):
        luck = np.random.default_rng(seed_of(point, again)).normal()
        return {"planned_wait_mean|all": point[LEAD] + sureness * luck}

    return live


def fitted_here(luck, value):
    columns = ["indicator", "value", "low", "high", "year", "source", "note"]
    row = ("planned_wait_mean", value, value - 0.1, value + 0.1, 2025.0, "CPAM", "")
    asked = shipped("village")
    here = asked.territory.with_(observed=pd.DataFrame([row], columns=columns))
    points = pd.DataFrame({LEAD: np.linspace(4, 14, 256)})
    return fit_here(asked.with_(territory=here), Posterior(points, np.full(256, 1 / 256)), lived_here(luck))


def test_a_local_figure_that_luck_moves_teaches_little():
    lucky, still = (fitted_here(luck, 9.0) for luck in (3.0, 0.01))
    assert lucky.luck_of(lucky.targets[0]) == pytest.approx(3.0, rel=0.15)
    assert still.luck_of(still.targets[0]) == pytest.approx(0.01, rel=0.2)
    assert still.posterior.spread(LEAD) < 0.2
    assert lucky.posterior.spread(LEAD) > 1.5
    assert lucky.points > 60


def ranks_here(trials=90, truth_luck=1.5):
    luck = np.random.default_rng(8)
    ranks = []
    for _ in range(trials):
        hidden = luck.uniform(4, 14)
        seen = hidden + truth_luck * luck.normal() + OBSERVED * 0.1 * luck.normal()
        found = fitted_here(truth_luck, seen).posterior
        ranks.append(float(found.weights[found.points[LEAD].to_numpy() < hidden].sum()))
    return Recovered(LEAD, np.array(ranks), 0.0)


def test_what_is_hidden_in_a_small_territory_is_found_as_surely_as_is_said():
    """The year that was observed has its own luck: the rank of what is hidden stays uniform all the same."""
    found = ranks_here()
    assert found.is_true()
    assert found.covered > 0.85


def test_a_local_fit_that_forgets_the_luck_of_the_year_is_caught(monkeypatch):
    gaps = calibration.local.squared_gaps
    monkeypatch.setattr(calibration.local, "squared_gaps", lambda *told: gaps(*told[:2], 0 * told[2]))
    found = ranks_here()
    assert not found.is_true()
    assert found.covered < 0.7


def test_two_figures_moved_by_the_same_luck_share_it():
    luck = np.random.default_rng(9).normal(size=(2, 500, 1))
    found = luck_between(np.concatenate([luck, -2 * luck], axis=2))
    assert found == pytest.approx(np.array([[1, -2], [-2, 4]]), rel=0.15)
