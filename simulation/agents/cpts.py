"""A territorial community of health professionals (communauté professionnelle territoriale de santé, CPTS)."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation.agents.contract import MONTHS, Contract
from simulation.agents.coordination import part_of, relieve_boards, shared_hours
from simulation.agents.membership import join_and_leave
from simulation.agents.practitioner import Practitioner
from simulation.kernels import decisions
from simulation.kernels.codes import HORIZON, PERIODS
from simulation.kernels.diary import give_horizon
from simulation.ledger import CENTS, TENTHS_OF_MINUTES

WEEKS = 52
_Week = NDArray[np.int32]


class CPTS(mesa.Agent):
    """Members who organise care together: their missions move slots and take time, never an indicator."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row, self.name = row, name
        self.contract = Contract(self)
        self.missions: list[Any] = []
        self.volunteers: list[Practitioner] = []
        """GPs who share slots."""
        self.board: list[Practitioner] = []
        self.hours: dict[Practitioner, dict[str, float]] = {}
        """Hours a month that each GP gives, by what for."""
        self.coordinator_hours = 0.0
        """Hours a month of its coordinator, 0 as long as there is none."""
        self.hours_called: dict[int, float] = {}
        """Hours of calls by counted month."""
        self.with_coordinator: list[CPTS] = [self]
        """Those among whom coordinators are shared, itself included."""
        self.with_referents: list[CPTS] = [self]
        """Those of whose people the referents of any are told, itself included."""

    @property
    def members(self) -> list[Practitioner]:
        """Every practitioner who has joined."""
        return [one for one in self.model.agents_by_type[Practitioner] if one.cpts == self.row]

    @property
    def member_gps(self) -> list[Practitioner]:
        """GPs at work who have joined, in an order drawn once."""
        return self.in_order([gp for gp in self.model.gps if gp.active and gp.cpts == self.row])

    @property
    def people(self) -> int:
        """Inhabitants of its communes."""
        places = self.model.state.places
        return int(places.people[places.cpts == self.row].sum())

    def in_order(self, gps: list[Practitioner]) -> list[Practitioner]:
        """Put GPs in an order drawn once, members first."""
        return sorted(gps, key=lambda gp: (gp.cpts != self.row, gp.luck(decisions.VOLUNTEERS, 0)))

    def choose_volunteers(self, gps: int) -> list[Practitioner]:
        """Take GPs of its communes who share no slot yet, members first (médecins volontaires)."""
        model = self.model
        mine = [gp for gp in model.gps if gp.active and model.cpts_of(gp) == self.row]
        return self.in_order([gp for gp in mine if gp not in self.volunteers])[:gps]

    # ------------------------------------------------------------ board and coordinator

    @property
    def board_hours(self) -> float:
        """Hours a month of a member of the board: a coordinator takes part of them off."""
        given = self.model.parameters.governance
        saved = given.coordinator_relief_share if shared_hours(self) else 0.0
        return float(given.board_hours_per_month * (1 - saved))

    def open_board(self, today: Any) -> None:
        """Have a board meet once there is something to organise, and fill the seats of those who left (bureau)."""
        stay = [gp for gp in self.board if gp.active and gp.cpts == self.row]
        others = [gp for gp in self.member_gps if gp not in stay]
        self.board = [*stay, *others][: self.model.parameters.governance.board_gps]
        for gp in self.board:
            self.ask_hours(gp, "board", self.board_hours, today)

    def employ(self, hours: float, today: Any) -> None:
        """Have a coordinator from today on, who takes organising off the board."""
        self.coordinator_hours = hours
        relieve_boards(self, today)

    def fixed_eur(self) -> float:
        """Euros a year of board and coordinator, whatever the missions."""
        carers, given = self.model.parameters.carers, self.model.parameters.governance
        board = given.board_gps * self.board_hours * carers.indemnity_eur_per_hour
        hours = shared_hours(self) * part_of(self)
        return float(MONTHS * (board + hours * carers.coordinator_eur_per_hour))

    # ------------------------------------------------------------ time and slots of members

    def ask_hours(self, gp: Practitioner, what_for: str, hours: float, today: Any) -> None:
        """Have a GP give so many hours a month from today on, part of which comes out of his diary."""
        given = self.hours.setdefault(gp, {})
        more = hours - given.get(what_for, 0.0)
        given[what_for] = hours
        before = gp.withheld.copy()
        gp.withheld[:] = week_of(gp, self.slots_of(sum(given.values())))
        if more > 0:
            self.give_from_horizon(gp, today, np.zeros_like(before), gp.withheld - before)
        if not self.model.month_begins(today):
            self.write_down(today, more)

    def engage(self, gp: Practitioner, today: Any) -> None:
        """Have a GP meet with the others from today on, once whatever the missions."""
        self.ask_hours(gp, "meetings", self.model.parameters.carers.member_hours_per_month, today)

    def slots_of(self, hours: float) -> int:
        """Slots a week that hours a month take from a diary, 256 for one."""
        carers, supply = self.model.parameters.carers, self.model.parameters.supply
        minutes = hours * 60 * MONTHS / WEEKS * carers.diary_share
        return int(round(minutes / supply.consultation_minutes * 256))

    def share_slots(self, gp: Practitioner, slots_per_week: float, today: Any) -> None:
        """Have a volunteer give so many slots a week in all, from today on."""
        before = gp.dedicated.copy()
        gp.dedicated[:] = week_of(gp, round(slots_per_week * 256))
        self.give_from_horizon(gp, today, gp.dedicated - before, np.zeros_like(before))

    def give_from_horizon(
        self, gp: Practitioner, today: Any, dedicated: _Week, withheld: _Week, days: int = HORIZON
    ) -> None:
        """Take what a GP gives besides (a week of slots, one of meetings) out of days already laid."""
        if not (dedicated.any() or withheld.any()):
            return
        kept = gp.dedicated.copy(), gp.withheld.copy()
        gp.dedicated[:], gp.withheld[:] = dedicated, withheld
        give_horizon(self.model.hand, today.seed, gp.row, today.day, today.day + days - 1, today.weekday)
        gp.dedicated[:], gp.withheld[:] = kept

    def act(self, today: Any) -> None:
        """Let GPs join and leave where they do, and write down what a month takes from those who meet."""
        if self.model.asked.joining == "behaviour" and today.month >= 0:
            join_and_leave(self, today)
        if self.board:
            self.open_board(today)
        self.write_down(today, sum(sum(given.values()) for gp, given in self.hours.items() if gp.active))

    def write_down(self, today: Any, hours: float) -> None:
        """Write hours a month down, in proportion to the days of it that are counted."""
        carers, ledger = self.model.parameters.carers, self.model.ledger
        held = hours * self.model.calendar.share_of_month(today.day)
        ledger.add(today.month, self.row, TENTHS_OF_MINUTES, held * 600)
        ledger.add(today.month, self.row, CENTS, held * carers.indemnity_eur_per_hour * 100)


def week_of(gp: Practitioner, amount: int) -> _Week:
    """Spread an amount a week over a GP's sessions, one slot (256) at a time, in an order drawn for him."""
    given: _Week = np.zeros_like(gp.withheld)
    week = np.asarray(gp.weekly)
    sessions = [(day, period) for day in range(7) for period in range(PERIODS) if week[day, period]]
    sessions.sort(key=lambda at: gp.luck(decisions.DEDICATED_SESSIONS, 0, at[0] * PERIODS + at[1]))
    for turn in range(-(-amount // 256) if sessions else 0):
        given[sessions[turn % len(sessions)]] += min(amount - 256 * turn, 256)
    return given
