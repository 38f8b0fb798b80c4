"""Drawing the people of a territory (peuplement): illness, means, families and a first usual GP."""

from typing import NamedTuple

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import AGE_BANDS, GROUPS, NEVER, PROGRAMMES
from simulation.kernels.decisions import (
    ACUTE_GAP,
    ADMISSION_GAP,
    ALD,
    CAR,
    DEPRIVED,
    EMERGENCY_GAP,
    FIRST_FOLLOW_UP,
    FRAILTY,
    HOME_BOUND,
    OTHER_CARE_GAP,
    PREVENTION_DAY,
    PREVENTION_JOINS,
    ROUTINE_GAP,
    TREATED,
)
from simulation.kernels.gaps import next_day
from simulation.kernels.person import is_targeted, key_of, set_next_event
from simulation.kernels.request import plan_follow_up


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
    admissions: np.ndarray  # [105] stays that do not begin at the ED, ten-thousandths a year
    dental: int  # thousandths a year
    midwife: np.ndarray  # [105] for women, thousandths a year
    joins: np.ndarray  # [programme] thresholds
    emergency_base: np.ndarray  # [105] ten-thousandths
    own_choice: np.ndarray  # [commune, 105] ten-thousandths
    without_gp: np.ndarray  # [105, ald] thresholds
    seeks: np.ndarray  # [105, ald] thresholds, among those without
    dies: np.ndarray  # [105] thresholds a year
    bears: np.ndarray  # [105] thresholds a year, for women
    load: np.ndarray  # [105, ald, treated] expected requests a year, hundredths


@njit("int64(int64, int64)", cache=True)
def odds_of_a_day(rate, parts):
    """Turn a yearly rate into one whose geometric gaps have the right mean: -log(1 - p) to the second order."""
    return rate + rate * rate // (2 * 365 * parts)


@njit(cache=True)
def draw_people(state, rules, traits, seed, first_day):
    """Draw everybody's traits, rates and first needs; `commune`, `age` and `woman` stand already."""
    patients = state.patients
    for patient in range(patients.commune.shape[0]):
        if not patients.alive[patient]:
            continue
        draw_traits(state, traits, seed, patient)
        set_rates(patients, traits, patient)
        plan_first_needs(state, rules, seed, patient, first_day)
        if not patients.visitor[patient]:
            plan_first_care(state, rules, traits, seed, patient, first_day)
        set_next_event(patients, patient)


@njit(cache=True)
def draw_traits(state, traits, seed, patient):
    """Draw illness and means at a person's age; drawn again at a greater age, the same luck only adds illness."""
    patients = state.patients
    commune, age, who = patients.commune[patient], patients.age[patient], key_of(state, patient)
    ald = draw(seed, ALD, 0, who, 0) < traits.ald[age]
    patients.ald[patient] = ald
    patients.treated[patient] = not ald and draw(seed, TREATED, 0, who, 0) < traits.treated[age]
    patients.home_bound[patient] = draw(seed, HOME_BOUND, 0, who, 0) < traits.home_bound[age]
    patients.car[patient] = draw(seed, CAR, 0, who, 0) >= traits.no_car[commune, 1 if age >= 75 else 0]
    patients.deprived[patient] = draw(seed, DEPRIVED, 0, who, 0) < traits.deprived[commune]
    patients.frailty[patient] = traits.frailty[draw(seed, FRAILTY, 0, who, 0) >> 22]


@njit(cache=True)
def set_rates(patients, traits, patient):
    """Give a person the yearly rates that age, illness and personal frailty of use make."""
    commune, age = patients.commune[patient], patients.age[patient]
    frailty = np.int64(patients.frailty[patient])
    acute = traits.acute[age, patients.ald[patient]] * frailty // 1000
    patients.acute_rate[patient] = min(odds_of_a_day(acute, 1000), 65_535)
    patients.routine_rate[patient] = min(odds_of_a_day(traits.routine[age], 1000), 65_535)
    base = traits.emergency_base[age]
    own = traits.own_choice[commune, age] * frailty // 1000
    total = odds_of_a_day(base + own, 10_000)
    patients.emergency_rate[patient] = min(total, 65_535)
    patients.emergency_base[patient] = min(base * total // max(base + own, 1), 65_535)
    patients.admission_rate[patient] = min(odds_of_a_day(traits.admissions[age], 10_000), 65_535)
    midwife = traits.midwife[age] if patients.woman[patient] else 0
    patients.other_rate[patient] = min(odds_of_a_day(traits.dental + midwife, 1000), 65_535)
    patients.midwife_share[patient] = midwife * 65_535 // max(traits.dental + midwife, 1)


@njit(cache=True)
def plan_first_needs(state, rules, seed, patient, first_day):
    """Spread a person's first needs from the first day on."""
    patients, table, eve, who = state.patients, rules.exponential, first_day - 1, key_of(state, patient)
    luck = draw(seed, ACUTE_GAP, eve, who, 0)
    patients.next_acute[patient] = next_day(table, luck, patients.acute_rate[patient], 1000, eve)
    luck = draw(seed, EMERGENCY_GAP, eve, who, 0)
    patients.next_emergency[patient] = next_day(table, luck, patients.emergency_rate[patient], 10_000, eve)


@njit(cache=True)
def plan_first_care(state, rules, traits, seed, patient, first_day):
    """Spread the first care that inhabitants seek near their home: routine, other roles, hospital, follow-ups."""
    patients, table, eve, who = state.patients, rules.exponential, first_day - 1, key_of(state, patient)
    luck = draw(seed, ROUTINE_GAP, eve, who, 0)
    patients.next_routine[patient] = next_day(table, luck, patients.routine_rate[patient], 1000, eve)
    luck = draw(seed, ADMISSION_GAP, eve, who, 0)
    patients.next_admission[patient] = next_day(table, luck, patients.admission_rate[patient], 10_000, eve)
    luck = draw(seed, OTHER_CARE_GAP, eve, who, 0)
    patients.next_other[patient] = next_day(table, luck, patients.other_rate[patient], 1000, eve)
    plan_first_follow_up(state, rules, seed, patient, first_day)
    plan_first_prevention(state, rules, traits, seed, patient, first_day)


@njit(cache=True)
def plan_first_follow_up(state, rules, seed, patient, first_day):
    """Put somebody who is followed anywhere in the interval between two visits."""
    patients, who = state.patients, key_of(state, patient)
    patients.next_follow_up[patient] = NEVER
    if patients.ald[patient] or patients.treated[patient]:
        gap = rules.follow_up_days[0 if patients.ald[patient] else 1]
        elapsed = draw(seed, FIRST_FOLLOW_UP, 0, who, 0) % gap
        plan_follow_up(state, rules, seed, patient, first_day - 1 - elapsed)
        late = max(first_day - np.int64(patients.next_follow_up[patient]), 0)
        patients.next_follow_up[patient] += late
        patients.follow_up_lead[patient] -= min(late, np.int64(patients.follow_up_lead[patient]))


@njit(cache=True)
def plan_first_prevention(state, rules, traits, seed, patient, first_day):
    """Say which programmes a person keeps up with and when each runs out, spread over its interval."""
    patients, joins, who = state.patients, 0, key_of(state, patient)
    earliest = np.int64(NEVER)
    for programme in range(PROGRAMMES):
        if draw(seed, PREVENTION_JOINS, 0, who, programme) >= traits.joins[programme]:
            continue
        joins |= 1 << programme
        until = first_day + draw(seed, PREVENTION_DAY, 0, who, programme) % rules.programme_days[programme]
        patients.up_to_date[patient, programme] = until
        if is_targeted(patients, patient, programme):
            earliest = min(earliest, until + 1)
    patients.joins[patient] = joins
    patients.next_prevention[patient] = min(earliest, NEVER)


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
    for patient in range(state.patients.commune.shape[0]):
        sort_one(state, patient)


@njit(cache=True)
def sort_one(state, patient):
    """Give a person a profile; whoever lives around or stays here in summer is counted apart."""
    patients = state.patients
    group = band_of(patients.age[patient]) * 8 + patients.ald[patient] * 4
    group += patients.deprived[patient] * 2 + patients.car[patient]
    if patients.visitor[patient]:
        group += 2 * GROUPS
    elif not state.places.inside[patients.commune[patient]]:
        group += GROUPS
    patients.group[patient] = group
