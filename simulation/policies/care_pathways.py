"""Care pathways (parcours): cases discussed together, follow-ups shared with nurses, people called back."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class CarePathways(Policy):
    """GPs meet on cases, a protocol lets nurses hold follow-ups, the coordinator calls those who gave theirs up."""

    size: ClassVar[str] = "calls_per_month"
    leads_on: ClassVar[str] = "follow_up_on_time_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "missions.pathway_follow_up_share",
        "missions.reminded_share",
        "missions.rcp_hours_per_month",
        "carers.member_hours_per_month",
        "carers.diary_share",
        "substitutes.advanced_nurse_success",
    )

    gps: int = Field(default=6, ge=0, le=10_000)
    """GPs who meet on cases, members first."""
    calls_per_month: int = Field(default=40, ge=0, le=100_000)
    """Calls to people who gave a follow-up up, a month and CPTS."""
    protocol: bool = True
    """Whether a protocol lets nurses hold some follow-ups."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    @property
    def is_void(self) -> bool:
        """Nobody meets, calls or shares."""
        return self.gps == 0 and self.calls_per_month == 0 and not self.protocol
