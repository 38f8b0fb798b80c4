"""Appointments are kept (rendez-vous), and what a visit leads to."""

import numpy as np
from numba import njit

from simulation.kernels.codes import (
    ACTS,
    ACUTE,
    BOOKED,
    BY_PROTOCOL,
    BY_USUAL,
    CARRIED_TRIPS,
    DAYS_BY_USUAL,
    DEDICATED,
    DEDICATED_USED,
    DOOR_PROTOCOL,
    GP,
    HOME,
    HOME_VISITS,
    KINDS,
    NEAREST_VISITS,
    NURSE,
    ON_DEMAND,
    PHYSIOTHERAPIST,
    RECONTACT,
    REFERRAL,
    REGISTRATION,
    SAID_NEED,
    SAID_REFERRED,
    SAID_VISITED,
    SEEN,
    SPECIALIST_DAYS,
    SPECIALIST_REFERRALS,
    SQUEEZED,
    SQUEEZED_SEEN,
    TODAY,
    TRAVEL_TENTHS,
    TRAVELLED_VISITS,
    VISITED,
    WAITED_DAYS,
    WITHIN_48H,
)
from simulation.kernels.decisions import (
    PREVENTION_ON_THE_WAY,
    PROTOCOL_SUCCEEDS,
    RECONTACT_DAY,
    REFERRED,
    REGISTERS_WHEN_MET,
    SPECIALIST_DELAY,
    SPECIALTY,
)
from simulation.kernels.decisions import RECONTACT as RECONTACT_DECISION
from simulation.kernels.due import who_come
from simulation.kernels.missed import ask_again, look_ahead
from simulation.kernels.need import refer
from simulation.kernels.prevention import prevent_on_the_way
from simulation.kernels.record import add, note_gp_seen
from simulation.kernels.registration import join_panel, think_of_asking
from simulation.kernels.request import end_request, is_open, luck_of, open_request
from simulation.kernels.stays import note_contact
from simulation.kernels.story import tell
from simulation.kernels.substitutes import turn_away


@njit(cache=True)
def see_patients(state, rules, today):
    """See everybody whose appointment is today, kind after kind: one person's visits never depend on rows.

    Prevention and referrals come last, after the visits that may do the one on the way or call for the other.
    """
    requests = state.requests
    rows = by_kind(requests, who_come(requests, today.day))
    for place in range(rows.shape[0]):
        look_ahead(state, rows, place)
        row = np.int64(rows[place])
        if (
            requests.status[row] == BOOKED
        ):  # an earlier visit may have ended this one, and its row serves again
            see(state, rules, today, row)


@njit(cache=True)
def by_kind(requests, rows):
    """Put requests in order of their kind, those of one kind staying in the order they have."""
    start = np.zeros(KINDS + 1, np.int64)
    for place in range(rows.shape[0]):
        start[requests.kind[rows[place]] + 1] += 1
    for kind in range(KINDS):
        start[kind + 1] += start[kind]
    ordered = np.empty(rows.shape[0], np.int32)
    for place in range(rows.shape[0]):
        kind = requests.kind[rows[place]]
        ordered[start[kind]] = rows[place]
        start[kind] += 1
    return ordered


@njit(cache=True)
def see(state, rules, today, row):
    """A visit (consultation): with a GP, or with another role."""
    g, patient = np.int64(state.requests.practitioner[row]), np.int64(state.requests.patient[row])
    if state.patients.car[patient] == ON_DEMAND and not state.patients.home_bound[patient]:
        add(state.tally, state.patients, today.month, patient, CARRIED_TRIPS, 1)
    if state.practitioners.role[g] == GP:
        see_gp(state, rules, today, row)
    else:
        see_other_role(state, rules, today, row)


@njit(cache=True)
def see_gp(state, rules, today, row):
    """A GP's visit is counted; an episode may call for another within days, other things are done on the way."""
    requests, patients = state.requests, state.patients
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    kind, urgency = np.int64(requests.kind[row]), np.int64(requests.urgency[row])
    began, minutes = np.int64(requests.began[row]), np.int64(requests.minutes[row])
    comes_again = rules.recontact - (rules.recontact * np.int64(state.practitioners.spared[g]) >> 8)
    again = kind == ACUTE and luck_of(state, today.seed, row, RECONTACT_DECISION, 0) < comes_again
    later = 4 + luck_of(state, today.seed, row, RECONTACT_DAY, 0) % 9
    asks = luck_of(state, today.seed, row, REGISTERS_WHEN_MET, 0)
    thinks = luck_of(state, today.seed, row, PREVENTION_ON_THE_WAY, 0)
    count_visit(state, today, row)
    sit_in_the_room(state, row, g)
    note_contact(state, rules, today, patient)
    refer_on(state, rules, today, row)
    note_gp_seen(patients, patient, g)
    tell(state, today.day, patient, SAID_VISITED, g, kind)
    end_request(state, rules, today, row, VISITED)
    if kind == REGISTRATION:
        join_panel(state, today, patient, g, minutes)
    think_of_asking(state, rules, today, patient, asks)
    prevent_on_the_way(state, rules, today, patient, thinks)
    if again:
        day = today.day + later
        urgency = WITHIN_48H if urgency == TODAY else urgency
        open_request(state, rules, today, patient, RECONTACT, urgency, began, day, day)
        tell(state, today.day, patient, SAID_NEED, RECONTACT, urgency)


@njit(cache=True)
def sit_in_the_room(state, row, g):
    """Come to a session: with an appointment or without; visits at home have no waiting room."""
    requests, sessions = state.requests, state.sessions
    period, pool = requests.period[row], requests.pool[row]
    if pool == SQUEEZED:
        sessions.squeezed[g, period] += 1
    elif pool != HOME:
        sessions.booked[g, period] += 1


@njit(cache=True)
def refer_on(state, rules, today, row):
    """A GP refers (adressage): to a specialist, whose delay is drawn, or to a physiotherapist or a nurse near by."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    if luck_of(state, today.seed, row, REFERRED, 0) < rules.specialist:
        choice = luck_of(state, today.seed, row, SPECIALTY, 0)
        specialty = 0
        while choice >= rules.specialty[specialty]:
            specialty += 1
        days = rules.specialist_days[specialty, luck_of(state, today.seed, row, SPECIALIST_DELAY, 0) >> 22]
        add(state.tally, patients, today.month, patient, SPECIALIST_REFERRALS, 1)
        add(state.tally, patients, today.month, patient, SPECIALIST_DAYS, np.int64(days))
        tell(state, today.day, patient, SAID_REFERRED, specialty, np.int64(days))
    episode = requests.kind[row] == ACUTE or requests.kind[row] == RECONTACT
    if not episode or is_open(patients, patient, REFERRAL):
        return
    luck = luck_of(state, today.seed, row, REFERRED, 1)
    if luck < rules.referred[1]:
        refer(state, rules, today, patient, PHYSIOTHERAPIST if luck < rules.referred[0] else NURSE)


@njit(cache=True)
def see_other_role(state, rules, today, row):
    """A visit to another role; under a protocol it may not settle the need, and a doctor must then be seen."""
    requests, patients = state.requests, state.patients
    patient, g = np.int64(requests.patient[row]), np.int64(requests.practitioner[row])
    kind = np.int64(requests.kind[row])
    if today.month >= 0:
        practice = state.tally.practice
        practice[today.month, g, SEEN] += 1
        practice[today.month, g, WAITED_DAYS] += max(today.day - np.int64(requests.contact[row]), 0)
    tell(state, today.day, patient, SAID_VISITED, g, kind)
    if requests.door[row] == DOOR_PROTOCOL:
        add(state.tally, patients, today.month, patient, BY_PROTOCOL, 1)
        success = rules.succeeds[state.practitioners.role[g]]
        if luck_of(state, today.seed, row, PROTOCOL_SUCCEEDS, 0) >= success:
            turn_away(state, today, row)
            ask_again(state, rules, today, row)
            return
    end_request(state, rules, today, row, VISITED)


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
    waited = max(today.day - np.int64(requests.contact[row]), 0)
    add(tally, patients, month, patient, DAYS_BY_USUAL + requests.door[row], waited)
    tally.practice[month, g, SEEN] += 1
    if requests.pool[row] == SQUEEZED:
        tally.practice[month, g, SQUEEZED_SEEN] += 1
    if requests.pool[row] == DEDICATED:
        tally.practice[month, g, DEDICATED_USED] += 1
    if patients.home_bound[patient]:
        add(tally, patients, month, patient, HOME_VISITS, 1)
        return
    if minutes >= 0:
        add(tally, patients, month, patient, TRAVELLED_VISITS, 1)
        add(tally, patients, month, patient, TRAVEL_TENTHS, minutes)
        nearest = minutes_to_nearest(state, patients.commune[patient])
        add(tally, patients, month, patient, NEAREST_VISITS, 1 if minutes <= nearest else 0)


@njit(cache=True)
def minutes_to_nearest(state, commune):
    """Look up the tenths of minutes to the nearest GP who practises; -1 when there is none."""
    for place in range(state.reach.first[commune], state.reach.first[commune + 1]):
        if state.practitioners.active[state.reach.practitioner[place]]:
            return np.int64(state.reach.minutes[place])
    return -1
