"""Does a calibration tell the truth (le calage dit-il vrai)? Known points are hidden, and looked for.

Simulation-based calibration (Talts et al., 2018; for fits without likelihood, Prangle et al., 2014): over points
drawn from the prior, the rank of the hidden value among those that fit must be uniform. Points that fit are taken
from one table of simulated points, by what a linear regression reads in their figures (Fearnhead and Prangle, J R Stat
Soc B 74, 2012), then adjusted as Beaumont et al. do (Genetics 162, 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from calibration.predicted import of_prior

if TYPE_CHECKING:
    from calibration.fit import Live
    from simulation.parameters import Number

Bend = Callable[[np.ndarray], np.ndarray]
"""What a wrong fit does to the points that it keeps."""


class Tried(NamedTuple):
    """Points of the prior and what each gave: one row a point."""

    points: pd.DataFrame
    figures: pd.DataFrame

    def kept(self, observed: np.ndarray, count: int, besides: int | None = None) -> np.ndarray:
        """The points nearest to what was observed, adjusted to it; one row may be left out, being the hidden one.

        `(count, figures fitted)`. Points are near when what the figures say of them is: their linear prediction.
        """
        rows = np.arange(len(self.points)) != (-1 if besides is None else besides)
        points, figures = self.points.to_numpy(float)[rows], self.figures.to_numpy(float)[rows]
        middle, spread = figures.mean(axis=0), figures.std(axis=0)
        scale = np.where(spread > 0, spread, np.inf)
        design = np.column_stack([np.ones(len(figures)), (figures - middle) / scale])
        slopes, *_ = np.linalg.lstsq(design, points, rcond=None)
        told = design @ slopes
        asked = np.concatenate([[1.0], (observed - middle) / scale]) @ slopes
        gaps = (told - asked) / np.where(told.std(axis=0) > 0, told.std(axis=0), np.inf)
        far = np.sqrt((gaps**2).sum(axis=1))
        near = np.argsort(far, kind="stable")[:count]
        return _adjusted(points[near], gaps[near], far[near])


class Recovered(NamedTuple):
    """One fitted figure: how often its hidden value lay within the 90 % interval, and how uniform its ranks are."""

    path: str
    covered: float
    p_value: float
    contraction: float
    """1 − spread of the points that fit over that of the prior, on average; 0 when nothing was learned."""


def tried(
    live: Live, numbers: Mapping[str, Number], count: int, seed: int = 1, executor: Executor | None = None
) -> Tried:
    """Live so many points of the prior."""
    points = of_prior(numbers, count, seed)
    each = map if executor is None else executor.map
    return Tried(pd.DataFrame(points), pd.DataFrame(list(each(live, points))))


def recovered(table: Tried, hidden: int, kept: int, bend: Bend | None = None) -> tuple[Recovered, ...]:
    """Hide each of the first points in turn and look for it; `bend` spoils the fit, and must be caught."""
    ranks, covered, narrowed = [], [], []
    whole = table.points.to_numpy(float)
    for row in range(hidden):
        found = table.kept(table.figures.to_numpy(float)[row], kept, besides=row)
        found = found if bend is None else bend(found)
        truth = whole[row]
        ranks.append((found < truth).mean(axis=0))
        low, high = np.quantile(found, (0.05, 0.95), axis=0)
        covered.append((low <= truth) & (truth <= high))
        narrowed.append(1 - found.std(axis=0) / whole.std(axis=0))
    share, learned = np.mean(covered, axis=0), np.mean(narrowed, axis=0)
    return tuple(
        Recovered(
            str(path), float(share[at]), float(stats.kstest([one[at] for one in ranks], "uniform").pvalue),
            float(learned[at]),
        )
        for at, path in enumerate(table.points.columns)
    )  # fmt: skip


def is_true(found: tuple[Recovered, ...], level: float = 0.01) -> bool:
    """Whether no figure is out of the band, once that many figures have been looked at (Bonferroni)."""
    return all(one.p_value > level / len(found) for one in found)


def _adjusted(points: np.ndarray, gaps: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Take out of the points what their remaining gap to the observed explains, nearest counting most."""
    reach = far.max()
    weights = np.sqrt(np.clip(1 - (far / reach) ** 2, 1e-9, None)) if reach > 0 else np.ones(len(far))
    design = np.column_stack([np.ones(len(far)), gaps])
    slopes, *_ = np.linalg.lstsq(design * weights[:, None], points * weights[:, None], rcond=None)
    return points - gaps @ slopes[1:]
