"""Screening kits sent by post (kits de dépistage colorectal postés)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class FitKits(Policy):
    """A kit is posted to people of 50 to 74 who do not keep up with colorectal screening; some send it back."""

    size: ClassVar[str] = "kits_per_month"
    leads_on: ClassVar[str] = "colorectal_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "prevention.kit_returned_share",
        "costs.kit_eur",
    )

    kits_per_month: int = Field(default=100, ge=0, le=100_000)
    """Kits posted a month and CPTS; nobody gets two within two years."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """No kit is posted."""
        return self.kits_per_month == 0
