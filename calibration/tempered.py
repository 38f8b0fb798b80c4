"""Points as likely as what was observed makes them (tirages a posteriori), from a law that is heated then cooled.

Sequential Monte Carlo sampler (Del Moral, Doucet and Jasra, J R Stat Soc B 68, 2006): points of the prior weigh by a
likelihood that is raised little by little to its full power, drawn again, and moved by Metropolis steps of their own
spread. What is cheap is the surface; the model itself is not lived here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from calibration.predicted import of_prior
from calibration.prior import shape
from experiments.posterior import Posterior

if TYPE_CHECKING:
    from calibration.emulator import Emulator
    from calibration.targets import Target
    from simulation.parameters import Number

POINTS, KEPT = 2048, 256
MOVES = 12
"""Metropolis steps of each point at each temperature."""
LEFT = 0.5
"""Share of the points that each cooling leaves worth of weight."""
STEP = 2.38
"""Scale of a step, over the root of the dimension (Gelman, Roberts and Gilks, 1996)."""


class _Cloud(NamedTuple):
    """Points at one temperature: `(points, figures fitted)`, how likely and how believed each is."""

    points: np.ndarray
    likely: np.ndarray
    believed: np.ndarray

    def where(self, moves: np.ndarray, other: _Cloud) -> _Cloud:
        """These points, but for those that move to the other ones."""
        return _Cloud(
            np.where(moves[:, None], other.points, self.points),
            np.where(moves, other.likely, self.likely),
            np.where(moves, other.believed, self.believed),
        )


def tempered(
    emulator: Emulator,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    seed: int = 1,
    kept: int = KEPT,
    *,
    points: int = POINTS,
) -> Posterior:
    """So many points, equally weighing, in the order of the first figure."""
    luck = np.random.default_rng(seed)
    believed_of = _law(numbers)

    def cloud(at: np.ndarray) -> _Cloud:
        return _Cloud(at, emulator.log_likelihood(at, targets), believed_of(at))

    now, heat = cloud(pd.DataFrame(of_prior(numbers, points, seed)).to_numpy(float)), 0.0
    while heat < 1.0:
        heat, weights = _cooler(now.likely, heat)
        rows = _drawn(weights, luck)
        now = _Cloud(*(part[rows] for part in now))
        steps = np.linalg.cholesky(_covariance(now.points, numbers)) * STEP / np.sqrt(len(numbers))
        for _ in range(MOVES):
            tried = cloud(now.points + luck.normal(size=now.points.shape) @ steps.T)
            gain = heat * (tried.likely - now.likely) + tried.believed - now.believed
            now = now.where(np.log(luck.random(points)) < gain, tried)
    chosen = pd.DataFrame(now.points[np.linspace(0, points - 1, kept).astype(int)], columns=list(numbers))
    chosen = chosen.sort_values(list(chosen.columns), ignore_index=True)
    return Posterior(chosen, np.full(len(chosen), 1 / len(chosen)))


def _cooler(likely: np.ndarray, heat: float) -> tuple[float, np.ndarray]:
    """The next power of the likelihood, and the weights it gives: half of the points must stay worth something."""

    def weights(power: float) -> np.ndarray:
        log = (power - heat) * likely
        told = np.exp(log - log.max())
        return np.asarray(told / told.sum())

    def worth(power: float) -> float:
        return float(1 / (weights(power) ** 2).sum())

    if worth(1.0) >= LEFT * len(likely):
        return 1.0, weights(1.0)
    low, high = heat, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) >= LEFT * len(likely) else (low, middle)
    return high, weights(high)


def _drawn(weights: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """Rows drawn again by their weight, evenly (systematic resampling)."""
    marks = (luck.random() + np.arange(len(weights))) / len(weights)
    return np.asarray(np.searchsorted(np.cumsum(weights), marks).clip(max=len(weights) - 1))


def _covariance(points: np.ndarray, numbers: Mapping[str, Number]) -> np.ndarray:
    widths = np.array([one.high - one.low for one in numbers.values()])
    return np.asarray(np.cov(points.T).reshape(len(widths), -1) + np.diag((1e-3 * widths) ** 2))


def _law(numbers: Mapping[str, Number]) -> Callable[[np.ndarray], np.ndarray]:
    """How much each point was believed before; never a point out of the ranges."""
    shapes = np.array([(shape(one), one.low, one.high - one.low) for one in numbers.values()]).T

    def believed(points: np.ndarray) -> np.ndarray:
        return np.asarray(stats.triang.logpdf(points, *shapes).sum(axis=1))

    return believed
