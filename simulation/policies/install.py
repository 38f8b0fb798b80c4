"""GPs settle (installations)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Install(Policy):
    """So many GPs open a practice in a commune and take patients on."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    size: ClassVar[str] = "gps"
    leads_on: ClassVar[str] = "without_usual_gp_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "workforce.arrivals_hours_ratio",
        "costs.install_eur",
    )

    gps: int = Field(default=1, ge=0, le=10_000)
    """GPs who settle."""
    commune: str = ""
    """Where they settle."""

    @property
    def is_void(self) -> bool:
        """Nobody settles, or nowhere."""
        return self.gps == 0 or not self.commune
