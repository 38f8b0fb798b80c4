"""What is wrong in a workbook is told by sheet and cell, with what to do about it; never a personal datum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from texts import say


class CellFault(NamedTuple):
    """One thing to correct, where the eye finds it in a spreadsheet."""

    code: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    """Both from 1; a fault of a whole column has no row, a fault of a whole sheet neither."""
    field: str = ""
    """Heading of the column, as the template writes it."""
    details: Mapping[str, object] = {}

    @property
    def cell(self) -> str:
        """The name of the cell (`D14`), empty for a whole sheet or column."""
        return f"{letters(self.column)}{self.row}" if self.row and self.column else ""

    def told(self, lang: str) -> str:
        """The whole sentence: where, what, and the remedy."""
        whole = letters(self.column) if self.column and not self.row else ""
        place = {"sheet": self.sheet, "cell": self.cell, "letter": whole, "field": self.field}
        named = {"value": "", **self.details}
        value = named["value"]
        named["subject"] = say("workbook.quoted" if value else "workbook.this_cell", lang, value=value)
        if "kind" in named:
            named["what"] = say(f"workbook.kind_{named['kind']}", lang)
        return say(f"workbook.{self.code}", lang, **place, **named)


class Note(NamedTuple):
    """Something understood in a way that the reader should know of."""

    code: str
    details: Mapping[str, object] = {}

    def told(self, lang: str) -> str:
        """The sentence."""
        named = dict(self.details)
        roles = named.get("roles", ())
        if isinstance(roles, tuple) and roles:
            named["roles"] = ", ".join(
                f"{say(f'workbook.role_{role}', lang)} ({count})" for role, count in roles
            )
        return say(f"workbook.note_{self.code}", lang, **named)


class Misread(ValueError):
    """A cell that does not say what its column asks."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def letters(column: int) -> str:
    """The name of a column in a spreadsheet: A, B, … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def in_reading_order(faults: Iterable[CellFault], sheets: Iterable[str]) -> tuple[CellFault, ...]:
    """Sheet after sheet, from the top down, each said once."""
    rank = {name: at for at, name in enumerate(sheets, start=1)}
    ordered = sorted(faults, key=lambda one: (rank.get(one.sheet, 0), one.row, one.column))
    unique = {(one[:-1], str(one.details)): one for one in reversed(ordered)}
    return tuple(reversed(unique.values()))
