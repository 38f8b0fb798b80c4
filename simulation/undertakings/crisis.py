"""Crises: an epidemic makes people ill (vague épidémique), a plan opens slots for some weeks (réponse aux crises)."""

from __future__ import annotations

import math
from typing import Any

from simulation.agents.cpts import week_of
from simulation.calendar import height
from simulation.kernels.codes import HORIZON
from simulation.kernels.diary import add_to_horizon
from simulation.ledger import TENTHS_OF_MINUTES
from simulation.policies import CrisisResponse, EpidemicWave
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

DAYS_OF_YEAR = 365
WEEK = 7


class Wave(Undertaking):
    """Illness rises and falls over some weeks, beside that of the season."""

    def __init__(self, model: Any, asked: EpidemicWave, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def each_day(self, today: Any) -> None:
        """Let the day's part of the wave come."""
        part = (today.day - self.first_day + 0.5) / (self.asked.weeks * WEEK)
        more = self.asked.peak_share * math.sin(math.pi * part) if part < 1 else 0.0
        per_unit = 1000 * DAYS_OF_YEAR * height(self.model.parameters)
        self.model.state.rounds.wave[0] = round(more / per_unit * 2**52)


@undertake.register
def _(policy: EpidemicWave, model: Any) -> list[Undertaking]:
    return [Wave(model, policy, first_day_of(policy, model))]


class CrisisPlan(Mission):
    """For some weeks volunteers work more: each adds slots a week, all kept for callers of the number."""

    def __init__(self, model: Any, asked: CrisisResponse, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted, self.last_day = gps, 0

    def begin(self, today: Any) -> None:
        """Open the number and add the slots of these weeks."""
        super().begin(today)
        cpts, numbers = self.cpts, self.model.state.numbers
        days = min(self.asked.weeks * WEEK, HORIZON)
        self.last_day = today.day + days - 1
        self.opened = not numbers.on[cpts.row]
        numbers.on[cpts.row] = 1
        numbers.released[cpts.row] = 1
        for gp in cpts.in_order([gp for gp in self.model.gps if gp.active and self.is_here(gp)])[
            : self.wanted
        ]:
            numbers.volunteer_of[gp.row] = cpts.row
            self.add_slots(gp, today, days)

    def is_here(self, gp: Any) -> bool:
        """Whether a GP practises in the communes of the CPTS."""
        return bool(self.model.cpts_of(gp) == self.cpts.row)

    def add_slots(self, gp: Any, today: Any, days: int) -> None:
        """Have a GP work more for some weeks, and give what he adds."""
        added = self.asked.slots_per_week * self.intensity(today)
        week = float(gp.weekly.sum()) / 256
        if week == 0:
            return
        part = round(added / week * 65_536)
        add_to_horizon(
            self.model.hand, today.seed, gp.row, today.day, today.day + days - 1, today.weekday, part
        )
        given = week_of(gp, round(added * 256))
        self.cpts.give_from_horizon(gp, today, given, given * 0, days)
        weeks = days / WEEK
        hours = added * weeks * self.model.parameters.supply.consultation_minutes / 60
        self.pay(today.month, hours * self.model.parameters.costs.crisis_hour_eur, self.cpts)
        self.model.ledger.add(today.month, self.cpts.row, TENTHS_OF_MINUTES, hours * 600)

    def each_day(self, today: Any) -> None:
        """Close the number when the weeks are over, if nobody else keeps it open."""
        if today.day == self.last_day + 1 and self.opened and not self.cpts.volunteers:
            self.model.state.numbers.on[self.cpts.row] = 0

    def planned_eur(self) -> float:
        """The hours added."""
        minutes = self.model.parameters.supply.consultation_minutes
        hours = self.wanted * self.asked.slots_per_week * self.asked.weeks * minutes / 60
        return float(hours * self.model.parameters.costs.crisis_hour_eur)


@undertake.register
def _(policy: CrisisResponse, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [CrisisPlan(model, policy, cpts, gps, first) for cpts, gps in parts]
