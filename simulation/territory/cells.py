"""A cell says what its column documents: a number, a month, one of a few words, or nothing when allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import isfinite, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.faults import nearest, shown
from simulation.territory.schema import Column

INSEE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
NUMERIC_LETTERS = frozenset("0123456789+-.eE")
NOT_FINITE = frozenset(
    {"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "na", "n/a", "#n/a", "null", "none"}
)
BELOW = re.compile(r"<\s*([0-9]+(?:\.[0-9]+)?)")
HIDDEN = frozenset({"nc", "n.c.", "s.s.", "ss", "nd", "n.d."})
"""Not communicated, statistical secrecy (secret statistique): missing, never zero."""


class Blame(NamedTuple):
    """What is wrong in the cell of one row."""

    row: int
    code: str
    details: Mapping[str, object]


class Cell(NamedTuple):
    """What one cell says, or why it says nothing."""

    value: float | str
    code: str = ""
    details: Mapping[str, object] = {}


def typed(cells: Sequence[str], column: Column) -> tuple[NDArray[np.float64] | list[str], list[Blame]]:
    """Read a column: floats for numbers (NaN for nothing), text for all else."""
    if column.is_numeric:
        quick = _quick_numbers(cells, column)
        if quick is not None:
            return quick, []
        read = _judged(cells, column, _figure if column.kind == "figure" else _number)
        return np.array([cell.value for cell in read], dtype=np.float64), _blamed(read)
    different = _judged(dict.fromkeys(cells), column, _WORDS[column.kind])
    if not any(cell.code for cell in different):
        return list(cells), []
    read = _judged(cells, column, _WORDS[column.kind])
    return [str(cell.value) for cell in read], _blamed(read)


def _judged(cells: Iterable[str], column: Column, judge: Callable[[str, Column], Cell]) -> list[Cell]:
    nothing: float | str = nan if column.is_numeric else ""
    empty = Cell(nothing, "missing_value" if column.required else "")
    return [judge(cell, column) if cell else empty for cell in cells]


def _blamed(read: Sequence[Cell]) -> list[Blame]:
    return [Blame(row, cell.code, cell.details) for row, cell in enumerate(read) if cell.code]


def _quick_numbers(cells: Sequence[str], column: Column) -> NDArray[np.float64] | None:
    """The whole column at once when nothing in it needs a remark, as in most files."""
    if (column.required and not all(cells)) or not NUMERIC_LETTERS.issuperset("".join(cells)):
        return None
    try:
        values = np.array([float(cell) if cell else nan for cell in cells], dtype=np.float64)
    except ValueError:
        return None
    filled = values[~np.isnan(values)]
    within = (filled >= column.low) & (filled <= column.high) & np.isfinite(filled)
    if column.kind == "whole":
        within &= filled == np.floor(filled)
    return values if bool(within.all()) else None


def _number(cell: str, column: Column) -> Cell:
    found: dict[str, object] = {"value": shown(cell)}
    if DECIMAL_COMMA.fullmatch(cell):
        return Cell(nan, "decimal_comma", found | {"remedy": shown(cell.replace(",", "."))})
    if cell.casefold() in NOT_FINITE:
        return Cell(nan, "not_finite", found)
    if not NUMBER.fullmatch(cell):
        return Cell(nan, "not_a_whole_number" if column.kind == "whole" else "not_a_number", found)
    value = float(cell)
    if not isfinite(value):
        return Cell(nan, "not_finite", found)
    if column.kind == "whole" and value != int(value):
        return Cell(nan, "not_a_whole_number", found)
    if column.low <= value <= column.high:
        return Cell(value)
    bounds: dict[str, object] = {"low": column.low, "high": column.high, "unit": column.unit}
    if value < 0 <= column.low:
        return Cell(nan, "negative", found | bounds)
    if column.unit == "share" and 1 < value <= 100:
        return Cell(nan, "percent_for_share", found | bounds | {"remedy": repr(value / 100)})
    return Cell(nan, "out_of_range", found | bounds)


def _figure(cell: str, column: Column) -> Cell:
    """An observed figure: `<6` is an interval and `NC` is missing; neither is zero."""
    if cell.casefold() in HIDDEN or BELOW.fullmatch(cell):
        return Cell(nan)
    return _number(cell, column)


def upper_bound(cell: str) -> float:
    """The value under which a hidden figure lies (`<6`), NaN for any other cell."""
    match = BELOW.fullmatch(cell)
    return float(match[1]) if match else nan


def _insee(cell: str, column: Column) -> Cell:
    if INSEE.fullmatch(cell):
        return Cell(cell)
    # A spreadsheet takes the code for a number and drops the zero of the first nine départements.
    remedy = "0" + cell if re.fullmatch(r"[1-9][0-9]{3}", cell) else ""
    return Cell("", "bad_insee_code", {"value": shown(cell), "remedy": remedy})


def _choice(cell: str, column: Column) -> Cell:
    if cell in column.choices:
        return Cell(cell)
    details = {"value": shown(cell), "nearest": nearest(cell, column.choices), "choices": column.choices}
    return Cell("", "unknown_choice", details)


def _month(cell: str, column: Column) -> Cell:
    if re.fullmatch(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])", cell):
        return Cell(cell)
    return Cell("", "bad_month", {"value": shown(cell)})


def _day(cell: str, column: Column) -> Cell:
    if not _month(cell, column).code:
        return Cell(cell)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell) and date.fromisoformat(cell):
            return Cell(cell)
    except ValueError:
        pass
    return Cell("", "bad_date", {"value": shown(cell)})


def _text(cell: str, column: Column) -> Cell:
    return Cell(cell)


_WORDS: Mapping[str, Callable[[str, Column], Cell]] = {
    "text": _text,
    "insee": _insee,
    "choice": _choice,
    "month": _month,
    "day": _day,
}
