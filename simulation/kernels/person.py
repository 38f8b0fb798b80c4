"""A person (personne): the key of everybody's chance, and the next day on which something happens to them."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import bring
from simulation.kernels.codes import BREAST, CERVICAL, COLORECTAL, FLU


@njit(cache=True)
def key_of(state, patient):
    """Give the person behind a row: the commune, the rank in it and the generation, whatever else is simulated."""
    commune = state.patients.commune[patient]
    rank = (np.int64(state.patients.generation[patient]) << 24) | (patient - state.places.first[commune])
    return (state.places.number[commune] << 32) | rank


@njit(cache=True)
def bring_person(patients, patient):
    """Have memory bring near what most events read of a person."""
    bring(patients.usual_gp, patient)  # a record is one line


@njit(cache=True)
def bring_history(patients, patient):
    """Have memory bring near what a visit reads and writes besides: the GPs seen, what is up to date."""
    bring(patients.seen_gps, patient)


@njit(cache=True)
def set_next_event(patients, patient):
    """Keep the day on which a person is looked at next."""
    needs = min(
        min(patients.next_acute[patient], patients.next_follow_up[patient]),
        min(patients.next_routine[patient], patients.next_emergency[patient]),
    )
    others = min(
        min(patients.next_other[patient], patients.next_prevention[patient]),
        min(patients.next_admission[patient], patients.next_readmission[patient]),
    )
    patients.next_event[patient] = min(min(needs, others), patients.next_registration[patient])


@njit(cache=True)
def is_targeted(patients, patient, programme):
    """Tell whether a programme is for a person: by age, sex and long-term condition (calendrier vaccinal, INCa)."""
    age = np.int64(patients.age[patient])
    if programme == FLU:
        return age >= 65 or (age >= 18 and patients.ald[patient] == 1)
    if programme == COLORECTAL:
        return 50 <= age <= 74
    if programme == BREAST:
        return 50 <= age <= 74 and patients.woman[patient] == 1
    return programme == CERVICAL and 25 <= age <= 65 and patients.woman[patient] == 1
