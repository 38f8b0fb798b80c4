"""A patient (patient): an inhabitant, seen through a row of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from simulation.agents.column import Column

if TYPE_CHECKING:
    from simulation.state import Patients


class Patient(mesa.Agent):
    """Somebody who lives here, is at times in need, and may or may not be seen.

    A view made on demand: it is not registered with the model, and two views of one row are equal.
    """

    commune = Column()
    age = Column()
    woman = Column()
    ald = Column()
    treated = Column()
    home_bound = Column()
    car = Column()
    deprived = Column()
    seeking = Column()
    usual_gp = Column()
    frailty = Column()

    def __init__(self, model: Any, row: int) -> None:  # no registration: columns hold everything
        self.model, self.row = model, row

    @property
    def unique_id(self) -> int:
        """The row, which is a person for the whole run."""
        return self.row

    def columns(self) -> Patients:
        """The table of patients of the model."""
        table: Patients = self.model.state.patients
        return table

    def __repr__(self) -> str:
        return f"Patient({self.row}: {self.age} years old)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Patient) and other.model is self.model and other.row == self.row

    def __hash__(self) -> int:
        return hash((id(self.model), self.row))

    def remove(self) -> None:
        """People are not removed one by one."""
        raise TypeError("a patient is a row: it cannot be removed from the model")
