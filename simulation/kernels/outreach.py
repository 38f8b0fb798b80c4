"""What a CPTS takes to people (aller vers): kits by post, days held in communes, groups of balance exercise."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    COLORECTAL,
    EXERCISE_CALLS,
    EXERCISE_JOINED,
    EXERCISES,
    FALLS_SPARED,
    KITS_POSTED,
    KITS_RETURNED,
    OUTREACH_SEEN,
    PREVENTION,
)
from simulation.kernels.decisions import (
    COMES_TO_OUTREACH,
    FALL_SPARED,
    JOINS_EXERCISE,
    KIT_ORDER,
    KIT_RETURNED,
    OUTREACH_ORDER,
)
from simulation.kernels.person import is_targeted, key_of
from simulation.kernels.placing import in_order_of_calls, people_of
from simulation.kernels.prevention import due_at_once, renew
from simulation.kernels.record import add
from simulation.kernels.request import is_open

AGE_OF_FALLS = 65


@njit(cache=True)
def in_order_drawn(state, today, rows, decision):
    """Sort people by luck alone, then by row."""
    keys = np.empty(rows.shape[0], np.uint64)
    for place in range(rows.shape[0]):
        luck = draw(today.seed, decision, today.day, key_of(state, rows[place]), 0)
        keys[place] = (np.uint64(luck) << np.uint64(31)) | np.uint64(rows[place])
    return rows[np.argsort(keys)]


@njit(cache=True)
def post_kits(state, rules, today, cpts, kits, posted):
    """Post a kit to people who neither keep up with colorectal screening nor are up to date; give how many were posted.

    `posted` is [patient] the day of the last kit, written here: nobody gets two within what a test is good for.
    """
    patients, made = state.patients, 0
    for patient in in_order_drawn(state, today, people_of(state, cpts, 0), KIT_ORDER):
        if made >= kits:
            break
        if not lacks_a_kit(patients, patient, today.day):
            continue
        if today.day - np.int64(posted[patient]) < rules.programme_days[COLORECTAL]:
            continue
        made += 1
        posted[patient] = today.day
        add(state.tally, patients, today.month, patient, KITS_POSTED, 1)
        if draw(today.seed, KIT_RETURNED, today.day, key_of(state, patient), 0) < rules.kit_returned:
            renew(state, rules, today, patient, COLORECTAL)
            add(state.tally, patients, today.month, patient, KITS_RETURNED, 1)
    return made


@njit(cache=True)
def lacks_a_kit(patients, patient, day):
    """Tell whether screening is meant for a person who neither follows it nor is up to date."""
    follows = (patients.joins[patient] >> COLORECTAL) & 1
    targeted = is_targeted(patients, patient, COLORECTAL)
    return targeted and not follows and patients.up_to_date[patient, COLORECTAL] < day


@njit(cache=True)
def hold_outreach(state, rules, today, commune, room):
    """Hold a day in a commune: of its people who lack a vaccine or a test some come, as far as there is room."""
    patients, seen = state.patients, 0
    rows = np.arange(np.int64(state.places.first[commune]), np.int64(state.places.first[commune + 1]))
    for patient in in_order_drawn(state, today, rows, OUTREACH_ORDER):
        if seen >= room:
            break
        if not can_come(patients, patient):
            continue
        programme = due_at_once(patients, today, patient)
        luck = draw(today.seed, COMES_TO_OUTREACH, today.day, key_of(state, patient), 0)
        if programme < 0 or luck >= rules.comes_to_outreach:
            continue
        seen += 1
        renew(state, rules, today, patient, programme)
        add(state.tally, patients, today.month, patient, OUTREACH_SEEN, 1)
    return seen


@njit(cache=True)
def can_come(patients, patient):
    """Tell whether a person can go out, and has not asked for prevention elsewhere."""
    here = patients.alive[patient] and not patients.visitor[patient] and not patients.in_hospital[patient]
    return here and not patients.home_bound[patient] and not is_open(patients, patient, PREVENTION)


@njit(cache=True)
def fill_exercise(state, rules, today, cpts, places, calls_a_place):
    """Call people of 65 and over for the places left in groups of exercise, so many at most for each; give calls."""
    patients, calls, taken = state.patients, 0, 0
    rows = people_of(state, cpts, 0)
    for place in range(rows.shape[0]):
        taken += (patients.joins[rows[place]] >> EXERCISES) & 1
    most = max(places - taken, 0) * calls_a_place
    for patient in in_order_of_calls(state, today, rows):
        if taken >= places or calls >= most:
            break
        if not may_exercise(patients, patient):
            continue
        calls += 1
        add(state.tally, patients, today.month, patient, EXERCISE_CALLS, 1)
        if draw(today.seed, JOINS_EXERCISE, today.day, key_of(state, patient), 0) < rules.joins_exercise:
            patients.joins[patient] |= 1 << EXERCISES
            taken += 1
            add(state.tally, patients, today.month, patient, EXERCISE_JOINED, 1)
    return calls


@njit(cache=True)
def may_exercise(patients, patient):
    """Tell whether a person of 65 and over who can go out is not in a group yet."""
    out = not patients.home_bound[patient] and not patients.in_hospital[patient]
    return out and patients.age[patient] >= AGE_OF_FALLS and not (patients.joins[patient] >> EXERCISES) & 1


@njit(cache=True)
def is_spared_a_fall(state, rules, today, patient):
    """Tell whether an injury is a fall that exercise spared (chute évitée); it may be none: see the ratio."""
    if not (state.patients.joins[patient] >> EXERCISES) & 1:
        return False
    if draw(today.seed, FALL_SPARED, today.day, key_of(state, patient), 0) >= rules.falls_spared:
        return False
    add(state.tally, state.patients, today.month, patient, FALLS_SPARED, 1)
    return True
