"""A health centre (centre de santé) with salaried GPs."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class HealthCentre(Policy):
    """A place opens where GPs work for a salary, read one record and take patients on."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    size: ClassVar[str] = "gps"
    leads_on: ClassVar[str] = "without_usual_gp_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "workforce.arrivals_hours_ratio",
        "costs.centre_eur_per_year",
    )

    gps: int = Field(default=2, ge=0, le=10_000)
    """Salaried GPs."""
    commune: str = ""
    """Where it opens."""

    @property
    def is_void(self) -> bool:
        """Nobody works there, or nowhere."""
        return self.gps == 0 or not self.commune
