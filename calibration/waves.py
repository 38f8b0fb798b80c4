"""Calibration by waves (calage par vagues): live some points, learn the surface, look again where it fits.

History matching (Craig et al., 1997; Vernon, Goldstein and Bower, Bayesian Analysis 5, 2010): each wave lives points
where the wave before says that France may be; the last surface is handed to ABC-SMC. All that is long is lived once
and kept, in any executor, with the luck of the point: the same budget gives the same points, to the bit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from calibration.emulator import Emulator
from calibration.fit import Fit, Fitted
from calibration.predicted import of_prior
from calibration.runs import Runs, Watch

if TYPE_CHECKING:
    from calibration.fit import Live
    from calibration.targets import Target
    from simulation.parameters import Number

BUDGET = 900
"""Simulated years of a calibration, unless said."""
FIRST = 0.5
"""Part of the budget spent on points of the prior; the rest is shared between the later waves."""
LATER = 2
LOOKS = 2**16
"""Points of the prior among which a wave chooses."""
EVALUATIONS = 30_000
"""Looks at the surface in the last search; each costs about a millisecond."""
LOOKS_A_YEAR = 40
"""The same for a small budget, for each simulated year."""
POPULATION, FEWEST = 400, 40
"""Points kept, and how many a small budget keeps."""


def in_waves(
    live: Live,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    file: Path,
    *,
    budget: int = BUDGET,
    population: int = POPULATION,
    evaluations: int = EVALUATIONS,
    seed: int = 1,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> tuple[Fitted, Emulator]:
    """Spend a budget of simulated years; `file` keeps every point that was lived, so that a next call goes on."""
    runs = Runs(file)
    first = max(len(numbers) + 2, round(budget * FIRST))
    sizes = [first, *[(budget - first) // LATER] * LATER]
    points: list[Mapping[str, float]] = list(of_prior(numbers, first, seed))

    def told(done: int, total: int) -> None:
        if watch is not None:
            watch(min(done, budget), budget)

    table = runs.lived(live, points, executor, told)
    for size in sizes[1:]:
        if size < 1:
            continue
        points += _likely(Emulator(table, numbers, targets), numbers, targets, size, seed)
        table = runs.lived(live, _apart(points), executor, told)
    emulator = Emulator(table, numbers, targets)
    return _searched(emulator, numbers, targets, population, evaluations, seed), emulator


def population_of(budget: int) -> int:
    """Points kept for a budget of simulated years."""
    return max(FEWEST, min(POPULATION, budget // 2))


def _likely(
    emulator: Emulator, numbers: Mapping[str, Number], targets: Sequence[Target], count: int, seed: int
) -> list[dict[str, float]]:
    """Points of the prior drawn without replacement, as likely as the surface makes what was observed."""
    tried = pd.DataFrame(of_prior(numbers, LOOKS, seed + 1))
    luck = np.random.default_rng(seed).gumbel(size=len(tried))
    order = np.argsort(-(emulator.log_likelihood(tried, targets) + luck), kind="stable")[:count]
    return [
        {str(path): float(value) for path, value in row.items()}
        for row in tried.iloc[order].to_dict("records")
    ]


def _searched(
    emulator: Emulator,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    population: int,
    evaluations: int,
    seed: int,
) -> Fitted:
    """Points of the surface that fit."""
    with tempfile.TemporaryDirectory() as folder:
        search = Fit(emulator, numbers, targets, Path(folder), population=population, seed=seed)
        search.begin()
        search.advance(evaluations)
        return search.kept()


def _apart(points: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """Each point once."""
    return list({tuple(sorted(point.items())): point for point in points}.values())
