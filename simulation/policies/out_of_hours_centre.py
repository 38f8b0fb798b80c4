"""A centre out of hours (maison médicale de garde)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class OutOfHoursCentre(Policy):
    """Duty doctors of a basin have a place of their own and see more people."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    size: ClassVar[str] = "visits_per_evening"
    leads_on: ClassVar[str] = "ed_want_of_slot_per_1000"
    rests_on: ClassVar[tuple[str, ...]] = (
        "out_of_hours.known_share",
        "costs.shift_eur",
    )

    commune: str = ""
    """Where it is; the people of its basin use it."""
    visits_per_evening: float = Field(default=3.0, ge=0.0, le=100.0)
    """Visits added in an evening."""
    visits_per_weekend_day: float = Field(default=12.0, ge=0.0, le=500.0)
    """Visits added on a day of a week-end or holiday."""

    @property
    def is_void(self) -> bool:
        """It is nowhere, or sees nobody."""
        return not self.commune or (self.visits_per_evening == 0 and self.visits_per_weekend_day == 0)
