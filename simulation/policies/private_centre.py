"""A private unscheduled-care centre opens (centre de soins non programmés privé, subi)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class PrivateCentre(Policy):
    """Doctors see whoever comes without appointment; some leave their practice for it."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    is_shock: ClassVar[bool] = True
    size: ClassVar[str] = "gps"
    rests_on: ClassVar[tuple[str, ...]] = ("doors.walk_in_known",)

    commune: str = ""
    """Where it opens."""
    gps: int = Field(default=2, ge=0, le=10_000)
    """Doctors who work there."""
    half_days_per_week: int = Field(default=9, ge=1, le=11)
    """Half-days a week of each."""
    visits_per_half_day: float = Field(default=14.0, ge=1.0, le=40.0)
    """People whom each can see in a half-day."""
    drawn_away: int = Field(default=1, ge=0, le=1000)
    """GPs of the territory who leave their practice to work there, without successor."""

    @property
    def is_void(self) -> bool:
        """It opens nowhere, or nobody works there."""
        return not self.commune or self.gps == 0
