"""A territory's own figures (repères locaux) on top of France: points that fit France weigh by how they fit here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from calibration.targets import Target
from experiments.posterior import Posterior, mark
from simulation.faults import Fault, Refused
from simulation.indicators import INDICATORS

if TYPE_CHECKING:
    from calibration.fit import Live
    from simulation.scenario import Scenario
    from simulation.territory import Territory

FEWEST_POINTS = 10.0
"""Points worth of weight under which what was observed lies where the model hardly goes."""
_SOME = 0.1  # of the figure, where neither a range nor a useful difference is known


class Local(NamedTuple):
    """The points of France weighed by a territory's own figures."""

    posterior: Posterior
    figures: pd.DataFrame
    targets: tuple[Target, ...]

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
    live: Live,
    watch: Callable[[int, int], None] | None = None,
) -> Local:
    """Live each point that fits France in this territory, and weigh it by what was observed here.

    The weight falls with the squared gap in half-widths of the ranges, as for a normal law of which the range is
    two thirds.
    """
    targets = local_targets(scenario.territory)
    rows = []
    for row in national.points.to_dict("records"):
        rows.append(live({str(path): float(value) for path, value in row.items()}))
        if watch is not None:
            watch(len(rows), len(national.points))
    figures = pd.DataFrame(rows)
    log = np.log(national.weights) - 0.5 * squared_gaps(figures, targets)
    weights = np.exp(log - log.max())
    posterior = national._replace(
        weights=weights / weights.sum(),
        local_figures=len(targets),
        territory=mark(scenario.territory.sources),
    )
    return Local(posterior, figures, targets)


def squared_gaps(figures: pd.DataFrame, targets: Sequence[Target]) -> np.ndarray:
    """Sum over targets of the squared gap of each point, in half-widths: `(points,)`."""
    gaps = [
        ((figures[one.cell].to_numpy(float) - one.value) / max(one.tolerance, 1e-12)) ** 2 for one in targets
    ]
    return np.sum(gaps, axis=0)
