"""A lever (mesure): something somebody decides to do, with a size in people, slots, hours and euros."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Policy(BaseModel):
    """What is decided; who acts on it is an institution of the model (`simulation.undertakings`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    rests_on: ClassVar[tuple[str, ...]] = ()
    """Figures, besides its own size, on which what the lever does depends."""
    is_shock: ClassVar[bool] = False
    """Whether it befalls the territory (subi) instead of being decided there."""

    start: date | None = None
    """First day of effect; none means the first counted day (full deployment)."""

    def figures(self) -> tuple[str, ...]:
        """Figures on which this very size of the lever rests."""
        return self.rests_on

    @property
    def is_void(self) -> bool:
        """Whether the lever is of size zero, and so changes nothing at all."""
        return False
