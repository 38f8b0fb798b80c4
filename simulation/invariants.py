"""What must hold on every evening (invariants): slots, requests and people are neither lost nor made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.kernels.codes import (
    CLASSES,
    CLOSED_ROWS,
    DIED,
    DURATIONS,
    MADE,
    MEASURES_OF_CLASS,
    OPENED,
    REQUEST_DAYS,
    SPARE,
    UNUSED,
    VISITED,
    WAITING,
)

if TYPE_CHECKING:
    from simulation.model import PrimaryCare


class Broken(AssertionError):
    """An invariant of the model does not hold: a fault of the program, not of the input."""


def check(model: PrimaryCare) -> None:
    """Check every invariant of a model between two days."""
    slots_are_never_negative(model)
    panels_hold_their_patients(model)
    tracks_match_open_requests(model)
    littles_law_holds(model)
    if model.day > model.calendar.last:
        every_request_ends_once(model)


def require(condition: bool, law: str) -> None:
    """Stop at once when a law is broken."""
    if not condition:
        raise Broken(law)


def slots_are_never_negative(model: PrimaryCare) -> None:
    """No slot is given twice, none is free that was not laid: cells are unsigned, less than none is more than laid."""
    diary = model.state.diary
    require(bool((diary.free <= diary.laid).all()), "a slot was given twice, or is free that was never laid")


def panels_hold_their_patients(model: PrimaryCare) -> None:
    """The panel (patientèle) of each GP is the number of people whose usual GP he is."""
    usual = model.state.patients.usual_gp
    panel = model.state.practitioners.panel
    counted = np.bincount(usual[usual >= 0], minlength=len(panel))
    require(bool((counted == panel).all()), "a panel differs from the people who name its GP")


def tracks_match_open_requests(model: PrimaryCare) -> None:
    """A person has a mark for each open request and no other; rows are spare or open."""
    requests, patients = model.state.requests, model.state.patients
    is_open = requests.status != UNUSED
    kinds = np.where(requests.kind == 1, 0, requests.kind)[is_open]
    marks = np.zeros(len(patients.commune), dtype=np.int64)
    np.bitwise_or.at(marks, requests.patient[is_open], 1 << kinds.astype(np.int64))
    require(bool((marks == patients.open_tracks).all()), "a request is open that its person does not know of")
    alive = int(requests.cursor[OPENED] - requests.cursor[CLOSED_ROWS])
    require(alive == int(is_open.sum()), "requests were lost")
    require(alive + int(requests.cursor[SPARE]) == len(requests.status), "rows of requests were lost")


def littles_law_holds(model: PrimaryCare) -> None:
    """Little's law: requests open each evening, added up, are the days that requests have lived."""
    requests = model.state.requests
    is_open = requests.status != UNUSED
    alive = (model.day - requests.opened[is_open].astype(np.int64)).sum()
    lived = int(requests.cursor[DURATIONS]) + int(alive)
    require(lived == int(requests.cursor[REQUEST_DAYS]), "days of waiting were lost (Little's law)")


def every_request_ends_once(model: PrimaryCare) -> None:
    """Requests made are requests visited, advised, at the ED, forgone, waiting, with an appointment, or of the dead."""
    counts = model.state.tally.group.sum(axis=(0, 1))
    for request_class in range(CLASSES):
        cells = counts[request_class * MEASURES_OF_CLASS : (request_class + 1) * MEASURES_OF_CLASS]
        ended = int(cells[VISITED : WAITING + 2].sum() + cells[DIED])
        require(ended == int(cells[MADE]), f"requests of class {request_class} did not end exactly once")
