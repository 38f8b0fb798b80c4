"""GPs adapt to lasting overload (adaptation): what they do follows from how far ahead their diary is full."""

import numpy as np
from numba import njit

from simulation.kernels.codes import (
    GP,
    HORIZON,
    OPEN_TO_OTHERS,
    OTHERS_DAYS,
    PANEL,
    PANEL_DAYS,
    PERIODS,
    SAME_DAY,
    SCHEDULED,
)
from simulation.kernels.diary import WHOLE

FULL = 256


@njit(cache=True)
def third_next(diary, g, today, own, walk_in):
    """Count the days to the third free slot (third next available appointment); HORIZON when there is none.

    One's own patients may have the same-day slots of today, others not; who sees people without appointments only
    has nothing but such slots, every day and for all.
    """
    left = 3
    for ahead in range(HORIZON):
        cell = (today + ahead) & (HORIZON - 1)
        for period in range(PERIODS):
            left -= diary.free[g, SCHEDULED, cell, period]
            if walk_in or (own and ahead == 0):
                left -= diary.free[g, SAME_DAY, cell, period]
        if left <= 0:
            return ahead
    return HORIZON


@njit(cache=True)
def adapt(state, rules, today):
    """On the first of a month, let each GP feel how full he is, and count it."""
    practitioners = state.practitioners
    for g in range(practitioners.active.shape[0]):
        if practitioners.role[g] != GP or not practitioners.active[g]:
            continue
        walk_in = practitioners.same_day_share[g] == WHOLE
        days = third_next(state.diary, g, today.day, True, walk_in)
        pressure = (3 * np.int64(practitioners.pressure[g]) + days * FULL) // 4
        practitioners.pressure[g] = pressure
        beyond = (pressure - rules.overload_from) * FULL // max(rules.overload_from, 1)
        practitioners.overload[g] = min(max(beyond, 0), FULL)
        if today.month >= 0:
            practice, panel = state.tally.practice, practitioners.panel[g]
            practice[today.month, g, PANEL] += panel
            practice[today.month, g, PANEL_DAYS] += panel * days
            if practitioners.accepts_new[g]:
                practice[today.month, g, OPEN_TO_OTHERS] += panel
                practice[today.month, g, OTHERS_DAYS] += panel * third_next(
                    state.diary, g, today.day, False, walk_in
                )


@njit("int64(int64, int64)", cache=True)
def stretched(days, stretch_of_overload):
    """Put a follow-up off (espacement des suivis): so many 65 536ths of the interval more."""
    return days + (days * stretch_of_overload >> 16)
