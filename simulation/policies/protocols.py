"""Protocols of cooperation (protocoles): pharmacists and nurses treat what they may."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Protocols(Policy):
    """So many professionals each give so many slots a week more to people with simple needs."""

    size: ClassVar[str] = "slots_per_week"
    rests_on: ClassVar[tuple[str, ...]] = (
        "substitutes.pharmacist_acute_share",
        "substitutes.nurse_acute_share",
        "substitutes.accepted_share",
        "substitutes.pharmacist_success",
        "substitutes.nurse_success",
        "substitutes.added_demand_share",
    )

    professionals: int = Field(default=10, ge=0, le=100_000)
    """Pharmacists and nurses of the territory who do so."""
    slots_per_week: float = Field(default=4.0, ge=0.0, le=100.0)
    """Slots that each adds, a week."""

    def totals(self) -> dict[str, float]:
        """Slots of a week, all together."""
        return {"total_slots_per_week": self.professionals * self.slots_per_week}

    @property
    def is_void(self) -> bool:
        """Nobody gives anything."""
        return self.professionals == 0 or self.slots_per_week == 0
