"""A mobile unit on its round (médicobus)."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.ledger import CENTS
from simulation.policies import MobileUnit
from simulation.territory import minutes_to_places
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

WITHIN_MINUTES = 15.0
"""People come to a stop from so far."""
STOPS = 5
"""How many communes it tours when none is named."""


class Round(Undertaking):
    """Each week from Monday on, one stop a day in turn."""

    def __init__(self, model: Any, asked: MobileUnit, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked
        self.outings = 0
        self.stops: list[int] = []

    def begin(self, today: Any) -> None:
        """Settle where it stops, and from where people come."""
        model = self.model
        codes = list(model.territory.communes["insee_code"])
        if self.asked.communes:
            self.stops = [codes.index(code) for code in self.asked.communes]
        else:
            inside = np.flatnonzero(model.state.places.inside)
            far = np.lexsort((inside, -model.state.reach.nearest[inside].astype(int)))
            self.stops = [int(inside[place]) for place in far[:STOPS]]
        minutes = minutes_to_places(model.territory, model.territory.communes.iloc[self.stops])
        self.near = minutes <= WITHIN_MINUTES

    def each_day(self, today: Any) -> None:
        """Stop in the next commune on the days of the round."""
        rounds = self.model.state.rounds
        rounds.mobile[:] = -1
        rounds.mobile_left[0] = 0
        if today.weekday >= self.asked.days_per_week or not today.open:
            return
        stop = self.outings % len(self.stops)
        self.outings += 1
        rounds.mobile[self.near[:, stop]] = 0
        rounds.mobile_left[0] = self.asked.visits_per_stop
        euros = self.model.parameters.carers.outing_eur
        self.model.ledger.add(today.month, self.model.ledger.elsewhere, CENTS, euros * 100)


@undertake.register
def _(policy: MobileUnit, model: Any) -> list[Undertaking]:
    return [Round(model, policy, first_day_of(policy, model))]
