"""A territorial community of health professionals (communauté professionnelle territoriale de santé, CPTS)."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import mesa
import numpy as np

from simulation.agents.practitioner import Practitioner
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import DEDICATED_USED, HORIZON, PERIODS
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


class Mission(NamedTuple):
    """A mission as one CPTS has it: what is asked, its share of the volunteers, its first day."""

    asked: SharedSlots
    gps: int
    first_day: int


class CPTS(mesa.Agent):
    """Members who organise care together: their missions move slots and take time, never an indicator."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row, self.name = row, name
        self.volunteers: list[Practitioner] = []
        self.missions: list[Mission] = []
        self.begun: list[Mission] = []

    @property
    def members(self) -> list[Practitioner]:
        """Every practitioner who has joined."""
        return [one for one in self.model.agents_by_type[Practitioner] if one.cpts == self.row]

    def organise_unscheduled_care(self, asked: SharedSlots, gps: int, today: Any) -> None:
        """Have volunteers move slots from their diaries to callers of the number, from today on."""
        chosen = self.choose_volunteers(gps)
        self.volunteers += chosen
        numbers = self.model.state.numbers
        numbers.on[self.row] = 1
        numbers.released[self.row] = asked.release_at_noon
        for gp in chosen:
            numbers.volunteer_of[gp.row] = self.row
            self.share_out(gp, gp.dedicated, round(asked.slots_per_week * 256))
            self.share_out(gp, gp.withheld, self.meeting_slots())
            give_horizon(
                self.model.hand, today.seed, gp.row, today.day, today.day + HORIZON - 1, today.weekday
            )

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
        """Start each mission on its day, then write down what a month takes from members and costs."""
        for mission in self.missions:
            if mission.first_day <= today.day and mission not in self.begun:
                self.begun.append(mission)
                self.organise_unscheduled_care(mission.asked, mission.gps, today)
        self.write_down_meetings(today)

    def write_down_meetings(self, today: Any) -> None:
        """Write a month of meetings down, in proportion to the days of it that are counted."""
        carers, ledger = self.model.parameters.carers, self.model.ledger
        share = self.model.calendar.share_of_month(today.day)
        hours = len(self.volunteers) * carers.member_hours_per_month * share
        ledger.add(today.month, self.row, TENTHS_OF_MINUTES, hours * 600)
        ledger.add(today.month, self.row, CENTS, hours * carers.indemnity_eur_per_hour * 100)

    def settle(self, today: Any) -> None:
        """Pay on the last day the supplement for each shared slot that was used."""
        rows = [gp.row for gp in self.volunteers]
        used = self.model.state.tally.practice[:, rows, DEDICATED_USED].sum(axis=1)
        for month, slots in enumerate(used.tolist()):
            self.model.ledger.add(month, self.row, CENTS, slots * self.model.parameters.carers.slot_eur * 100)
