"""What the model gives before and after it has met France (prédictif), beside what was observed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from calibration.emulator import OBSERVED
from calibration.prior import prior
from calibration.targets import Target
from experiments.posterior import Posterior

if TYPE_CHECKING:
    from calibration.simulated import Lived
    from simulation.parameters import Number

    LiveAgain = Callable[[Mapping[str, float], int], dict[str, float]]

SHARES = (0.05, 0.5, 0.95)
NEAR_AN_END = 0.1
"""Part of a range next to its end in which a median says that the fit is pushed against it."""


class Band(NamedTuple):
    """Median and 90 % of what some points give for one figure."""

    low: float
    middle: float
    high: float

    @property
    def width(self) -> float:
        """From 5 to 95 %, in the unit of the figure."""
        return self.high - self.low


class Met(NamedTuple):
    """One observed figure, and what the model gives before and after the fit."""

    target: Target
    before: Band
    after: Band
    futures: Band | None = None
    """The same in the futures that answers are read from, where all other unknown figures vary too."""

    @property
    def is_inside(self) -> bool:
        """Whether the band after the fit meets the range that was observed; a wide band meets anything."""
        return self.after.low <= self.target.high and self.target.low <= self.after.high

    @property
    def is_beyond(self) -> bool:
        """Whether nine tenths of the points before the fit lie apart too, what is not sought at its best guess."""
        return self.before.high < self.target.low or self.target.high < self.before.low

    @property
    def is_central(self) -> bool:
        """Whether the median after the fit lies in the range that was observed."""
        return self.target.low <= self.after.middle <= self.target.high

    @property
    def narrowing(self) -> float:
        """Width of the band after the fit, as a share of that before."""
        return self.after.width / self.before.width if self.before.width else float("nan")


class Learned(NamedTuple):
    """One fitted figure: what was believed of it before and after."""

    number: Number
    before: Band
    after: Band
    contraction: float
    """1 − spread after over spread before: 0 when nothing was learned."""

    @property
    def is_pushed(self) -> bool:
        """Whether the fit leans on an end of the range: half of the points lie in the tenth next to it."""
        low, high = self.number.low, self.number.high
        return min(self.after.middle - low, high - self.after.middle) < NEAR_AN_END * (high - low)


class Joint(NamedTuple):
    """How far all fitted figures lie from what was observed, together."""

    distance: float
    """Squared distance in units of what the points scatter and what was observed may err."""
    chance: float
    """How likely a greater one is, were the model right (chi square, as many degrees as figures)."""


def met(
    before: pd.DataFrame,
    after: pd.DataFrame,
    targets: Iterable[Target],
    futures: pd.DataFrame | None = None,
) -> list[Met]:
    """Put what was observed beside what each set of points gives (one row a point, one column a cell)."""
    return [
        Met(
            one,
            band(before[one.cell]),
            band(after[one.cell]),
            None if futures is None else band(futures[one.cell]),
        )
        for one in targets
    ]


def joint(after: pd.DataFrame, targets: Sequence[Target]) -> Joint:
    """Hold all figures against what was observed at once: what moves together counts once (after Mahalanobis)."""
    from scipy.stats import chi2

    given = after[[one.cell for one in targets]].to_numpy(float)
    errors = np.array([one.tolerance * OBSERVED for one in targets])
    gap = given.mean(axis=0) - np.array([one.value for one in targets])
    spread = np.cov(given.T).reshape(len(targets), -1) + np.diag(errors**2)
    distance = float(gap @ np.linalg.solve(spread, gap))
    return Joint(distance, float(chi2.sf(distance, len(targets))))


def learned(posterior: Posterior, numbers: Mapping[str, Number]) -> list[Learned]:
    """Put the law of each fitted figure beside what is left of it."""
    law = prior(numbers)
    found = []
    for path, number in numbers.items():
        frozen = law[path].distribution
        before = Band(*(float(frozen.ppf(share)) for share in SHARES))
        after = Band(*(posterior.quantile(path, share) for share in SHARES))
        found.append(Learned(number, before, after, posterior.contraction(number)))
    return found


def of_prior(numbers: Mapping[str, Number], count: int, seed: int = 1) -> list[dict[str, float]]:
    """Points of the prior, evenly spread."""
    from scipy.stats import qmc

    law = prior(numbers)
    sequence = qmc.Sobol(len(numbers), rng=np.random.default_rng(seed))
    shares = sequence.random_base2(max(count - 1, 1).bit_length())[:count]
    columns = [law[path].distribution.ppf(shares[:, at]) for at, path in enumerate(numbers)]
    return [dict(zip(numbers, map(float, row), strict=True)) for row in zip(*columns, strict=True)]


def of_posterior(posterior: Posterior, count: int) -> list[dict[str, float]]:
    """Points that fit, as often as they weigh."""
    return [posterior.at((rank + 0.5) / count) for rank in range(count)]


def lived_at(
    live: LiveAgain, points: Sequence[Mapping[str, float]], executor: Executor | None = None
) -> pd.DataFrame:
    """Live each point with a luck that no fit has seen; a point that comes twice has another luck each time."""
    seen: dict[tuple[float, ...], int] = {}
    again = []
    for point in points:
        key = tuple(point.values())
        seen[key] = seen.get(key, 0) + 1
        again.append(seen[key])
    each = map if executor is None else executor.map
    return pd.DataFrame(list(each(partial(lived_again, live), points, again)))


def lived_futures(live: Lived, count: int, executor: Executor | None = None) -> pd.DataFrame:
    """Live the first futures of the scenario of `live`: those that a comparison of it would draw."""
    from experiments.worlds import worlds

    asked = [world.parameters for world in worlds(live.scenario, count)]
    return lived_at(live, asked, executor)


def band(values: pd.Series) -> Band:
    """Median and 90 % of some values; nothing is known where a run could not count."""
    known = values.dropna().to_numpy(float)
    if not known.size:
        return Band(float("nan"), float("nan"), float("nan"))
    return Band(*(float(one) for one in np.quantile(known, SHARES)))


def lived_again(live: LiveAgain, point: Mapping[str, float], again: int) -> dict[str, float]:
    """One point with the luck of so many times before; its place lets processes share the work."""
    return live(point, again)
