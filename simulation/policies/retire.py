"""GPs leave (départs): what becomes of their patients is what the CPTS decides, or nobody."""

from typing import ClassVar, Literal

from pydantic import Field

from simulation.policies.policy import Policy


class Retire(Policy):
    """The oldest GPs of the territory leave on one day."""

    is_shock: ClassVar[bool] = True
    rests_on: ClassVar[tuple[str, ...]] = ("workforce.stays_with_successor", "registration.again_days")

    gps: int = Field(default=1, ge=0, le=10_000)
    """GPs who leave, the oldest first."""
    successors: int = Field(default=0, ge=0, le=10_000)
    """How many of them find a successor."""
    panel: Literal["left", "spread"] = "left"
    """Whether patients look for a GP by themselves or the CPTS spreads them, ALD first, among its members."""

    @property
    def is_void(self) -> bool:
        """Nobody leaves."""
        return self.gps == 0
