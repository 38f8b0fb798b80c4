"""The link between town and hospital (référents ville-hôpital): the CPTS is told of exits."""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.chances import one
from simulation.kernels.codes import TOLD
from simulation.policies import CityHospital
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

STAYS_PER_PERSON = 0.14
"""Stays a year for an inhabitant, when money is planned (France, 142 per 1 000)."""


class ExitsTold(Mission):
    """The hospital calls; the coordinator sees that a GP's visit is asked for."""

    kind: ClassVar[str] = "pathway"

    def each_month(self, today: Any) -> None:
        """Be told of as many exits as the mission has come to."""
        told = one(self.asked.told_share * self.intensity(today))
        self.model.state.numbers.told[self.cpts.row] = told

    def settle(self, today: Any) -> None:
        """Pay the call that each exit takes."""
        communes = self.model.state.places.cpts == self.cpts.row
        told = self.model.state.tally.place[:, communes, TOLD].sum(axis=1)
        for month, exits in enumerate(told.tolist()):
            self.pay_calls(month, exits)

    def planned_calls(self) -> float:
        """A call for each exit."""
        return float(self.cpts.people * STAYS_PER_PERSON * self.asked.told_share)


@undertake.register
def _(policy: CityHospital, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [ExitsTold(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
