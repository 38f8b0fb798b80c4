"""Assisted remote visits (téléconsultation accompagnée) in a booth."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class TelecareBooth(Policy):
    """A nurse helps the people of a basin to consult a doctor at a distance."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    size: ClassVar[str] = "visits_per_day"
    rests_on: ClassVar[tuple[str, ...]] = (
        "substitutes.telecare_accepted_share",
        "substitutes.telecare_acute_share",
        "substitutes.telecare_success",
        "costs.booth_eur_per_year",
        "costs.nurse_minutes",
    )

    commune: str = ""
    """Where it stands; the people of its basin use it."""
    visits_per_day: float = Field(default=4.0, ge=0.0, le=100.0)
    """Remote visits possible in a day."""

    @property
    def is_void(self) -> bool:
        """It stands nowhere, or is never open."""
        return not self.commune or self.visits_per_day == 0
