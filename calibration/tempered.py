"""Points as likely as what was observed makes them (tirages a posteriori), from a law that is heated then cooled.

Sequential Monte Carlo sampler (Del Moral, Doucet and Jasra, J R Stat Soc B 68, 2006): points of the prior weigh by a
likelihood that is raised little by little to its full power, drawn again, and moved by Metropolis steps of their own
spread. What is cheap is the surface; the model itself is not lived here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from calibration.predicted import of_prior
from calibration.prior import prior
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


def tempered(
    emulator: Emulator,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    seed: int = 1,
    kept: int = KEPT,
) -> Posterior:
    """So many points, equally weighing, in the order of the first figure."""
    luck = np.random.default_rng(seed)
    points = pd.DataFrame(of_prior(numbers, POINTS, seed))
    likely, believed = emulator.log_likelihood(points, targets), _log_prior(points, numbers)
    heat = 0.0
    while heat < 1.0:
        heat, weights = _cooler(likely, heat)
        rows = _drawn(weights, luck)
        points, likely, believed = points.iloc[rows].reset_index(drop=True), likely[rows], believed[rows]
        steps = np.linalg.cholesky(_covariance(points, numbers)) * STEP / np.sqrt(len(numbers))
        for _ in range(MOVES):
            tried = points + luck.normal(size=points.shape) @ steps.T
            tried_believed = _log_prior(tried, numbers)
            tried_likely = emulator.log_likelihood(tried, targets)
            gain = heat * (tried_likely - likely) + tried_believed - believed
            moves = np.log(luck.random(len(points))) < np.where(np.isfinite(tried_believed), gain, -np.inf)
            points = points.where(np.repeat(~moves[:, None], points.shape[1], axis=1), tried)
            likely, believed = (
                np.where(moves, tried_likely, likely),
                np.where(moves, tried_believed, believed),
            )
    chosen = points.iloc[np.linspace(0, POINTS - 1, kept).astype(int)]
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


def _covariance(points: pd.DataFrame, numbers: Mapping[str, Number]) -> np.ndarray:
    widths = np.array([one.high - one.low for one in numbers.values()])
    return np.asarray(
        np.cov(points.to_numpy(float).T).reshape(len(widths), -1) + np.diag((1e-3 * widths) ** 2)
    )


def _log_prior(points: pd.DataFrame, numbers: Mapping[str, Number]) -> np.ndarray:
    law = prior(numbers)
    return np.asarray(sum(law[path].distribution.logpdf(points[path].to_numpy(float)) for path in numbers))
