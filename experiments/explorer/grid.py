"""A grid (grille): some levers at a few sizes each, all crossed, so that a reader can only choose what was lived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from experiments.yaml_file import line_of, opened
from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.policies import LEVERS
from simulation.scenario_checks import FieldPath, Where, checked, fault_at, possible
from simulation.text_files import decoded

if TYPE_CHECKING:
    from simulation.scenario import Scenario

FEWEST_LEVELS, MOST_LEVELS = 2, 8
MOST_POINTS = 400
"""Beyond, the page grows too heavy for an e-mail."""

Language = Literal["fr", "en"]
Level = float
Sizes = Mapping[str, Mapping[str, Level]]
"""Lever → size → value; a lever that acts nowhere is left out."""


class Grid(BaseModel):
    """What is crossed: each size of each lever at its levels, over so many futures."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    title: Mapping[Language, str] = {}
    baseline: str = "baseline"
    levers: Mapping[str, Mapping[str, tuple[Level, ...]]] = Field(min_length=1)
    """Lever → size → levels, from the least to the most."""
    opens_on: Sizes = {}
    """What the page shows first; the highest levels unless said."""
    worlds: int = Field(default=20, ge=1, le=1000)
    luck: int = Field(default=8, ge=1, le=1000)

    @property
    def axes(self) -> tuple[tuple[str, str, tuple[Level, ...]], ...]:
        """Every slider: its lever, its size and its levels, in the order of the file."""
        return tuple(
            (lever, size, levels) for lever, sizes in self.levers.items() for size, levels in sizes.items()
        )

    @property
    def digest(self) -> str:
        """Fingerprint of what is asked, whatever its title."""
        told = self.model_dump(mode="json", exclude={"title"})
        told["order"] = [[lever, size] for lever, size, _ in self.axes]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()

    @property
    def opening(self) -> tuple[int, ...]:
        """Where each slider stands when the page opens; a lever that is not named is not pulled."""
        told = self.opens_on
        if not told:
            return tuple(len(levels) - 1 for _, _, levels in self.axes)
        return tuple(
            levels.index(told[lever][size]) if size in told.get(lever, {}) else 0
            for lever, size, levels in self.axes
        )


class Cell(NamedTuple):
    """One position of all the sliders, and the name of what is done there: nothing for today."""

    at: tuple[int, ...]
    name: str


def cells(grid: Grid) -> tuple[Cell, ...]:
    """Every position of the sliders, the last one moving first; several may do the same thing."""
    ranks = [range(len(levels)) for _, _, levels in grid.axes]
    return tuple(Cell(at, name_of(sizes_at(grid, at))) for at in product(*ranks))


def sizes_at(grid: Grid, at: tuple[int, ...]) -> dict[str, dict[str, Level]]:
    """The sizes at one position, without the levers that are then of size zero."""
    found: dict[str, dict[str, Level]] = {}
    for (lever, size, levels), rank in zip(grid.axes, at, strict=True):
        found.setdefault(lever, {})[size] = levels[rank]
    return {lever: sizes for lever, sizes in found.items() if not LEVERS[lever].model_validate(sizes).is_void}


def name_of(sizes: Sizes) -> str:
    """One name for one thing that is done."""
    return ",".join(
        f"{lever}.{size}={value:g}" for lever, told in sizes.items() for size, value in told.items()
    )


def points(grid: Grid, baseline: Scenario) -> dict[str, Scenario]:
    """Every thing that is done somewhere in the grid, once, by its name; today is none of them."""
    found: dict[str, Scenario] = {}
    for cell in cells(grid):
        if cell.name and cell.name not in found:
            found[cell.name] = baseline.with_(policies=sizes_at(grid, cell.at))
    return found


def is_grid(path: Path) -> bool:
    """Whether a file asks for a grid rather than for a scenario: it crosses levers."""
    try:
        text, _ = decoded(path.read_bytes(), path.name)
    except OSError:
        return False
    return any(line.startswith("levers:") for line in text.splitlines())


def read_grid(path: Path) -> Grid:
    """Read a grid; every fault is told at once, with its line."""
    label = path.name
    node = opened(path, label)

    def where(at: FieldPath) -> tuple[str, int]:
        return label, line_of(node, at)

    grid, faults = checked(Grid, node.plain(), (), where)
    faults += [] if grid is None else [*_unlike(grid, where), *_too_many(grid, where)]
    if grid is None or faults:
        raise Refused(in_order(faults))
    return grid


def fitting(grid: Grid, baseline: Scenario, label: str) -> Grid:
    """The grid, once it is sure that this territory has the people it asks for and that nothing is done there yet."""
    faults = [
        Fault("grid_done_already", label, field=f"levers.{lever}")
        for lever in grid.levers
        if lever in baseline.policies
    ]
    for lever, size, levels in grid.axes:
        policy = LEVERS[lever].model_validate({size: levels[-1]})
        found = possible(lever, policy, baseline.territory, lambda _: (label, 0), [size])
        faults += [one._replace(field=f"levers.{lever}.{size}") for one in found]
    if faults:
        raise Refused(faults)
    return grid


def within_reach(grid: Grid, baseline: Scenario) -> Grid:
    """The grid without the levels that ask for more GPs than this territory has."""
    there = int((baseline.territory.practitioners["role"] == "gp").sum())
    levers = {
        lever: {
            size: tuple(dict.fromkeys(min(each, there) if size == "gps" else each for each in levels))
            for size, levels in sizes.items()
        }
        for lever, sizes in grid.levers.items()
    }
    return grid.model_copy(update={"levers": levers, "opens_on": {}})


def _unlike(grid: Grid, where: Where) -> list[Fault]:
    """Levers and sizes that nobody knows, levels that none admits or that do not rise."""
    faults: list[Fault] = []
    for lever, sizes in grid.levers.items():
        if lever not in LEVERS:
            told = {"value": shown(lever), "nearest": nearest(lever, LEVERS), "choices": tuple(LEVERS)}
            faults.append(fault_at("unknown_lever", ("levers", lever), where, **told))
            continue
        for size, levels in sizes.items():
            faults += _levels(lever, size, levels, where)
    return faults or _openings(grid, where)


def _levels(lever: str, size: str, levels: tuple[Level, ...], where: Where) -> list[Fault]:
    path: FieldPath = ("levers", lever, size)
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS or list(levels) != sorted(set(levels)):
        return [fault_at("grid_levels", path, where, low=FEWEST_LEVELS, high=MOST_LEVELS)]
    field = ".".join(map(str, path))
    found = [
        fault
        for level in levels
        for fault in checked(LEVERS[lever], {size: level}, ("levers", lever), where)[1]
        if fault.field == field
    ]
    return found[:1]


def _openings(grid: Grid, where: Where) -> list[Fault]:
    faults = []
    for lever, sizes in grid.opens_on.items():
        for size, value in sizes.items():
            levels = grid.levers.get(lever, {}).get(size, ())
            if value not in levels:
                told: dict[str, Any] = {"value": shown(value), "choices": tuple(map(str, levels)) or ""}
                faults.append(fault_at("unknown_choice", ("opens_on", lever, size), where, **told))
    return faults


def _too_many(grid: Grid, where: Where) -> list[Fault]:
    count = prod(len(levels) for _, _, levels in grid.axes)
    return (
        [fault_at("grid_too_large", ("levers",), where, value=count, high=MOST_POINTS)]
        if count > MOST_POINTS
        else []
    )
