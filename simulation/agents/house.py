"""A multiprofessional health house (maison de santé pluriprofessionnelle, MSP)."""

from __future__ import annotations

from typing import Any

import mesa

from simulation.agents.practitioner import Practitioner


class MSP(mesa.Agent):
    """Practitioners who share a place and the record: a patient refused by one may be seen by another."""

    def __init__(self, model: Any, row: int, identifier: str, name: str) -> None:
        super().__init__(model)
        self.row, self.identifier, self.name = row, identifier, name

    @property
    def members(self) -> list[Practitioner]:
        """Everybody who works there."""
        return [one for one in self.model.agents_by_type[Practitioner] if one.structure == self.row]


class HealthCentre(MSP):
    """A house whose practitioners are salaried (centre de santé)."""
