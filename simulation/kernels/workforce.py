"""Practices close and open (départs, installations): panels are left behind, diaries are emptied or laid."""

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
from simulation.kernels.person import key_of, set_next_event
from simulation.kernels.record import add
from simulation.kernels.story import tell
from simulation.kernels.visits import ask_again

SOON, LATER = 14, 90


@njit(cache=True)
def leave_panel(state, today, g, stays):
    """Part with a GP (départ): whoever does not stay with the successor seeks a usual GP, ALD first.

    `stays` is the threshold of staying, 0 without a successor.
    """
    patients = state.patients
    for patient in range(patients.usual_gp.shape[0]):
        if patients.usual_gp[patient] != g:
            continue
        who = key_of(state, patient)
        if draw(today.seed, STAYS_WITH_SUCCESSOR, today.day, who, 0) < stays:
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
def close_practice(state, rules, today, g):
    """Close a practice without a successor: appointments are called off, the diary is emptied."""
    requests, practitioners = state.requests, state.practitioners
    practitioners.active[g] = 0
    practitioners.joining[g] = 0
    for row in range(requests.cursor[TOP]):
        if requests.status[row] == BOOKED and requests.practitioner[row] == g:
            ask_again(state, rules, today, row)
            requests.when[row] = today.day
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
