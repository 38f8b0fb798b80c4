"""Visits at home shared between GPs (visites à domicile partagées)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class HomeVisits(Policy):
    """GPs on a rota see one another's home-bound patients when their own doctor has no time."""

    size: ClassVar[str] = "gps"
    leads_on: ClassVar[str] = "follow_up_on_time_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "carers.member_hours_per_month",
        "carers.diary_share",
        "supply.home_visits_per_year",
    )

    gps: int = Field(default=6, ge=0, le=10_000)
    """GPs on the rota, members first."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    @property
    def is_void(self) -> bool:
        """Fewer than two are on it."""
        return self.gps < 2
