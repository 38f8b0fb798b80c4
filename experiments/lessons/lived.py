"""A year lived for a lesson (année simulée): the figures that lessons read, once for each draw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Scene, Setting

if TYPE_CHECKING:
    from simulation.cells import Cells
    from simulation.scenario import Scenario

PLANNED_UNSERVED = "planned_unserved_per_1000"
YEARS_KEPT = 4_000
"""Years remembered by a process; a server is asked the draws of any class."""


def scenario_of(scene: Scene, setting: Setting, changes: Sequence[str] = ()) -> Scenario:
    """The scenario of a setting; `changes` are those of the reader, as in `--set`. Refused when they cannot be."""
    asked = _asked(scene.scenario, tuple(changes))
    return _changed(asked, setting.parameters, setting.policies, setting.members)


def lived(scene: Scene, setting: Setting, seed: int, changes: Sequence[str] = ()) -> Mapping[str, float]:
    """The figures of one draw by name; one that this year leaves without a case is missing."""
    told = json.dumps([setting.parameters, setting.policies, setting.members], sort_keys=True)
    return _lived(scene.scenario, told, seed, tuple(changes))


@cache
def _asked(name: str, changes: tuple[str, ...]) -> Scenario:
    from simulation import load

    folder = Path(str(files("scenarios")))
    return load(folder / f"{name}.yaml", [folder], list(changes)).with_(ring=False)


def _changed(
    asked: Scenario, parameters: Mapping[str, float], policies: Mapping[str, Any], members: float | None
) -> Scenario:
    changes: dict[str, object] = {"parameters": dict(parameters), "policies": dict(policies)}
    if members is not None:
        changes["members"] = members
    return asked.with_(**changes)


@lru_cache(maxsize=YEARS_KEPT)
def _lived(name: str, told: str, seed: int, changes: tuple[str, ...]) -> Mapping[str, float]:
    from simulation import run
    from simulation.counts import whole_territory
    from simulation.indicators import INDICATORS

    parameters, policies, members = json.loads(told)
    asked = _changed(_asked(name, changes), parameters, policies, members)
    results = run(asked.with_(seed=seed))
    cells = whole_territory(results.counts)
    whole = list(cells.month).index("all")
    read = {one: INDICATORS[one].read(cells)[0][whole] for one in kinds() if one in INDICATORS}
    read[PLANNED_UNSERVED] = _planned_unserved(cells, whole)
    return {one: float(value) for one, value in read.items() if value == value}


def _planned_unserved(cells: Cells, whole: int) -> float:
    """Follow-up and routine requests that ended without a visit, per 1,000 made."""
    from simulation.indicators.answers import PLANNED
    from simulation.kernels.codes import EMERGENCY_END, GAVE_UP, MADE, RECOVERED_END, WAITING

    ends = (EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING)
    lost = sum(int(cells.requests(PLANNED, end)[whole]) for end in ends)
    return 1000 * lost / max(int(cells.requests(PLANNED, MADE)[whole]), 1)
