"""Two territories side by side, day after day: the compiled one and its twin, and all that must be equal."""

from collections import Counter

import numpy as np

from simulation.kernels.codes import (
    BOOKED,
    CLOSED_ROWS,
    DURATIONS,
    HORIZON,
    OPENED,
    OVERFLOW,
    REQUEST_DAYS,
    SEEKING,
    UNUSED,
)
from simulation.model import PrimaryCare
from simulation.running import fresh
from tests.naive import Twin

ALWAYS = (
    "kind", "urgency", "tries", "missed", "extended", "opened", "began", "contact", "wanted", "deadline", "when",
)  # fmt: skip
APPOINTMENT = ("door", "pool", "period", "minutes")


class Apart(AssertionError):
    """The model and its twin differ, from the day that the message tells."""


def live_together(scenario, days, twin_class=Twin):
    """Live some days twice, comparing every evening; give the model and the twin."""
    built = fresh(scenario)
    twin = twin_class(built)
    model = PrimaryCare(scenario, built)
    compare(model, twin)
    for _ in range(days):
        today = model.calendar.today(model.day)
        on_before = model.state.numbers.on.tolist()
        model.step()
        for cpts in model.communities:
            if model.state.numbers.on[cpts.row] > on_before[cpts.row]:
                tell_mission(model, twin, cpts, today)
        twin.live(today)
        if not model.running:
            twin.close_run(today)
        compare(model, twin)
    return model, twin


def tell_mission(model, twin, cpts, today):
    """Tell the twin what institutions decide in plain Python: who volunteers, and how many slots of which session."""
    volunteers = {gp.row: (gp.dedicated.tolist(), gp.withheld.tolist()) for gp in cpts.volunteers}
    twin.start_mission(cpts.row, volunteers, cpts.missions[0].asked.release_at_noon, today)


def compare(model, twin):
    """Raise `Apart` at the first thing that differs."""
    for name, in_model, in_twin in pairs(model, twin):
        if in_model != in_twin:
            raise Apart(f"{name} on the evening before {model.date}: {first_difference(in_model, in_twin)}")


def pairs(model, twin):
    """Everything that is compared: a name, the model's, the twin's."""
    state = model.state
    for name in state.patients._fields:
        yield name, people_of_model(state.patients, name), people_of_twin(twin, name)
    yield "requests", requests_of_model(state.requests), requests_of_twin(twin)
    today = model.day
    yield "free slots", slots_of_model(state.diary.free, today), some(twin.diary.free)
    yield "laid slots", slots_of_model(state.diary.laid, today), some(twin.diary.laid)
    yield "duty", state.duty.tolist(), twin.duty
    for name in ("squeezed_left", "dedicated", "withheld"):
        in_twin = [getattr(practice, name) for practice in twin.world.practices]
        yield name, getattr(state.practitioners, name).tolist(), in_twin
    for name in ("place", "group", "delay", "practice"):
        yield name, cells(getattr(state.tally, name)), some(getattr(twin.counts, name))
    cursor, requests = state.requests.cursor.tolist(), twin.requests
    yield "opened", cursor[OPENED], requests.opened
    yield "closed", cursor[CLOSED_ROWS], requests.closed
    yield "durations", cursor[DURATIONS], requests.days_lived
    yield "request days", cursor[REQUEST_DAYS], requests.days_open
    yield "overflow", cursor[OVERFLOW], 0


def people_of_model(patients, name):
    column = getattr(patients, name).tolist()
    if name == "seen_gps":  # the order of two visits of one day is nobody's business
        return [sorted(row for row in met if row >= 0) for met in column]
    return column


def people_of_twin(twin, name):
    people = twin.world.people
    if name == "seen_gps":
        return [sorted(person.met) for person in people]
    if name == "open_tracks":
        return [sum(2**track for track in person.tracks) for person in people]
    return [getattr(person, name) for person in people]


def requests_of_model(requests):
    """Count open requests by all that they are; an appointment's details only where there is one."""
    rows = np.flatnonzero(requests.status != UNUSED)
    names = ("status", "patient", "practitioner", *ALWAYS)
    always = [getattr(requests, name)[rows].tolist() for name in names]
    details = [getattr(requests, name)[rows].tolist() for name in APPOINTMENT]
    return Counter(
        (*one, *(appointment if one[0] == BOOKED else ()))
        for one, appointment in zip(zip(*always, strict=True), zip(*details, strict=True), strict=True)
    )


def requests_of_twin(twin):
    return Counter(
        (
            BOOKED if one.booked else SEEKING, one.person.row, one.practice,
            *(getattr(one, name) for name in ALWAYS),
            *(getattr(one, name) for name in APPOINTMENT if one.booked),
        )
        for one in twin.requests.open
    )  # fmt: skip


def cells(table):
    """The cells of a table that are not zero."""
    places = np.unravel_index(np.flatnonzero(table), table.shape)
    return dict(
        zip(zip(*(axis.tolist() for axis in places), strict=True), table[places].tolist(), strict=True)
    )


def some(counts):
    return {place: number for place, number in counts.items() if number}


def slots_of_model(ring, today):
    """The slots of the coming days by (practice, pool, day, period)."""
    days = {day % HORIZON: day for day in range(today, today + HORIZON)}
    return {(g, pool, days[cell], period): slots for (g, pool, cell, period), slots in cells(ring).items()}


def first_difference(in_model, in_twin):
    """Show where two of the same kind part, the model's side first."""
    if isinstance(in_model, Counter):
        return f"{list((in_model - in_twin).items())[:2]} against {list((in_twin - in_model).items())[:2]}"
    if isinstance(in_model, dict):
        places = [place for place in in_model | in_twin if in_model.get(place) != in_twin.get(place)]
        return [(place, in_model.get(place), in_twin.get(place)) for place in places[:3]]
    if isinstance(in_model, list):
        both = enumerate(zip(in_model, in_twin, strict=True))
        return [(row, one, two) for row, (one, two) in both if one != two][:3]
    return f"{in_model} against {in_twin}"
