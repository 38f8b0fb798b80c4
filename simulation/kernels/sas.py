"""The care access service (SAS): a regulator advises, finds a slot within 48 hours, or sends to the ED."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ADVISED,
    DOOR_OTHER,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    SAID_ADVISED,
    SAID_EMERGENCY,
    SAS_BOOKED,
    SAS_CALLS,
    SAS_SENT,
    SCHEDULED,
    WITHIN_48H,
)
from simulation.kernels.decisions import SAS_CALLED, SAS_CALLED_OUT_OF_HOURS, SAS_COVERS, SAS_OUTCOME
from simulation.kernels.doors import best_of, choices, first_day_of, hold, last_day_of
from simulation.kernels.emergency import go_to_the_ed
from simulation.kernels.person import key_of
from simulation.kernels.record import add
from simulation.kernels.request import end_request, luck_of
from simulation.kernels.story import tell


@njit(cache=True)
def rings_the_15(state, rules, today, row):
    """Tell whether somebody whose GP could not answer rings the 15: once for a request, on its first day."""
    requests = state.requests
    if requests.urgency[row] > WITHIN_48H or requests.tries[row] > 0:
        return False
    who = key_of(state, np.int64(requests.patient[row]))
    if draw(today.seed, SAS_COVERS, 0, who, 0) >= rules.sas_covers:
        return False
    return luck_of(state, today.seed, row, SAS_CALLED, 0) < rings_of(state, row)


@njit(cache=True)
def rings_of(state, row):
    """Look up how likely somebody without an answer is to ring the 15: it is better known where people were told."""
    return state.places.sas_called[state.patients.commune[state.requests.patient[row]]]


@njit(cache=True)
def regulate(state, rules, today, row, period):
    """Regulate a call (régulation médicale): advice closes it, a slot answers it, the ED takes it.

    When no volunteer has a slot the caller goes on to the next door.
    """
    return advise_or_send(state, rules, today, row, SAS_OUTCOME) or find_volunteer(
        state, rules, today, row, period
    )


@njit(cache=True)
def rings_out_of_hours(state, rules, today, row):
    """Tell whether somebody rings the 15 when practices are closed."""
    who = key_of(state, np.int64(state.requests.patient[row]))
    if draw(today.seed, SAS_COVERS, 0, who, 0) >= rules.sas_covers:
        return False
    return luck_of(state, today.seed, row, SAS_CALLED_OUT_OF_HOURS, 0) < rings_of(state, row)


@njit(cache=True)
def advise_or_send(state, rules, today, row, decision):
    """Close a call with advice or send the caller to the ED; otherwise somebody should see him."""
    patients, patient = state.patients, np.int64(state.requests.patient[row])
    add(state.tally, patients, today.month, patient, SAS_CALLS, 1)
    luck = luck_of(state, today.seed, row, decision, 0)
    if luck < rules.sas_outcome[0]:
        tell(state, today.day, patient, SAID_ADVISED, np.int64(state.requests.kind[row]), 0)
        end_request(state, rules, today, row, ADVISED)
        return True
    if luck < rules.sas_outcome[1]:
        return False
    add(state.tally, patients, today.month, patient, SAS_SENT, 1)
    go_to_the_ed(state, rules, today, patient, ED_WANT_OF_SLOT)
    tell(state, today.day, patient, SAID_EMERGENCY, np.int64(state.requests.kind[row]), 0)
    end_request(state, rules, today, row, EMERGENCY_END)
    return True


@njit(cache=True)
def find_volunteer(state, rules, today, row, period):
    """Book the earliest slot that a volunteer within reach shows, within two days; the nearest first.

    Such slots are seen by the regulator, not kept for him: whoever is first takes them.
    """
    patient = np.int64(state.requests.patient[row])
    first = first_day_of(state, today, row)
    last = min(last_day_of(state, rules, today, row), today.day + 2)
    start, stop = choices(state, patient)
    best, best_place, best_pool = -1, -1, SCHEDULED
    for place in range(start, stop):
        g = np.int64(state.reach.practitioner[place])
        if not state.practitioners.sas[g] or not state.practitioners.active[g]:
            continue
        found, pool = best_of(state, today, g, first, last, period, first == today.day)
        if found >= 0 and (best < 0 or found < best):
            best, best_place, best_pool = found, place, pool
    if best < 0:
        return False
    g, minutes = np.int64(state.reach.practitioner[best_place]), np.int64(state.reach.minutes[best_place])
    hold(state, today, row, g, minutes, best_pool, best, DOOR_OTHER)
    if today.month >= 0:
        state.tally.practice[today.month, g, SAS_BOOKED] += 1
    return True
