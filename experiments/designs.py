"""Designs of experiments (plans d'expériences): plain lists of validated scenarios, each with its coordinates.

A design never runs anything. What varies is named as in scenario files: `doors.number_success` for a figure,
`policies.unscheduled_care.gps` for the size of a lever, `ring` for a term; `scenario` stands for a choice between
scenarios, `seed` for luck.
"""

import csv
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.stats import qmc

from experiments.worlds import World
from simulation.faults import Fault, Refused, shown

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.scenario import Scenario

LARGEST_DESIGN = 1_000_000


class Planned(NamedTuple):
    """One run that is planned: what is simulated, and where it stands in the design."""

    scenario: "Scenario"
    at: Mapping[str, object]


def replayed(alternatives: "Mapping[str, Scenario]", futures: Sequence[World]) -> list[Planned]:
    """Every alternative in every future; futures share luck and figures between alternatives, so that pairs match."""
    return [
        Planned(scenario.with_(seed=world.seed, parameters=dict(world.parameters)), at)
        for world in futures
        for name, scenario in alternatives.items()
        for at in [{"scenario": name, "kind": world.kind, "number": world.number, "seed": world.seed}]
    ]


def factorial(baseline: "Scenario", levels: Mapping[str, Sequence[object]]) -> list[Planned]:
    """Every combination of some levels: sizes of levers, figures, structural switches."""
    names = list(levels)
    asked = 1
    for name in names:
        if not levels[name]:
            raise Refused([Fault("no_level", field=name)])
        asked *= len(levels[name])
    if asked > LARGEST_DESIGN:
        raise Refused([Fault("too_many_runs", details={"value": asked, "high": LARGEST_DESIGN})])
    return [placed(baseline, dict(zip(names, row, strict=True))) for row in product(*levels.values())]


def latin_hypercube(
    baseline: "Scenario", figures: "Mapping[str, Number]", count: int, *, seed: int | None = None
) -> list[Planned]:
    """Points that cover each range evenly, whatever the others do (McKay, Beckman and Conover, 1979)."""
    sampler = qmc.LatinHypercube(
        len(figures), rng=np.random.default_rng(baseline.seed if seed is None else seed)
    )
    return _spread(baseline, figures, sampler.random(count))


def sobol(
    baseline: "Scenario", figures: "Mapping[str, Number]", count: int, *, seed: int | None = None
) -> list[Planned]:
    """The first points of a scrambled Sobol sequence; asking for more adds to the list and changes none."""
    chance = np.random.default_rng(baseline.seed if seed is None else seed)
    sequence = qmc.Sobol(len(figures), scramble=True, rng=chance)
    return _spread(baseline, figures, sequence.random_base2(max(count - 1, 1).bit_length())[:count])


def by_hand(baseline: "Scenario", path: Path) -> list[Planned]:
    """The runs of a CSV file: a column for each thing that varies, a line for each run; empty cells change nothing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    planned, faults = [], []
    for number, line in enumerate(lines, start=2):
        row = {str(name): value for name, value in line.items() if name and value not in (None, "")}
        try:
            planned.append(placed(baseline, {name: told(value) for name, value in row.items()}))
        except Refused as refused:
            faults += [fault._replace(file=path.name, line=number) for fault in refused.faults]
    if faults:
        raise Refused(faults)
    return planned


def told(text: str) -> object:
    """Read a cell: a number where it is one, `yes` and `no`, else text."""
    if text in ("yes", "no", "true", "false"):
        return text in ("yes", "true")
    for kind in (int, float):
        try:
            return kind(text.replace(",", "."))
        except ValueError:
            continue
    return text


def placed(baseline: "Scenario", at: Mapping[str, object]) -> Planned:
    """The baseline with what stands at one point of a design."""
    changes: dict[str, Any] = {}
    for name, value in at.items():
        first, _, rest = name.partition(".")
        if first == "policies":
            lever, _, field = rest.partition(".")
            levers = changes.setdefault("policies", {})
            levers.setdefault(lever, {})
            if field:
                levers[lever][field] = value
        elif rest:
            changes.setdefault("parameters", {})[name] = value
        elif first in type(baseline).model_fields:
            changes[first] = value
        else:
            raise Refused([Fault("unknown_key", field=name, details={"value": shown(name)})])
    return Planned(baseline.with_(**changes), dict(at))


def _spread(baseline: "Scenario", figures: "Mapping[str, Number]", points: np.ndarray) -> list[Planned]:
    names = list(figures)
    planned = []
    for point in points:
        at: dict[str, object] = {}
        for name, share in zip(names, point, strict=True):
            figure = figures[name]
            value = figure.low + float(share) * (figure.high - figure.low)
            at[name] = round(value) if figure.whole else value
        planned.append(placed(baseline, at))
    return planned
