"""Quality of care (qualité et pertinence): peer groups, an option of the contract."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Quality(Policy):
    """GPs go through their practice together; some of their patients need not come back for the same episode."""

    size: ClassVar[str] = "gps"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "missions.recontact_spared_share",
        "carers.member_hours_per_month",
        "carers.diary_share",
    )

    gps: int = Field(default=6, ge=0, le=10_000)
    """GPs who meet in peer groups, members first."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    @property
    def is_void(self) -> bool:
        """Nobody meets."""
        return self.gps == 0
