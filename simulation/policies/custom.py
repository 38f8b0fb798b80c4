"""What a researcher asks of a column (sur mesure): add, scale or cap, for a named group, for some time."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from simulation.policies.policy import Policy


class Custom(Policy):
    """A column of people, practitioners or communes changes for those who are named; no formula is read."""

    needs: ClassVar[tuple[str, ...]] = ("column",)

    column: Literal[
        "", "patients.acute_rate", "patients.routine_rate", "patients.emergency_rate", "patients.other_rate",
        "patients.admission_rate", "practitioners.weekly", "practitioners.squeeze", "practitioners.limit",
        "practitioners.accepts_new", "practitioners.same_day_share", "places.sas_called", "places.duty_known",
    ] = ""  # fmt: skip
    """The column, in the unit that `simulation/state.py` states."""
    change: Literal["add", "scale", "cap"] = "scale"
    """Whether a number is added, each cell multiplied by it, or none allowed beyond it."""
    by: float = Field(default=1.0, ge=-1e9, le=1e9)
    """That number."""
    communes: tuple[str, ...] = ()
    """Only in these communes; none means all those counted."""
    basin: str = ""
    """Only in this basin."""
    only: tuple[Literal["ald", "treated", "car", "deprived", "home_bound", "seeking", "woman"], ...] = ()
    """Only people of whom all this is true."""
    age_from: int = Field(default=0, ge=0, le=120)
    """Only people of this age or more."""
    age_to: int = Field(default=120, ge=0, le=120)
    """Only people of this age or less."""
    role: Literal[
        "gp", "practice_nurse", "advanced_nurse", "nurse", "pharmacist", "physiotherapist", "midwife", "dentist"
    ] = "gp"  # fmt: skip
    """Only practitioners of this role."""
    until: date | None = None
    """Last day of the change; none means for good."""
    eur: float = Field(default=0.0, ge=0.0, le=1e9)
    """What it costs once."""
    eur_per_year: float = Field(default=0.0, ge=0.0, le=1e9)
    """What it costs by the year."""

    @property
    def is_void(self) -> bool:
        """Nothing would change."""
        return (
            not self.column
            or (self.change == "scale" and self.by == 1.0)
            or (self.change == "add" and self.by == 0.0)
        )
