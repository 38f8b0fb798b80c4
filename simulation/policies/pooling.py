"""What neighbouring CPTS share (mutualisation): a number, a coordinator, referents of the hospital."""

from typing import ClassVar, Literal

from simulation.policies.policy import Policy


class Pooling(Policy):
    """Several CPTS answer one number, share the hours of a coordinator, or are told of exits by the same referents."""

    needs: ClassVar[tuple[str, ...]] = ("communities",)
    rests_on: ClassVar[tuple[str, ...]] = ("doors.number_success",)

    communities: tuple[str, ...] = ()
    """The CPTS that share."""
    what: tuple[Literal["number", "coordinator", "referents"], ...] = ("number",)
    """What they share: the number, the coordinator that one of them pays, the referents of the city–hospital link."""

    def figures(self) -> tuple[str, ...]:
        """Figures on which what is shared depends."""
        of = {
            "number": self.rests_on,
            "coordinator": ("governance.coordinator_relief_share", "carers.coordinator_eur_per_hour"),
            "referents": ("hospital.asks_when_told_share", "carers.call_minutes"),
        }
        return tuple(path for one, paths in of.items() if one in self.what for path in paths)

    @property
    def is_void(self) -> bool:
        """Fewer than two share, or nothing is shared."""
        return len(set(self.communities)) < 2 or not self.what
