"""Days of prevention held in one commune after another (aller-vers)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class OutreachDays(Policy):
    """GPs and nurses go to a commune: people who lack a vaccine or a test may have it there that day."""

    size: ClassVar[str] = "days_per_month"
    leads_on: ClassVar[str] = "colorectal_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "prevention.outreach_comes_share",
        "missions.outreach_hours",
        "carers.member_hours_per_month",
        "carers.diary_share",
        "costs.outreach_day_eur",
    )

    days_per_month: int = Field(default=2, ge=0, le=20)
    """Days held a month and CPTS, on the first days of the month on which practices open."""
    people_per_day: int = Field(default=30, ge=0, le=500)
    """People who can be seen in a day."""
    gps: int = Field(default=1, ge=0, le=1000)
    """GPs who give these days, members first; each is there on every one."""
    communes: tuple[str, ...] = ()
    """Communes where days are held, in turn; none means those of the CPTS farthest from a GP."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory, GPs shared out."""

    def totals(self) -> dict[str, float]:
        """People who can be seen in a month."""
        return {"total_people_per_month": self.days_per_month * self.people_per_day}

    @property
    def is_void(self) -> bool:
        """No day is held, or nobody can be seen."""
        return self.days_per_month == 0 or self.people_per_day == 0
