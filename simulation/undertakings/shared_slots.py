"""Unscheduled care (soins non programmés): volunteers move slots from their diaries."""

from __future__ import annotations

from typing import Any

from simulation.kernels.codes import DEDICATED_USED, SAS_BOOKED
from simulation.policies import UnscheduledCare
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

WEEKS = 46
"""Weeks worked in a year."""


class SharedSlots(Mission):
    """Slots kept for callers of the number, or shown to the SAS among the slots of the day."""

    def __init__(
        self, model: Any, asked: UnscheduledCare, cpts: Any, gps: int | None, first_day: int
    ) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.wanted = gps
        self.volunteers: list[Any] = []

    @property
    def gps(self) -> int:
        """How many volunteers there are to be; a share of members is of those there are."""
        if self.wanted is None:
            return int(round(self.asked.share_of_members * len(self.cpts.member_gps)))
        return self.wanted

    @property
    def is_visible(self) -> bool:
        """Whether slots are shown to the SAS instead of being kept."""
        return bool(self.asked.kind == "visible")

    def begin(self, today: Any) -> None:
        """Open the number and have volunteers give their first slots."""
        super().begin(today)
        cpts, numbers = self.cpts, self.model.state.numbers
        self.volunteers = cpts.choose_volunteers(self.gps)
        cpts.volunteers += self.volunteers
        if not self.is_visible:
            numbers.on[cpts.row] = 1
            numbers.released[cpts.row] = self.asked.release_at_noon
        for gp in self.volunteers:
            if self.is_visible:
                gp.shown, gp.sas = 1, 1
            else:
                numbers.volunteer_of[gp.row] = cpts.row
            cpts.share_slots(gp, self.asked.slots_per_week * self.intensity(today), today)
            cpts.engage(gp, today)

    def each_month(self, today: Any) -> None:
        """Give more slots as the mission comes into its own."""
        for gp in self.volunteers:
            if gp.active:
                self.cpts.share_slots(gp, self.asked.slots_per_week * self.intensity(today), today)

    def settle(self, today: Any) -> None:
        """Pay the supplement for each shared slot that was used."""
        model = self.model
        measure = SAS_BOOKED if self.is_visible else DEDICATED_USED
        used = model.state.tally.practice[:, [gp.row for gp in self.volunteers], measure].sum(axis=1)
        for month, slots in enumerate(used.tolist()):
            self.pay(month, slots * model.parameters.carers.slot_eur, self.cpts)

    def planned_eur(self) -> float:
        """The supplement of every slot."""
        slots = self.gps * self.asked.slots_per_week * WEEKS
        return float(slots * self.model.parameters.carers.slot_eur)

    def meetings_eur(self) -> float:
        """Volunteers meet."""
        return self.meeting_eur(self.gps)


@undertake.register
def _(policy: UnscheduledCare, model: Any) -> list[Undertaking]:
    chosen = chosen_cpts(policy, model)
    first = first_day_of(policy, model)
    if policy.share_of_members is not None:
        return [SharedSlots(model, policy, cpts, None, first) for cpts in chosen]
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [SharedSlots(model, policy, cpts, gps, first) for cpts, gps in parts]
