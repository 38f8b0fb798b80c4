"""The files of a territory on one page (fichiers d'un territoire): every column and what may stand in it."""

from __future__ import annotations

from math import isfinite

from scenarios.reference.words import (
    both,
    cell,
    code,
    headings,
    joined,
    one_line,
    opening,
    plain,
    table,
    unit,
    words,
)
from simulation.territory.links import FURTHEST_GP_MINUTES
from simulation.territory.schema import NEEDED, ROADS, Column, schema


def page() -> str:
    """The page of the files."""
    lines = opening("territory-files", minutes=plain(FURTHEST_GP_MINUTES), roads=", ".join(map(code, ROADS)))
    lines += [*table(headings("files"), map(file_row, schema())), ""]
    for file, columns in schema().items():
        keys = ", ".join(code(column.name) for column in columns if column.unique)
        lines += [f"## {code(file)}", "", f"{one_line(both('phrases', 'key'))}: {keys}.", ""]
        lines += [*table(headings("files_columns"), map(row, columns)), ""]
    return joined(lines)


def file_row(file: str) -> list[str]:
    """One file."""
    needed = both("phrases", "yes" if file in NEEDED else "no")
    return [code(file), cell(both("files", file)), cell(needed), str(len(schema()[file]))]


def row(column: Column) -> list[str]:
    """One column."""
    meaning = cell(column.meaning)
    if f"{column.file}.{column.name}" in words()["idle"]["columns"]:
        meaning += "<br>" + cell(both("phrases", "idle"))
    kind = cell(both("kinds", column.kind))
    if column.unit:
        kind += f" ({cell(unit(column.unit))})"
    required = both("phrases", "yes" if column.required else "no")
    return [code(column.name), meaning, kind, admitted(column), cell(required)]


def admitted(column: Column) -> str:
    """What a cell may hold: bounds, a choice, or something that another file holds."""
    if column.choices:
        return ", ".join(map(code, column.choices))
    if column.refers:
        file, _, name = column.refers.partition(".")
        return f"{one_line(both('phrases', 'refers'))} {code(f'{file}.csv')}, {code(name)}"
    if isfinite(column.low) and isfinite(column.high):
        return f"{plain(column.low)} – {plain(column.high)}"
    return ""
