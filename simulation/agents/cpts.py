"""A territorial community of health professionals (communauté professionnelle territoriale de santé, CPTS)."""

from __future__ import annotations

from typing import Any, Protocol

import mesa
import numpy as np

from simulation.agents.practitioner import Practitioner
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import HORIZON, PERIODS
from simulation.kernels.diary import give_horizon
from simulation.ledger import CENTS, TENTHS_OF_MINUTES

MONTHS = 12
WEEKS = 52


class SharedSlots(Protocol):
    """What unscheduled care asks of a CPTS."""

    @property
    def slots_per_week(self) -> float:
        """Slots that each volunteer moves from scheduled to dedicated, a week."""

    @property
    def release_at_noon(self) -> bool:
        """Whether slots left at noon are open to every caller."""


class CPTS(mesa.Agent):
    """Members who organise care together: their missions move slots and take time, never an indicator."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row, self.name = row, name
        self.volunteers: list[Practitioner] = []
        """GPs who share slots."""
        self.engaged: list[Practitioner] = []
        """Those who meet, each counted once whatever the missions."""
        self.missions: list[Any] = []

    @property
    def members(self) -> list[Practitioner]:
        """Every practitioner who has joined."""
        return [one for one in self.model.agents_by_type[Practitioner] if one.cpts == self.row]

    def share_slots(self, asked: SharedSlots, gps: int, today: Any) -> None:
        """Have volunteers move slots from their diaries to callers of the number, from today on."""
        chosen = self.choose_volunteers(gps)
        self.volunteers += chosen
        numbers = self.model.state.numbers
        numbers.on[self.row] = 1
        numbers.released[self.row] = asked.release_at_noon
        for gp in chosen:
            numbers.volunteer_of[gp.row] = self.row
            self.share_out(gp, gp.dedicated, round(asked.slots_per_week * 256))
            met = self.engage(gp, today)
            self.give_from_horizon(gp, today, keep=None if met else gp.withheld)

    def engage(self, gp: Practitioner, today: Any) -> bool:
        """Have a GP meet from today on, part of which comes out of his diary; tell whether he did not before."""
        if gp in self.engaged:
            return False
        self.engaged.append(gp)
        self.share_out(gp, gp.withheld, self.meeting_slots())
        if not self.model.month_begins(today):
            self.write_down_meetings(today, 1)
        return True

    def give_from_horizon(self, gp: Practitioner, today: Any, keep: np.ndarray | None = None) -> None:
        """Take what a GP gives out of the days already laid, but for what `keep` (a week) was given of before."""
        kept = None if keep is None else keep.copy()
        if keep is not None:
            keep[:] = 0
        give_horizon(self.model.hand, today.seed, gp.row, today.day, today.day + HORIZON - 1, today.weekday)
        if keep is not None:
            keep[:] = kept

    def choose_volunteers(self, gps: int) -> list[Practitioner]:
        """Take GPs of the territory, members first, in an order drawn once (médecins volontaires)."""
        model = self.model
        mine = [
            gp
            for gp in model.gps
            if gp.active and model.cpts_of(gp) == self.row and gp not in self.volunteers
        ]
        numbers, seed = model.state.practitioners.number, model.calendar.seed

        def order(gp: Practitioner) -> tuple[bool, int]:
            return gp.cpts != self.row, int(draw(seed, decisions.VOLUNTEERS, 0, numbers[gp.row], 0))

        return sorted(mine, key=order)[:gps]

    def meeting_slots(self) -> int:
        """Slots a week that meetings take from a volunteer's diary, 256 for one."""
        carers, supply = self.model.parameters.carers, self.model.parameters.supply
        minutes = carers.member_hours_per_month * 60 * MONTHS / WEEKS * carers.diary_share
        return int(round(minutes / supply.consultation_minutes * 256))

    def share_out(self, gp: Practitioner, given: np.ndarray, amount: int) -> None:
        """Spread an amount a week over a GP's sessions, one slot at a time, in an order drawn for him."""
        week = np.asarray(gp.weekly)
        sessions = [(day, period) for day in range(7) for period in range(PERIODS) if week[day, period]]
        who, seed = self.model.state.practitioners.number[gp.row], self.model.calendar.seed
        sessions.sort(
            key=lambda at: int(draw(seed, decisions.DEDICATED_SESSIONS, 0, who, at[0] * PERIODS + at[1]))
        )
        place = 0
        while amount > 0 and sessions:
            part = min(amount, 256)
            given[sessions[place % len(sessions)]] += part
            amount -= part
            place += 1

    def act(self, today: Any) -> None:
        """Write down what a month takes from those who meet, and costs."""
        self.write_down_meetings(today, sum(gp.active for gp in self.engaged))

    def write_down_meetings(self, today: Any, members: int) -> None:
        """Write a month of meetings down, in proportion to the days of it that are counted."""
        carers, ledger = self.model.parameters.carers, self.model.ledger
        share = self.model.calendar.share_of_month(today.day)
        hours = members * carers.member_hours_per_month * share
        ledger.add(today.month, self.row, TENTHS_OF_MINUTES, hours * 600)
        ledger.add(today.month, self.row, CENTS, hours * carers.indemnity_eur_per_hour * 100)
