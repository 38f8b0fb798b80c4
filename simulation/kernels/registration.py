"""Looking for a usual GP (médecin traitant): calls, acceptance, and joining a panel at the first visit."""

import numpy as np
from numba import njit

from simulation.kernels.codes import (
    DOOR_OTHER,
    HORIZON,
    NEVER,
    PLANNED,
    REGISTERED,
    REGISTRATION,
    SAID_NEED,
    SAID_REGISTERED,
)
from simulation.kernels.decisions import REGISTRATION_CALLED
from simulation.kernels.diary import WHOLE
from simulation.kernels.doors import MOST_CALLS, best_of, choices, hold, minutes_to, pick_practice
from simulation.kernels.person import set_next_event
from simulation.kernels.record import add
from simulation.kernels.request import is_open, luck_of, open_request
from simulation.kernels.story import tell


@njit(cache=True)
def look_for_usual_gp(state, rules, today, patient):
    """Somebody without a usual GP starts looking for one."""
    patients = state.patients
    patients.next_registration[patient] = NEVER
    if not patients.seeking[patient] or patients.usual_gp[patient] >= 0:
        return
    if is_open(patients, patient, REGISTRATION):
        return
    open_request(state, rules, today, patient, REGISTRATION, PLANNED, today.day, today.day, today.day)
    tell(state, today.day, patient, SAID_NEED, REGISTRATION, today.day)


@njit(cache=True)
def takes_on(practitioners, rules, g):
    """Tell whether a GP takes on a new patient: an open list, which overload may close, and room on it."""
    if practitioners.overload[g] > rules.closes:
        return False
    return (
        practitioners.active[g]
        and practitioners.accepts_new[g]
        and practitioners.panel[g] < practitioners.limit[g]
    )


@njit(cache=True)
def seek_usual_gp(state, rules, today, row, period):
    """Ask who pledged a place, then the GPs met this year, then some others, for a first visit as a new patient."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    if patients.usual_gp[patient] >= 0:
        return False
    pledged = np.int64(requests.practitioner[row])
    if pledged >= 0 and state.practitioners.active[pledged]:
        minutes = minutes_to(state, patients.commune[patient], pledged)
        if book_first_visit(state, today, row, pledged, minutes, period):
            return True
    met = -1
    if patients.gps_seen[patient] > patients.seen_gps.shape[1]:  # not all are known by name
        return call_round(state, rules, today, row, period)
    for place in range(patients.seen_gps.shape[1]):
        g = np.int64(patients.seen_gps[patient, place])
        if g >= 0 and takes_on(state.practitioners, rules, g) and (met < 0 or g < met):
            met = g
    if met >= 0:
        minutes = minutes_to(state, patients.commune[patient], met)
        if book_first_visit(state, today, row, met, minutes, period):
            return True
    return call_round(state, rules, today, row, period)


@njit(cache=True)
def call_round(state, rules, today, row, period):
    """Call practices drawn by the pull of what is near, as many as in a day of urgent calls."""
    requests = state.requests
    start, stop = choices(state, np.int64(requests.patient[row]))
    if start == stop:
        return False
    called = np.full(MOST_CALLS, -1, np.int64)
    for call in range(rules.practices_called):
        number = (requests.tries[row] & 255) * MOST_CALLS + call
        luck = luck_of(state, today.seed, row, REGISTRATION_CALLED, number)
        place = pick_practice(state.practitioners, state.reach, start, stop, luck, called, call, -1, -1)
        if place < 0:
            return False
        g = np.int64(state.reach.practitioner[place])
        called[call] = g
        minutes = np.int64(state.reach.minutes[place])
        if takes_on(state.practitioners, rules, g) and book_first_visit(
            state, today, row, g, minutes, period
        ):
            return True
    return False


@njit(cache=True)
def book_first_visit(state, today, row, g, minutes, period):
    """Book the first visit of somebody whom a GP takes on; one who gives no appointments sees him when he comes."""
    last = min(max(np.int64(state.requests.deadline[row]), today.day), today.day + HORIZON - 1)
    walk_in = state.practitioners.same_day_share[g] == WHOLE
    found, pool = best_of(state, today, g, today.day, last, period, walk_in)
    if found < 0:
        return False
    hold(state, today, row, g, minutes, pool, found, DOOR_OTHER)
    return True


@njit(cache=True)
def join_panel(state, today, patient, g, minutes):
    """Become a patient of a GP from tomorrow on (déclaration de médecin traitant)."""
    patients = state.patients
    patients.usual_gp[patient] = g
    patients.usual_minutes[patient] = minutes
    patients.seeking[patient] = 0
    patients.next_registration[patient] = NEVER
    set_next_event(patients, patient)
    state.practitioners.joining[g] += 1
    add(state.tally, patients, today.month, patient, REGISTERED, 1)
    tell(state, today.day, patient, SAID_REGISTERED, g, 0)


@njit(cache=True)
def think_of_asking(state, rules, today, patient, luck):
    """Seeing a GP, somebody without one of his own may ask to stay: he calls from the next day on.

    Not during the warm-up, when nobody loses a usual GP either.
    """
    patients = state.patients
    if today.day < today.first_day:
        return
    if patients.usual_gp[patient] >= 0 or not patients.seeking[patient] or luck >= rules.registers_when_met:
        return
    patients.next_registration[patient] = min(patients.next_registration[patient], today.day + 1)
    set_next_event(patients, patient)


@njit(cache=True)
def welcome(state):
    """Count the day's new patients in their GPs' panels."""
    practitioners = state.practitioners
    for g in range(practitioners.active.shape[0]):
        practitioners.panel[g] += practitioners.joining[g]
        practitioners.joining[g] = 0


@njit(cache=True)
def count_home_bound(state, people):
    """Add up the home-bound of each panel."""
    patients = state.patients
    for patient in range(patients.usual_gp.shape[0]):
        if patients.home_bound[patient] and patients.usual_gp[patient] >= 0:
            people[patients.usual_gp[patient]] += 1
