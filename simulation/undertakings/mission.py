"""A mission of a CPTS (mission): it comes as the contract says, as far as money goes, and its board meets."""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.agents.coordination import hours_to_pay
from simulation.undertakings.undertaking import Undertaking

MONTHS = 12


class Mission(Undertaking):
    """What one CPTS does of a lever."""

    kind: ClassVar[str] = "access"
    """When the contract has it begin: with access to care and crises, or with pathways and prevention."""

    def __init__(self, model: Any, asked: Any, cpts: Any, first_day: int) -> None:
        super().__init__(model, max(first_day, cpts.contract.first_day(self.kind)))
        self.asked, self.cpts = asked, cpts
        cpts.missions.append(self)

    def begin(self, today: Any) -> None:
        """Have the board meet."""
        self.cpts.open_board(today)

    def intensity(self, today: Any) -> float:
        """Say which part of what is asked is there today: as far as the contract has come, as far as money goes."""
        contract = self.cpts.contract
        return float(contract.deployment(today.day, self.kind) * contract.money_share)

    def planned_eur(self) -> float:
        """Euros a year that the mission asks for in full, meetings and calls left out."""
        return 0.0

    def planned_calls(self) -> float:
        """Calls a year that the mission asks for in full."""
        return 0.0

    def meetings_eur(self) -> float:
        """Euros a year of those who meet for it."""
        return 0.0

    def meeting_eur(self, gps: int, hours: float | None = None) -> float:
        """Euros a year of so many GPs who meet so many hours a month, those of a member unless told."""
        carers = self.model.parameters.carers
        each = carers.member_hours_per_month if hours is None else hours
        return float(MONTHS * gps * each * carers.indemnity_eur_per_hour)

    def pay_calls(self, month: int, calls: float) -> None:
        """Write down what calls cost beyond the coordinator's own time."""
        carers = self.model.parameters.carers
        hours = hours_to_pay(self.cpts, month, calls * carers.call_minutes / 60)
        self.pay(month, hours * carers.coordinator_eur_per_hour, self.cpts)
