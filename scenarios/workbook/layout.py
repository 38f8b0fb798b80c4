"""The sheets of the workbook and what each column asks: one table, read by the template and by the reader alike."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

README, TO_CORRECT = "Lisez-moi", "À corriger"
LISTS = "Listes"
"""Hidden sheet that feeds the drop-downs."""
TITLE_ROW, NOTE_ROW, HEADING_ROW, EXAMPLE_ROW = 1, 2, 4, 5
"""Lines of a sheet as the template lays it out; the reader finds the headings wherever they are."""
_NUMBER, _OPENED = re.compile(r"\([^)]{1,4}\)|[·•.](?=e\b)e?(?:\.?s\b)?"), re.compile(r"[^\w%<]+")


class Column(NamedTuple):
    """A column of a sheet: its heading, how its cells are read, what fills it in the example line."""

    sheet: str
    key: str
    heading: str
    kind: str
    required: bool
    width: int
    example: str
    choices: str
    """Words of the drop-down parted by `|`, or the name of a list (`@roles`)."""
    also: tuple[str, ...]
    """Other headings under which coordinators keep it."""
    note: str


class Word(NamedTuple):
    """A word of a drop-down and what it stands for; empty when nothing simulated answers to it."""

    key: str
    label: str
    also: tuple[str, ...]


class Figure(NamedTuple):
    """A local figure that can be given: the indicator it is held against, its kind and its bounds."""

    indicator: str
    kind: str
    low: float
    high: float
    label: str
    also: tuple[str, ...]


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """The columns of each sheet, in order."""
    found: dict[str, list[Column]] = {}
    for row in _rows("columns.csv"):
        found.setdefault(row["sheet"], []).append(
            Column(
                row["sheet"],
                row["key"],
                row["heading"],
                row["kind"],
                row["required"] == "yes",
                int(row["width"]),
                row["example"],
                row["choices"],
                _also(row),
                row["note"],
            )  # fmt: skip
        )
    return MappingProxyType({sheet: tuple(some) for sheet, some in found.items()})


@cache
def words(name: str) -> tuple[Word, ...]:
    """The words of a list: `roles`, `missions`, `sources`."""
    if name == "roles":
        return tuple(Word(row["role"], row["label"], _also(row)) for row in _rows("roles.csv"))
    rows = (row for row in _rows("choices.csv") if row["list"] == name)
    return tuple(Word(row["key"], row["label"], _also(row)) for row in rows)


@cache
def figures() -> tuple[Figure, ...]:
    """The figures that the drop-down of the sheet offers."""
    return tuple(
        Figure(row["indicator"], row["kind"], float(row["low"]), float(row["high"]), row["label"], _also(row))
        for row in _rows("figures.csv")
    )


def choices(column: Column) -> tuple[str, ...]:
    """The words of a drop-down; none where the cell is free or follows another sheet."""
    if column.choices == "@figures":
        return tuple(one.label for one in figures())
    if column.choices.startswith("@"):
        return tuple(one.label for one in words(column.choices[1:]))
    return tuple(column.choices.split("|")) if column.choices else ()


@cache
def by_word(name: str) -> Mapping[str, Word]:
    """Each word of a list under all the ways of writing it."""
    return MappingProxyType({folded(text): one for one in words(name) for text in (one.label, *one.also)})


@cache
def by_label() -> Mapping[str, Figure]:
    """Each figure under all the ways of naming it."""
    found = {folded(text): one for one in figures() for text in one.also}
    found |= {folded(re.sub(r"\(.*\)", "", one.label)): one for one in figures() if "nombre" not in one.label}
    return MappingProxyType(found | {folded(one.label): one for one in figures()})


def folded(text: str) -> str:
    """Letters without case, accent, ending in brackets or punctuation: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("ß", "ss"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return " ".join(_OPENED.sub(" ", _NUMBER.sub(" ", bare).replace("_", " ")).split())


def _also(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text for text in row["also"].split("|") if text)


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
