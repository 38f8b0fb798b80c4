"""Counts laid out for reading (cellules): one row for each month, place or group that a table tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.kernels.codes import MEASURES_OF_CLASS

Values = NDArray[np.float64]
Whole = NDArray[np.int64]


class Offer(NamedTuple):
    """What GPs offer in a year within reach of people counted by the use of their age (see `apl`), added up.

    In counts [commune]; in cells [cell], over the period only, for it is an offer of a year.
    """

    people: Values
    apl_dt70: Values
    apl_20min: Values


class Communes(NamedTuple):
    """Counts of each commune over the period, to see how many people live where too few get an answer."""

    people: Whole  # [commune]
    measures: Whole  # [commune, measure]


@dataclass(frozen=True)
class Cells:
    """Some rows of counts that share what is known of them.

    `measures` is [cell, measure]; `delays` is [cell, clock, kind, days] or nothing where delays are not
    counted so finely; `practice` is [cell, practice measure]; `carers` is [cell, item] of the ledger.
    """

    month: NDArray[np.str_]
    commune: NDArray[np.str_]
    group: NDArray[np.str_]
    days: Whole
    measures: Whole
    person_years: Values
    whole_years: NDArray[np.bool_]
    stocks: Whole
    """How many times people were counted, [cell]: once a month."""
    delays: Whole | None = None
    practice: Whole | None = None
    carers: Whole | None = None
    practices: Whole | None = None
    """How many practices are added up, [cell]."""
    offer: Offer | None = None
    stays: Whole | None = None
    """Stays in the ED, [home again or to a ward, half-hours]."""
    parts: dict[str, Whole] | None = None
    """The same counts for some groups, [cell, measure]."""
    communes: Communes | None = None

    def count(self, measure: int) -> Whole:
        """One count, [cell]."""
        return self.measures[:, measure]

    def requests(self, classes: tuple[int, ...], measure: int) -> Whole:
        """One count of several classes of request together, [cell]."""
        columns = [one * MEASURES_OF_CLASS + measure for one in classes]
        total: Whole = self.measures[:, columns].sum(axis=1)
        return total

    def delay(self, clock: int, kinds: tuple[int, ...]) -> Whole:
        """How many visits had each delay, [cell, days]; empty where it is not known."""
        if self.delays is None:
            return np.zeros((len(self.month), 0), dtype=np.int64)
        total: Whole = self.delays[:, clock][:, list(kinds)].sum(axis=1)
        return total


def stacked(parts: Sequence[Cells]) -> Cells:
    """Put cells of which the same is known one under another."""
    return Cells(
        **{field.name: _stacked([getattr(part, field.name) for part in parts]) for field in fields(Cells)}
    )


def _stacked(columns: list[Any]) -> Any:
    first = columns[0]
    if isinstance(first, Offer):
        return Offer(*(np.concatenate(pieces) for pieces in zip(*columns, strict=True)))
    if isinstance(first, np.ndarray):
        return np.concatenate(columns)
    if first is not None and len(columns) > 1:
        raise TypeError(f"{type(first).__name__} tells of one place and is not put under another")
    return first


def known_of(part: Cells) -> tuple[object, ...]:
    """Name what is known of some cells; those told of one place only are like no others."""
    alone = part.parts is not None or part.communes is not None
    return (id(part) if alone else 0, *(getattr(part, field.name) is None for field in fields(Cells)))
