"""A coordinator (coordination) who organises for the CPTS."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Coordinator(Policy):
    """Somebody is employed: the board meets less, and calls are made in paid hours."""

    size: ClassVar[str] = "hours_per_month"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.coordinator_relief_share",
        "governance.board_hours_per_month",
        "governance.board_gps",
        "carers.coordinator_eur_per_hour",
        "carers.diary_share",
    )

    hours_per_month: float = Field(default=151.0, ge=0.0, le=1000.0)
    """Hours paid a month (151: full time)."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """Nobody is employed."""
        return self.hours_per_month == 0
