"""What a CPTS signed (contrat, ACI): how fast its missions come, and the most that is paid for them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

MONTHS = 12
DAYS_OF_MONTH = 30.4375
CEILINGS = ((40_000, "budget_small_eur"), (80_000, "budget_middle_eur"), (175_000, "budget_large_eur"))
"""People below which a yearly ceiling holds (ACI 2019)."""


class Contract:
    """Signed on the first counted day where the clock runs from the contract; else everything is there at once."""

    def __init__(self, cpts: Any) -> None:
        self.cpts, self.model = cpts, cpts.model

    def first_day(self, kind: str) -> int:
        """First day on which a mission of a kind may begin."""
        signed = int(self.model.calendar.first)
        if self.model.asked.clock == "full_deployment":
            return 0
        months = getattr(self.model.parameters.governance, f"{kind}_first_months")
        return signed + int(round(months * DAYS_OF_MONTH))

    def deployment(self, day: int, kind: str) -> float:
        """Say how far a kind of mission has come (montée en charge), month after month."""
        if self.model.asked.clock == "full_deployment":
            return 1.0
        given = self.model.parameters.governance
        first = getattr(given, f"{kind}_first_months")
        full = max(getattr(given, f"{kind}_full_months"), first)
        months = int((day - self.model.calendar.first + 1) / DAYS_OF_MONTH)
        return float(min(max((months - first + 1) / (full - first + 1), 0.0), 1.0))

    @property
    def ceiling(self) -> float:
        """The most euros that are paid in a year, by the people whom the CPTS covers."""
        given = self.model.parameters.governance
        names = [name for most, name in CEILINGS if self.cpts.people < most]
        return float(getattr(given, names[0] if names else "budget_largest_eur"))

    @cached_property
    def money_share(self) -> float:
        """The part of what the missions ask that the ceiling pays for, once coordinator and meetings are paid."""
        missions = self.cpts.missions
        asked = sum(mission.planned_eur() for mission in missions)
        meetings = sum(mission.meetings_eur() for mission in missions)
        left = max(self.ceiling - self.cpts.fixed_eur() - meetings, 0.0)
        return min(left / asked, 1.0) if asked > 0 else 1.0
