"""Prevention organised by the CPTS (prévention): calls to people who do not keep up with screening and vaccines."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Prevention(Policy):
    """The coordinator calls people, ALD first; some join the programme they did not follow."""

    size: ClassVar[str] = "calls_per_month"
    leads_on: ClassVar[str] = "flu_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "prevention.invited_share",
        "carers.call_minutes",
        "carers.coordinator_eur_per_hour",
    )

    calls_per_month: int = Field(default=200, ge=0, le=100_000)
    """Calls to people who are targeted and not up to date, a month and CPTS."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """Nobody is called."""
        return self.calls_per_month == 0
