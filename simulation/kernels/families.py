"""Families (familles) and the usual GP that each has at the start (médecin traitant)."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import TURNS
from simulation.kernels.chance import draw
from simulation.kernels.codes import NEVER
from simulation.kernels.decisions import (
    COUPLE,
    FAMILY_OF_CHILD,
    FAMILY_ORDER,
    REGISTRATION_DAY,
    SEEKS_USUAL_GP,
    USUAL_GP,
    WITHOUT_USUAL_GP,
)
from simulation.kernels.order import put_in_order
from simulation.kernels.person import bring_person, set_next_event

ADULT = 18
PARENT_FIRST, PARENT_LAST = 25, 54


@njit(cache=True)
def make_families(state, traits, seed, family):
    """Put adults of like age in couples and children with an adult; `family` gets the row of the head."""
    patients, places = state.patients, state.places
    for commune in range(places.number.shape[0]):
        first = places.first[commune]
        last = first + places.people[commune]
        adult, parent, after = first, first, first
        while adult < last and patients.age[adult] < ADULT:
            adult += 1
        parent = adult
        while parent < last and patients.age[parent] < PARENT_FIRST:
            parent += 1
        after = parent
        while after < last and patients.age[after] <= PARENT_LAST:
            after += 1
        for patient in range(adult, last):
            family[patient] = patient
            if (patient - adult) % 2 == 1:
                who = (places.number[commune] << 32) | (patient - first)
                if draw(seed, COUPLE, 0, who, 0) < traits.couple:
                    family[patient] = patient - 1
        for patient in range(first, adult):
            family[patient] = patient
            if after > parent:
                who = (places.number[commune] << 32) | (patient - first)
                luck = draw(seed, FAMILY_OF_CHILD, 0, who, 0)
                family[patient] = family[parent + luck % (after - parent)]
                patients.car[patient] = patients.car[family[patient]]


@njit(cache=True)
def lose_usual_gp(state, traits, seed, first_counted, again):
    """Say who has no usual GP at the start, and who of them looks for one (-2 in `usual_gp` until chosen).

    They look for one from the first counted day on, spread over `again` days, as nobody has left a GP before.
    """
    patients, places = state.patients, state.places
    for patient in range(patients.commune.shape[0]):
        if not patients.alive[patient] or patients.visitor[patient]:
            continue
        commune = patients.commune[patient]
        who = (places.number[commune] << 32) | (patient - places.first[commune])
        age, ald = patients.age[patient], patients.ald[patient]
        patients.usual_gp[patient] = -2
        patients.seeking[patient] = 0
        if draw(seed, WITHOUT_USUAL_GP, 0, who, 0) < traits.without_gp[age, ald]:
            patients.usual_gp[patient] = -1
            seeks = draw(seed, SEEKS_USUAL_GP, 0, who, 0) < traits.seeks[age, ald]
            patients.seeking[patient] = seeks
            if seeks:
                later = draw(seed, REGISTRATION_DAY, 0, who, 0) % again
                patients.next_registration[patient] = min(first_counted + later, NEVER)
                set_next_event(patients, patient)


@njit(cache=True)
def choose_usual_gps(state, traits, seed, family, living, target):
    """Families choose a usual GP one after another: near ones pull, full ones push (médecin traitant).

    `target` is the load of each GP, in hundredths of requests, at which there is no room left; `living` is 1 for
    the inhabitants.
    """
    patients, places, practitioners = state.patients, state.places, state.practitioners
    people = patients.commune.shape[0]
    load = family_loads(state, traits, family)
    heads = heads_of(family, living)
    keys = np.empty(heads.shape[0], np.uint64)
    for place in range(heads.shape[0]):
        patient = np.int64(heads[place])
        commune = patients.commune[patient]
        who = (places.number[commune] << 32) | (patient - places.first[commune])
        luck = np.uint64(draw(seed, FAMILY_ORDER, 0, who, 0))
        keys[place] = (luck << np.uint64(32)) | np.uint64(patient)
    taken = np.zeros(practitioners.active.shape[0], np.int64)
    room = np.zeros(practitioners.active.shape[0], np.int64)
    for g in range(room.shape[0]):
        room[g] = room_of(practitioners, target, taken, g)
    chosen = np.full(people, -1, np.int32)
    ordered = put_in_order(heads, keys)
    for place in range(ordered.shape[0]):
        if place + TURNS < ordered.shape[0]:
            bring_person(patients, ordered[place + TURNS])
        head = np.int64(ordered[place])
        chosen[head] = choose_one(state, seed, head, room)
        if chosen[head] >= 0:
            g = np.int64(state.reach.practitioner[chosen[head]])
            taken[g] += load[head]
            room[g] = room_of(practitioners, target, taken, g)
    for patient in range(people):
        place = chosen[family[patient]]
        if patients.usual_gp[patient] != -2:
            continue
        patients.usual_gp[patient] = -1
        if place >= 0:
            g = state.reach.practitioner[place]
            patients.usual_gp[patient] = g
            patients.usual_minutes[patient] = state.reach.minutes[place]
            practitioners.panel[g] += 1


@njit(cache=True)
def heads_of(family, living):
    """List the inhabitants who choose for their family."""
    rows, count = np.empty(family.shape[0], np.int32), 0
    for patient in range(family.shape[0]):
        rows[count] = patient
        count += (family[patient] == patient) & (living[patient] == 1)
    return rows[:count]


@njit(cache=True)
def family_loads(state, traits, family):
    """Add up the requests that each family is expected to make, in hundredths a year."""
    patients = state.patients
    load = np.zeros(family.shape[0], np.int32)
    for patient in range(family.shape[0]):
        if patients.usual_gp[patient] == -2:
            age = patients.age[patient]
            load[family[patient]] += traits.load[age, patients.ald[patient], patients.treated[patient]]
    return load


@njit(cache=True)
def room_of(practitioners, target, taken, g):
    """Say how far a GP is from full, 1 024 for empty; a full one still takes a few, one who has not come none."""
    if not practitioners.active[g]:
        return 0
    return max((target[g] - taken[g]) * 1024 // max(target[g], 1), 20)


@njit(cache=True)
def choose_one(state, seed, head, room):
    """Choose among the GPs in reach of a family, with weight pull x room; -1 when there is none."""
    reach, places, patients = state.reach, state.places, state.patients
    commune = patients.commune[head]
    start, stop = reach.first[commune], reach.first[commune + 1]
    if not patients.car[head]:
        stop = start + reach.on_foot[commune]
    if start == stop:
        return -1
    cumulated = np.empty(stop - start, np.int64)
    total, before = np.int64(0), np.int64(0)
    for place in range(start, stop):
        total += (reach.weight[place] - before) * room[reach.practitioner[place]]
        before = reach.weight[place]
        cumulated[place - start] = total
    if total == 0:
        return -1
    who = (places.number[commune] << 32) | (head - places.first[commune])
    aim = (draw(seed, USUAL_GP, 0, who, 0) * (total >> 8) >> 32) << 8
    for place in range(stop - start):
        if cumulated[place] > aim:
            return start + place
    return stop - 1
