"""The link between town and hospital (référents ville-hôpital): the CPTS is told of exits."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

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
        """Be told of as many exits as the mission has come to, of neighbours' people too where referents are shared."""
        told = one(self.asked.told_share * self.intensity(today))
        self.model.state.numbers.told[[cpts.row for cpts in self.covered]] = told

    @property
    def covered(self) -> list[Any]:
        """Its own CPTS, and those that share its referents and have none: the first that has any tells them."""
        mine, shared = self.cpts, self.cpts.with_referents
        first = next((cpts for cpts in shared if has_referents(cpts)), mine)
        return [mine, *(cpts for cpts in shared if first is mine and not has_referents(cpts))]

    def settle(self, today: Any) -> None:
        """Pay the call that each exit takes."""
        communes = np.isin(self.model.state.places.cpts, [cpts.row for cpts in self.covered])
        told = self.model.state.tally.place[:, communes, TOLD].sum(axis=1)
        for month, exits in enumerate(told.tolist()):
            self.pay_calls(month, exits)

    def planned_calls(self) -> float:
        """A call for each exit."""
        people = sum(cpts.people for cpts in self.covered)
        return float(people * STAYS_PER_PERSON * self.asked.told_share)


def has_referents(cpts: Any) -> bool:
    """Whether a CPTS has referents of its own."""
    return any(isinstance(mission, ExitsTold) for mission in cpts.missions)


@undertake.register
def _(policy: CityHospital, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [ExitsTold(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
