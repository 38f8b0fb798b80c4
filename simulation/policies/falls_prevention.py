"""Groups of balance exercise for people of 65 and over (prévention des chutes)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class FallsPrevention(Policy):
    """The coordinator fills places in groups of exercise; who goes there may fall less, and go to the ED less."""

    size: ClassVar[str] = "places"
    leads_on: ClassVar[str] = "ed_per_1000"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "prevention.exercise_joins_share",
        "prevention.fall_ratio",
        "prevention.falls_of_injuries_share",
        "carers.call_minutes",
        "carers.coordinator_eur_per_hour",
        "costs.exercise_place_eur_per_year",
    )

    places: int = Field(default=100, ge=0, le=100_000)
    """Places in groups, a CPTS (reach assumed of such programmes: 2 to 5 % of people of 65 and over)."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """There is no place."""
        return self.places == 0
