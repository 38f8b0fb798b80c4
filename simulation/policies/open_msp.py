"""A health house opens (ouverture d'une maison de santé)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class OpenMsp(Policy):
    """GPs near by share one record and see one another's patients; newcomers may settle in it."""

    needs: ClassVar[tuple[str, ...]] = ("commune",)
    size: ClassVar[str] = "gps"
    rests_on: ClassVar[tuple[str, ...]] = ("costs.house_eur_per_year",)

    commune: str = ""
    """Where it opens."""
    gps: int = Field(default=3, ge=0, le=10_000)
    """GPs near by who join it where they are."""
    newcomers: int = Field(default=0, ge=0, le=1000)
    """GPs who settle in it."""

    @property
    def is_void(self) -> bool:
        """It opens nowhere, or nobody is in it."""
        return not self.commune or (self.gps == 0 and self.newcomers == 0)
