"""An emergency department closes (fermeture des urgences, subie)."""

from __future__ import annotations

from typing import Any

from simulation.places import nearest_emergency
from simulation.policies import EdClosure
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking


class Closure(Undertaking):
    """People go elsewhere, at night or always."""

    def __init__(self, model: Any, asked: EdClosure, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Send people to the next nearest department."""
        places = self.model.state.places
        if self.asked.regulated:
            ids = list(self.model.territory.hospitals["finess_et"])
            places.regulated[places.night_site == ids.index(self.asked.hospital)] = 1
            return
        elsewhere = nearest_emergency(self.model.territory, (self.asked.hospital,))
        places.night_site[:] = elsewhere
        if not self.asked.at_night_only:
            places.emergency_site[:] = elsewhere


@undertake.register
def _(policy: EdClosure, model: Any) -> list[Undertaking]:
    return [Closure(model, policy, first_day_of(policy, model))]
