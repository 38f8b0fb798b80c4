"""Does a calibration tell the truth (le calage dit-il vrai)? Known points are hidden, and sought as France is.

Simulation-based calibration (Talts et al., 2018): a point of the prior is lived and what it gives, with an error of
observation, is fitted by the very functions that fit France. Over many such points, the rank of the hidden value
among the points that fit is uniform. Two bands say whether it is (Kolmogorov and Smirnov): that of the ranks, which a
fit that leans to one side leaves, and that of their distance to the middle, which a fit too sure of itself leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import stats

from calibration.emulator import OBSERVED
from calibration.prior import shape
from calibration.tempered import tempered
from calibration.waves import in_waves

if TYPE_CHECKING:
    from calibration.emulator import Emulator
    from calibration.fit import Live
    from calibration.targets import Target
    from experiments.posterior import Posterior
    from simulation.parameters import Number

TOO_SURE = 3.0
"""How many times too small the scatter of the deliberately wrong likelihood is."""
BINS = 8
LEVEL = 0.01
"""Chance that a calibration that tells the truth leaves the bands, all figures together."""


class Sought(NamedTuple):
    """A hidden point, what was observed of it, and the points that were found to fit."""

    hidden: Mapping[str, float]
    targets: tuple[Target, ...]
    emulator: Emulator
    posterior: Posterior

    def ranks(self) -> list[float]:
        """Share of the points that fit that lie under the hidden value, figure by figure."""
        points = self.posterior.points
        return [float((points[path] < value).mean()) for path, value in self.hidden.items()]


class Recovered(NamedTuple):
    """One fitted figure, hidden and sought many times: the ranks of its hidden values, and what was learned of it."""

    path: str
    ranks: np.ndarray
    contraction: float
    """1 − spread of the points that fit over that of the prior, on average; 0 when nothing was learned."""

    @property
    def covered(self) -> float:
        """How often the hidden value lay within the 90 % interval."""
        return float(((self.ranks > 0.05) & (self.ranks < 0.95)).mean())

    @property
    def counts(self) -> tuple[int, ...]:
        """The histogram of the ranks."""
        return tuple(int(count) for count in np.histogram(self.ranks, BINS, (0.0, 1.0))[0])

    @property
    def lean(self) -> float:
        """How likely such ranks are if the fit leans to no side (p)."""
        return float(stats.kstest(self.ranks, "uniform").pvalue)

    @property
    def sureness(self) -> float:
        """How likely such ranks are if the fit is as sure as it may be (p)."""
        return float(stats.kstest(np.abs(2 * self.ranks - 1), "uniform").pvalue)

    def is_true(self, looks: int = 1) -> bool:
        """Whether the ranks stay within both bands, once that many figures have been looked at (Bonferroni)."""
        return min(self.lean, self.sureness) > LEVEL / (2 * looks)


def hidden_points(numbers: Mapping[str, Number], count: int, seed: int) -> list[dict[str, float]]:
    """Points of the prior, each drawn for itself."""
    luck = np.random.default_rng([seed, count])
    laws = [stats.triang(shape(one), one.low, one.high - one.low) for one in numbers.values()]
    drawn = np.column_stack([law.ppf(luck.random(count)) for law in laws])
    return [dict(zip(numbers, map(float, row), strict=True)) for row in drawn]


def observed(
    figures: Mapping[str, float], targets: Sequence[Target], luck: np.random.Generator
) -> tuple[Target, ...]:
    """Targets as they would stand had France given these figures, each with its error of observation."""
    found = []
    for one in targets:
        value = figures[one.cell] + OBSERVED * one.tolerance * float(luck.normal())
        found.append(one._replace(value=value, low=value - one.tolerance, high=value + one.tolerance))
    return tuple(found)


def sought(
    live: Live,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    file: Path,
    *,
    hidden: int,
    budget: int,
    seed: int = 1,
    executor: Executor | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> list[Sought]:
    """Hide so many points and look for each as France is looked for; they share their first wave, kept in `file`."""
    luck, found = np.random.default_rng(seed), []
    for point in hidden_points(numbers, hidden, seed):
        goals = observed(live(point), targets, luck)
        posterior, emulator = in_waves(
            live, numbers, goals, file, budget=budget, seed=seed, executor=executor
        )
        found.append(Sought(point, goals, emulator, posterior))
        if watch is not None:
            watch(len(found), hidden)
    return found


def too_sure(found: Iterable[Sought], times: float = TOO_SURE) -> list[Sought]:
    """The same hidden points sought with a wrong likelihood, so many times too sure of itself: it must be caught."""
    wrong = []
    for one in found:
        spoiled = copy(one.emulator)
        spoiled.scatter, spoiled.error = one.emulator.scatter / times**2, one.emulator.error / times
        wrong.append(one._replace(posterior=tempered(spoiled, spoiled.numbers, one.targets)))
    return wrong


def recovered(found: Sequence[Sought], numbers: Mapping[str, Number]) -> tuple[Recovered, ...]:
    """How the hidden values of each figure rank among the points that fit."""
    ranks = np.array([one.ranks() for one in found])
    return tuple(
        Recovered(path, ranks[:, at], float(np.mean([one.posterior.contraction(number) for one in found])))
        for at, (path, number) in enumerate(numbers.items())
    )


def is_true(found: Sequence[Recovered]) -> bool:
    """Whether the ranks of every figure stay within their bands."""
    return all(one.is_true(len(found)) for one in found)


def coverage(found: Sequence[Recovered]) -> float:
    """How often a hidden value lay within its 90 % interval, all figures together."""
    return float(np.mean([one.covered for one in found]))
