"""Other roles than GPs (autres professionnels): who is near, and requests that go to them."""

import numpy as np
from numba import njit

from simulation.kernels.codes import (
    ADVANCED_NURSE,
    BREAST,
    CERVICAL,
    DOOR_OTHER,
    HORIZON,
    MIDWIFE,
    NURSE,
    PHARMACIST,
    PHYSIOTHERAPIST,
    PRACTICE_NURSE,
    PREVENTION,
    ROLES,
    SCHEDULED,
    VISITED,
)
from simulation.kernels.decisions import BREAST_DELAY, ROLE_CALLED
from simulation.kernels.diary import earliest
from simulation.kernels.doors import MOST_CALLS, hold, pick_practice, try_usual_gp
from simulation.kernels.request import end_request, luck_of


@njit(cache=True)
def book_with(state, rules, today, row, role, pool, last, period, door):
    """Ask some practitioners of a role, drawn by the pull of what is near; book the earliest slot, if any.

    An advanced or practice nurse works for the patients of her house.
    """
    practitioners, others = state.practitioners, state.others
    patient = np.int64(state.requests.patient[row])
    place = role * (state.places.number.shape[0]) + state.patients.commune[patient]
    start, stop = np.int64(others.first[place]), np.int64(others.first[place + 1])
    if not state.patients.car[patient]:
        stop = start + np.int64(others.on_foot[place])
    if start == stop:
        return False
    first = max(np.int64(state.requests.wanted[row]), today.day)
    called = np.full(MOST_CALLS, -1, np.int64)
    best, best_place = -1, -1
    for call in range(rules.practices_called):
        number = ((state.requests.tries[row] & 255) * MOST_CALLS + call) * ROLES + role
        luck = luck_of(state, today.seed, row, ROLE_CALLED, number)
        near = pick_practice(practitioners, others, start, stop, luck, called, call, -1, -1)
        if near < 0:
            break
        g = np.int64(others.practitioner[near])
        called[call] = g
        if not works_for(state, patient, g, role):
            continue
        found = earliest(state.diary, g, pool, first, last, today.day, period)
        if found >= 0 and (best < 0 or found < best):
            best, best_place = found, near
    if best < 0:
        return False
    g = np.int64(others.practitioner[best_place])
    hold(state, today, row, g, np.int64(others.minutes[best_place]), pool, best, door)
    return True


@njit(cache=True)
def works_for(state, patient, g, role):
    """Tell whether a practitioner may see a person: nurses of a house see the patients of its GPs."""
    if role not in (ADVANCED_NURSE, PRACTICE_NURSE):
        return True
    usual, house = np.int64(state.patients.usual_gp[patient]), state.practitioners.structure[g]
    return house >= 0 and usual >= 0 and state.practitioners.structure[usual] == house


@njit(cache=True)
def ask_role(state, rules, today, row, role, period):
    """Ask for a visit to a role, until patience ends; only nurses and physiotherapists go to the home-bound."""
    requests = state.requests
    patient = np.int64(requests.patient[row])
    if state.patients.home_bound[patient] and role not in (NURSE, PHYSIOTHERAPIST):
        return False
    last = min(max(np.int64(requests.deadline[row]), today.day), today.day + HORIZON - 1)
    return book_with(state, rules, today, row, role, SCHEDULED, last, period, DOOR_OTHER)


@njit(cache=True)
def seek_other_care(state, rules, today, row, period):
    """Answer a referral or a prevention request, which do not climb the ladder of urgent care."""
    requests = state.requests
    if requests.kind[row] != PREVENTION:
        return ask_role(state, rules, today, row, np.int64(requests.sought[row]), period)
    programme = np.int64(requests.sought[row])
    if programme == BREAST:
        return go_to_radiologist(state, rules, today, row)
    role = MIDWIFE if programme == CERVICAL else PHARMACIST
    if ask_role(state, rules, today, row, role, period):
        return True
    if role == PHARMACIST and ask_role(state, rules, today, row, NURSE, period):
        return True
    return try_usual_gp(state, rules, today, row, period)


@njit(cache=True)
def go_to_radiologist(state, rules, today, row):
    """Wait for a mammography: radiologists have no diary, their delay is drawn once."""
    requests = state.requests
    if state.patients.home_bound[requests.patient[row]]:
        return False
    later = np.int64(rules.breast_days[luck_of(state, today.seed, row, BREAST_DELAY, 0) >> 22])
    day = np.int64(requests.contact[row]) + later
    if today.day >= day:
        end_request(state, rules, today, row, VISITED)
    else:
        requests.when[row] = day
        requests.deadline[row] = max(np.int64(requests.deadline[row]), day + 7)
    return True
