"""Needs arise (besoins): episodes, follow-ups called for, routine requests and visits to the ED without trying."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ACUTE,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    FOLLOW_UP,
    NEVER,
    PLANNED,
    ROUTINE,
    SAID_NEED,
    SAID_OWN_EMERGENCY,
    TODAY,
    WITHIN_48H,
    WITHIN_WEEK,
)
from simulation.kernels.decisions import (
    ACUTE_GAP,
    ACUTE_HAPPENS,
    ACUTE_URGENCY,
    EMERGENCY_GAP,
    EMERGENCY_STREAM,
    ROUTINE_GAP,
    ROUTINE_LATER,
    ROUTINE_LATER_DAYS,
)
from simulation.kernels.record import add
from simulation.kernels.request import is_open, key_of, open_request, set_next_event
from simulation.kernels.story import tell

YEAR = 365
CHOICE = 1 << 32


@njit(cache=True)
def gap(exponential, luck, rate, parts):
    """Draw the days to the next event of a rate given in `parts` of one a year: a geometric gap, at least 1."""
    return 1 + ((exponential[luck >> 22] * (YEAR * parts) // rate) >> 16)


@njit(cache=True)
def next_day(exponential, luck, rate, parts, day):
    """Give the day of the next event after this one; never, for somebody without any."""
    if rate == 0:
        return NEVER
    return min(day + gap(exponential, luck, rate, parts), NEVER)


@njit(cache=True)
def feel(state, rules, today):
    """Let today's needs arise for everybody whose day it is."""
    patients = state.patients
    day = today.day
    for patient in range(patients.next_event.shape[0]):
        if patients.next_event[patient] != day:
            continue
        if patients.next_acute[patient] == day:
            fall_ill(state, rules, today, patient)
        if patients.next_follow_up[patient] == day:
            call_for_follow_up(state, rules, today, patient)
        if patients.next_routine[patient] == day:
            want_routine(state, rules, today, patient)
        if patients.next_emergency[patient] == day:
            go_to_emergency(state, rules, today, patient)
        set_next_event(patients, patient)


@njit(cache=True)
def fall_ill(state, rules, today, patient):
    """An episode starts, unless the season spares it or one is under way (a need while waiting is the same)."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    luck = draw(today.seed, ACUTE_GAP, day, who, 0)
    patients.next_acute[patient] = next_day(rules.exponential, luck, patients.acute_rate[patient], 1000, day)
    if draw(today.seed, ACUTE_HAPPENS, day, who, 0) >= today.season or is_open(patients, patient, ACUTE):
        return
    luck = draw(today.seed, ACUTE_URGENCY, day, who, 0)
    urgency = WITHIN_WEEK
    if luck < rules.urgent_today:
        urgency = TODAY
    elif luck < rules.urgent_48h:
        urgency = WITHIN_48H
    open_request(state, rules, today, patient, ACUTE, urgency, day, day, day)
    tell(state, day, patient, SAID_NEED, ACUTE, urgency)


@njit(cache=True)
def call_for_follow_up(state, rules, today, patient):
    """Somebody who is followed phones ahead of the due date (renouvellement, suivi)."""
    patients = state.patients
    patients.next_follow_up[patient] = NEVER
    if is_open(patients, patient, FOLLOW_UP):
        return
    wanted = min(today.day + patients.follow_up_lead[patient], NEVER)
    number = np.int64(patients.follow_ups[patient])
    open_request(state, rules, today, patient, FOLLOW_UP, PLANNED, number, today.day, wanted)
    tell(state, today.day, patient, SAID_NEED, FOLLOW_UP, wanted)


@njit(cache=True)
def want_routine(state, rules, today, patient):
    """A certificate, a child's exam, prevention; some ask for a later date."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    luck = draw(today.seed, ROUTINE_GAP, day, who, 0)
    patients.next_routine[patient] = next_day(
        rules.exponential, luck, patients.routine_rate[patient], 1000, day
    )
    if is_open(patients, patient, ROUTINE):
        return
    wanted = day
    if draw(today.seed, ROUTINE_LATER, day, who, 0) < rules.routine_later:
        wanted = day + 14 + draw(today.seed, ROUTINE_LATER_DAYS, day, who, 0) % 47
    open_request(state, rules, today, patient, ROUTINE, PLANNED, day, day, min(wanted, NEVER))
    tell(state, day, patient, SAID_NEED, ROUTINE, wanted)


@njit(cache=True)
def go_to_emergency(state, rules, today, patient):
    """Somebody is hurt, in danger, sent, or chooses the ED without trying a practice (passage aux urgences)."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    rate = patients.emergency_rate[patient]
    luck = draw(today.seed, EMERGENCY_GAP, day, who, 0)
    patients.next_emergency[patient] = next_day(rules.exponential, luck, rate, 10_000, day)
    part = (draw(today.seed, EMERGENCY_STREAM, day, who, 0) * rate) >> 32
    stream = ED_OWN_CHOICE
    if part < patients.emergency_base[patient]:
        injury = draw(today.seed, EMERGENCY_STREAM, day, who, 1) < rules.injury
        stream = ED_INJURY if injury else ED_VITAL
    add(state.tally, patients, today.month, patient, stream, 1)
    tell(state, day, patient, SAID_OWN_EMERGENCY, stream, 0)
