"""Care pathways (parcours): cases discussed together, follow-ups shared with nurses, people called back."""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.chances import one
from simulation.kernels.placing import remind_follow_ups
from simulation.policies import CarePathways
from simulation.undertakings.mission import MONTHS, Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking


class Pathways(Mission):
    """GPs meet on cases; a protocol lets nurses hold follow-ups; the coordinator calls those who gave theirs up."""

    kind: ClassVar[str] = "pathway"

    def __init__(self, model: Any, asked: CarePathways, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.gps = gps

    def begin(self, today: Any) -> None:
        """Have GPs meet on cases."""
        super().begin(today)
        hours = self.model.parameters.missions.rcp_hours_per_month
        there = self.cpts.in_order([gp for gp in self.model.gps if gp.active and self.is_here(gp)])
        for gp in there[: self.gps]:
            self.cpts.engage(gp, today)
            self.cpts.ask_hours(gp, "cases", hours, today)

    def is_here(self, gp: Any) -> bool:
        """Whether a GP practises in the communes of the CPTS."""
        return bool(self.model.cpts_of(gp) == self.cpts.row)

    def each_month(self, today: Any) -> None:
        """Share follow-ups as far as the protocol has come, and make this month's calls."""
        model, given = self.model, self.model.parameters.missions
        share = given.pathway_follow_up_share * self.intensity(today) if self.asked.protocol else 0.0
        model.state.numbers.pathway[self.cpts.row] = one(share)
        asked = round(self.asked.calls_per_month * self.intensity(today))
        calls = remind_follow_ups(model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, asked)
        self.pay_calls(today.month, calls)

    def planned_calls(self) -> float:
        """A year of calls."""
        return float(self.asked.calls_per_month * MONTHS)

    def meetings_eur(self) -> float:
        """GPs meet with the others, and on cases."""
        cases = self.model.parameters.missions.rcp_hours_per_month
        return self.meeting_eur(self.gps) + self.meeting_eur(self.gps, cases)


@undertake.register
def _(policy: CarePathways, model: Any) -> list[Undertaking]:
    chosen, first = chosen_cpts(policy, model), first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [Pathways(model, policy, cpts, gps, first) for cpts, gps in parts]
