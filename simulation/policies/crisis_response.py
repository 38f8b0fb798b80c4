"""Response to crises (réponse aux crises sanitaires): slots added for some weeks."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class CrisisResponse(Policy):
    """For some weeks volunteer GPs work more, and keep what they add for callers of the CPTS number."""

    size: ClassVar[str] = "slots_per_week"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "doors.number_awareness",
        "doors.number_success",
        "costs.crisis_hour_eur",
    )

    gps: int = Field(default=5, ge=0, le=10_000)
    """GPs who work more, members first."""
    slots_per_week: float = Field(default=6.0, ge=0.0, le=40.0)
    """Slots that each adds, a week."""
    weeks: int = Field(default=8, ge=1, le=18)
    """How long the plan lasts."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    def totals(self) -> dict[str, float]:
        """Slots added in all."""
        return {"total_slots": self.gps * self.slots_per_week * self.weeks}

    @property
    def is_void(self) -> bool:
        """Nobody adds anything."""
        return self.gps == 0 or self.slots_per_week == 0
