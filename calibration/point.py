"""One point that fits as well as any (calage rapide): a first look, before hours are spent on all points that fit.

Covariance matrix adaptation (Hansen, "The CMA evolution strategy", 2006), by Optuna.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from calibration.targets import Target

if TYPE_CHECKING:
    from calibration.fit import Live
    from simulation.parameters import Number

TRIALS = 200
WORST = 100.0
"""Most that one target may cost: a figure that no point can meet must not decide alone."""


class Point(NamedTuple):
    """The best point that was tried: mean squared miss, in half-widths of the targets."""

    values: Mapping[str, float]
    figures: Mapping[str, float]
    misfit: float
    tried: int = 1


def misfit(figures: Mapping[str, float], targets: Sequence[Target]) -> float:
    """Mean over targets of the squared gap, counted in half-widths of their ranges, each at most `WORST`."""
    costs = [min(((figures[one.cell] - one.value) / one.tolerance) ** 2, WORST) for one in targets]
    return sum(costs) / len(costs)


def best_point(
    live: Live,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    *,
    trials: int = TRIALS,
    seed: int = 1,
    watch: Callable[[int, int], None] | None = None,
) -> Point:
    """Try so many points, the best guesses first; a point is lived with its own luck, always the same."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    tried: list[Point] = []

    def cost(trial: optuna.Trial) -> float:
        values = {path: trial.suggest_float(path, one.low, one.high) for path, one in numbers.items()}
        figures = live(values)
        tried.append(Point(values, figures, misfit(figures, targets)))
        if watch is not None:
            watch(len(tried), trials)
        return tried[-1].misfit

    guesses = {path: one.default for path, one in numbers.items()}
    study = optuna.create_study(sampler=optuna.samplers.CmaEsSampler(seed=seed))
    study.enqueue_trial(guesses)
    study.optimize(cost, n_trials=trials)
    return min(tried, key=lambda one: one.misfit)._replace(tried=len(tried))
