"""Drawing the people of a territory (peuplement): illness, means, families and a first usual GP."""

from typing import NamedTuple

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import AGE_BANDS, GROUPS, NEVER
from simulation.kernels.decisions import (
    ACUTE_GAP,
    ALD,
    CAR,
    COUPLE,
    DEPRIVED,
    EMERGENCY_GAP,
    FAMILY_OF_CHILD,
    FAMILY_ORDER,
    FIRST_FOLLOW_UP,
    FRAILTY,
    HOME_BOUND,
    ROUTINE_GAP,
    SEEKS_USUAL_GP,
    TREATED,
    USUAL_GP,
    WITHOUT_USUAL_GP,
)
from simulation.kernels.need import next_day
from simulation.kernels.request import plan_follow_up, set_next_event

ADULT = 18
PARENT_FIRST, PARENT_LAST = 25, 54


class Traits(NamedTuple):
    """What people are drawn from: thresholds by age or commune, rates by age in thousandths a year."""

    ald: np.ndarray  # [105]
    treated: np.ndarray  # [105]
    home_bound: np.ndarray  # [105]
    no_car: np.ndarray  # [commune, 75 and over]
    deprived: np.ndarray  # [commune]
    couple: int
    frailty: np.ndarray  # [1 024] thousandths
    acute: np.ndarray  # [105, ald]
    routine: np.ndarray  # [105]
    emergency_base: np.ndarray  # [105] ten-thousandths
    own_choice: np.ndarray  # [commune, 105] ten-thousandths
    without_gp: np.ndarray  # [105, ald] thresholds
    seeks: np.ndarray  # [105, ald] thresholds, among those without
    load: np.ndarray  # [105, ald, treated] expected requests a year, hundredths


@njit("int64(int64, int64)", cache=True)
def odds_of_a_day(rate, parts):
    """Turn a yearly rate into one whose geometric gaps have the right mean: -log(1 - p) to the second order."""
    return rate + rate * rate // (2 * 365 * parts)


@njit(cache=True)
def draw_people(state, rules, traits, seed, first_day):
    """Draw everybody's traits, rates and first needs; `commune`, `age` and `woman` stand already."""
    patients, places = state.patients, state.places
    for patient in range(patients.commune.shape[0]):
        commune = patients.commune[patient]
        who = (places.number[commune] << 32) | (patient - places.first[commune])
        age = patients.age[patient]
        ald = draw(seed, ALD, 0, who, 0) < traits.ald[age]
        patients.ald[patient] = ald
        patients.treated[patient] = not ald and draw(seed, TREATED, 0, who, 0) < traits.treated[age]
        patients.home_bound[patient] = draw(seed, HOME_BOUND, 0, who, 0) < traits.home_bound[age]
        patients.car[patient] = draw(seed, CAR, 0, who, 0) >= traits.no_car[commune, 1 if age >= 75 else 0]
        patients.deprived[patient] = draw(seed, DEPRIVED, 0, who, 0) < traits.deprived[commune]
        patients.frailty[patient] = traits.frailty[draw(seed, FRAILTY, 0, who, 0) >> 22]
        set_rates(patients, traits, patient, commune, age)
        plan_first_needs(state, rules, seed, patient, who, first_day)


@njit(cache=True)
def set_rates(patients, traits, patient, commune, age):
    """Give a person the yearly rates that age, illness and personal frailty of use make."""
    frailty = np.int64(patients.frailty[patient])
    acute = traits.acute[age, patients.ald[patient]] * frailty // 1000
    patients.acute_rate[patient] = min(odds_of_a_day(acute, 1000), 65_535)
    patients.routine_rate[patient] = min(odds_of_a_day(traits.routine[age], 1000), 65_535)
    base = traits.emergency_base[age]
    own = traits.own_choice[commune, age] * frailty // 1000
    total = odds_of_a_day(base + own, 10_000)
    patients.emergency_rate[patient] = min(total, 65_535)
    patients.emergency_base[patient] = min(base * total // max(base + own, 1), 65_535)


@njit(cache=True)
def plan_first_needs(state, rules, seed, patient, who, first_day):
    """Spread people's first needs from the first simulated day on."""
    patients, table = state.patients, rules.exponential
    eve = first_day - 1
    luck = draw(seed, ACUTE_GAP, eve, who, 0)
    patients.next_acute[patient] = next_day(table, luck, patients.acute_rate[patient], 1000, eve)
    luck = draw(seed, ROUTINE_GAP, eve, who, 0)
    patients.next_routine[patient] = next_day(table, luck, patients.routine_rate[patient], 1000, eve)
    luck = draw(seed, EMERGENCY_GAP, eve, who, 0)
    patients.next_emergency[patient] = next_day(table, luck, patients.emergency_rate[patient], 10_000, eve)
    patients.next_follow_up[patient] = NEVER
    if patients.ald[patient] or patients.treated[patient]:
        gap = rules.follow_up_days[0 if patients.ald[patient] else 1]
        elapsed = draw(seed, FIRST_FOLLOW_UP, 0, who, 0) % gap
        plan_follow_up(state, rules, seed, patient, eve - elapsed)
        patients.next_follow_up[patient] = max(patients.next_follow_up[patient], first_day)
    set_next_event(patients, patient)


@njit(cache=True)
def make_families(state, traits, seed, family):
    """Put adults of like age in couples and children with an adult; `family` gets the row of the head."""
    patients, places = state.patients, state.places
    for commune in range(places.number.shape[0]):
        first, last = places.first[commune], places.first[commune + 1]
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
def lose_usual_gp(state, traits, seed):
    """Say who has no usual GP at the start, and who of them looks for one (-2 in `usual_gp` until chosen)."""
    patients, places = state.patients, state.places
    for patient in range(patients.commune.shape[0]):
        commune = patients.commune[patient]
        who = (places.number[commune] << 32) | (patient - places.first[commune])
        age, ald = patients.age[patient], patients.ald[patient]
        patients.usual_gp[patient] = -2
        patients.seeking[patient] = 0
        if draw(seed, WITHOUT_USUAL_GP, 0, who, 0) < traits.without_gp[age, ald]:
            patients.usual_gp[patient] = -1
            seeks = draw(seed, SEEKS_USUAL_GP, 0, who, 0) < traits.seeks[age, ald]
            patients.seeking[patient] = seeks


@njit(cache=True)
def choose_usual_gps(state, traits, seed, family, target):
    """Families choose a usual GP one after another: near ones pull, full ones push (médecin traitant).

    `target` is the load of each GP, in hundredths of requests, at which there is no room left.
    """
    patients, places, practitioners = state.patients, state.places, state.practitioners
    people = patients.commune.shape[0]
    load = family_loads(state, traits, family)
    heads = np.flatnonzero(family == np.arange(people))
    keys = np.empty(heads.shape[0], np.uint64)
    for place in range(heads.shape[0]):
        patient = heads[place]
        commune = patients.commune[patient]
        who = (places.number[commune] << 32) | (patient - places.first[commune])
        luck = np.uint64(draw(seed, FAMILY_ORDER, 0, who, 0))
        keys[place] = (luck << np.uint64(32)) | np.uint64(patient)
    taken = np.zeros(practitioners.active.shape[0], np.int64)
    chosen = np.full(people, -1, np.int64)
    for place in np.argsort(keys):
        head = heads[place]
        chosen[head] = choose_one(state, seed, head, target, taken)
        if chosen[head] >= 0:
            taken[state.reach.practitioner[chosen[head]]] += load[head]
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
def family_loads(state, traits, family):
    """Add up the requests that each family is expected to make, in hundredths a year."""
    patients = state.patients
    load = np.zeros(family.shape[0], np.int64)
    for patient in range(family.shape[0]):
        if patients.usual_gp[patient] == -2:
            age = patients.age[patient]
            load[family[patient]] += traits.load[age, patients.ald[patient], patients.treated[patient]]
    return load


@njit(cache=True)
def choose_one(state, seed, head, target, taken):
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
        g = reach.practitioner[place]
        room = max((target[g] - taken[g]) * 1024 // max(target[g], 1), 20)
        total += (reach.weight[place] - before) * room
        before = reach.weight[place]
        cumulated[place - start] = total
    who = (places.number[commune] << 32) | (head - places.first[commune])
    aim = (draw(seed, USUAL_GP, 0, who, 0) * (total >> 8) >> 32) << 8
    for place in range(stop - start):
        if cumulated[place] > aim:
            return start + place
    return stop - 1


@njit("int64(int64)", cache=True)
def band_of(age):
    """Give the age band of an age: 0-17, 18-29, 30-49, 50-69, 70-79, 80 and over."""
    if age < 18:
        return 0
    if age < 30:
        return 1
    if age < 50:
        return 2
    if age < 70:
        return 3
    return 4 if age < 80 else AGE_BANDS - 1


@njit(cache=True)
def sort_into_groups(state):
    """Give everybody the profile under which they are counted."""
    patients = state.patients
    for patient in range(patients.commune.shape[0]):
        group = band_of(patients.age[patient]) * 8 + patients.ald[patient] * 4
        group += patients.deprived[patient] * 2 + patients.car[patient]
        if not state.places.inside[patients.commune[patient]]:
            group += GROUPS
        patients.group[patient] = group
