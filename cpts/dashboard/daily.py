"""One day of a territory in a few figures (journée): who still looks for an appointment, who was seen, who was not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.kernels.codes import (
    BOOKED,
    CLASSES,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    GAVE_UP,
    MEASURES_OF_CLASS,
    SEEKING,
    VISITED,
)
from simulation.model import PrimaryCare
from simulation.running import begin
from simulation.scenario import Scenario

FIGURES = ("seeking", "booked", "seen", "unserved", "emergency")
"""The first two are of the evening, the others since the first counted day."""


class Day(NamedTuple):
    """What a day left, for those who live in the territory."""

    date: str
    """ISO 8601."""
    seeking: int
    """Requests that have no appointment yet."""
    booked: int
    seen: int
    unserved: int
    """Requests given up, or ended in the emergency department."""
    emergency: int
    """Visits to the emergency department for want of a slot."""


def day_of(model: PrimaryCare) -> Day:
    """The evening of the day that was lived last."""
    from simulation.calendar import date_of

    state, requests = model.state, model.state.requests
    inside = state.places.inside.astype(bool)
    here = inside[state.patients.commune[requests.patient]]
    counted = state.tally.place[:, inside, :].sum(axis=(0, 1), dtype=np.int64)

    def ended(*measures: int) -> int:
        return sum(
            int(counted[one * MEASURES_OF_CLASS + measure]) for one in range(CLASSES) for measure in measures
        )

    return Day(
        date_of(model.day - 1).isoformat(),
        int((here & (requests.status == SEEKING)).sum()),
        int((here & (requests.status == BOOKED)).sum()),
        ended(VISITED),
        ended(EMERGENCY_END, GAVE_UP),
        int(counted[ED_WANT_OF_SLOT]),
    )


def days_of(scenario: Scenario) -> list[Day]:
    """Every counted day of a scenario, in order."""
    model = begin(scenario)
    days = []
    while model.day <= model.calendar.last:
        counted = model.day >= model.calendar.first
        model.step()
        if counted:
            days.append(day_of(model))
    return days


def drawn(days: Sequence[Day]) -> dict[str, list[object]]:
    """Columns, which a page holds in a tenth of the room of rows."""
    return {name: [getattr(day, name) for day in days] for name in ("date", *FIGURES)}
