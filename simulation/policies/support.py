"""Support to professionals (accompagnement des professionnels): students who may settle, an option of the contract."""

from typing import ClassVar

from pydantic import Field

from simulation.policies.policy import Policy


class Support(Policy):
    """GPs take students, some of whom settle near by."""

    size: ClassVar[str] = "tutors"
    leads_on: ClassVar[str] = "without_usual_gp_share"
    rests_on: ClassVar[tuple[str, ...]] = (
        "governance.board_gps",
        "governance.board_hours_per_month",
        "missions.tutor_installs_per_year",
        "missions.tutor_hours_per_month",
        "carers.diary_share",
    )

    tutors: int = Field(default=4, ge=0, le=10_000)
    """GPs who take students."""
    cpts: str | None = None
    """The CPTS that organises it; none means every CPTS of the territory."""

    @property
    def is_void(self) -> bool:
        """Nobody takes students."""
        return self.tutors == 0
