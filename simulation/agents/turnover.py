"""Practices that open or close on one day (mouvements): whom they concern is looked for once, however many they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels.workforce import close_practices, leave_panels
from simulation.reach import weigh

NOBODY_LEAVES = -1


class Turnover:
    """Who comes and who goes today, until it is carried out."""

    def __init__(self, model: Any) -> None:
        self.model = model
        rows = len(model.state.practitioners.active)
        self.stays = np.full(rows, NOBODY_LEAVES, dtype=np.int64)
        """Threshold of staying with the successor of each practitioner who leaves, 0 without one."""
        self.closes = np.zeros(rows, dtype=np.uint8)
        self.opened = False

    def leave(self, row: int, stays: int, closes: bool) -> None:
        """Note that a practitioner leaves, to a successor or not."""
        self.stays[row], self.closes[row] = stays, closes

    def open(self) -> None:
        """Note that a practice opened."""
        self.opened = True

    def carry_out(self, today: Any) -> None:
        """Have panels part, appointments called off, and people learn who is near now."""
        model, state = self.model, self.model.state
        if (self.stays != NOBODY_LEAVES).any():
            leave_panels(model.hand, model.today_in_hand, self.stays)
        if self.closes.any():
            close_practices(model.hand, model.rules_in_hand, model.today_in_hand, self.closes)
            state.numbers.volunteer_of[self.closes == 1] = -1
        if self.opened or self.closes.any():
            weigh(state.reach, state.practitioners, model.parameters)
        self.stays[:], self.closes[:], self.opened = NOBODY_LEAVES, 0, False
