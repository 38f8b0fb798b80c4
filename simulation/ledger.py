"""What a CPTS costs (coûts): hours of carers and euros, month by month, as whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulation.state import Int64

TENTHS_OF_MINUTES, CENTS = 0, 1
ITEMS = 2


class Ledger(NamedTuple):
    """Carers' time and money by counted month and CPTS, [month, cpts and elsewhere, item]."""

    lines: Int64

    @property
    def elsewhere(self) -> int:
        """The last row, for what is paid without a CPTS."""
        return int(self.lines.shape[1]) - 1

    def add(self, month: int, cpts: int, item: int, amount: float) -> None:
        """Write an amount down, rounded to a tenth of a minute or a cent."""
        if month >= 0:
            self.lines[month, cpts, item] += round(amount)


def empty_ledger(months: int, cpts: int) -> Ledger:
    """A ledger without a line."""
    return Ledger(np.zeros((months, cpts + 1, ITEMS), dtype=np.int64))
