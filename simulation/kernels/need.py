"""Needs arise (besoins): episodes, follow-ups called for, routine requests and visits to the ED without trying."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import TURNS
from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ACUTE,
    DENTIST,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    FOLLOW_UP,
    MIDWIFE,
    NEVER,
    PLANNED,
    PREVENTION,
    REFERRAL,
    ROUTINE,
    SAID_ADVISED,
    SAID_NEED,
    SAID_OWN_EMERGENCY,
    SAS_CALLS,
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
    OTHER_CARE_GAP,
    OTHER_CARE_ROLE,
    ROUTINE_GAP,
    ROUTINE_LATER,
    ROUTINE_LATER_DAYS,
    WAVE_ILL,
)
from simulation.kernels.due import whose_day
from simulation.kernels.emergency import go_to_the_ed, is_spared_the_ed
from simulation.kernels.gaps import next_day
from simulation.kernels.outreach import is_spared_a_fall
from simulation.kernels.person import bring_person, key_of, set_next_event
from simulation.kernels.prevention import programme_due, remind
from simulation.kernels.record import add
from simulation.kernels.registration import look_for_usual_gp
from simulation.kernels.request import is_open, open_request
from simulation.kernels.stays import come_back, come_in
from simulation.kernels.story import tell


@njit(cache=True)
def feel(state, rules, today):
    """Let today's needs arise for everybody whose day it is."""
    patients = state.patients
    day = today.day
    due = whose_day(patients.next_event, day)
    for place in range(due.shape[0]):
        if place + TURNS < due.shape[0]:
            bring_person(patients, np.int64(due[place + TURNS]))
        patient = np.int64(due[place])
        if patients.next_acute[patient] == day:
            fall_ill(state, rules, today, patient)
        if patients.next_follow_up[patient] == day:
            call_for_follow_up(state, rules, today, patient)
        if patients.next_routine[patient] == day:
            want_routine(state, rules, today, patient)
        if patients.next_emergency[patient] == day:
            go_to_emergency(state, rules, today, patient)
        if patients.next_other[patient] == day:
            want_other_care(state, rules, today, patient)
        if patients.next_prevention[patient] == day:
            think_of_prevention(state, rules, today, patient)
        if patients.next_registration[patient] == day:
            look_for_usual_gp(state, rules, today, patient)
        if patients.next_readmission[patient] == day:
            come_back(state, rules, today, patient)
        if patients.next_admission[patient] == day:
            come_in(state, rules, today, patient)
        set_next_event(patients, patient)
    if state.rounds.wave[0] > 0:
        spread_wave(state, rules, today)


@njit(cache=True)
def spread_wave(state, rules, today):
    """Let an epidemic make more people ill than the season does (vague épidémique)."""
    patients = state.patients
    for patient in range(patients.alive.shape[0]):
        if not patients.alive[patient] or not may_fall_ill(patients, today, patient):
            continue
        chance = np.int64(patients.acute_rate[patient]) * state.rounds.wave[0] >> 20
        if draw(today.seed, WAVE_ILL, today.day, key_of(state, patient), 0) < chance:
            begin_episode(state, rules, today, patient)


@njit(cache=True)
def may_fall_ill(patients, today, patient):
    """Tell whether a new episode would be one: a need while waiting is the same, visitors are here in summer only."""
    if is_open(patients, patient, ACUTE) or patients.in_hospital[patient]:
        return False
    return not patients.visitor[patient] or today.summer


@njit(cache=True)
def fall_ill(state, rules, today, patient):
    """An episode starts, unless the season spares it or one is under way (a need while waiting is the same)."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    luck = draw(today.seed, ACUTE_GAP, day, who, 0)
    patients.next_acute[patient] = next_day(rules.exponential, luck, patients.acute_rate[patient], 1000, day)
    if draw(today.seed, ACUTE_HAPPENS, day, who, 0) < today.season and may_fall_ill(patients, today, patient):
        begin_episode(state, rules, today, patient)


@njit(cache=True)
def begin_episode(state, rules, today, patient):
    """Open the request of an episode, more or less urgent."""
    day = today.day
    luck = draw(today.seed, ACUTE_URGENCY, day, key_of(state, patient), 0)
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
    if is_open(patients, patient, ROUTINE) or patients.in_hospital[patient]:
        return
    wanted = day
    if draw(today.seed, ROUTINE_LATER, day, who, 0) < rules.routine_later:
        wanted = day + 14 + draw(today.seed, ROUTINE_LATER_DAYS, day, who, 0) % 47
    open_request(state, rules, today, patient, ROUTINE, PLANNED, day, day, min(wanted, NEVER))
    tell(state, day, patient, SAID_NEED, ROUTINE, wanted)


@njit(cache=True)
def want_other_care(state, rules, today, patient):
    """A tooth aches, a pregnancy or a check-up calls for a midwife: care sought without a doctor."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    rate = patients.other_rate[patient]
    luck = draw(today.seed, OTHER_CARE_GAP, day, who, 0)
    patients.next_other[patient] = next_day(rules.exponential, luck, rate, 1000, day)
    if is_open(patients, patient, REFERRAL) or patients.in_hospital[patient]:
        return
    midwife = draw(today.seed, OTHER_CARE_ROLE, day, who, 0) >> 16 < patients.midwife_share[patient]
    refer(state, rules, today, patient, MIDWIFE if midwife else DENTIST)


@njit(cache=True)
def refer(state, rules, today, patient, role):
    """Open a request to another role than a GP; nobody asks for a role of which nobody is listed near by."""
    day = today.day
    if not is_near(state, patient, role):
        return
    row = open_request(state, rules, today, patient, REFERRAL, PLANNED, day, day, day)
    if row >= 0:
        state.requests.sought[row] = role
    tell(state, day, patient, SAID_NEED, REFERRAL, role)


@njit(cache=True)
def is_near(state, patient, role):
    """Tell whether somebody of a role is within reach of one's commune: of a role without a list nothing is known."""
    place = role * state.places.number.shape[0] + state.patients.commune[patient]
    return state.others.first[place] < state.others.first[place + 1]


@njit(cache=True)
def think_of_prevention(state, rules, today, patient):
    """Somebody who follows a programme asks for what has run out (dépistage, vaccin)."""
    patients = state.patients
    patients.next_prevention[patient] = NEVER
    programme = programme_due(state, today, patient)
    if programme < 0:
        remind(state, today, patient)
        return
    if is_open(patients, patient, PREVENTION):
        return
    row = open_request(state, rules, today, patient, PREVENTION, PLANNED, today.day, today.day, today.day)
    if row >= 0:
        state.requests.sought[row] = programme
    tell(state, today.day, patient, SAID_NEED, PREVENTION, programme)


@njit(cache=True)
def go_to_emergency(state, rules, today, patient):
    """Somebody is hurt, in danger, sent, or chooses the ED without trying a practice (passage aux urgences)."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    rate = patients.emergency_rate[patient]
    luck = draw(today.seed, EMERGENCY_GAP, day, who, 0)
    patients.next_emergency[patient] = next_day(rules.exponential, luck, rate, 10_000, day)
    if patients.in_hospital[patient] or (patients.visitor[patient] and not today.summer):
        return
    part = (draw(today.seed, EMERGENCY_STREAM, day, who, 0) * rate) >> 32
    stream = ED_OWN_CHOICE
    if part < patients.emergency_base[patient]:
        injury = draw(today.seed, EMERGENCY_STREAM, day, who, 1) < rules.injury
        stream = ED_INJURY if injury else ED_VITAL
    if stream == ED_OWN_CHOICE and is_spared_the_ed(state, rules, today, patient):
        add(state.tally, patients, today.month, patient, SAS_CALLS, 1)
        tell(state, day, patient, SAID_ADVISED, ACUTE, 0)
        return
    if stream == ED_INJURY and is_spared_a_fall(state, rules, today, patient):
        return
    go_to_the_ed(state, rules, today, patient, stream)
    tell(state, day, patient, SAID_OWN_EMERGENCY, stream, 0)
