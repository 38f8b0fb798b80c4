"""What a GP's panel asks of him (patientèle): visits at home, and how many more people he takes on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import Calendar
from simulation.kernels.codes import AFTERNOON
from simulation.kernels.handle import Handle
from simulation.kernels.registration import count_home_bound
from simulation.parameters import Parameters
from simulation.practices import open_days
from simulation.state import Practitioners

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


def plan_home_visits(hand: Handle, parameters: Parameters, calendar: Calendar) -> None:
    """Have each GP keep time for the home-bound of his panel, in the afternoons if he works then."""
    practitioners: Practitioners = hand.columns.practitioners
    people = np.zeros(len(practitioners.active), dtype=np.int64)
    count_home_bound(hand, people)
    week = practitioners.weekly.astype(np.int64)
    in_the_afternoon = week[:, :, AFTERNOON].any(axis=1)
    week[in_the_afternoon, :, :AFTERNOON] = 0
    days = np.array(open_days(calendar.first))
    offered = (week.sum(axis=2) * days).sum(axis=1) / 256
    asked = people * parameters.supply.home_visits_per_year
    share = np.divide(asked, offered, out=np.zeros(len(asked)), where=offered > 0)
    practitioners.home[:] = np.rint(week * np.minimum(share, MOST_AT_HOME)[:, None, None])
