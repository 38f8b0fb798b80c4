"""What the fitted model gives on the territory made up like France (calage national): measured by `make validate`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from calibration.predicted import Band, Met
from calibration.targets import used_as

if TYPE_CHECKING:
    from pathlib import Path

MEASURED = "nationally.csv"
COLUMNS = ("indicator", "group", "low", "middle", "high")
_DIGITS = 6


class FoundAgain(NamedTuple):
    """How many national figures have the median of the fitted model in their range."""

    found: int
    whole: int


@cache
def found_again() -> FoundAgain:
    """Count those that were fitted: a figure that goes in, or follows from one, is no success."""
    shown = {one.cell: one for one in used_as("fitted")}
    text = (resources.files(__package__) / MEASURED).read_text(encoding="utf-8")
    middles = {
        f"{row['indicator']}|{row['group']}": float(row["middle"])
        for row in csv.DictReader(text.splitlines())
    }
    inside = [one.low <= middles[cell] <= one.high for cell, one in shown.items()]
    return FoundAgain(sum(inside), len(inside))


def write_bands(met: Iterable[Met], path: Path) -> None:
    """Write median and 90 % of what the fitted points give for each figure."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for one in met:
            lines.writerow([one.target.indicator, one.target.group, *_told(one.after)])


def _told(band: Band) -> list[str]:
    return [f"{value:.{_DIGITS}g}" for value in band]
