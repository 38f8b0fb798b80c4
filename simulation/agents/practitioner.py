"""A practitioner (professionnel de santé) of a territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from simulation.agents.column import Column
from simulation.calendar import date_of, is_open
from simulation.chances import one
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import HORIZON
from simulation.kernels.workforce import open_practice

if TYPE_CHECKING:
    from simulation.state import Practitioners

EXITS_BY_AGE = ((0, 0.2), (60, 1.6), (65, 4.0))
"""First age and hazard of leaving relative to the mean (assumed: it makes the mean with 34 % of GPs over 60)."""
MONTHS = 12


class Practitioner(mesa.Agent):
    """Somebody who cares for people: offers slots, keeps some for the day, has a panel (patientèle)."""

    active = Column()
    age = Column()
    arrives = Column()
    panel = Column()
    limit = Column()
    accepts_new = Column()
    kind = Column()
    weekly = Column()
    same_day_share = Column()
    dedicated = Column()
    shown = Column()
    spared = Column()
    sas = Column()
    walk_in = Column()
    squeeze = Column()
    away = Column()
    withheld = Column()
    structure = Column()
    cpts = Column()

    def __init__(self, model: Any, row: int, identifier: str, role: str, leaving: str = "") -> None:
        super().__init__(model)
        self.row, self.identifier, self.role, self.leaving = row, identifier, role, leaving
        self.left: int | None = None
        """Day on which the practice was left, if it was."""

    def columns(self) -> Practitioners:
        """The table of practitioners of the model."""
        table: Practitioners = self.model.state.practitioners
        return table

    @property
    def slots_per_week(self) -> float:
        """Slots offered in a full week, home visits included."""
        return float(self.weekly.sum()) / 256

    def luck(self, decision: int, day: int, nth: int = 0) -> int:
        """Draw for this practitioner on a day."""
        return int(draw(self.model.calendar.seed, decision, day, int(self.columns().number[self.row]), nth))

    def act(self, today: Any) -> None:
        """On the first of a counted month: arrive on one's day, or leave (départ)."""
        if self.role != "gp" or today.month < 0:
            return
        if not self.active:
            if 0 <= self.arrives <= today.day:
                self.arrive(today)
        elif self.is_leaving(today.day):
            self.leave(today)

    def is_leaving(self, day: int) -> bool:
        """Whether the file says so this month or, where it says nothing, chance by age does."""
        if self.leaving:
            return f"{date_of(day):%Y-%m}" >= self.leaving and self.left is None
        hazard = [ratio for first, ratio in EXITS_BY_AGE if self.age >= first][-1]
        monthly = self.model.parameters.workforce.exits_per_year * hazard / MONTHS
        return date_of(day).day == 1 and self.luck(decisions.LEAVES, day) < one(monthly)

    def arrive(self, today: Any) -> None:
        """Open a practice: the diary is laid from today on."""
        days = range(today.day, today.day + HORIZON)
        calendar = self.model.calendar
        open_practice(
            self.model.hand, self.model.rules_in_hand, self.model.today_in_hand, self.row,
            np.array([is_open(day) for day in days]), np.array([calendar.week_of(day) for day in days]),
        )  # fmt: skip
        self.model.turnover.open()

    def leave(self, today: Any, succeeded: bool | None = None) -> None:
        """Leave to a successor, who works less and whom part of the panel does not follow, or close.

        It is carried out with all that happens today (`Turnover`). Whether there is a successor is drawn unless
        it is told.
        """
        given = self.model.parameters.workforce
        self.left = today.day
        if succeeded is None:
            succeeded = self.luck(decisions.SUCCESSOR, today.day) < one(given.successor_share)
        stays = one(given.stays_with_successor) if succeeded else 0
        self.model.turnover.leave(self.row, stays, closes=not succeeded)
        if succeeded:
            self.age, self.accepts_new = AGE_OF_SUCCESSOR, 1
            self.weekly[:] = np.rint(self.weekly * given.arrivals_hours_ratio)


AGE_OF_SUCCESSOR = 35
