"""Every indicator on one page (indicateurs): what it measures, which way is better, what difference is of use."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby

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
from simulation.indicators import INDICATORS, Indicator


def page() -> str:
    """The page of the indicators."""
    lines = opening("indicators", count=str(len(INDICATORS)))
    for theme, members in groupby(INDICATORS.values(), key=theme_of):
        lines += [f"## {one_line(both('themes', theme))}", ""]
        lines += [*table(headings("indicators"), map(row, members)), ""]
    return joined(lines)


def theme_of(one: Indicator) -> str:
    """Indicators are told by the file that lists them, wherever the way of reading them was made."""
    return next(theme for theme in words()["themes"] if one in listed(theme))


def listed(theme: str) -> tuple[Indicator, ...]:
    """The indicators of a file, whose list bears its name."""
    found: tuple[Indicator, ...] = getattr(import_module(f"simulation.indicators.{theme}"), theme.upper())
    return found


def row(one: Indicator) -> list[str]:
    """One indicator."""
    useful = "" if one.useful_difference is None else plain(one.useful_difference)
    return [
        code(one.name), told(one), cell(unit(one.unit)), cell(both("better", one.better)), useful,
        one.definition.strip(), one.source,
    ]  # fmt: skip


def told(one: Indicator) -> str:
    """The label, and under it what explains it when that says more."""
    label = cell({lang: f"**{text}**" if lang == "fr" else text for lang, text in one.label.items()})
    return label if one.explanation == one.label else f"{label}<br>{cell(one.explanation)}"
