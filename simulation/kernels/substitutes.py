"""Doors that open when no practice does: protocols, walk-in sessions, teleconsultation, the mobile unit."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ACTS,
    ADDED_DEMAND,
    ADVANCED_NURSE,
    BY_MOBILE,
    BY_TELECARE,
    DOOR_PROTOCOL,
    DOOR_WALK_IN,
    FOLLOW_UP,
    HORIZON,
    NURSE,
    PERIODS,
    PHARMACIST,
    PLANNED,
    PRACTICE_NURSE,
    SAID_TURNED_AWAY,
    SAID_VISITED,
    SAME_DAY,
    SCHEDULED,
    SHARED_FOLLOW_UPS,
    TELECARE,
    TURNED_AWAY,
    VISITED,
)
from simulation.kernels.decisions import (
    ACCEPTS_SUBSTITUTE,
    COMPETENCE,
    SHARED_FOLLOW_UP,
    TELECARE_SUCCEEDS,
    WALK_IN_KNOWN,
)
from simulation.kernels.decisions import ADDED_DEMAND as ADDED_DEMAND_DECISION
from simulation.kernels.doors import choices, hold, last_day_of
from simulation.kernels.others import book_with
from simulation.kernels.person import key_of
from simulation.kernels.record import add, class_of
from simulation.kernels.request import end_request, luck_of
from simulation.kernels.story import tell

MOBILE_ROW, TELECARE_ROW = -2, -3
"""What a biography says instead of a practitioner's row."""


@njit(cache=True)
def try_substitutes(state, rules, today, row, period):
    """Try in turn what the kind of request allows: a protocol, a walk-in session, a remote visit, the mobile unit."""
    requests = state.requests
    if try_protocols(state, rules, today, row, period):
        return True
    if requests.urgency[row] == PLANNED:
        return False
    if try_walk_in(state, rules, today, row, period):
        return True
    return try_telecare(state, rules, today, row) or try_mobile_unit(state, rules, today, row)


@njit(cache=True)
def may_serve(state, rules, today, row, substitute):
    """Tell whether a need is simple enough for a substitute, whom the person accepts; once turned away, no more."""
    requests = state.requests
    request_class = class_of(requests.kind[row], requests.urgency[row])
    if requests.turned[row] or rules.competence[substitute, request_class] == 0:
        return False
    if luck_of(state, today.seed, row, COMPETENCE, 0) >= rules.competence[substitute, request_class]:
        return False
    who = key_of(state, np.int64(requests.patient[row]))
    return draw(today.seed, ACCEPTS_SUBSTITUTE, 0, who, substitute) < rules.accepts[substitute]


@njit(cache=True)
def try_protocols(state, rules, today, row, period):
    """See a pharmacist, a nurse, or a nurse of the house who has a larger competence (protocole de coopération)."""
    requests = state.requests
    planned = requests.urgency[row] == PLANNED
    last = min(max(np.int64(requests.deadline[row]), today.day), today.day + HORIZON - 1)
    if not planned:
        last = min(last, today.day + 2)
    pool = SCHEDULED if planned else SAME_DAY
    for role in (PHARMACIST, NURSE, ADVANCED_NURSE, PRACTICE_NURSE):
        if not may_serve(state, rules, today, row, role):
            continue
        if book_with(state, rules, today, row, role, pool, last, period, DOOR_PROTOCOL):
            draw_demand(state, rules, today, row)
            return True
    return False


@njit(cache=True)
def try_pathway(state, rules, today, row, period):
    """Be followed by a nurse in turn with the GP, where a CPTS has a protocol for it (parcours)."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    cpts = state.places.cpts[patients.commune[patient]]
    if requests.kind[row] != FOLLOW_UP or requests.turned[row] or cpts < 0:
        return False
    if luck_of(state, today.seed, row, SHARED_FOLLOW_UP, 0) >= state.numbers.pathway[cpts]:
        return False
    who, last = key_of(state, patient), last_day_of(state, rules, today, row)
    for role in (ADVANCED_NURSE, PRACTICE_NURSE, NURSE):
        if patients.home_bound[patient] and role != NURSE:
            continue
        if draw(today.seed, ACCEPTS_SUBSTITUTE, 0, who, role) >= rules.accepts[role]:
            continue
        if book_with(state, rules, today, row, role, SCHEDULED, last, period, DOOR_PROTOCOL):
            add(state.tally, patients, today.month, patient, SHARED_FOLLOW_UPS, 1)
            return True
    return False


@njit(cache=True)
def draw_demand(state, rules, today, row):
    """An easy door draws people who would not have asked (demande ajoutée): another slot of the session goes."""
    requests = state.requests
    if luck_of(state, today.seed, row, ADDED_DEMAND_DECISION, 0) >= rules.added:
        return
    g, pool, period = np.int64(requests.practitioner[row]), requests.pool[row], requests.period[row]
    cell = requests.when[row] & (HORIZON - 1)
    if state.diary.free[g, pool, cell, period] > 0:
        state.diary.free[g, pool, cell, period] -= 1
        if today.month >= 0:
            state.tally.practice[today.month, g, ADDED_DEMAND] += 1


@njit(cache=True)
def try_walk_in(state, rules, today, row, period):
    """Go and queue at the nearest session without appointments of the day (consultation sans rendez-vous)."""
    patient = np.int64(state.requests.patient[row])
    if luck_of(state, today.seed, row, WALK_IN_KNOWN, 0) >= rules.walk_in_known:
        return False
    start, stop = choices(state, patient)
    for place in range(start, stop):
        g = np.int64(state.reach.practitioner[place])
        if not state.practitioners.active[g]:
            continue
        for session in range(period, PERIODS):
            if not state.practitioners.walk_in[g, today.weekday, session]:
                continue
            if state.diary.free[g, SAME_DAY, today.day & (HORIZON - 1), session] > 0:
                minutes = np.int64(state.reach.minutes[place])
                hold(state, today, row, g, minutes, SAME_DAY, today.day * PERIODS + session, DOOR_WALK_IN)
                return True
    return False


@njit(cache=True)
def try_telecare(state, rules, today, row):
    """Consult a doctor at a distance, at once, while there is room; some needs want a hand on the body."""
    patient = np.int64(state.requests.patient[row])
    basin = state.places.basin[state.patients.commune[patient]]
    if state.rounds.telecare[basin] <= 0 or not may_serve(state, rules, today, row, TELECARE):
        return False
    state.rounds.telecare[basin] -= 1
    if luck_of(state, today.seed, row, TELECARE_SUCCEEDS, 0) >= rules.succeeds[TELECARE]:
        turn_away(state, today, row)
        return False
    add(state.tally, state.patients, today.month, patient, BY_TELECARE, 1)
    tell(state, today.day, patient, SAID_VISITED, TELECARE_ROW, np.int64(state.requests.kind[row]))
    end_request(state, rules, today, row, VISITED)
    return True


@njit(cache=True)
def turn_away(state, today, row):
    """A substitute could not settle the need: a doctor must be seen."""
    patient = np.int64(state.requests.patient[row])
    state.requests.turned[row] = 1
    add(state.tally, state.patients, today.month, patient, TURNED_AWAY, 1)
    tell(state, today.day, patient, SAID_TURNED_AWAY, np.int64(state.requests.practitioner[row]), 0)


@njit(cache=True)
def try_mobile_unit(state, rules, today, row):
    """Go to the mobile unit (médicobus) on the day it stops near by, while it has room."""
    patient = np.int64(state.requests.patient[row])
    unit = state.rounds.mobile[state.patients.commune[patient]]
    if unit < 0 or state.rounds.mobile_left[unit] <= 0:
        return False
    state.rounds.mobile_left[unit] -= 1
    add(state.tally, state.patients, today.month, patient, BY_MOBILE, 1)
    add(state.tally, state.patients, today.month, patient, ACTS, 1)
    tell(state, today.day, patient, SAID_VISITED, MOBILE_ROW, np.int64(state.requests.kind[row]))
    end_request(state, rules, today, row, VISITED)
    return True
