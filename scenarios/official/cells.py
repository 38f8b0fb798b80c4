"""A cell of an official file is a code, a number, or hidden by secrecy (secret statistique): never zero for lack."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.faults import Fault, nearest, shown

COMMUNE = r"(?:[0-9]{2}|2[AB])[0-9]{3}"
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
SECRET = frozenset({"", "s", "ss", "s.s.", "nc", "n.c.", "nd", "n.d.", "na", "nan", "c", "//", "-", "..."})
"""Ways in which official files say that a figure is not told."""
SPACES = r"[\s\u00a0\u202f]"
GARBLED = r"Ã[\u0080-\u00bf]|â€|\ufffd"
"""Accents read with the wrong alphabet, then saved again."""
ARRONDISSEMENTS = {
    "75": (range(101, 121), "75056"),
    "69": (range(381, 390), "69123"),
    "13": (range(201, 217), "13055"),
}


class Wanted(NamedTuple):
    """A column that is needed: our name, the headers it may bear (regular expressions), what its cells are."""

    name: str
    heads: str
    kind: str = "text"
    required: bool = True
    """A column that must be there."""
    filled: bool = False
    """No cell may be empty or hidden."""
    low: float = 0.0
    high: float = float("inf")


class Cells(NamedTuple):
    """Cells as text in our columns, with the line of each row in the file."""

    label: str
    table: pd.DataFrame
    lines: pd.Series
    heads: dict[str, str]
    """Our name to the header in the file."""


def folded(text: object) -> str:
    """A header without case, accents that vary, spaces at the ends or doubled."""
    return " ".join(str(text if text is not None else "").replace("\n", " ").casefold().split())


def checked(cells: Cells, wanted: list[Wanted]) -> tuple[pd.DataFrame, list[Fault]]:
    """The columns with their types, and everything that is wrong in them."""
    faults: list[Fault] = []
    found: dict[str, pd.Series] = {}
    for column in wanted:
        if column.name in cells.table:
            values, blamed = _KINDS[column.kind](cells, column)
            found[column.name] = values
            faults += blamed
    return pd.DataFrame(found, index=cells.table.index), faults


def fault(cells: Cells, name: str, code: str, wrong: pd.Series, **details: object) -> list[Fault]:
    """One fault for all the lines of a column that are wrong alike: the first is shown, the others counted."""
    if not wrong.any():
        return []
    rows = np.flatnonzero(wrong.to_numpy())
    value = cells.table[name].iloc[rows[0]] if name in cells.table else ""
    details = {"value": shown(value), "others": len(rows) - 1 or "", **details}
    return [Fault(f"territory.{code}", cells.label, int(cells.lines.iloc[rows[0]]),
                  cells.heads.get(name, name), details)]  # fmt: skip


def _communes(cells: Cells, column: Wanted) -> tuple[pd.Series, list[Fault]]:
    codes = cells.table[column.name].str.upper()
    valid = codes.str.fullmatch(COMMUNE)
    empty = codes == ""
    short = codes.str.fullmatch(r"[1-9][0-9]{3}")
    float_like = codes.str.fullmatch(r"[0-9]{4,5}\.0")
    example = codes[short].iloc[0].zfill(5) if short.any() else ""
    faults = fault(cells, column.name, "lost_zero", short, remedy=example)
    faults += fault(cells, column.name, "code_as_number", float_like)
    faults += fault(cells, column.name, "bad_code", ~valid & ~empty & ~short & ~float_like)
    if column.filled:
        faults += fault(cells, column.name, "empty_code", empty)
    return whole_city(codes), faults


def whole_city(codes: pd.Series) -> pd.Series:
    """Arrondissements of Paris, Lyon and Marseille are counted in their city."""
    found = codes.copy()
    for departement, (numbers, city) in ARRONDISSEMENTS.items():
        found[codes.isin([f"{departement}{number}" for number in numbers])] = city
    return found


def counted_twice(codes: pd.Series) -> pd.Series:
    """Rows of arrondissements whose city has a row of its own."""
    raw = pd.Series(codes.unique()).str.upper()
    city = whole_city(raw)
    return codes.str.upper().isin(raw[(city != raw) & city.isin(raw)])


def _numbers(cells: Cells, column: Wanted) -> tuple[pd.Series, list[Fault]]:
    text = cells.table[column.name].str.replace(SPACES, "", regex=True)
    comma = text.str.fullmatch(r"[+-]?[0-9]+,[0-9]+")
    text = text.where(~comma, text.str.replace(",", "."))
    hidden = text.str.casefold().isin(SECRET) | text.str.fullmatch(r"<[0-9.]+")
    valid = text.str.fullmatch(NUMBER)
    values = pd.to_numeric(text.where(valid, ""), errors="coerce")
    outside = valid & ((values < column.low) | (values > column.high))
    faults = fault(cells, column.name, "bad_number", ~valid & ~hidden)
    faults += fault(cells, column.name, "out_of_range", outside, low=column.low, high=column.high)
    if column.kind == "whole":
        faults += fault(cells, column.name, "not_whole", valid & (values != values.round()))
    if column.filled:
        faults += fault(cells, column.name, "hidden_cell", hidden)
    return values, faults


def _texts(cells: Cells, column: Wanted) -> tuple[pd.Series, list[Fault]]:
    values = cells.table[column.name]
    faults = fault(cells, column.name, "garbled", values.str.contains(GARBLED, regex=True))
    if column.filled:
        faults += fault(cells, column.name, "empty_cell", values == "")
    return values, faults


_KINDS: dict[str, Callable[[Cells, Wanted], tuple[pd.Series, list[Fault]]]] = {
    "text": _texts,
    "commune": _communes,
    "number": _numbers,
    "whole": _numbers,
}


def duplicates(cells: Cells, *names: str) -> list[Fault]:
    """Two lines about the same thing: one of them is wrong, and nothing says which."""
    again = cells.table.duplicated(list(names)) & (cells.table[list(names)] != "").all(axis=1)
    if not again.any():
        return []
    at = int(np.flatnonzero(again.to_numpy())[0])
    same = (cells.table[list(names)] == cells.table[list(names)].iloc[at]).all(axis=1)
    first = int(cells.lines.iloc[int(np.flatnonzero(same.to_numpy())[0])])
    value = " ".join(cells.table[list(names)].iloc[at])
    return fault(cells, names[0], "twice", again, first=first, value=shown(value))


def missing(label: str, line: int, column: Wanted, heads: list[str]) -> Fault:
    """A column that is needed and not there, with the header that may be meant."""
    plain = column.heads.split("|")[0].replace("\\", "")
    near = nearest(plain, [head for head in heads if head])
    return Fault("territory.missing_column", label, line, plain, {"nearest": near})
