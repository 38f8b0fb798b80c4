"""An indicator (indicateur): what is measured, in which direction is better, and what difference is of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from simulation.cells import Cells, Values, Whole

Better = Literal["higher", "lower", "none"]
Reading = Callable[[Cells], tuple[Values, Whole]]


class Indicator(NamedTuple):
    """One thing measured; `read` gives its value and the number of cases behind it, for each cell."""

    name: str
    unit: str
    better: Better
    useful_difference: float | None
    label: dict[str, str]
    explanation: dict[str, str]
    definition: str
    source: str
    read: Reading


def ratio(top: Whole | Values, bottom: Whole | Values, scale: float = 1.0) -> tuple[Values, Whole]:
    """Divide counts, scaled; nothing where there is no case."""
    base = np.asarray(bottom, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(base > 0, scale * np.asarray(top, dtype=np.float64) / base, np.nan)
    return value, np.asarray(np.rint(base), dtype=np.int64)


def quantile(counts: Whole, share: float) -> tuple[Values, Whole]:
    """Find the smallest delay that at least this share of visits does not exceed, [cell]."""
    total = counts.sum(axis=1)
    if counts.shape[1] == 0:
        return np.full(len(counts), np.nan), total
    reached = counts.cumsum(axis=1) >= (share * total)[:, None]
    return np.where(total > 0, reached.argmax(axis=1), np.nan).astype(np.float64), total


Text = dict[str, str]


def one_of(
    name: str,
    unit: str,
    better: Better,
    useful: float | None,
    label: Text,
    explanation: Text,
    source: str,
    read: Reading,
) -> Indicator:
    """State an indicator; its definition is the docstring of its reading or, for a plain one, its English words."""
    definition = (read.__doc__ or f"{explanation['en']}.").strip()
    return Indicator(name, unit, better, useful, label, explanation, definition, source, read)


def said(fr: str, en: str) -> Text:
    """The same in French and in English."""
    return {"fr": fr, "en": en}


def share_of(top: int, *bottom: int, scale: float = 1.0) -> Reading:
    """Read one count as a share of others added up."""

    def read(cells: Cells) -> tuple[Values, Whole]:
        base = sum((cells.count(one) for one in bottom[1:]), start=cells.count(bottom[0]))
        return ratio(cells.count(top), base, scale)

    return read


def a_year(*measures: int, scale: float = 1.0) -> Reading:
    """Read counts per person and year, scaled; the cases are the events themselves."""

    def read(cells: Cells) -> tuple[Values, Whole]:
        events = sum(cells.count(measure) for measure in measures)
        value, _ = ratio(np.asarray(events), cells.person_years, scale)
        return value, np.asarray(events, dtype=np.int64)

    return read


def in_practices(top: int, bottom: int, scale: float = 1.0) -> Reading:
    """Read a count of practices against another; nothing where practices are too few to tell."""

    def read(cells: Cells) -> tuple[Values, Whole]:
        if cells.practice is None:
            return np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)
        return ratio(cells.practice[:, top], cells.practice[:, bottom], scale)

    return read


def mean(counts: Whole) -> tuple[Values, Whole]:
    """Mean of counted days, [cell]."""
    return ratio((counts * np.arange(counts.shape[1])).sum(axis=1), counts.sum(axis=1))
