"""What each file of a territory holds: one table, read by the checks and by the documentation alike."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

NEEDED = ("communes.csv", "practitioners.csv", "structures.csv", "hospitals.csv")
OPTIONAL = ("ages.csv", "travel.csv", "observed.csv")
ROADS = ("edges.csv", "nodes.csv")
"""A road graph: foreseen, not read yet."""


class Column(NamedTuple):
    """A column of a file: what it means, in which unit, between which bounds."""

    file: str
    name: str
    kind: str
    unit: str
    low: float
    high: float
    choices: tuple[str, ...]
    required: bool
    """Present in the header and filled on every line; otherwise it may be left out or empty."""
    unique: bool
    """Part of what tells two lines of the file apart."""
    refers: str
    """`file.column` in which the value must be found, empty for none."""
    meaning: Mapping[str, str]

    @property
    def is_numeric(self) -> bool:
        """Whether the values are numbers once read."""
        return self.kind in {"number", "whole", "figure"}


@cache
def schema() -> Mapping[str, tuple[Column, ...]]:
    """The columns of every file, in the order in which a spreadsheet shows them."""
    table: dict[str, list[Column]] = {}
    text = (resources.files(__package__) / "columns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["file"], []).append(
            Column(
                file=row["file"],
                name=row["column"],
                kind=row["kind"],
                unit=row["unit"],
                low=float(row["low"] or "-inf"),
                high=float(row["high"] or "inf"),
                choices=tuple(row["choices"].split()),
                required=row["required"] == "yes",
                unique=row["unique"] == "yes",
                refers=row["refers"],
                meaning=MappingProxyType({"fr": row["fr"], "en": row["en"]}),
            )
        )
    return MappingProxyType({file: tuple(columns) for file, columns in table.items()})
