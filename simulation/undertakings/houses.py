"""A health house opens (maison de santé): GPs near by share records and see one another's patients."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.policies import OpenMsp
from simulation.practices import members_by_house
from simulation.territory import minutes_to_places
from simulation.undertakings.newcomers import brought
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking


class House(Undertaking):
    """The nearest GPs without a house join it where they are; newcomers settle in it."""

    def __init__(self, model: Any, asked: OpenMsp, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.gps = asked, brought(model, asked)

    def begin(self, today: Any) -> None:
        """Open the house."""
        model, practitioners = self.model, self.model.state.practitioners
        territory = model.territory
        place = territory.communes[territory.communes["insee_code"] == self.asked.commune]
        minutes = minutes_to_places(territory, place)[:, 0]
        alone = [gp for gp in model.gps if gp.active and gp.structure < 0 and model.is_inside(gp)]
        alone.sort(key=lambda gp: (minutes[practitioners.commune[gp.row]], gp.identifier))
        ids = list(territory.structures["id"])
        key = next(name for name, one in model.asked.policies.items() if one is self.asked)
        for gp in alone[: self.asked.gps]:
            gp.structure = ids.index(f"{key}-{self.asked.commune}")
        is_gp = np.array([one.role == "gp" for one in model.practitioners])
        first, members = members_by_house(practitioners.structure, is_gp, len(ids))
        practitioners.colleagues[:], practitioners.members[:] = first, members

    def each_month(self, today: Any) -> None:
        """Pay the house's contract."""
        self.pay_for_month(today, self.model.parameters.costs.house_eur_per_year)


@undertake.register
def _(policy: OpenMsp, model: Any) -> list[Undertaking]:
    return [House(model, policy, first_day_of(policy, model))]
