"""An epidemic (vague épidémique, subie)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class EpidemicWave(Policy):
    """For some weeks more people fall ill than the season brings."""

    is_shock: ClassVar[bool] = True
    size: ClassVar[str] = "peak_share"
    leads_on: ClassVar[str] = "unserved_per_1000"

    peak_share: float = Field(default=0.6, ge=0.0, le=3.0)
    """Episodes added at the peak, relative to the yearly mean (0.6: six in ten more)."""
    weeks: int = Field(default=8, ge=1, le=30)
    """How long it lasts."""

    @property
    def is_void(self) -> bool:
        """Nobody falls ill of it."""
        return self.peak_share == 0
