"""Every figure of the model on one page (réglages): what it is worth, between what bounds, and how solid it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import get_args

from scenarios.reference.words import (
    both,
    cell,
    code,
    headings,
    joined,
    one_line,
    opening,
    plain,
    shown,
    table,
    unit,
    words,
)
from simulation.parameters import Grade, Number, registry

GRADES: tuple[str, ...] = get_args(Grade)


def page() -> str:
    """The page of the figures."""
    numbers = registry()
    lines = opening("parameters", count=str(len(numbers)))
    lines += [*counts(numbers.values()), ""]
    for group, members in groupby(numbers.values(), key=lambda one: one.path.partition(".")[0]):
        lines += [f"## {one_line(shown(f'cli.group_{group}', group))} ({code(group)})", ""]
        lines += [*table(headings("parameters"), map(row, members)), ""]
    return joined(lines)


def counts(numbers: Iterable[Number]) -> list[str]:
    """How many figures of each grade there are, and how many of them worlds draw."""
    every = list(numbers)
    of_grade: Counter[str] = Counter(one.grade for one in every)
    drawn: Counter[str] = Counter(one.grade for one in every if one.is_unknown)
    rows = [
        [cell(grade(name)), cell(both("grades", name)), str(of_grade[name]), str(drawn[name])]
        for name in GRADES
    ]
    total = cell(both("phrases", "total"))
    rows.append([total, "", str(sum(of_grade.values())), str(sum(drawn.values()))])
    return table(headings("grades"), rows)


def grade(name: str) -> dict[str, str]:
    """How solid a figure is, as the command line says it."""
    return shown(f"cli.grade_{name}", name)


def row(one: Number) -> list[str]:
    """One figure."""
    label = cell(one.label)
    if one.path in words()["idle"]["parameters"]:
        label += "<br>" + cell(both("phrases", "idle"))
    span = f"{plain(one.low)} – {plain(one.high)}" if one.low < one.high else cell(both("phrases", "fixed"))
    if not one.drawn:
        span += "<br>" + cell(both("phrases", "option"))
    return [
        label, code(one.path), plain(one.default), span, cell(unit(one.unit)), cell(grade(one.grade)), one.source,
    ]  # fmt: skip
