"""A CPTS that meets and does nothing else (coquille vide)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class EmptyShell(Policy):
    """Money is spent and members meet; no slot, no call, no place."""

    size: ClassVar[str] = "eur_per_year"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "carers.member_hours_per_month",
        "carers.diary_share",
    )

    gps: int = Field(default=10, ge=0, le=10_000)
    """GPs who meet, members first."""
    eur_per_year: float = Field(default=190_000.0, ge=0.0, le=2_000_000.0)
    """Money spent in a year, besides indemnities (with them, about the ceiling of the smallest CPTS, 2019)."""
    cpts: str | None = None
    """The CPTS; none means every CPTS of the territory, GPs shared out."""

    @property
    def is_void(self) -> bool:
        """Nobody meets and nothing is spent."""
        return self.gps == 0 and self.eur_per_year == 0
