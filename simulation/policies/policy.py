"""A lever (mesure): something somebody decides to do, with a size in people, slots, hours and euros."""

from datetime import date
from typing import ClassVar, Self

import numpy as np
from pydantic import BaseModel, ConfigDict


class Policy(BaseModel):
    """What is decided; who acts on it is an institution of the model (`simulation.undertakings`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    rests_on: ClassVar[tuple[str, ...]] = ()
    """Figures, besides its own size, on which what the lever does depends."""
    size: ClassVar[str] = ""
    """The field that says how much of it there is; empty for what cannot be had in part."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Fields without which it can be done nowhere."""
    leads_on: ClassVar[str] = "answered_48h_per_1000"
    """The indicator on which it is judged first."""
    is_shock: ClassVar[bool] = False
    """Whether it befalls the territory (subi) instead of being decided there."""

    start: date | None = None
    """First day of effect; none means the first counted day (full deployment)."""

    def figures(self) -> tuple[str, ...]:
        """Figures on which this very size of the lever rests."""
        return self.rests_on

    def totals(self) -> dict[str, float]:
        """What its sizes come to together, to be said beside them; nothing where one size says it all."""
        return {}

    def scaled(self, factor: float) -> Self:
        """Give the same lever, so many times its size: whole sizes are rounded, none goes beyond its bounds."""
        if not self.size:
            return self
        kind, now = type(self).model_fields[self.size], getattr(self, self.size)
        if now is None:
            return self
        bounds = {
            side: getattr(each, side)
            for each in kind.metadata
            for side in ("ge", "le")
            if hasattr(each, side)
        }
        wanted = min(max(now * factor, bounds.get("ge", 0)), bounds.get("le", np.inf))
        return type(self)(
            **{**self.model_dump(), self.size: round(wanted) if isinstance(now, int) else wanted}
        )

    @property
    def is_void(self) -> bool:
        """Whether the lever is of size zero, and so changes nothing at all."""
        return False
