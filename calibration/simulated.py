"""One point of the ranges lived for a year (figures simulées), read where France has been observed."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.against_france import figures_of
from calibration.targets import Target

if TYPE_CHECKING:
    from simulation.scenario import Scenario

_SEED_BITS = 31


@dataclass(frozen=True)
class Lived:
    """How a point is lived: a year of a scenario, read where something was observed."""

    scenario: "Scenario"
    targets: tuple[Target, ...]

    def __call__(self, point: Mapping[str, float], again: int = 0) -> dict[str, float]:
        """Live one point with its own luck (another for each `again`); give the figure of each target by its cell."""
        from simulation import run

        results = run(self.scenario.with_(seed=seed_of(point, again), parameters=dict(point)))
        found = figures_of(results.table)
        return {one.cell: found.get((one.indicator, one.group), math.nan) for one in self.targets}


def seed_of(point: Mapping[str, float], again: int = 0) -> int:
    """The luck of a point: its own, and the same whenever the point is lived, whoever lives it."""
    told = json.dumps([sorted(point.items()), again]).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:4]) >> (32 - _SEED_BITS)


def counted(scenario: "Scenario", targets: Sequence[Target]) -> tuple[Target, ...]:
    """Those of the targets that a run of the scenario counts at all (a share of nobody is no figure)."""
    figures = Lived(scenario, tuple(targets))({})
    return tuple(one for one in targets if math.isfinite(figures[one.cell]))
