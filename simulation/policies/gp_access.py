"""Finding a usual GP (trouver un médecin traitant): pledged places, and a coordinator who calls."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class GpAccess(Policy):
    """Member GPs pledge places; the coordinator calls people without a usual GP, ALD first, and matches."""

    size: ClassVar[str] = "places_per_month"
    leads_on: ClassVar[str] = "without_usual_gp_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "registration.converts_share",
        "carers.call_minutes",
        "carers.coordinator_eur_per_hour",
    )

    places_per_month: float = Field(default=0.35, ge=0.0, le=30.0)
    """Places that each member GP pledges, a month (default: 65 placed by a CPTS of 82,000 people, FCPTS 2025)."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """Nobody pledges a place, so nobody is called."""
        return self.places_per_month == 0
