"""A mobile unit (médicobus) that stops in one commune after another."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class MobileUnit(Policy):
    """A doctor and a vehicle: so many visits at each stop, for people whom no practice could see."""

    size: ClassVar[str] = "days_per_week"
    rests_on: ClassVar[tuple[str, ...]] = ("carers.outing_eur",)

    communes: tuple[str, ...] = ()
    """Communes where it stops, in turn; none means those farthest from a GP."""
    days_per_week: int = Field(default=2, ge=0, le=5)
    """Outings in a week, from Monday on."""
    visits_per_stop: int = Field(default=12, ge=0, le=60)
    """Visits that the doctor can make in an outing (La France agricole, Orne-Est: 10 to 25)."""

    def totals(self) -> dict[str, float]:
        """Visits possible in a week."""
        return {"total_visits_per_week": self.days_per_week * self.visits_per_stop}

    @property
    def is_void(self) -> bool:
        """It never goes out, or sees nobody."""
        return self.days_per_week == 0 or self.visits_per_stop == 0
