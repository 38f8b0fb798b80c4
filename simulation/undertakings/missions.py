"""Missions in which a coordinator calls people: places with a GP, prevention, follow-ups given up."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from simulation.kernels import decisions
from simulation.kernels.diary import whole
from simulation.kernels.placing import invite, place_patients
from simulation.policies import GpAccess, Prevention
from simulation.undertakings.mission import MONTHS, Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

CALLS_A_PLACE = 2
"""Calls expected for a place, when money is planned."""


class PledgedPlaces(Mission):
    """Member GPs pledge places; people without a usual GP are called, ALD first (médecin traitant)."""

    def each_month(self, today: Any) -> None:
        """Pledge this month's places and call people for them; whoever pledges meets with the others."""
        model, share = self.model, self.asked.places_per_month * self.intensity(today)
        pledges = np.zeros(len(model.state.practitioners.active), dtype=np.int64)
        for gp in self.cpts.member_gps:
            self.cpts.engage(gp, today)
            pledges[gp.row] = whole(round(share * 256), 8, gp.luck(decisions.PLEDGES, today.day))
        calls = place_patients(model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, pledges)
        self.pay_calls(today.month, calls)

    def planned_calls(self) -> float:
        """The calls that places ask for."""
        return float(self.asked.places_per_month * MONTHS * len(self.cpts.member_gps) * CALLS_A_PLACE)

    def meetings_eur(self) -> float:
        """Members meet."""
        return self.meeting_eur(len(self.cpts.member_gps))


@undertake.register
def _(policy: GpAccess, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [PledgedPlaces(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]


class PreventionCalls(Mission):
    """The coordinator calls people who do not keep up with screening and vaccines (prévention)."""

    kind: ClassVar[str] = "pathway"

    def each_month(self, today: Any) -> None:
        """Make this month's calls."""
        model, asked = self.model, round(self.asked.calls_per_month * self.intensity(today))
        calls = invite(model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, asked)
        self.pay_calls(today.month, calls)

    def planned_calls(self) -> float:
        """A year of calls."""
        return float(self.asked.calls_per_month * MONTHS)


@undertake.register
def _(policy: Prevention, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [PreventionCalls(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
