"""Information of the public (information du public)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Information(Policy):
    """A campaign tells people of the number of the CPTS, of the 15 and of the duty doctor; some remember."""

    size: ClassVar[str] = "people_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "missions.informed_share",
        "costs.campaign_eur_per_person",
    )

    people_share: float = Field(default=1.0, ge=0.0, le=1.0)
    """Share of the inhabitants whom the campaign reaches."""

    @property
    def is_void(self) -> bool:
        """It reaches nobody."""
        return self.people_share == 0
