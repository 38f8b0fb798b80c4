"""The day's doors close (soir): who still has no answer turns to the duty doctor, waits, goes to the ED or gives up."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import TURNS
from simulation.kernels.calls import bring_request
from simulation.kernels.codes import (
    BY_DUTY,
    DOOR_DUTY,
    DUTY,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    EVENING,
    RECONTACT,
    RECOVERED_END,
    REGISTRATION,
    SAID_EMERGENCY,
    SAID_FORGONE,
    SAID_VISITED,
    SAID_WAITS,
    SAID_WORSENED,
    SEEKING,
    TODAY,
    VISITED,
    WITHIN_48H,
)
from simulation.kernels.decisions import COURSE_OF_ILLNESS, DUTY_KNOWN, SAS_OUTCOME_OUT_OF_HOURS, SPILL
from simulation.kernels.emergency import go_to_the_ed
from simulation.kernels.record import add
from simulation.kernels.request import end_request, forgo, luck_of
from simulation.kernels.sas import advise_or_send, rings_out_of_hours
from simulation.kernels.story import tell


@njit(cache=True)
def regulate_out_of_hours(state, rules, today, row):
    """When practices are closed: some ring the 15, others go straight to the duty doctor if they think of him."""
    if not rings_out_of_hours(state, rules, today, row):
        commune = state.patients.commune[state.requests.patient[row]]
        known = luck_of(state, today.seed, row, DUTY_KNOWN, 0) < state.places.duty_known[commune]
        return known and find_duty_doctor(state, rules, today, row)
    if advise_or_send(state, rules, today, row, SAS_OUTCOME_OUT_OF_HOURS):
        return True
    return find_duty_doctor(state, rules, today, row)


@njit(cache=True)
def wait(state, rules, today, row):
    """Wait for another day of calls; meanwhile an illness may end by itself or get worse (évolution)."""
    requests = state.requests
    urgent = requests.urgency[row] <= WITHIN_48H
    requests.when[row] = today.day + 1 if urgent else today.next_open
    if requests.kind[row] >= REGISTRATION and today.open:
        requests.when[row] = today.day + rules.registration_every
    if requests.kind[row] > RECONTACT or requests.contact[row] > today.day:
        return
    patient = np.int64(requests.patient[row])
    luck = luck_of(state, today.seed, row, COURSE_OF_ILLNESS, today.day - np.int64(requests.contact[row]))
    if luck < rules.course[0]:
        tell(state, today.day, patient, SAID_FORGONE, np.int64(requests.kind[row]), RECOVERED_END)
        end_request(state, rules, today, row, RECOVERED_END)
    elif luck < rules.course[1] and requests.urgency[row] > TODAY:
        requests.urgency[row] -= 1
        requests.when[row] = today.day + 1
        tell(
            state,
            today.day,
            patient,
            SAID_WORSENED,
            np.int64(requests.kind[row]),
            np.int64(requests.urgency[row]),
        )


@njit(cache=True)
def find_duty_doctor(state, rules, today, row):
    """See the duty doctor (permanence des soins) in the evening or on a closed day, while he has room."""
    requests = state.requests
    patient = np.int64(requests.patient[row])
    basin = state.places.basin[state.patients.commune[patient]]
    if state.rounds.duty[basin] <= 0:
        return False
    state.rounds.duty[basin] -= 1
    requests.door[row] = DOOR_DUTY
    requests.pool[row] = DUTY
    requests.period[row] = EVENING
    add(state.tally, state.patients, today.month, patient, BY_DUTY, 1)
    tell(state, today.day, patient, SAID_VISITED, -1, np.int64(requests.kind[row]))
    end_request(state, rules, today, row, VISITED)
    return True


@njit(cache=True)
def spill(state, rules, today, row):
    """Every door failed for somebody who cannot wait: the ED, a longer wait, or giving up."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    chances = state.places.spill[patients.commune[patient], patients.deprived[patient]]
    luck = luck_of(state, today.seed, row, SPILL, requests.extended[row])
    if luck < chances[0]:
        go_to_the_ed(state, rules, today, patient, ED_WANT_OF_SLOT)
        tell(state, today.day, patient, SAID_EMERGENCY, np.int64(requests.kind[row]), 0)
        end_request(state, rules, today, row, EMERGENCY_END)
    elif luck < chances[1] and not requests.extended[row]:
        requests.extended[row] = 1
        requests.deadline[row] = today.day + rules.beyond
        requests.when[row] = today.next_open
        tell(state, today.day, patient, SAID_WAITS, np.int64(requests.kind[row]), today.day + rules.beyond)
    else:
        forgo(state, rules, today, row)


@njit(cache=True)
def close_doors(state, rules, today, rows):
    """Decide at the end of the day for those still without an answer, in the order in which they phoned."""
    requests = state.requests
    for place in range(rows.shape[0]):
        if place + TURNS < rows.shape[0]:
            bring_request(requests, rows[place + TURNS])
        row = rows[place]
        if requests.status[row] != SEEKING or requests.when[row] > today.day:
            continue
        urgent = requests.urgency[row] <= WITHIN_48H
        late = requests.deadline[row] <= today.day
        out_of_hours = urgent and (late or (requests.urgency[row] == TODAY and today.weekend))
        if out_of_hours and regulate_out_of_hours(state, rules, today, row):
            continue
        if not late:
            wait(state, rules, today, row)
        elif urgent:
            spill(state, rules, today, row)
        else:
            forgo(state, rules, today, row)
