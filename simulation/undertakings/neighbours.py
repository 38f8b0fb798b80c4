"""Beyond one's communes: a number or a team shared with a neighbour (mutualisation), a white zone that is covered."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from simulation.agents.coordination import relieve_boards
from simulation.policies import Pooling, WhiteZone
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking


class SharedNumber(Undertaking):
    """Several CPTS answer one number, which books with the volunteers of all."""

    def __init__(self, model: Any, asked: Pooling, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def each_month(self, today: Any) -> None:
        """Share what numbers there are."""
        numbers = self.model.state.numbers
        rows = [cpts.row for cpts in self.model.communities if cpts.name in self.asked.communities]
        numbers.pool[rows] = min(rows)
        numbers.on[rows] = numbers.on[rows].max()


class SharedTeam(Undertaking):
    """The coordinator, or the referents, of one CPTS work for several (mutualisation)."""

    order: ClassVar[int] = 0

    def __init__(self, model: Any, asked: Pooling, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Share from today on; boards of neighbours meet less once there is a coordinator."""
        together = [cpts for cpts in self.model.communities if cpts.name in self.asked.communities]
        for cpts in together:
            if "referents" in self.asked.what:
                cpts.with_referents = together
            if "coordinator" in self.asked.what:
                cpts.with_coordinator = together
        if "coordinator" in self.asked.what:
            relieve_boards(together[0], today)


@undertake.register
def _(policy: Pooling, model: Any) -> list[Undertaking]:
    first, shared = first_day_of(policy, model), list[Undertaking]()
    if "number" in policy.what:
        shared.append(SharedNumber(model, policy, first))
    if {"coordinator", "referents"} & set(policy.what):
        shared.append(SharedTeam(model, policy, first))
    return shared


class Cover(Undertaking):
    """A CPTS covers communes that had none: their people are called, know its number and its protocols."""

    def __init__(self, model: Any, asked: WhiteZone, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Take the communes in, if they belong to nobody."""
        model = self.model
        codes = list(model.territory.communes["insee_code"])
        cpts = model.state.places.cpts
        rows = np.array([codes.index(code) for code in self.asked.communes], dtype=np.int64)
        cpts[rows] = np.where(cpts[rows] < 0, self.row, cpts[rows])

    @property
    def row(self) -> int:
        """The CPTS that covers them."""
        named = [one.row for one in self.model.communities if self.asked.cpts in (None, one.name)]
        return int(named[0]) if named else -1


@undertake.register
def _(policy: WhiteZone, model: Any) -> list[Undertaking]:
    return [Cover(model, policy, first_day_of(policy, model))]
