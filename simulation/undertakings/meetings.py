"""Meetings and nothing else (coquille vide), peer groups, and a coordinator who spares meetings."""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.agents.coordination import part_of
from simulation.policies import Coordinator, EmptyShell, Quality
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

WHOLE = 256


class Meetings(Mission):
    """Members meet, money is spent, and that is all."""

    def __init__(self, model: Any, asked: EmptyShell, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.gps = gps

    def begin(self, today: Any) -> None:
        """Have members meet from today on."""
        super().begin(today)
        for gp in self.cpts.choose_volunteers(self.gps):
            self.cpts.engage(gp, today)

    def each_month(self, today: Any) -> None:
        """Spend a month's money."""
        self.pay_for_month(today, self.asked.eur_per_year * self.intensity(today), self.cpts)

    def planned_eur(self) -> float:
        """What is spent."""
        return float(self.asked.eur_per_year)

    def meetings_eur(self) -> float:
        """Members meet."""
        return self.meeting_eur(self.gps)


@undertake.register
def _(policy: EmptyShell, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [Meetings(model, policy, cpts, gps, first) for cpts, gps in parts]


class PeerGroups(Mission):
    """GPs who go through their practice together see fewer people again for the same episode (groupes de pairs)."""

    kind: ClassVar[str] = "pathway"

    def __init__(self, model: Any, asked: Quality, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted, self.gps = gps, []  # type: int, list[Any]

    def begin(self, today: Any) -> None:
        """Have GPs meet from today on."""
        super().begin(today)
        there = [gp for gp in self.model.gps if gp.active and self.model.cpts_of(gp) == self.cpts.row]
        self.gps = self.cpts.in_order(there)[: self.wanted]
        hours = self.model.parameters.carers.member_hours_per_month
        for gp in self.gps:
            self.cpts.ask_hours(gp, "peers", hours, today)

    def each_month(self, today: Any) -> None:
        """Spare as many recontacts as the groups have come to."""
        share = self.model.parameters.missions.recontact_spared_share * self.intensity(today)
        for gp in self.gps:
            gp.spared = round(share * WHOLE)

    def meetings_eur(self) -> float:
        """As many hours again as members meet."""
        return self.meeting_eur(self.wanted)


@undertake.register
def _(policy: Quality, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [PeerGroups(model, policy, cpts, gps, first) for cpts, gps in parts]


class Coordination(Undertaking):
    """A coordinator takes organising off the board and calls people in paid hours (coordination)."""

    order: ClassVar[int] = 1

    def __init__(self, model: Any, asked: Coordinator, cpts: Any, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.cpts = asked, cpts

    def begin(self, today: Any) -> None:
        """Begin to work."""
        self.cpts.employ(self.asked.hours_per_month, today)

    def each_month(self, today: Any) -> None:
        """Be paid by those who share him, by their people."""
        yearly = 12 * self.asked.hours_per_month * self.model.parameters.carers.coordinator_eur_per_hour
        for cpts in self.cpts.with_coordinator:
            self.pay_for_month(today, yearly * part_of(cpts), cpts)


@undertake.register
def _(policy: Coordinator, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [Coordination(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
