"""What a GP's panel asks of him (patientèle): visits at home, and how many more people he takes on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import Calendar
from simulation.kernels.codes import AFTERNOON
from simulation.parameters import Parameters
from simulation.practices import open_days
from simulation.state import Practitioners, State

WEEKS = 46
"""Weeks worked in a year."""
MOST_AT_HOME = 0.5
"""A session gives at most this share of its slots to visits at home."""


def panel_limits(practitioners: Practitioners, parameters: Parameters) -> NDArray[np.int32]:
    """People beyond whom each GP takes nobody on; those who arrive aim at a panel for their slots."""
    aim = practitioners.weekly.sum(axis=(1, 2)) / 256 * WEEKS / parameters.supply.slots_per_gp
    aim = aim * parameters.workforce.panel_of_arrivals
    limits = np.where(
        practitioners.arrives >= 0, aim, practitioners.panel * (1 + parameters.registration.margin)
    )
    return np.ceil(limits).astype(np.int32)


def plan_home_visits(state: State, parameters: Parameters, calendar: Calendar) -> None:
    """Have each GP keep time for the home-bound of his panel, in the afternoons if he works then."""
    patients, practitioners = state.patients, state.practitioners
    homes = patients.usual_gp[(patients.home_bound == 1) & (patients.usual_gp >= 0)]
    people = np.bincount(homes, minlength=len(practitioners.active))
    practitioners.home[people == 0] = 0
    days = np.array(open_days(calendar.first))
    for g in np.flatnonzero(people):
        week = practitioners.weekly[g].astype(np.int64)
        asked = people[g] * parameters.supply.home_visits_per_year
        if week[:, AFTERNOON].any():
            week[:, :AFTERNOON] = 0
        offered = float((week.sum(axis=1) * days).sum()) / 256
        share = min(asked / offered, MOST_AT_HOME) if offered > 0 else 0.0
        practitioners.home[g] = np.rint(week * share).astype(np.int32)
