"""Calibration by waves (calage par vagues): live some points, learn the surface, look again where it fits.

History matching (Craig et al., 1997; Vernon, Goldstein and Bower, Bayesian Analysis 5, 2010): each wave lives points
where the wave before says that France may be. All that is long is lived once and kept, in any executor, with the luck
of the point: the same budget gives the same points, to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from calibration.emulator import Emulator
from calibration.predicted import of_prior
from calibration.runs import Runs, Watch
from calibration.tempered import tempered
from experiments.posterior import Posterior

if TYPE_CHECKING:
    from calibration.fit import Live
    from calibration.targets import Target
    from simulation.parameters import Number

BUDGET = 1_400
"""Simulated years of a calibration, unless said."""
FIRST = 0.5
"""Part of the budget spent on points of the prior; the rest is shared between the later waves."""
LATER = 2


def in_waves(
    live: Live,
    numbers: Mapping[str, Number],
    targets: Sequence[Target],
    file: Path,
    *,
    budget: int = BUDGET,
    seed: int = 1,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> tuple[Posterior, Emulator]:
    """Spend a budget of simulated years; `file` keeps every point that was lived, so that a next call goes on."""
    runs = Runs(file)
    first = max(len(numbers) + 2, round(budget * FIRST))
    points: list[Mapping[str, float]] = list(of_prior(numbers, first, seed))

    def told(done: int, _: int) -> None:
        if watch is not None:
            watch(min(done, budget), budget)

    emulator = Emulator(runs.lived(live, points, executor, told), numbers, targets)
    for wave in range(LATER):
        size = (budget - first) // LATER
        if size > 0:
            found = tempered(emulator, numbers, targets, seed + wave, size)
            points += [{str(k): float(v) for k, v in row.items()} for row in found.points.to_dict("records")]
            lived = runs.lived(live, points, executor, told)
            emulator = Emulator(lived, numbers, targets, near=len(points) - first)
    return tempered(emulator, numbers, targets, seed + LATER), emulator
