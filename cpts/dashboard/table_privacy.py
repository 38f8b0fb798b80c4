"""Tables of a territory hold no personal datum: they are looked at as a workbook is, before anything is kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date

from cpts.dashboard.packed import Trouble
from scenarios.workbook.faults import letters
from scenarios.workbook.opening import NOTHING, Box, Page
from scenarios.workbook.privacy import screened
from simulation.territory.schema import schema
from simulation.text_files import decoded

_FIGURES = frozenset({"number", "whole", "figure"})
_LARGEST = 1e8
"""A telephone or an RPPS number is greater than any figure of a territory."""
_FINESS = re.compile(r"\d{9}|2[AB]\d{7}")
"""Public number of an establishment, which names nobody."""


def personal(tables: Mapping[str, bytes], today: date) -> list[Trouble]:
    """Every column or cell that looks personal, by file and line, without showing it."""
    pages = [_page(name, content) for name, content in tables.items()]
    files = dict(zip((f"n° {at}" for at in range(1, len(pages) + 1)), tables, strict=True))
    return [
        Trouble(
            f"own_{one.code}",
            {
                **one.details,
                "file": files[one.sheet],
                "line": one.row if one.code == "personal_cells" else "",
                "letter": letters(one.column),
            },
        )
        for one in screened(pages, today).faults
    ]


def _page(name: str, content: bytes) -> Page:
    """The cells of a table; well-formed figures and establishments are nobody's."""
    text, _ = decoded(content, name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if _semicolons(text) else ","))
    except csv.Error:
        rows = [[line] for line in text.splitlines()]
    header = [one.strip() for one in rows[0]] if rows else []
    kinds = {one.name: one.kind for one in schema()[name]}
    plain = [header[at] if at < len(header) else "" for at in range(max(map(len, rows), default=0))]
    return Page(
        name,
        [
            [
                NOTHING if at and _is_plain(cell, plain[column], kinds) else Box(cell)
                for column, cell in enumerate(row)
            ]
            for at, row in enumerate(rows)
        ],
    )


def _semicolons(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return first.count(";") > first.count(",")


def _is_plain(cell: str, column: str, kinds: Mapping[str, str]) -> bool:
    if column == "finess_et":
        return bool(_FINESS.fullmatch(cell.strip()))
    if kinds.get(column) not in _FIGURES:
        return False
    try:
        return abs(float(cell.replace(",", "."))) < _LARGEST
    except ValueError:
        return False
