"""Transport on demand (transport à la demande)."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Transport(Policy):
    """So many people without a car are taken to the doctor as if they had one, the farthest from a GP first."""

    size: ClassVar[str] = "people"
    rests_on: ClassVar[tuple[str, ...]] = (
        "costs.ride_eur",
        "travel.no_car_minutes",
    )

    people: int = Field(default=200, ge=0, le=1_000_000)
    """People who may ask for a ride."""

    @property
    def is_void(self) -> bool:
        """Nobody is taken."""
        return self.people == 0
