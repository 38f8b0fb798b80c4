"""Counts laid out for reading (cellules): one row for each month, place or group that a table tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.kernels.codes import MEASURES_OF_CLASS

Values = NDArray[np.float64]
Whole = NDArray[np.int64]


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
    practices: int | None = None
    """How many practices are added up."""
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
