"""Protocols (protocoles de coopération): pharmacists and nurses give time to what they may treat."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels import decisions
from simulation.kernels.codes import HORIZON
from simulation.kernels.diary import add_to_horizon
from simulation.policies import Protocols
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

ROLES = ("pharmacist", "nurse", "advanced_nurse")
WHOLE = 65_536


class ProtocolSlots(Undertaking):
    """So many more professionals each keep so many slots a week for it; their other slots stay as they are."""

    def __init__(self, model: Any, asked: Protocols, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked
        self.gave: list[Any] = []

    def begin(self, today: Any) -> None:
        """Add the slots, in the days already laid too."""
        model, added = self.model, self.asked.slots_per_week
        there = [
            one for one in model.practitioners if one.role in ROLES and one.active and model.is_inside(one)
        ]
        there.sort(key=lambda one: one.luck(decisions.ASSISTANTS, 0))
        self.gave = there[: self.asked.professionals]
        for one in self.gave:
            week = float(one.weekly.sum()) / 256
            if week == 0:
                continue
            self.lay(one, today, added / week)
            kept = one.same_day_share * week + added * WHOLE
            one.weekly[:] = np.rint(one.weekly * (1 + added / week))
            one.same_day_share = min(round(kept / (week + added)), WHOLE)

    def lay(self, one: Any, today: Any, part: float) -> None:
        """Add slots to the days already laid, all of them for the day."""
        share, one.same_day_share = one.same_day_share, WHOLE
        until = today.day + HORIZON - 1
        add_to_horizon(
            self.model.hand, today.seed, one.row, today.day, until, today.weekday, round(part * WHOLE)
        )
        one.same_day_share = share

    def each_month(self, today: Any) -> None:
        """Pay a month of the time given."""
        costs, share = self.model.parameters.costs, self.model.calendar.share_of_month(today.day)
        hours = len(self.gave) * self.asked.slots_per_week * 52 / 12 * costs.nurse_minutes / 60 * share
        self.pay(today.month, hours * costs.nurse_eur_per_hour)


@undertake.register
def _(policy: Protocols, model: Any) -> list[Undertaking]:
    return [ProtocolSlots(model, policy, first_day_of(policy, model))]
