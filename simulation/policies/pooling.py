"""A number shared by neighbouring CPTS (mutualisation)."""

from typing import ClassVar

from simulation.policies.policy import Policy


class Pooling(Policy):
    """Several CPTS answer one number, which books with the volunteers of all."""

    needs: ClassVar[tuple[str, ...]] = ("communities",)
    rests_on: ClassVar[tuple[str, ...]] = ("doors.number_success",)

    communities: tuple[str, ...] = ()
    """The CPTS that share their number."""

    @property
    def is_void(self) -> bool:
        """Fewer than two share."""
        return len(set(self.communities)) < 2
