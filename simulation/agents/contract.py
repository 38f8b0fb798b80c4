"""What a CPTS signed (contrat, ACI): how fast its missions come, and the most that is paid for them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from simulation.agents.coordination import part_of, shared_hours

MONTHS = 12
DAYS_OF_MONTH = 30.4375
SIZES = (40_000, 80_000, 175_000)
"""People from which on a higher ceiling holds (ACI 2019)."""


class Contract:
    """Signed on the first counted day where the clock runs from the contract; else everything is there at once."""

    def __init__(self, cpts: Any) -> None:
        self.cpts, self.model = cpts, cpts.model

    def first_day(self, kind: str) -> int:
        """First day on which a mission of a kind may begin."""
        signed = int(self.model.calendar.first)
        if self.model.asked.clock == "full_deployment":
            return 0
        return signed + int(round(self.months(kind)[0] * DAYS_OF_MONTH))

    def months(self, kind: str) -> tuple[int, int]:
        """Give the months after the contract in which a kind of mission begins, and is whole."""
        given = self.model.parameters.governance
        if kind == "access":
            return given.access_first_months, max(given.access_full_months, given.access_first_months)
        return given.pathway_first_months, max(given.pathway_full_months, given.pathway_first_months)

    def deployment(self, day: int, kind: str) -> float:
        """Say how far a kind of mission has come (montée en charge), month after month."""
        if self.model.asked.clock == "full_deployment":
            return 1.0
        first, full = self.months(kind)
        months = int((day - self.model.calendar.first + 1) / DAYS_OF_MONTH)
        return float(min(max((months - first + 1) / (full - first + 1), 0.0), 1.0))

    @property
    def ceiling(self) -> float:
        """The most euros that are paid in a year, by the people whom the CPTS covers."""
        given = self.model.parameters.governance
        ceilings = (
            given.budget_small_eur, given.budget_middle_eur, given.budget_large_eur, given.budget_largest_eur
        )  # fmt: skip
        return float(ceilings[sum(self.cpts.people >= size for size in SIZES)])

    def calls_eur(self, calls: float) -> float:
        """Euros a year of so many calls, those that the coordinator's own time holds left out."""
        carers = self.model.parameters.carers
        hours = shared_hours(self.cpts) * part_of(self.cpts)
        beyond = calls * carers.call_minutes / 60 - MONTHS * hours
        return float(max(beyond, 0.0) * carers.coordinator_eur_per_hour)

    @cached_property
    def money_share(self) -> float:
        """The part of what the missions ask that the ceiling pays for, once coordinator and meetings are paid."""
        missions = self.cpts.missions
        asked = sum(mission.planned_eur() for mission in missions)
        asked += self.calls_eur(sum(mission.planned_calls() for mission in missions))
        meetings = sum(mission.meetings_eur() for mission in missions)
        left = max(self.ceiling - self.cpts.fixed_eur() - meetings, 0.0)
        return min(left / asked, 1.0) if asked > 0 else 1.0


def deployed_share(communities: list[Any], first: int, last: int) -> float:
    """Say which part of the missions was there between two days, on average."""
    shares = [
        cpts.contract.deployment(day, kind)
        for cpts in communities
        for kind in sorted({mission.kind for mission in cpts.missions})
        for day in range(first, last + 1)
    ]
    return sum(shares) / len(shares) if shares else 1.0


def money_share(communities: list[Any]) -> float:
    """Give the least part of what missions ask that the ceiling of a CPTS pays for."""
    return min((float(cpts.contract.money_share) for cpts in communities if cpts.missions), default=1.0)
