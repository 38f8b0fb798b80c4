"""The link between town and hospital (lien ville-hôpital): the town is told of exits and a visit is asked for."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class CityHospital(Policy):
    """Of so many exits the CPTS is told; its coordinator sees that a GP's visit is asked for within the week."""

    size: ClassVar[str] = "told_share"
    leads_on: ClassVar[str] = "contact_7_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "hospital.asks_when_told_share",
        "carers.call_minutes",
        "carers.coordinator_eur_per_hour",
    )

    told_share: float = Field(default=0.25, ge=0.0, le=1.0)
    """Share of the stays of people of the CPTS of whose end it is told (reach of PRADO and pilots: 0.1 to 0.4)."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """It is told of nobody."""
        return self.told_share == 0
