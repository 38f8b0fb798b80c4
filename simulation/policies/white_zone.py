"""A white zone is covered (zone blanche) by a neighbouring CPTS."""

from typing import ClassVar

from simulation.policies.policy import Policy


class WhiteZone(Policy):
    """Communes without a CPTS belong to one from a day on."""

    needs: ClassVar[tuple[str, ...]] = ("communes",)

    communes: tuple[str, ...] = ()
    """Communes that nobody covers today."""
    cpts: str | None = None
    """The CPTS that covers them; none means the first of the territory."""

    @property
    def is_void(self) -> bool:
        """No commune is named."""
        return not self.communes
