"""A territory's own figures (repères locaux) on top of France: points that fit France weigh by how they fit here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from calibration.emulator import OBSERVED
from calibration.predicted import lived_again
from calibration.targets import Target
from experiments.posterior import Posterior, mark
from simulation.faults import Fault, Refused
from simulation.indicators import INDICATORS

if TYPE_CHECKING:
    from calibration.predicted import LiveAgain
    from simulation.scenario import Scenario
    from simulation.territory import Territory

FEWEST_POINTS = 10.0
"""Points worth of weight under which what was observed lies where the model hardly goes."""
YEARS = 2
"""Years that each point is lived in the territory: luck is what differs between them."""
_SMALLEST = 1e-12
_SOME = 0.1  # of the figure, where neither a range nor a useful difference is known


class Local(NamedTuple):
    """The points of France weighed by a territory's own figures."""

    posterior: Posterior
    figures: pd.DataFrame
    """What each point gives, on average over the years that it was lived: one row a point, one column a target."""
    targets: tuple[Target, ...]
    luck: np.ndarray
    """Covariance of the figures between two years that differ by luck alone: `(targets, targets)`."""

    def luck_of(self, target: Target) -> float:
        """How far luck alone moves a figure from one year to another (standard deviation, in its unit)."""
        at = [one.cell for one in self.targets].index(target.cell)
        return float(np.sqrt(self.luck[at, at]))

    @property
    def points(self) -> float:
        """How many equally weighing points these are worth (Kish)."""
        return float(1 / (self.posterior.weights**2).sum())

    @property
    def is_strained(self) -> bool:
        """Whether the figures lie at the edge of what the fitted model can give."""
        return self.points < FEWEST_POINTS


def local_targets(territory: Territory) -> tuple[Target, ...]:
    """The figures of `observed.csv` that the model counts, with their ranges; hidden ones say nothing here.

    Refuses a territory of which nothing was observed.
    """
    observed = territory.observed
    known_rows = [] if observed is None else observed.dropna(subset=["value"]).to_dict("records")
    found = []
    for row in known_rows:
        known = INDICATORS.get(str(row["indicator"]))
        if known is None:
            continue
        value = float(row["value"])
        half = known.useful_difference or abs(value) * _SOME
        low, high = (
            float(row[end]) if row[end] == row[end] else value + side * half
            for end, side in (("low", -1), ("high", 1))
        )
        year = "" if row["year"] != row["year"] else str(int(row["year"]))
        found.append(
            Target(known.name, "all", value, min(low, value), max(high, value), known.unit, year,
                   territory.name, str(row["source"]), "local", "fitted", "")
        )  # fmt: skip
    if not found:
        raise Refused([Fault("nothing_observed", "observed.csv", field="indicator")])
    return tuple({one.cell: one for one in found}.values())


def fit_here(
    scenario: Scenario,
    national: Posterior,
    live: LiveAgain,
    executor: Executor | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Local:
    """Live each point that fits France in this territory, and weigh it by what was observed here.

    Each point is lived `YEARS` times, with another luck each time. The luck of the year that was observed then counts
    with what its range says: in a small territory a figure teaches little, however exactly it was counted.
    """
    targets = local_targets(scenario.territory)
    points = [
        {str(path): float(value) for path, value in row.items()} for row in national.points.to_dict("records")
    ]
    again = [rank for rank in range(YEARS) for _ in points]
    each = map if executor is None else executor.map
    rows = []
    for row in each(partial(lived_again, live), points * YEARS, again):
        rows.append([row[one.cell] for one in targets])
        if watch is not None:
            watch(len(rows), len(again))
    years = np.array(rows).reshape(YEARS, len(points), len(targets))
    luck = luck_between(years)
    log = np.log(national.weights) - 0.5 * squared_gaps(years.mean(axis=0), targets, luck)
    weights = np.exp(log - log.max())
    posterior = national._replace(
        weights=weights / weights.sum(),
        local_figures=len(targets),
        territory=mark(scenario.territory.sources),
    )
    figures = pd.DataFrame(years.mean(axis=0), columns=[one.cell for one in targets])
    return Local(posterior, figures, targets, luck)


def luck_between(years: np.ndarray) -> np.ndarray:
    """Covariance of figures between years of the same point, from `(years, points, targets)`: `(targets, targets)`."""
    apart = (years - years.mean(axis=0)).reshape(-1, years.shape[2])
    return np.asarray(apart.T @ apart / ((len(years) - 1) * years.shape[1]))


def squared_gaps(figures: np.ndarray, targets: Sequence[Target], luck: np.ndarray) -> np.ndarray:
    """Squared gap of each point from what was observed, in standard deviations of the error and luck: `(points,)`.

    `figures` are `(points, targets)`; `luck` is the covariance of what one year more would have given. The points keep
    some luck of their own, so that the weights are a little too careful rather than too sure.
    """
    error = np.array([max(one.tolerance * OBSERVED, _SMALLEST) for one in targets])
    unit = np.linalg.cholesky(luck + np.diag(error**2))
    gaps = np.linalg.solve(unit, (figures - np.array([one.value for one in targets])).T)
    return np.asarray((gaps**2).sum(axis=0))
