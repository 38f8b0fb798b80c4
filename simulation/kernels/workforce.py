"""Practices close and open (départs, installations): panels are left behind, diaries are emptied or laid."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    BOOKED,
    HORIZON,
    LOST_GP,
    NEVER,
    PERIODS,
    POOLS,
    SAID_LOST_GP,
    TOP,
)
from simulation.kernels.decisions import SEEKS_AGAIN, STAYS_WITH_SUCCESSOR
from simulation.kernels.diary import lay_day
from simulation.kernels.missed import ask_again
from simulation.kernels.person import key_of, set_next_event
from simulation.kernels.record import add
from simulation.kernels.story import tell

SOON, LATER = 14, 90


@njit(cache=True)
def leave_panels(state, today, stays):
    """Part with GPs (départs): whoever does not stay with the successor seeks a usual GP, ALD first.

    `stays` is [practitioner] the threshold of staying, 0 without a successor, -1 for those who do not leave.
    """
    patients = state.patients
    for patient in range(patients.usual_gp.shape[0]):
        g = np.int64(patients.usual_gp[patient])
        if g < 0 or stays[g] < 0:
            continue
        who = key_of(state, patient)
        if draw(today.seed, STAYS_WITH_SUCCESSOR, today.day, who, 0) < stays[g]:
            continue
        patients.usual_gp[patient] = -1
        patients.usual_minutes[patient] = -1
        patients.seeking[patient] = 1
        state.practitioners.panel[g] -= 1
        within = SOON if patients.ald[patient] else LATER
        later = draw(today.seed, SEEKS_AGAIN, today.day, who, 0) % within
        if not patients.ald[patient]:
            later += SOON
        patients.next_registration[patient] = min(today.day + later, NEVER)
        set_next_event(patients, patient)
        add(state.tally, patients, today.month, patient, LOST_GP, 1)
        tell(state, today.day, patient, SAID_LOST_GP, g, 0)


@njit(cache=True)
def close_practices(state, rules, today, closes):
    """Close practices without a successor, 1 in `closes` [practitioner]: appointments are called off."""
    requests = state.requests
    for row in range(requests.cursor[TOP]):
        if requests.status[row] == BOOKED and closes[requests.practitioner[row]]:
            ask_again(state, rules, today, row)
            requests.when[row] = today.day
    for g in range(closes.shape[0]):
        if closes[g]:
            empty_diary(state, g)


@njit(cache=True)
def empty_diary(state, g):
    """Leave a practice: nobody joins it any more, and its diary holds no slot."""
    state.practitioners.active[g] = 0
    state.practitioners.joining[g] = 0
    for pool in range(POOLS):
        for cell in range(HORIZON):
            for period in range(PERIODS):
                state.diary.free[g, pool, cell, period] = 0
                state.diary.laid[g, pool, cell, period] = 0


@njit(cache=True)
def open_practice(state, rules, today, g, open_days, weeks):
    """Open a practice (installation): lay its diary from today on, on the open days of the horizon."""
    state.practitioners.active[g] = 1
    state.practitioners.arrives[g] = -1
    for ahead in range(HORIZON):
        if open_days[ahead]:
            day = today.day + ahead
            weekday = (today.weekday + ahead) % 7
            lay_day(state, rules.more_slots, today.seed, g, day, weekday, weeks[ahead])
