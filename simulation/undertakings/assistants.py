"""Help for practices: medical assistants (assistants médicaux)."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels import decisions
from simulation.kernels.codes import HORIZON
from simulation.kernels.diary import add_to_horizon
from simulation.ledger import CENTS
from simulation.policies import MedicalAssistant
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

MONTHS = 12


class Assistants(Undertaking):
    """GPs drawn once work with an assistant from the first day on, at the effect that was measured after years."""

    def __init__(self, model: Any, asked: MedicalAssistant, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.helped = asked, []  # type: tuple[MedicalAssistant, list[Any]]

    def begin(self, today: Any) -> None:
        """Give each more slots, those already laid included, and room for more patients."""
        model, carers = self.model, self.model.parameters.carers
        inside = [gp for gp in model.gps if gp.active and model.is_inside(gp)]
        inside.sort(key=lambda gp: gp.luck(decisions.ASSISTANTS, 0))
        self.helped = inside[: self.asked.gps]
        part = round(carers.assistant_slots_share * 65_536)
        for gp in self.helped:
            add_to_horizon(
                model.hand, today.seed, gp.row, today.day, today.day + HORIZON - 1, today.weekday, part
            )
            gp.weekly[:] = np.rint(gp.weekly * (1 + carers.assistant_slots_share))
            gp.limit = round(gp.limit * (1 + carers.assistant_panel_share))

    def each_month(self, today: Any) -> None:
        """Pay a month of each assistant."""
        model = self.model
        share = model.calendar.share_of_month(today.day)
        euros = len(self.helped) * model.parameters.carers.assistant_eur_per_year / MONTHS * share
        model.ledger.add(today.month, model.ledger.elsewhere, CENTS, euros * 100)


@undertake.register
def _(policy: MedicalAssistant, model: Any) -> list[Undertaking]:
    return [Assistants(model, policy, first_day_of(policy, model))]
