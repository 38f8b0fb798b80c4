"""Appointments are kept or missed (rendez-vous), and what a visit leads to."""

import numpy as np
from numba import njit

from simulation.kernels.codes import (
    ACTS,
    ACUTE,
    BOOKED,
    BY_USUAL,
    DEDICATED,
    DEDICATED_USED,
    GAVE_UP,
    GIVEN_BACK_SLOTS,
    HORIZON,
    LOST,
    MISSED,
    NEAREST_VISITS,
    RECONTACT,
    SAID_FORGONE,
    SAID_MISSED,
    SAID_NEED,
    SAID_VISITED,
    SEEKING,
    SEEN,
    SQUEEZED,
    SQUEEZED_SEEN,
    TODAY,
    TOP,
    TRAVEL_TENTHS,
    TRAVELLED_VISITS,
    VISITED,
    WITHIN_48H,
)
from simulation.kernels.decisions import GIVEN_BACK, NO_SHOW, RECONTACT_DAY
from simulation.kernels.decisions import RECONTACT as RECONTACT_DECISION
from simulation.kernels.record import add, note_gp_seen
from simulation.kernels.request import end_request, luck_of, open_request
from simulation.kernels.story import tell


@njit(cache=True)
def miss_appointments(state, rules, today):
    """Some do not come (lapins); most give the slot back in time for today's callers."""
    requests = state.requests
    for row in range(requests.cursor[TOP]):
        if requests.status[row] != BOOKED or requests.when[row] != today.day:
            continue
        new = requests.practitioner[row] != state.patients.usual_gp[requests.patient[row]]
        luck = luck_of(state, today.seed, row, NO_SHOW, requests.missed[row])
        if luck < rules.no_show[1 if new else 0]:
            miss(state, rules, today, row)


@njit(cache=True)
def miss(state, rules, today, row):
    """Miss an appointment: ask again the first time, give up the second."""
    requests = state.requests
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    add(state.tally, state.patients, today.month, patient, MISSED, 1)
    tell(state, today.day, patient, SAID_MISSED, g, np.int64(requests.kind[row]))
    if luck_of(state, today.seed, row, GIVEN_BACK, requests.missed[row]) < rules.given_back:
        cell = today.day & (HORIZON - 1)
        state.diary.free[g, requests.pool[row], cell, requests.period[row]] += 1
        add(state.tally, state.patients, today.month, patient, GIVEN_BACK_SLOTS, 1)
    elif today.month >= 0:
        state.tally.practice[today.month, g, LOST] += 1
    requests.missed[row] += 1
    if requests.missed[row] > 1:
        tell(state, today.day, patient, SAID_FORGONE, np.int64(requests.kind[row]), GAVE_UP)
        end_request(state, rules, today, row, GAVE_UP)
        return
    requests.status[row] = SEEKING
    requests.tries[row] = max(requests.tries[row], 1)
    requests.when[row] = today.next_open
    requests.deadline[row] = max(requests.deadline[row], today.day + rules.beyond)


@njit(cache=True)
def see_patients(state, rules, today):
    """See everybody whose appointment is today."""
    requests = state.requests
    for row in range(requests.cursor[TOP]):
        if requests.status[row] == BOOKED and requests.when[row] == today.day:
            see(state, rules, today, row)


@njit(cache=True)
def see(state, rules, today, row):
    """A visit (consultation): it is counted, and an episode may call for another within days."""
    requests, patients = state.requests, state.patients
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    kind, urgency = np.int64(requests.kind[row]), np.int64(requests.urgency[row])
    began = np.int64(requests.began[row])
    again = kind == ACUTE and luck_of(state, today.seed, row, RECONTACT_DECISION, 0) < rules.recontact
    later = 4 + luck_of(state, today.seed, row, RECONTACT_DAY, 0) % 9
    count_visit(state, today, row)
    note_gp_seen(patients, patient, g)
    tell(state, today.day, patient, SAID_VISITED, g, kind)
    end_request(state, rules, today, row, VISITED)
    if again:
        day = today.day + later
        urgency = WITHIN_48H if urgency == TODAY else urgency
        open_request(state, rules, today, patient, RECONTACT, urgency, began, day, day)
        tell(state, today.day, patient, SAID_NEED, RECONTACT, urgency)


@njit(cache=True)
def count_visit(state, today, row):
    """Count a visit: through which door, how far, by whom."""
    requests, patients, tally = state.requests, state.patients, state.tally
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    minutes = np.int64(requests.minutes[row])
    month = today.month
    if month < 0:
        return
    add(tally, patients, month, patient, ACTS, 1)
    add(tally, patients, month, patient, BY_USUAL + requests.door[row], 1)
    tally.practice[month, g, SEEN] += 1
    if requests.pool[row] == SQUEEZED:
        tally.practice[month, g, SQUEEZED_SEEN] += 1
    if requests.pool[row] == DEDICATED:
        tally.practice[month, g, DEDICATED_USED] += 1
    if minutes >= 0:
        add(tally, patients, month, patient, TRAVELLED_VISITS, 1)
        add(tally, patients, month, patient, TRAVEL_TENTHS, minutes)
        nearest = state.reach.nearest[patients.commune[patient]]
        add(tally, patients, month, patient, NEAREST_VISITS, 1 if minutes <= nearest else 0)
