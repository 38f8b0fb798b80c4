"""A grid small enough to be lived in a moment, and its page."""

from functools import cache
from pathlib import Path

from cpts.cli.publish import beside_france
from experiments.explorer.content import Stamp, content
from experiments.explorer.grid import Grid
from experiments.explorer.points import lived
from experiments.store import Store
from tests.territories import scenario

DAYS = {"days": 14, "warm_up_days": 7}
GRID = """\
title: {fr: "Le canton à emporter", en: "The canton to take away"}
baseline: canton
levers:
  unscheduled_care: {gps: [0, 3], slots_per_week: [1, 4]}
  medical_assistant: {gps: [0, 1]}
opens_on: {unscheduled_care: {gps: 3, slots_per_week: 4}}
worlds: 20
luck: 1
"""
STAMP = Stamp("0.0", "abcdef012345")


@cache
def canton():
    return scenario("canton", **DAYS)


def grid_in(folder: Path, text: str = GRID, name: str = "grid.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told_of(grid: Grid, folder: Path, executor=None, **options):
    found = lived(grid, canton(), Store(folder / "kept"), executor, **options)
    return content(grid, canton(), found, STAMP, beside_france)
