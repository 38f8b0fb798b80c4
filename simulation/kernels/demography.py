"""A year passes (démographie): people grow older, some die, children are born; panels follow."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    BIRTHS,
    DEATHS,
    DIED,
    NEVER,
    ON_DEMAND,
    SAID_BORN,
    SAID_DIED,
    TOP,
    UNUSED,
)
from simulation.kernels.decisions import BIRTH, DEATH, SEX_AT_BIRTH
from simulation.kernels.families import ADULT
from simulation.kernels.people import (
    draw_traits,
    plan_first_care,
    plan_first_follow_up,
    plan_first_needs,
    set_rates,
    sort_one,
)
from simulation.kernels.person import key_of, set_next_event
from simulation.kernels.prevention import remind
from simulation.kernels.record import add
from simulation.kernels.request import end_request
from simulation.kernels.story import tell

OLDEST = 104


@njit(cache=True)
def turn_year(state, rules, traits, today):
    """Let everybody be a year older: deaths, then birthdays, then births, so that nobody lives twice in a day."""
    patients = state.patients
    dying = np.zeros(patients.commune.shape[0], np.uint8)
    for patient in range(patients.commune.shape[0]):
        if patients.alive[patient] and not patients.visitor[patient] and not patients.in_hospital[patient]:
            luck = draw(today.seed, DEATH, today.day, key_of(state, patient), 0)
            dying[patient] = luck < traits.dies[patients.age[patient]]
    end_requests_of(state, rules, today, dying)
    for patient in range(patients.commune.shape[0]):
        if dying[patient]:
            die(state, today, patient)
        elif patients.alive[patient] and not patients.visitor[patient]:
            grow_older(state, rules, traits, today, patient)
    for commune in range(state.places.number.shape[0]):
        bear_children(state, rules, traits, today, commune)


@njit(cache=True)
def end_requests_of(state, rules, today, dying):
    """End what the dying had asked for; their appointments fall to nobody."""
    requests = state.requests
    for row in range(requests.cursor[TOP]):
        if requests.status[row] != UNUSED and dying[requests.patient[row]]:
            end_request(state, rules, today, row, DIED)


@njit(cache=True)
def die(state, today, patient):
    """Leave a row to somebody who will be born here (décès)."""
    patients = state.patients
    add(state.tally, patients, today.month, patient, DEATHS, 1)
    tell(state, today.day, patient, SAID_DIED, 0, 0)
    if patients.usual_gp[patient] >= 0:
        state.practitioners.panel[patients.usual_gp[patient]] -= 1
    patients.alive[patient] = 0
    patients.usual_gp[patient] = -1
    patients.seeking[patient] = 0
    patients.followed[patient] = 0
    forget_plans(patients, patient)


@njit(cache=True)
def forget_plans(patients, patient):
    """Leave a person without any coming event."""
    patients.next_acute[patient] = NEVER
    patients.next_follow_up[patient] = NEVER
    patients.next_routine[patient] = NEVER
    patients.next_emergency[patient] = NEVER
    patients.next_other[patient] = NEVER
    patients.next_prevention[patient] = NEVER
    patients.next_registration[patient] = NEVER
    patients.next_admission[patient] = NEVER
    patients.next_readmission[patient] = NEVER
    patients.next_event[patient] = NEVER


@njit(cache=True)
def grow_older(state, rules, traits, today, patient):
    """Be a year older: needs follow age, and illness may come; the next needs already drawn stand."""
    patients = state.patients
    was_followed = patients.ald[patient] or patients.treated[patient]
    patients.age[patient] = min(np.int64(patients.age[patient]) + 1, OLDEST)
    car = patients.car[patient]
    draw_traits(state, traits, today.seed, patient)
    if patients.age[patient] < ADULT or (car == ON_DEMAND and not patients.car[patient]):
        patients.car[patient] = car  # that of the family, or a ride on demand
    set_rates(patients, traits, patient)
    if not was_followed:
        plan_first_follow_up(state, rules, today.seed, patient, today.day + 1)
        set_next_event(patients, patient)
    sort_one(state, patient)
    if patients.next_prevention[patient] == NEVER:
        remind(state, today, patient)


@njit(cache=True)
def bear_children(state, rules, traits, today, commune):
    """Let women of a commune have children, while it has rows for them (naissances)."""
    patients = state.patients
    first, last = state.places.first[commune], state.places.first[commune + 1]
    free = first
    for mother in range(first, last):
        if not patients.alive[mother] or not patients.woman[mother] or patients.visitor[mother]:
            continue
        if draw(today.seed, BIRTH, today.day, key_of(state, mother), 0) >= traits.bears[patients.age[mother]]:
            continue
        while free < last and patients.alive[free]:
            free += 1
        if free == last:
            return
        be_born(state, rules, traits, today, free, mother)


@njit(cache=True)
def be_born(state, rules, traits, today, patient, mother):
    """Begin a life in a row that is free, with the mother's usual GP."""
    patients = state.patients
    patients.generation[patient] = (np.int64(patients.generation[patient]) + 1) & 255
    patients.alive[patient] = 1
    patients.age[patient] = 0
    patients.woman[patient] = draw(today.seed, SEX_AT_BIRTH, 0, key_of(state, patient), 0) >> 31
    patients.discharged[patient] = -1
    patients.lapsed[patient] = 0
    patients.contacted[patient] = 0
    patients.follow_ups[patient] = 0
    patients.follow_up_lead[patient] = 0
    for programme in range(patients.up_to_date.shape[1]):
        patients.up_to_date[patient, programme] = 0
    patients.gps_seen[patient] = 0
    for place in range(patients.seen_gps.shape[1]):
        patients.seen_gps[patient, place] = -1
    draw_traits(state, traits, today.seed, patient)
    patients.car[patient] = patients.car[mother]
    set_rates(patients, traits, patient)
    plan_first_needs(state, rules, today.seed, patient, today.day + 1)
    plan_first_care(state, rules, traits, today.seed, patient, today.day + 1)
    set_next_event(patients, patient)
    sort_one(state, patient)
    usual = patients.usual_gp[mother]
    patients.usual_gp[patient] = usual
    patients.usual_minutes[patient] = patients.usual_minutes[mother]
    if usual >= 0:
        state.practitioners.panel[usual] += 1
    add(state.tally, patients, today.month, patient, BIRTHS, 1)
    tell(state, today.day, patient, SAID_BORN, 0, 0)
