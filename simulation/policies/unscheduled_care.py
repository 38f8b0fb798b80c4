"""Unscheduled care organised by the CPTS (soins non programmés)."""

from typing import ClassVar, Literal

from pydantic import Field

from simulation.policies.policy import Policy


class UnscheduledCare(Policy):
    """Volunteer GPs keep slots for callers of the CPTS number; their scheduled slots fall by as many."""

    size: ClassVar[str] = "slots_per_week"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "doors.number_awareness",
        "doors.number_success",
        "carers.member_hours_per_month",
        "carers.diary_share",
        "carers.slot_eur",
    )

    gps: int = Field(default=5, ge=0, le=10_000)
    """Volunteer GPs of the communes of the CPTS, members first."""
    share_of_members: float | None = Field(default=None, ge=0.0, le=1.0)
    """Volunteers as a share of member GPs instead of a number; none keeps the number."""
    kind: Literal["dedicated", "visible"] = "dedicated"
    """Whether slots are kept for callers of the number, or shown to the SAS among the slots of the day."""
    slots_per_week: float = Field(default=3.0, ge=0.0, le=60.0)
    """Slots that each volunteer moves from scheduled to dedicated or shown ones, a week."""
    release_at_noon: bool = True
    """Whether slots left at noon are open to every caller."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, volunteers shared out."""

    def totals(self) -> dict[str, float]:
        """Slots of a week, all volunteers together."""
        known = self.share_of_members is None
        return {"total_slots_per_week": self.gps * self.slots_per_week} if known else {}

    @property
    def is_void(self) -> bool:
        """No volunteer or no slot: nobody gives anything and nobody meets."""
        nobody = self.gps == 0 if self.share_of_members is None else self.share_of_members == 0
        return nobody or self.slots_per_week == 0
