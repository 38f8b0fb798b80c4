"""Appointments that are not kept (lapins): some slots come back in time, and most ask again."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import TURNS, bring
from simulation.kernels.codes import (
    GAVE_UP,
    GIVEN_BACK_SLOTS,
    HORIZON,
    LOST,
    MISSED,
    SAID_FORGONE,
    SAID_MISSED,
    SEEKING,
)
from simulation.kernels.decisions import GIVEN_BACK, NO_SHOW
from simulation.kernels.due import who_come
from simulation.kernels.person import bring_history, bring_person
from simulation.kernels.record import add
from simulation.kernels.request import end_request, luck_of
from simulation.kernels.story import tell


@njit(cache=True)
def miss_appointments(state, rules, today):
    """Some do not come (lapins); most give the slot back in time for today's callers. In hospital one cancels."""
    requests = state.requests
    rows = who_come(requests, today.day)
    for place in range(rows.shape[0]):
        look_ahead(state, rows, place)
        row = np.int64(rows[place])
        if state.patients.in_hospital[requests.patient[row]]:
            give_slot_back(state, today, row)
            ask_again(state, rules, today, row)
            continue
        new = requests.practitioner[row] != state.patients.usual_gp[requests.patient[row]]
        luck = luck_of(state, today.seed, row, NO_SHOW, requests.missed[row])
        if luck < rules.no_show[1 if new else 0]:
            miss(state, rules, today, row)


@njit(cache=True)
def look_ahead(state, rows, place):
    """Bring near what the visits that follow in some turns are about: the request, then the person."""
    if place + 2 * TURNS < rows.shape[0]:
        bring(state.requests.patient, rows[place + 2 * TURNS])
    if place + TURNS < rows.shape[0]:
        patient = np.int64(state.requests.patient[rows[place + TURNS]])
        bring_person(state.patients, patient)
        bring_history(state.patients, patient)


@njit(cache=True)
def give_slot_back(state, today, row):
    """Free the slot of an appointment of today."""
    requests = state.requests
    g, cell = np.int64(requests.practitioner[row]), today.day & (HORIZON - 1)
    state.diary.free[g, requests.pool[row], cell, requests.period[row]] += 1


@njit(cache=True)
def miss(state, rules, today, row):
    """Miss an appointment: ask again the first time, give up the second."""
    requests = state.requests
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    add(state.tally, state.patients, today.month, patient, MISSED, 1)
    tell(state, today.day, patient, SAID_MISSED, g, np.int64(requests.kind[row]))
    if luck_of(state, today.seed, row, GIVEN_BACK, requests.missed[row]) < rules.given_back:
        give_slot_back(state, today, row)
        add(state.tally, state.patients, today.month, patient, GIVEN_BACK_SLOTS, 1)
    elif today.month >= 0:
        state.tally.practice[today.month, g, LOST] += 1
    requests.missed[row] += 1
    if requests.missed[row] > 1:
        tell(state, today.day, patient, SAID_FORGONE, np.int64(requests.kind[row]), GAVE_UP)
        end_request(state, rules, today, row, GAVE_UP)
        return
    ask_again(state, rules, today, row)


@njit(cache=True)
def ask_again(state, rules, today, row):
    """Look for an answer again from the next opening on, with some more days of patience."""
    requests = state.requests
    requests.status[row] = SEEKING
    requests.practitioner[row] = -1
    requests.tries[row] = max(requests.tries[row], 1)
    requests.when[row] = today.next_open
    requests.deadline[row] = max(requests.deadline[row], today.day + rules.beyond)
