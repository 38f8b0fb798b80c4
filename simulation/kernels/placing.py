"""A coordinator calls people (appels de la CPTS): a place with a GP who pledged one, a programme of prevention."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    BOOKED,
    FOLLOW_UP,
    INVITED_PEOPLE,
    NEVER,
    PLACED,
    PLANNED,
    PROGRAMMES,
    REGISTRATION,
    REMINDED,
    SAID_CALLED,
    SEEKING,
    TOP,
)
from simulation.kernels.decisions import CONVERTS, INVITED, PLACING_ORDER
from simulation.kernels.decisions import REMINDED as REMINDED_DECISION
from simulation.kernels.doors import choices
from simulation.kernels.person import is_targeted, key_of, set_next_event
from simulation.kernels.record import add
from simulation.kernels.request import is_open, open_request
from simulation.kernels.story import tell


@njit(cache=True)
def people_of(state, cpts, without_gp):
    """List the people of a CPTS in the order of their calls: ALD first, then by luck; `without_gp` of 1 keeps those."""
    patients, count = state.patients, 0
    rows = np.empty(patients.commune.shape[0], np.int64)
    for patient in range(patients.commune.shape[0]):
        lives = patients.alive[patient] and not patients.visitor[patient]
        if not lives or state.places.cpts[patients.commune[patient]] != cpts:
            continue
        if without_gp and patients.usual_gp[patient] >= 0:
            continue
        rows[count] = patient
        count += 1
    return rows[:count]


@njit(cache=True)
def in_order_of_calls(state, today, rows):
    """Sort people: long-term condition first, then luck, then row."""
    keys = np.empty(rows.shape[0], np.uint64)
    for place in range(rows.shape[0]):
        patient = rows[place]
        luck = draw(today.seed, PLACING_ORDER, today.day, key_of(state, patient), 0)
        key = np.uint64(0 if state.patients.ald[patient] else 1) << np.uint64(63)
        keys[place] = key | (np.uint64(luck) << np.uint64(31)) | np.uint64(patient)
    return rows[np.argsort(keys)]


@njit(cache=True)
def place_patients(state, rules, today, cpts, pledges):
    """Call people without a usual GP and give each the nearest place pledged; give the number of calls made.

    `pledges` is [practitioner] places left, and is used up. Whoever was not looking may be convinced.
    """
    calls, left = 0, pledges.sum()
    for patient in in_order_of_calls(state, today, people_of(state, cpts, 1)):
        if left <= 0:
            break
        g = nearest_pledge(state, patient, pledges)
        if g < 0 or has_visit(state, patient):
            continue
        calls += 1
        luck = draw(today.seed, CONVERTS, today.day, key_of(state, patient), 0)
        if not state.patients.seeking[patient] and luck >= rules.converts:
            continue
        pledges[g] -= 1
        left -= 1
        offer_place(state, rules, today, patient, g)
    return calls


@njit(cache=True)
def nearest_pledge(state, patient, pledges):
    """Find the nearest GP within reach of a person with a pledged place left; -1 if none."""
    start, stop = choices(state, patient)
    for place in range(start, stop):
        g = np.int64(state.reach.practitioner[place])
        if pledges[g] > 0 and state.practitioners.active[g]:
            return g
    return -1


@njit(cache=True)
def remind_follow_ups(state, rules, today, cpts, calls):
    """Call people whose follow-up was given up; some ask for another at once. Give the number of calls made."""
    patients, made = state.patients, 0
    for patient in in_order_of_calls(state, today, people_of(state, cpts, 0)):
        if made >= calls:
            break
        if not patients.lapsed[patient] or is_open(patients, patient, FOLLOW_UP):
            continue
        if patients.next_follow_up[patient] == NEVER:
            continue
        made += 1
        add(state.tally, patients, today.month, patient, REMINDED, 1)
        if draw(today.seed, REMINDED_DECISION, today.day, key_of(state, patient), 0) < rules.reminded:
            patients.lapsed[patient] = 0
            patients.next_follow_up[patient] = today.day
            patients.follow_up_lead[patient] = 0
            set_next_event(patients, patient)
    return made


@njit(cache=True)
def has_visit(state, patient):
    """Tell whether a person already has a first visit with a GP ahead."""
    requests = state.requests
    if not is_open(state.patients, patient, REGISTRATION):
        return False
    for row in range(requests.cursor[TOP]):
        mine = requests.status[row] == BOOKED and requests.patient[row] == patient
        if mine and requests.kind[row] == REGISTRATION:
            return True
    return False


@njit(cache=True)
def offer_place(state, rules, today, patient, g):
    """Have a person call the GP who pledged a place, today."""
    patients, requests = state.patients, state.requests
    patients.seeking[patient] = 1
    patients.next_registration[patient] = NEVER
    set_next_event(patients, patient)
    if not is_open(patients, patient, REGISTRATION):
        open_request(state, rules, today, patient, REGISTRATION, PLANNED, today.day, today.day, today.day)
    for row in range(requests.cursor[TOP]):
        mine = requests.status[row] == SEEKING and requests.patient[row] == patient
        if mine and requests.kind[row] == REGISTRATION:
            requests.practitioner[row] = g
            requests.when[row] = today.day
    add(state.tally, patients, today.month, patient, PLACED, 1)
    tell(state, today.day, patient, SAID_CALLED, g, REGISTRATION)


@njit(cache=True)
def invite(state, rules, today, cpts, calls):
    """Call people who do not follow a programme meant for them; some join it; give the number of calls made."""
    patients, made = state.patients, 0
    for patient in in_order_of_calls(state, today, people_of(state, cpts, 0)):
        if made >= calls:
            break
        programme = not_followed(patients, patient, today.day)
        if programme < 0:
            continue
        made += 1
        add(state.tally, patients, today.month, patient, INVITED_PEOPLE, 1)
        if draw(today.seed, INVITED, today.day, key_of(state, patient), programme) < rules.invited:
            patients.joins[patient] |= 1 << programme
            patients.next_prevention[patient] = min(
                np.int64(patients.next_prevention[patient]), today.day + 1
            )
            set_next_event(patients, patient)
            tell(state, today.day, patient, SAID_CALLED, -1, programme)
    return made


@njit(cache=True)
def not_followed(patients, patient, day):
    """Find a programme for a person who neither follows it nor is up to date; -1 if none."""
    for programme in range(PROGRAMMES):
        if (patients.joins[patient] >> programme) & 1 or not is_targeted(patients, patient, programme):
            continue
        if patients.up_to_date[patient, programme] < day:
            return programme
    return -1
