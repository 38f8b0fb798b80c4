"""Prevention (dépistages, vaccination): who is due, who asks for it, and what is done on the way."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    CERVICAL,
    COLORECTAL,
    DONE_ON_THE_WAY,
    FLU,
    NEVER,
    PROGRAMMES,
    SAID_PREVENTION,
)
from simulation.kernels.decisions import PREVENTION_DAY
from simulation.kernels.person import is_targeted, key_of, set_next_event
from simulation.kernels.record import add
from simulation.kernels.story import tell

CAMPAIGN_DAYS = 60


@njit(cache=True)
def plan_prevention(state, rules, today, patient, programme, done):
    """After a request, done or given up: set the day on which the person thinks of prevention next."""
    patients = state.patients
    if done:
        renew(state, rules, today, patient, programme)
        remind(state, today, patient)
    else:
        patients.next_prevention[patient] = min(today.day + rules.prevention_again, NEVER)
        set_next_event(patients, patient)


@njit(cache=True)
def renew(state, rules, today, patient, programme):
    """Bring somebody up to date with a programme."""
    until = min(today.day + rules.programme_days[programme], NEVER - 1)
    state.patients.up_to_date[patient, programme] = until
    tell(state, today.day, patient, SAID_PREVENTION, programme, until)


@njit(cache=True)
def remind(state, today, patient):
    """Set the next day on which something that a person follows runs out; flu waits for its campaign."""
    patients, earliest = state.patients, np.int64(NEVER)
    for programme in range(PROGRAMMES):
        if not (patients.joins[patient] >> programme) & 1 or not is_targeted(patients, patient, programme):
            continue
        due = np.int64(patients.up_to_date[patient, programme]) + 1
        if programme == FLU:
            due = max(due, flu_day(state, today, patient))
        earliest = min(earliest, max(due, today.day + 1))
    patients.next_prevention[patient] = min(earliest, NEVER)
    set_next_event(patients, patient)


@njit(cache=True)
def flu_day(state, today, patient):
    """Give the day of the campaign on which a person thinks of the vaccine."""
    later = draw(today.seed, PREVENTION_DAY, 1, key_of(state, patient), FLU) % CAMPAIGN_DAYS
    return today.flu_season + later


@njit(cache=True)
def programme_due(state, today, patient):
    """Find the programme that a person is due for, of those followed; -1 if none."""
    patients = state.patients
    for programme in range(PROGRAMMES):
        if not (patients.joins[patient] >> programme) & 1 or not is_targeted(patients, patient, programme):
            continue
        if programme == FLU and today.day < flu_day(state, today, patient):
            continue
        if patients.up_to_date[patient, programme] < today.day:
            return programme
    return -1


@njit(cache=True)
def prevent_on_the_way(state, rules, today, patient, luck):
    """At a GP's visit, think of what a person is not up to date with: a kit is handed over, a vaccine given."""
    patients = state.patients
    if luck >= rules.on_the_way:
        return
    programme = due_at_once(patients, today, patient)
    if programme >= 0:
        renew(state, rules, today, patient, programme)
        add(state.tally, patients, today.month, patient, DONE_ON_THE_WAY, 1)


@njit(cache=True)
def due_at_once(patients, today, patient):
    """Find what a person is not up to date with and can have at once, a vaccine or a test; -1 if nothing."""
    for programme in (FLU, COLORECTAL, CERVICAL):
        if not is_targeted(patients, patient, programme):
            continue
        if programme == FLU and today.day < today.flu_season:
            continue
        if patients.up_to_date[patient, programme] < today.day:
            return programme
    return -1
