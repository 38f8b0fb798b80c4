"""What people did before they came to the emergency department (recours préalable), read in the record of their lives.

In the thesis of Orange (2017) 34 % of those who came had first contacted a doctor in town, and no setting has seen
it. Who finds no slot has called; for the others, an event with a practice in the days before is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.lives import by_person
from simulation.kernels import codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.fates import Event
    from simulation.scenario import Scenario

FOLLOWED = 2_000
BEFORE_DAYS = 2
"""Days within which a contact is taken to be for the same trouble."""
CONTACTS = frozenset({codes.SAID_BOOKED, codes.SAID_REFUSED, codes.SAID_VISITED, codes.SAID_ADVISED})


def contacted_before(scenario: Scenario, people: int = FOLLOWED) -> tuple[float, int]:
    """Share of the passages of a year that followed a contact in town, and how many passages were followed."""
    from experiments.people import on_first_counted_day
    from simulation import run

    model = on_first_counted_day(scenario)
    first = model.calendar.first
    inside = model.territory.communes["inside"].to_numpy(bool)[model.state.patients.commune]
    here = np.flatnonzero(inside & ~model.state.patients.visitor.astype(bool))
    rows = np.random.default_rng(scenario.seed).choice(here, min(people, len(here)), replace=False)
    lives = by_person(run(scenario, follow=sorted(map(int, rows))).lives)
    return share_contacted(lives, first)


def share_contacted(lives: Mapping[int, Sequence[Event]], first: int = 0) -> tuple[float, int]:
    """Share of the passages from day `first` on that followed a contact, and how many there were (none: no share)."""
    found = [
        contacted
        for events in lives.values()
        for contacted in (_after_contact(events, at) for at, one in enumerate(events) if one.day >= first)
        if contacted is not None
    ]
    return (float(np.mean(found)) if found else float("nan")), len(found)


def _after_contact(events: Sequence[Event], at: int) -> bool | None:
    """Whether somebody who comes had a contact before; none when this is no passage."""
    passage = events[at]
    if passage.event == codes.SAID_EMERGENCY:
        return True
    if passage.event != codes.SAID_OWN_EMERGENCY:
        return None
    recent = (one for one in events[:at] if passage.day - one.day <= BEFORE_DAYS)
    return any(one.event in CONTACTS for one in recent)
