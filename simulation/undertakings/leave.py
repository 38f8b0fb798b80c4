"""Time off and rounds agreed between GPs: August leave in turn, visits at home shared."""

from __future__ import annotations

from typing import Any

from simulation.calendar import date_of
from simulation.kernels.codes import HORIZON
from simulation.policies import HomeVisits, LeaveCalendar
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

SUMMER = range(27, 36)
"""ISO weeks of July and August."""


class AgreedLeave(Mission):
    """GPs who agree on the summer leave in turn: as many weeks each, spread as evenly as can be."""

    def __init__(self, model: Any, asked: LeaveCalendar, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted = gps

    def begin(self, today: Any) -> None:
        """Agree on every summer whose diary is not open yet; it takes one meeting."""
        super().begin(today)
        cpts, model = self.cpts, self.model
        here = [gp for gp in model.gps if gp.active and model.cpts_of(gp) == cpts.row]
        gps = cpts.in_order(here)[: self.wanted]
        for weeks in self.summers(today.day + HORIZON):
            self.spread(gps, weeks)
        cpts.write_down(today, len(gps) * model.parameters.carers.member_hours_per_month)

    def summers(self, after: int) -> list[list[int]]:
        """List the weeks (columns of `away`) of each summer that begins after a day."""
        calendar, found = self.model.calendar, {}  # type: Any, dict[int, list[int]]
        for week in range(calendar.weeks):
            monday = date_of(calendar.begin + 7 * week)
            year, number, _ = monday.isocalendar()
            if number in SUMMER and calendar.begin + 7 * week > after:
                found.setdefault(year, []).append(week)
        return [weeks for weeks in found.values() if len(weeks) == len(SUMMER)]

    def spread(self, gps: list[Any], weeks: list[int]) -> None:
        """Give each GP as many weeks off as before, one after another where the last one's end."""
        turn = 0
        for gp in gps:
            off = int(gp.away[weeks].sum())
            gp.away[weeks] = 0
            gp.away[[weeks[(turn + nth) % len(weeks)] for nth in range(off)]] = 1
            turn += off


@undertake.register
def _(policy: LeaveCalendar, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [AgreedLeave(model, policy, cpts, gps, first) for cpts, gps in parts]


class Rota(Mission):
    """GPs who make visits at home for one another's patients when their own doctor cannot (visites partagées)."""

    def __init__(self, model: Any, asked: HomeVisits, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted = gps

    def begin(self, today: Any) -> None:
        """Enter GPs on the rota, who meet on it."""
        super().begin(today)
        here = [gp for gp in self.model.gps if gp.active and self.model.cpts_of(gp) == self.cpts.row]
        for gp in self.cpts.in_order(here)[: self.wanted]:
            self.model.state.numbers.rota_of[gp.row] = self.cpts.row
            self.cpts.engage(gp, today)

    def meetings_eur(self) -> float:
        """Those on the rota meet."""
        return self.meeting_eur(self.wanted)


@undertake.register
def _(policy: HomeVisits, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [Rota(model, policy, cpts, gps, first) for cpts, gps in parts]
