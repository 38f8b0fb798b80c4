"""Medical assistants (assistants médicaux): help that frees a GP's time."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class MedicalAssistant(Policy):
    """So many GPs more work with an assistant: more slots, and room for more patients."""

    size: ClassVar[str] = "gps"
    rests_on: ClassVar[tuple[str, ...]] = (
        "carers.assistant_slots_share",
        "carers.assistant_panel_share",
        "carers.assistant_eur_per_year",
    )

    gps: int = Field(default=3, ge=0, le=10_000)
    """GPs of the territory who get an assistant, besides those who have one today."""

    @property
    def is_void(self) -> bool:
        """Nobody gets one."""
        return self.gps == 0
