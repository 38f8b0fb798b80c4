"""GPs leave (départs), and what the CPTS does for their patients."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels.placing import place_patients
from simulation.policies import Retire
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking


class Departures(Undertaking):
    """The oldest GPs of the territory leave on the first day."""

    def __init__(self, model: Any, asked: Retire, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Leave, then have the CPTS spread the patients if it does."""
        model = self.model
        there = [gp for gp in model.gps if gp.active and model.is_inside(gp)]
        there.sort(key=lambda gp: (-gp.age, gp.identifier))
        for rank, gp in enumerate(there[: self.asked.gps]):
            before = gp.panel
            gp.leave(today, succeeded=rank < self.asked.successors)
            model.turnover.carry_out(today)
            if self.asked.panel == "spread":
                self.spread(gp, before - gp.panel)

    def spread(self, gone: Any, people: int) -> None:
        """Have the members of the CPTS take on the patients of a GP who left, each the same number."""
        model = self.model
        cpts = model.cpts_of(gone)
        takers = [gp for gp in model.gps if gp.active and gp.cpts == cpts and gp is not gone]
        if cpts < 0 or not takers:
            return
        pledges = np.zeros(len(model.state.practitioners.active), dtype=np.int64)
        for rank, gp in enumerate(takers):
            pledges[gp.row] = people // len(takers) + (rank < people % len(takers))
        place_patients(model.hand, model.rules_in_hand, model.today_in_hand, cpts, pledges)


@undertake.register
def _(policy: Retire, model: Any) -> list[Undertaking]:
    return [Departures(model, policy, first_day_of(policy, model))]
