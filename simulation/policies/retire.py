"""GPs leave (départs): what becomes of their patients is what the CPTS decides, or nobody."""

from typing import ClassVar, Literal

from pydantic import Field

from simulation.policies.policy import Policy


class Retire(Policy):
    """The oldest GPs of the territory leave on one day."""

    size: ClassVar[str] = "gps"
    leads_on: ClassVar[str] = "without_usual_gp_share"
    is_shock: ClassVar[bool] = True
    rests_on: ClassVar[tuple[str, ...]] = ("registration.again_days", "registration.converts_share")

    gps: int = Field(default=1, ge=0, le=10_000)
    """GPs who leave, the oldest first."""
    successors: int = Field(default=0, ge=0, le=10_000)
    """How many of them find a successor."""
    panel: Literal["left", "spread"] = "left"
    """Whether patients look for a GP by themselves or the CPTS spreads them, ALD first, among its members."""

    def figures(self) -> tuple[str, ...]:
        """Without a successor nobody can stay with one; only spreading calls people."""
        rests = ["registration.again_days"]
        rests += ["workforce.stays_with_successor"] if self.successors else []
        rests += ["registration.converts_share"] if self.panel == "spread" else []
        return tuple(rests)

    @property
    def is_void(self) -> bool:
        """Nobody leaves."""
        return self.gps == 0
