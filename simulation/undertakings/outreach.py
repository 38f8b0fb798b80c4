"""What a CPTS takes to people (aller vers): kits by post, days held in communes, groups of balance exercise."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from simulation.kernels.codes import NEVER
from simulation.kernels.outreach import fill_exercise, hold_outreach, post_kits
from simulation.policies import FallsPrevention, FitKits, OutreachDays
from simulation.undertakings.mission import MONTHS, Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

STOPS = 5
"""In how many communes days are held when none is named."""
CALLS_A_PLACE = 3
"""Calls made at most in a month for each place left in a group."""


class PostedKits(Mission):
    """Kits are posted to people who do not keep up with colorectal screening (kits postés)."""

    kind: ClassVar[str] = "pathway"

    def begin(self, today: Any) -> None:
        """Open the list of those who got one."""
        super().begin(today)
        self.posted = np.full(len(self.model.state.patients.alive), -NEVER, dtype=np.int16)

    def each_month(self, today: Any) -> None:
        """Post this month's kits, and pay them."""
        model, asked = self.model, round(self.asked.kits_per_month * self.intensity(today))
        kits = post_kits(
            model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, asked, self.posted
        )
        self.pay(today.month, kits * model.parameters.costs.kit_eur, self.cpts)

    def planned_eur(self) -> float:
        """A year of kits."""
        return float(self.asked.kits_per_month * MONTHS * self.model.parameters.costs.kit_eur)


@undertake.register
def _(policy: FitKits, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [PostedKits(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]


class Outings(Mission):
    """Members and a nurse go to one commune after another (journées d'aller-vers)."""

    kind: ClassVar[str] = "pathway"

    def __init__(self, model: Any, asked: OutreachDays, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted, self.gps, self.outings, self.days_left = gps, [], 0, 0  # type: int, list[Any], int, int
        self.stops: list[int] = []

    def begin(self, today: Any) -> None:
        """Settle where days are held and who gives them."""
        super().begin(today)
        self.stops = self.chosen_stops()
        there = [gp for gp in self.model.gps if gp.active and self.model.cpts_of(gp) == self.cpts.row]
        self.gps = self.cpts.in_order(there)[: self.wanted] if self.stops else []
        for gp in self.gps:
            self.cpts.engage(gp, today)

    def chosen_stops(self) -> list[int]:
        """Take the communes of the CPTS that are named, else those farthest from a GP."""
        state = self.model.state
        mine = np.flatnonzero((state.places.cpts == self.cpts.row) & (state.places.inside == 1))
        if self.asked.communes:
            codes = list(self.model.territory.communes["insee_code"])
            return [row for row in map(codes.index, self.asked.communes) if row in mine]
        far = np.lexsort((mine, -state.reach.nearest[mine].astype(int)))
        return [int(mine[place]) for place in far[:STOPS]]

    def each_month(self, today: Any) -> None:
        """Plan the days of the month and ask GPs for the hours that they take."""
        self.days_left = round(self.asked.days_per_month * self.intensity(today)) if self.stops else 0
        for gp in self.gps:
            self.cpts.ask_hours(gp, "outreach", self.days_left * self.hours_of_a_day, today)

    def each_day(self, today: Any) -> None:
        """Hold a day in the next commune, on the first days of the month on which practices open."""
        if not self.days_left or not today.open:
            return
        model, stop = self.model, self.stops[self.outings % len(self.stops)]
        self.outings, self.days_left = self.outings + 1, self.days_left - 1
        hold_outreach(model.hand, model.rules_in_hand, model.today_in_hand, stop, self.asked.people_per_day)
        self.pay(today.month, model.parameters.costs.outreach_day_eur, self.cpts)

    @property
    def hours_of_a_day(self) -> float:
        """Hours that a GP gives to a day."""
        return float(self.model.parameters.missions.outreach_hours)

    def planned_eur(self) -> float:
        """A year of days, GPs left out."""
        days = MONTHS * self.asked.days_per_month
        return float(days * self.model.parameters.costs.outreach_day_eur)

    def meetings_eur(self) -> float:
        """GPs meet with the others, and go."""
        going = self.meeting_eur(self.wanted, self.asked.days_per_month * self.hours_of_a_day)
        return self.meeting_eur(self.wanted) + going


@undertake.register
def _(policy: OutreachDays, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [Outings(model, policy, cpts, gps, first) for cpts, gps in parts]


class BalanceGroups(Mission):
    """People of 65 and over are called for places in groups of exercise, led by paid instructors (équilibre)."""

    kind: ClassVar[str] = "pathway"

    def each_month(self, today: Any) -> None:
        """Call people for the places left, then pay for those that exist."""
        model, costs = self.model, self.model.parameters.costs
        places = round(self.asked.places * self.intensity(today))
        calls = fill_exercise(
            model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, places, CALLS_A_PLACE
        )
        self.pay_calls(today.month, calls)
        self.pay_for_month(today, places * costs.exercise_place_eur_per_year, self.cpts)

    def planned_eur(self) -> float:
        """A year of places."""
        return float(self.asked.places * self.model.parameters.costs.exercise_place_eur_per_year)

    def planned_calls(self) -> float:
        """The calls that filling the places once asks for."""
        return float(self.asked.places * CALLS_A_PLACE)


@undertake.register
def _(policy: FallsPrevention, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [BalanceGroups(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
