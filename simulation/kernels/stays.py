"""Stays in hospital (séjours): a bed, here or elsewhere, some nights, and what follows the way home."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ADMISSIONS,
    CONTACT_7,
    CONTACT_15,
    CORRIDOR,
    DISCHARGES,
    NEVER,
    NIGHTS,
    PLANNED,
    POST_DISCHARGE,
    READMISSIONS,
    SAID_ADMITTED,
    SAID_DISCHARGED,
    SAID_NEED,
    TOLD,
    TRANSFERS,
)
from simulation.kernels.decisions import (
    ADMISSION_GAP,
    ASKS_AFTER_STAY,
    READMISSION_DAY,
    READMISSION_SPARED,
    READMITTED,
    STAY_DAYS,
    TOLD_OF_EXIT,
)
from simulation.kernels.gaps import next_day
from simulation.kernels.person import key_of, set_next_event
from simulation.kernels.record import add, counted_month
from simulation.kernels.request import is_open, open_request
from simulation.kernels.story import tell

WITHOUT_THE_ED, AGAIN = 4, 5
"""How a stay begins, besides the four streams of the ED."""
IN_TIME, LATE = 1, 2
"""When a GP saw somebody after a stay, 0 before that."""


@njit(cache=True)
def admit(state, rules, today, patient, site, how):
    """Give somebody a bed: here, else in the nearest other hospital, else in a corridor here."""
    patients, hospitals, stays = state.patients, state.hospitals, state.stays
    if patients.in_hospital[patient] or site < 0:
        return
    row = stays.top[0]
    if row >= stays.patient.shape[0]:
        return
    stays.top[0] += 1
    there = bed_for(hospitals, site)
    who = key_of(state, patient)
    nights = np.int64(rules.stay_days[draw(today.seed, STAY_DAYS, today.day, who, how) >> 22])
    stays.patient[row] = patient
    stays.hospital[row] = there
    stays.until[row] = min(today.day + nights, NEVER - 1)
    hospitals.occupied[there] += 1
    patients.in_hospital[patient] = 1
    tally, month = state.tally, today.month
    add(tally, patients, month, patient, ADMISSIONS, 1)
    add(tally, patients, month, patient, NIGHTS, nights)
    if there != site:
        add(tally, patients, month, patient, TRANSFERS, 1)
    if hospitals.occupied[there] > hospitals.beds[there]:
        add(tally, patients, month, patient, CORRIDOR, 1)
    if how == AGAIN:
        exit_month = counted_month(today, np.int64(patients.discharged[patient]))
        add(tally, patients, exit_month, patient, READMISSIONS, 1)
    tell(state, today.day, patient, SAID_ADMITTED, there, nights)


@njit(cache=True)
def bed_for(hospitals, site):
    """Choose a bed: here while one is free, else in the nearest other hospital (transfert), else here."""
    if hospitals.occupied[site] < hospitals.beds[site]:
        return site
    other = np.int64(hospitals.elsewhere[site])
    if other >= 0 and hospitals.occupied[other] < hospitals.beds[other]:
        return other
    return site


@njit(cache=True)
def discharge(state, rules, today):
    """Send home those whose stay ends today (sortie d'hospitalisation)."""
    stays, row = state.stays, 0
    while row < stays.top[0]:
        if stays.until[row] > today.day:
            row += 1
            continue
        patient = np.int64(stays.patient[row])
        state.hospitals.occupied[stays.hospital[row]] -= 1
        forget_stay(stays, row)
        go_home(state, rules, today, patient)


@njit(cache=True)
def forget_stay(stays, row):
    """Take a stay out of the table; the last one takes its row, so that no row lies between two stays unused."""
    last = stays.top[0] - 1
    stays.top[0] = last
    stays.patient[row], stays.hospital[row] = stays.patient[last], stays.hospital[last]
    stays.until[row] = stays.until[last]
    stays.patient[last] = -1


@njit(cache=True)
def go_home(state, rules, today, patient):
    """Come home: some call their GP within days, some will be back in hospital within a month."""
    patients, day = state.patients, today.day
    who = key_of(state, patient)
    patients.in_hospital[patient] = 0
    patients.discharged[patient] = day
    patients.contacted[patient] = 0
    add(state.tally, patients, today.month, patient, DISCHARGES, 1)
    tell(state, day, patient, SAID_DISCHARGED, 0, 0)
    patients.next_readmission[patient] = NEVER
    if draw(today.seed, READMITTED, day, who, 0) < rules.readmitted:
        later = 2 + draw(today.seed, READMISSION_DAY, day, who, 0) % 29
        patients.next_readmission[patient] = min(day + later, NEVER)
    set_next_event(patients, patient)
    asks = draw(today.seed, ASKS_AFTER_STAY, day, who, 0) < asks_after(state, rules, today, patient)
    if asks and not is_open(patients, patient, POST_DISCHARGE):
        wanted = min(day + 1 + draw(today.seed, ASKS_AFTER_STAY, day, who, 1) % rules.seen_in_time, NEVER)
        open_request(state, rules, today, patient, POST_DISCHARGE, PLANNED, day, day + 1, wanted)
        tell(state, day, patient, SAID_NEED, POST_DISCHARGE, wanted)


@njit(cache=True)
def asks_after(state, rules, today, patient):
    """Say how likely a person is to ask for a GP: more when the CPTS is told of the exit (référents ville-hôpital)."""
    cpts = state.places.cpts[state.patients.commune[patient]]
    if (
        cpts < 0
        or draw(today.seed, TOLD_OF_EXIT, today.day, key_of(state, patient), 0) >= state.numbers.told[cpts]
    ):
        return rules.asks_after
    add(state.tally, state.patients, today.month, patient, TOLD, 1)
    return rules.asks_when_told


@njit(cache=True)
def note_contact(state, rules, today, patient):
    """Count the first GP's visit after a stay, if it comes in time, in the month of the exit (contact en ville)."""
    patients = state.patients
    if patients.discharged[patient] < 0 or patients.contacted[patient]:
        return
    month = counted_month(today, np.int64(patients.discharged[patient]))
    days = today.day - np.int64(patients.discharged[patient])
    patients.contacted[patient] = IN_TIME if days <= rules.seen_in_time else LATE
    if days <= 7:
        add(state.tally, patients, month, patient, CONTACT_7, 1)
    if days <= 15:
        add(state.tally, patients, month, patient, CONTACT_15, 1)


@njit(cache=True)
def come_in(state, rules, today, patient):
    """Begin a stay that does not start at the ED: planned, or by a doctor's letter."""
    patients, day = state.patients, today.day
    luck = draw(today.seed, ADMISSION_GAP, day, key_of(state, patient), 0)
    patients.next_admission[patient] = next_day(
        rules.exponential, luck, patients.admission_rate[patient], 10_000, day
    )
    site = np.int64(state.places.emergency_site[patients.commune[patient]])
    admit(state, rules, today, patient, site, WITHOUT_THE_ED)


@njit(cache=True)
def come_back(state, rules, today, patient):
    """Be readmitted within a month, unless one is spared: the risk may differ for those seen in time."""
    patients, day = state.patients, today.day
    patients.next_readmission[patient] = NEVER
    luck = draw(today.seed, READMISSION_SPARED, day, key_of(state, patient), 0)
    if luck < rules.spared[1 if patients.contacted[patient] == IN_TIME else 0]:
        site = np.int64(state.places.emergency_site[patients.commune[patient]])
        admit(state, rules, today, patient, site, AGAIN)
