"""Advanced consultations (consultations avancées): doctors from elsewhere, some half-days a week."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class AdvancedConsultation(Policy):
    """In each commune named, a doctor from elsewhere sees people some half-days a week, and is nobody's usual GP."""

    needs: ClassVar[tuple[str, ...]] = ("communes",)
    size: ClassVar[str] = "half_days_per_week"
    rests_on: ClassVar[tuple[str, ...]] = ("costs.gp_half_day_eur",)

    communes: tuple[str, ...] = ()
    """Where they are held."""
    half_days_per_week: int = Field(default=2, ge=0, le=11)
    """Half-days a week in each commune."""
    slots_per_half_day: float = Field(default=11.0, ge=1.0, le=30.0)
    """Slots of a half-day."""

    def totals(self) -> dict[str, float]:
        """Visits possible in a week."""
        return {
            "total_visits_per_week": len(self.communes) * self.half_days_per_week * self.slots_per_half_day
        }

    @property
    def is_void(self) -> bool:
        """They are held nowhere or never."""
        return not self.communes or self.half_days_per_week == 0
