"""An emergency department closes (fermeture des urgences, subie): by night, or day and night."""

from typing import ClassVar

from simulation.policies.policy import Policy


class EdClosure(Policy):
    """People go to the next nearest department that is open."""

    needs: ClassVar[tuple[str, ...]] = ("hospital",)
    leads_on: ClassVar[str] = "ed_stay_minutes"
    is_shock: ClassVar[bool] = True

    hospital: str = ""
    """FINESS number of the hospital."""
    at_night_only: bool = True
    """Whether it closes from 20 to 8 h only."""
    regulated: bool = False
    """Whether it stays open at night to those whom the 15 sends, instead of closing."""

    @property
    def is_void(self) -> bool:
        """No hospital is named."""
        return not self.hospital
