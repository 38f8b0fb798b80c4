"""The diary (agenda): slots laid over the coming days, taken, given back, released and closed."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    DEDICATED,
    DEDICATED_LAID,
    HOME,
    HORIZON,
    LAID,
    LEFT,
    MORNING,
    MOST_SLOTS,
    PERIODS,
    POOLS,
    SAME_DAY,
    SCHEDULED,
)
from simulation.kernels.decisions import (
    DEDICATED_OF_SESSION,
    HOME_OF_SESSION,
    MORE_OF_SESSION,
    SAME_DAY_OF_SESSION,
    SLOTS_OF_SESSION,
    SQUEEZE_OF_DAY,
    WITHHELD_OF_SESSION,
)

WHOLE = 65_536
"""All the slots of a session."""


@njit("int64(int64, int64, int64)", cache=True)
def whole(amount, unit_bits, luck):
    """Round a number of slots given in fractions of `2**unit_bits` up or down by luck, right on average."""
    rest = amount & ((1 << unit_bits) - 1)
    number = amount >> unit_bits
    return number + 1 if (luck >> (32 - unit_bits)) < rest else number


@njit(cache=True)
def lay_day(state, more_slots, seed, g, day, weekday, week):
    """Lay the sessions of one practitioner on one day of the horizon (leave: nothing is laid).

    Under full overload there are `more_slots` 65 536ths more of them.
    """
    practitioners, diary = state.practitioners, state.diary
    cell = day & (HORIZON - 1)
    who = practitioners.number[g]
    for period in range(PERIODS):
        for pool in range(POOLS):
            diary.free[g, pool, cell, period] = 0
            diary.laid[g, pool, cell, period] = 0
        weekly = np.int64(practitioners.weekly[g, weekday, period])
        if weekly == 0 or practitioners.away[g, week]:
            continue
        weekly += weekly * practitioners.overload[g] * more_slots >> 24
        slots = min(whole(weekly, 8, draw(seed, SLOTS_OF_SESSION, day, who, period)), MOST_SLOTS)
        walk_in = practitioners.walk_in[g, weekday, period]
        share = slots * (WHOLE if walk_in else practitioners.same_day_share[g])
        same_day = whole(share, 16, draw(seed, SAME_DAY_OF_SESSION, day, who, period))
        diary.free[g, SAME_DAY, cell, period] = same_day
        diary.free[g, SCHEDULED, cell, period] = slots - same_day
        for pool in range(POOLS):
            diary.laid[g, pool, cell, period] = diary.free[g, pool, cell, period]
        plan_home_visits(state, seed, g, day, weekday, period)
        give_session(state, seed, g, day, weekday, period)


@njit(cache=True)
def plan_home_visits(state, seed, g, day, weekday, period):
    """Keep part of a session for the home-bound (visites à domicile), which makes a block of its own."""
    planned = state.practitioners.home[g, weekday, period]
    if planned > 0:
        who = state.practitioners.number[g]
        asked = whole(planned, 8, draw(seed, HOME_OF_SESSION, day, who, period))
        asked -= move_slots(state.diary, g, day, period, SCHEDULED, HOME, asked)
        move_slots(state.diary, g, day, period, SAME_DAY, HOME, asked)


@njit(cache=True)
def lay_all(state, more_slots, seed, day, weekday, week):
    """Lay the sessions of every practitioner on one day."""
    for g in range(state.practitioners.active.shape[0]):
        if state.practitioners.active[g]:
            lay_day(state, more_slots, seed, g, day, weekday, week)


@njit(cache=True)
def give_session(state, seed, g, day, weekday, period):
    """Take out of a session what its owner gives to the CPTS: slots dedicated or shown, then meeting time.

    Only slots still free are given: an appointment that stands is kept. A GP without scheduled slots (walk-in)
    gives same-day ones.
    """
    practitioners = state.practitioners
    who = practitioners.number[g]
    given = practitioners.dedicated[g, weekday, period]
    if given > 0:
        asked = whole(given, 8, draw(seed, DEDICATED_OF_SESSION, day, who, period))
        pool = SAME_DAY if practitioners.shown[g] else DEDICATED
        asked -= move_slots(state.diary, g, day, period, SCHEDULED, pool, asked)
        if pool != SAME_DAY:
            move_slots(state.diary, g, day, period, SAME_DAY, pool, asked)
    held = practitioners.withheld[g, weekday, period]
    if held > 0:
        asked = whole(held, 8, draw(seed, WITHHELD_OF_SESSION, day, who, period))
        asked -= move_slots(state.diary, g, day, period, SCHEDULED, -1, asked)
        move_slots(state.diary, g, day, period, SAME_DAY, -1, asked)


@njit(cache=True)
def move_slots(diary, g, day, period, source, target, asked):
    """Move up to `asked` free slots from a pool to another (to none if -1); give how many moved."""
    cell = day & (HORIZON - 1)
    moved = min(asked, diary.free[g, source, cell, period])
    if moved <= 0:
        return 0
    diary.free[g, source, cell, period] -= moved
    diary.laid[g, source, cell, period] -= moved
    if target >= 0:
        diary.free[g, target, cell, period] += moved
        diary.laid[g, target, cell, period] += moved
    return moved


@njit(cache=True)
def give_horizon(state, seed, g, first_day, last_day, first_weekday):
    """Give slots out of days that are already laid, when somebody joins between two horizons."""
    for day in range(first_day, last_day + 1):
        weekday = (first_weekday + day - first_day) % 7
        for period in range(PERIODS):
            give_session(state, seed, g, day, weekday, period)


@njit(cache=True)
def add_to_horizon(state, seed, g, first_day, last_day, first_weekday, part):
    """Add slots to sessions that are already laid: `part` 65 536ths of what the week holds."""
    diary, who = state.diary, state.practitioners.number[g]
    pool_of_more = SAME_DAY if state.practitioners.same_day_share[g] == WHOLE else SCHEDULED
    for day in range(first_day, last_day + 1):
        weekday, cell = (first_weekday + day - first_day) % 7, day & (HORIZON - 1)
        for period in range(PERIODS):
            laid = 0
            for pool in range(POOLS):
                laid += diary.laid[g, pool, cell, period]
            if laid > 0:
                amount = np.int64(state.practitioners.weekly[g, weekday, period]) * part >> 16
                more = whole(amount, 8, draw(seed, MORE_OF_SESSION, day, who, period))
                more = min(more, MOST_SLOTS - laid)
                diary.free[g, pool_of_more, cell, period] += more
                diary.laid[g, pool_of_more, cell, period] += more


@njit(cache=True)
def earliest(diary, g, pool, first_day, last_day, today, period):
    """Find the first free slot of a pool between two days; today only from this period on.

    Gives the day and the period as `day * PERIODS + period`, or -1. Days must stand within the horizon.
    """
    for day in range(first_day, last_day + 1):
        cell = day & (HORIZON - 1)
        if diary.days[g, pool, cell] == 0:
            continue
        start = period if day == today else MORNING
        for session in range(start, PERIODS):
            if diary.free[g, pool, cell, session] > 0:
                return day * PERIODS + session
    return -1


@njit(cache=True)
def offers_today(diary, g, today, first):
    """Tell whether a practitioner holds a session today, from a period on."""
    cell = today & (HORIZON - 1)
    for pool in range(POOLS):
        for period in range(first, PERIODS):
            if diary.laid[g, pool, cell, period] > 0:
                return True
    return False


@njit(cache=True)
def release_at_noon(state, today):
    """Open the afternoon's unused home visits, and dedicated slots where the CPTS said so, to every caller."""
    cell = today.day & (HORIZON - 1)
    for g in range(state.practitioners.active.shape[0]):
        for period in range(MORNING + 1, PERIODS):
            left = state.diary.free[g, HOME, cell, period]
            move_slots(state.diary, g, today.day, period, HOME, SAME_DAY, left)
        cpts = state.numbers.volunteer_of[g]
        if cpts < 0 or not state.numbers.released[cpts]:
            continue
        for period in range(MORNING + 1, PERIODS):
            left = state.diary.free[g, DEDICATED, cell, period]
            move_slots(state.diary, g, today.day, period, DEDICATED, SAME_DAY, left)


@njit(cache=True)
def open_day(state, today):
    """Draw how many urgent patients each GP can squeeze in, and count the dedicated slots of the day."""
    practitioners, diary = state.practitioners, state.diary
    cell = today.day & (HORIZON - 1)
    for g in range(practitioners.active.shape[0]):
        practitioners.squeezed_left[g] = 0
        if not practitioners.active[g] or not offers_today(diary, g, today.day, MORNING):
            continue
        luck = draw(today.seed, SQUEEZE_OF_DAY, today.day, practitioners.number[g], 0)
        practitioners.squeezed_left[g] = whole(practitioners.squeeze[g], 8, luck)
        if today.month >= 0:
            for period in range(PERIODS):
                laid = diary.laid[g, DEDICATED, cell, period]
                state.tally.practice[today.month, g, DEDICATED_LAID] += laid


@njit(cache=True)
def close_day(state, rules, today):
    """Count what was offered and what was left, then lay the day that enters the horizon in its place."""
    practitioners, diary = state.practitioners, state.diary
    cell = today.day & (HORIZON - 1)
    for g in range(practitioners.active.shape[0]):
        if today.month >= 0:
            practice = state.tally.practice
            for pool in range(POOLS):
                for period in range(PERIODS):
                    practice[today.month, g, LAID] += diary.laid[g, pool, cell, period]
                    practice[today.month, g, LEFT] += diary.free[g, pool, cell, period]
        if today.horizon_open and practitioners.active[g]:
            lay_day(
                state, rules.more_slots, today.seed, g, today.day + HORIZON, today.horizon_weekday, today.week
            )
        else:
            clear_day(diary, g, cell)


@njit(cache=True)
def clear_day(diary, g, cell):
    """Leave a day without sessions."""
    for pool in range(POOLS):
        for period in range(PERIODS):
            diary.free[g, pool, cell, period] = 0
            diary.laid[g, pool, cell, period] = 0
