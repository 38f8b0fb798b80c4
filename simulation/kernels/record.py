"""What is counted (relevé): whole numbers, added where they belong and nowhere else."""

import numpy as np
from numba import njit
from numba.extending import register_jitable

from simulation.kernels.codes import (
    ACUTE,
    ADULTS,
    ADVISED,
    ALD_ADULTS,
    ALD_FOLLOWED_BY_GP,
    ALD_WITHOUT_GP,
    CLASS_FOLLOW_UP,
    CLASS_POST_DISCHARGE,
    CLASS_RECONTACT_48H,
    CLASS_RECONTACT_WEEK,
    CONSUMERS,
    CONSUMERS_WITHOUT,
    FOLLOWED_BY_GP,
    GPS_SEEN,
    GROUPS,
    HELD,
    IN_48H,
    IN_TIME,
    LONGEST_DELAY,
    MEASURES_OF_CLASS,
    PEOPLE,
    PROGRAMMES,
    RECONTACT,
    RESTRICTED_DAYS,
    SEEN_ONCE,
    TARGETED,
    TOTAL,
    TOTAL_DAYS,
    UNDERGONE,
    UNDERGONE_DAYS,
    UP_TO_DATE,
    VISITED,
    WITHIN_48H,
    WITHOUT_GP,
)
from simulation.kernels.person import is_targeted

RESTRICTED = 30
"""Days that an unserved request counts for in the restricted mean time to care."""


@njit("int64(int64, int64)", cache=True)
def class_of(kind, urgency):
    """Name the class of a request: an episode by its urgency, anything else by its kind."""
    if kind == ACUTE:
        return urgency
    if kind == RECONTACT:
        return CLASS_RECONTACT_48H if urgency <= WITHIN_48H else CLASS_RECONTACT_WEEK
    return CLASS_FOLLOW_UP + kind - 2


@njit("int64(int64)", cache=True)
def days_in_time(request_class):
    """Say within how many days after the wanted date an answer is in time (réponse à temps)."""
    if request_class == 0:
        return 0
    if request_class in (1, CLASS_RECONTACT_48H):
        return 2
    if request_class in (2, CLASS_RECONTACT_WEEK):
        return 7
    if request_class == CLASS_FOLLOW_UP:
        return 9
    return 15 if request_class == CLASS_POST_DISCHARGE else 30


@njit(cache=True)
def counted_month(today, day):
    """Find the counted month of a day; -1 during warm-up and after the last day (not yet due)."""
    if day < today.first_day or day > today.last_day:
        return -1
    return np.int64(today.month_of_day[day - today.first_day])


@register_jitable
def add(tally, patients, month, patient, measure, amount):
    """Count something about a patient in a month, for the group and, for inhabitants inside, for the commune."""
    if month < 0:
        return
    group = patients.group[patient]
    tally.group[month, group, measure] += amount
    if group < GROUPS:
        place_month = month if tally.place.shape[0] > 1 else 0
        tally.place[place_month, patients.commune[patient], measure] += amount


@register_jitable
def add_end(tally, patients, requests, today, row, end, day):
    """Count how a request ended, in the month in which it was wanted or, if later, made."""
    reference = np.int64(max(requests.contact[row], requests.wanted[row]))
    month = counted_month(today, reference)
    if month < 0:
        return
    patient = np.int64(requests.patient[row])
    request_class = class_of(requests.kind[row], requests.first_urgency[row])
    cell = request_class * MEASURES_OF_CLASS
    undergone = max(day - reference, 0)
    add(tally, patients, month, patient, cell + end, 1)
    restricted = RESTRICTED
    if end in (VISITED, HELD):
        total = max(day - requests.contact[row], 0)
        restricted = min(undergone, RESTRICTED)
        add(tally, patients, month, patient, cell + TOTAL_DAYS, total)
        add(tally, patients, month, patient, cell + UNDERGONE_DAYS, undergone)
        group = patients.group[patient]
        kind = requests.kind[row]
        tally.delay[TOTAL, kind, group, min(total, LONGEST_DELAY)] += 1
        tally.delay[UNDERGONE, kind, group, min(undergone, LONGEST_DELAY)] += 1
    if end == ADVISED:
        restricted = 0
    if end in (VISITED, HELD, ADVISED):
        if end == ADVISED or undergone <= days_in_time(request_class):
            add(tally, patients, month, patient, cell + IN_TIME, 1)
        if end == ADVISED or undergone <= 2:
            add(tally, patients, month, patient, cell + IN_48H, 1)
    add(tally, patients, month, patient, cell + RESTRICTED_DAYS, restricted)


@njit(cache=True)
def count_prevention(state, today, patient):
    """Count a person whom programmes target and with which of them he is up to date."""
    patients = state.patients
    for programme in range(PROGRAMMES):
        if is_targeted(patients, patient, programme):
            add(state.tally, patients, today.month, patient, TARGETED + programme, 1)
            if patients.up_to_date[patient, programme] >= today.day:
                add(state.tally, patients, today.month, patient, UP_TO_DATE + programme, 1)


@njit(cache=True)
def take_stock(state, today):
    """Count the people, and those without a usual GP (sans médecin traitant), once a month."""
    patients = state.patients
    for patient in range(patients.commune.shape[0]):
        if not patients.alive[patient] or patients.visitor[patient]:
            continue
        add(state.tally, patients, today.month, patient, PEOPLE, 1)
        count_prevention(state, today, patient)
        if patients.age[patient] < 17:
            continue
        add(state.tally, patients, today.month, patient, ADULTS, 1)
        if patients.ald[patient]:
            add(state.tally, patients, today.month, patient, ALD_ADULTS, 1)
        if patients.usual_gp[patient] < 0:
            add(state.tally, patients, today.month, patient, WITHOUT_GP, 1)
            if patients.ald[patient]:
                add(state.tally, patients, today.month, patient, ALD_WITHOUT_GP, 1)


@njit(cache=True)
def note_gp_seen(patients, patient, practitioner):
    """Remember which practitioners a person met this year; beyond three, each visit elsewhere counts anew."""
    for place in range(3):
        if patients.seen_gps[patient, place] == practitioner:
            return
        if patients.seen_gps[patient, place] < 0:
            patients.seen_gps[patient, place] = practitioner
            break
    if patients.gps_seen[patient] < 255:
        patients.gps_seen[patient] += 1


@njit(cache=True)
def close_year(state, today):
    """Count who was seen at least once in the year and by how many practitioners; start again."""
    patients = state.patients
    for patient in range(patients.commune.shape[0]):
        seen = patients.gps_seen[patient]
        count_follow(state, today, patient, seen > 0)
        if seen > 0:
            add(state.tally, patients, today.month, patient, SEEN_ONCE, 1)
            add(state.tally, patients, today.month, patient, GPS_SEEN, seen)
        forget_year(patients, patient)


@njit(cache=True)
def count_follow(state, today, patient, seen):
    """Count who has a usual GP in fact (seen in the year), and, of those who saw a GP, who has none."""
    patients = state.patients
    has, age = patients.usual_gp[patient] >= 0, patients.age[patient]
    if has and seen and age >= 17:
        add(state.tally, patients, today.month, patient, FOLLOWED_BY_GP, 1)
        if patients.ald[patient]:
            add(state.tally, patients, today.month, patient, ALD_FOLLOWED_BY_GP, 1)
    if seen and age >= 16:
        add(state.tally, patients, today.month, patient, CONSUMERS, 1)
        if not has:
            add(state.tally, patients, today.month, patient, CONSUMERS_WITHOUT, 1)


@njit(cache=True)
def forget_years(state):
    """Forget whom people met before the first counted day."""
    for patient in range(state.patients.commune.shape[0]):
        forget_year(state.patients, patient)


@njit(cache=True)
def forget_year(patients, patient):
    """Forget whom a person met."""
    patients.gps_seen[patient] = 0
    for place in range(3):
        patients.seen_gps[patient, place] = -1
