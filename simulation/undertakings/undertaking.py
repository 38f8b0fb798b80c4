"""Something under way (mise en œuvre): it begins on a day, goes on month by month, and is settled at the end."""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.ledger import CENTS


class Undertaking:
    """What institutions of a model do to carry a lever out; each part may be left as it is."""

    order: ClassVar[int] = 2
    """When it acts on a day: a team is shared (0) before coordinators work (1), and all that counts on them follows."""

    def __init__(self, model: Any, first_day: int) -> None:
        self.model, self.first_day = model, first_day
        self.begun = False

    def act(self, today: Any, month_begins: bool) -> None:
        """Do what this day calls for, once the first day has come."""
        if today.day < self.first_day:
            return
        if not self.begun:
            self.begun = True
            self.begin(today)
            self.each_month(today)
        elif month_begins:
            self.each_month(today)
        self.each_day(today)

    def begin(self, today: Any) -> None:
        """Start, on the first day."""

    def each_month(self, today: Any) -> None:
        """Go on, on the first day of effect and on the first of each later month."""

    def each_day(self, today: Any) -> None:
        """Go on, every day."""

    def settle(self, today: Any) -> None:
        """Pay on the last day what is due after the fact."""

    def pay(self, month: int, euros: float, cpts: Any = None) -> None:
        """Write euros down, for a CPTS or for nobody's budget in particular."""
        ledger = self.model.ledger
        ledger.add(month, ledger.elsewhere if cpts is None else cpts.row, CENTS, euros * 100)

    def pay_for_month(self, today: Any, yearly: float, cpts: Any = None) -> None:
        """Pay a month of a yearly amount, in proportion to the days of it that are counted."""
        self.pay(today.month, yearly / 12 * self.model.calendar.share_of_month(today.day), cpts)
