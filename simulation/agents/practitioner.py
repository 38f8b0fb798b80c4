"""A practitioner (professionnel de santé) of a territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from simulation.agents.column import Column

if TYPE_CHECKING:
    from simulation.state import Practitioners


class Practitioner(mesa.Agent):
    """Somebody who cares for people: offers slots, keeps some for the day, has a panel (patientèle)."""

    active = Column()
    panel = Column()
    accepts_new = Column()
    kind = Column()
    weekly = Column()
    same_day_share = Column()
    dedicated = Column()
    withheld = Column()
    structure = Column()
    cpts = Column()

    def __init__(self, model: Any, row: int, identifier: str, role: str) -> None:
        super().__init__(model)
        self.row, self.identifier, self.role = row, identifier, role

    def columns(self) -> Practitioners:
        """The table of practitioners of the model."""
        table: Practitioners = self.model.state.practitioners
        return table

    @property
    def slots_per_week(self) -> float:
        """Slots offered in a full week, home visits included."""
        return float(self.weekly.sum()) / 256
