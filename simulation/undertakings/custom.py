"""Whatever a researcher asks of a column (sur mesure): add, scale or cap it for a named group, for some time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import number_of
from simulation.policies import Custom
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking


class ColumnChange(Undertaking):
    """The column changes on the first day and, if there is a last one, is as it was on the day after."""

    def __init__(self, model: Any, asked: Custom, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked
        self.until = None if asked.until is None else number_of(asked.until)
        self.before: NDArray[Any] | None = None

    def begin(self, today: Any) -> None:
        """Change the column, within what its cells can hold."""
        table, name = self.asked.column.split(".")
        column = getattr(getattr(self.model.state, table), name)
        self.rows = np.flatnonzero(self.chosen(table, len(column)))
        self.before = column[self.rows].copy()
        by, cells = self.asked.by, column[self.rows].astype(np.float64)
        changed = {"add": cells + by, "scale": cells * by, "cap": np.minimum(cells, by)}[self.asked.change]
        most = np.iinfo(column.dtype)
        column[self.rows] = np.rint(np.clip(changed, max(most.min, 0), most.max))
        self.column = column
        self.pay(today.month, self.asked.eur)

    def each_month(self, today: Any) -> None:
        """Pay what it costs by the year."""
        if self.until is None or today.day <= self.until:
            self.pay_for_month(today, self.asked.eur_per_year)

    def each_day(self, today: Any) -> None:
        """Put the column back on the day after the last."""
        if self.until is not None and self.before is not None and today.day > self.until:
            self.column[self.rows] = self.before
            self.before = None

    def chosen(self, table: str, rows: int) -> NDArray[np.bool_]:
        """Say whom the change is for: people or practitioners of the named communes, and of the named group."""
        state, asked = self.model.state, self.asked
        who = getattr(state, table)
        commune = who.commune if table in ("patients", "practitioners") else np.arange(rows)
        codes = np.array(self.model.territory.communes["insee_code"])
        basins = np.array(self.model.territory.communes["basin"])
        keep = commune >= 0
        keep &= state.places.inside[commune] == 1
        if asked.communes:
            keep &= np.isin(codes[commune], asked.communes)
        if asked.basin:
            keep &= basins[commune] == asked.basin
        if table == "patients":
            for flag in asked.only:
                keep &= getattr(who, flag) == 1
            keep &= (who.age >= asked.age_from) & (who.age <= asked.age_to)
        if table == "practitioners":
            roles = np.array([one.role for one in self.model.practitioners])
            keep[: len(roles)] &= roles == asked.role
            keep[len(roles) :] = False
        return np.asarray(keep, dtype=np.bool_)


@undertake.register
def _(policy: Custom, model: Any) -> list[Undertaking]:
    return [ColumnChange(model, policy, first_day_of(policy, model))]
