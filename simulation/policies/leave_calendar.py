"""Summer leave agreed between GPs (congés d'été concertés)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class LeaveCalendar(Policy):
    """GPs take their weeks of July and August in turn instead of all at once."""

    size: ClassVar[str] = "gps"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "supply.leave_weeks",
        "supply.leave_cover",
    )

    gps: int = Field(default=10, ge=0, le=10_000)
    """GPs who agree, members first."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    @property
    def is_void(self) -> bool:
        """Fewer than two agree."""
        return self.gps < 2
