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
    SPARE,
    UNUSED,
)
from simulation.model import PrimaryCare
from simulation.running import fresh
from tests.naive import Twin
from tests.naive_decisions import Heard
from tests.naive_world import houses_of, weigh_again

ALWAYS = (
    "kind", "urgency", "tries", "missed", "extended", "opened", "began", "contact", "wanted", "deadline", "when",
    "turned", "first_urgency", "sought",
)  # fmt: skip
APPOINTMENT = ("door", "pool", "period", "minutes")
OF_PRACTITIONERS = (
    "active", "age", "arrives", "accepts_new", "panel", "joining", "limit", "pressure", "overload", "weekly", "home",
    "dedicated", "withheld", "squeezed_left",
)  # fmt: skip


class Apart(AssertionError):
    """The model and its twin differ, from the day that the message tells."""


def live_together(scenario, days, twin_class=Twin, mobile_unit=False):
    """Live some days twice, comparing every evening; give the model and the twin."""
    built = fresh(scenario)
    twin = twin_class(built)
    model = PrimaryCare(scenario, built)
    compare(model, twin)
    for _ in range(days):
        today = model.calendar.today(model.day)
        if mobile_unit:
            send_mobile_unit(model, twin)
        shuffle_unused_rows(model)
        shuffle_stays(model)
        with Heard(model.state.practitioners).listening() as heard:
            model.step()
        tell_decisions(model, twin, heard, today)
        twin.live(today)
        if not model.running:
            twin.close_run(today)
        compare(model, twin)
    return model, twin


def tell_decisions(model, twin, heard, today):
    """Tell the twin what was decided today: habits first, then one act after another, then what they leave behind."""
    tell_habits(model, twin)
    for telling in heard.tellings:
        calls = telling(twin, today)
        if calls and calls[0] != calls[1]:
            raise Apart(f"calls of {model.date}: {calls[1]} against {calls[0]}")
    table = model.state.practitioners
    for name in ("weekly", "limit", "dedicated", "withheld", "home", "same_day_share"):
        for practice, value in zip(twin.world.practices, getattr(table, name).tolist(), strict=True):
            setattr(practice, name, value)
    if heard.pulls_changed:
        weigh_again(twin.world.communes, model.state.reach)
    tell_places(model, twin)


def tell_habits(model, twin):
    """What institutions write in the columns of practices and of the numbers, and nobody else does."""
    table, numbers = model.state.practitioners, model.state.numbers
    for name in (
        "shown",
        "spared",
        "sas",
        "kind",
        "squeeze",
        "same_day_share",
        "walk_in",
        "away",
        "structure",
    ):
        for practice, value in zip(twin.world.practices, getattr(table, name).tolist(), strict=True):
            setattr(practice, name, value)
    for practice, cpts, rota in zip(
        twin.world.practices, numbers.volunteer_of.tolist(), numbers.rota_of.tolist(), strict=True
    ):
        practice.works_for, practice.on_rota_of = cpts, rota
    twin.world.houses = houses_of(table, twin.world.practices)
    released = numbers.released.tolist()
    twin.ladder.numbers = {row: released[row] for row, on in enumerate(numbers.on.tolist()) if on}
    twin.world.numbers = numbers
    twin.hospital.told = dict(enumerate(numbers.told.tolist()))
    twin.rounds.wave = model.state.rounds.wave.tolist()


def tell_places(model, twin):
    """Who covers a commune, what its people know, where its emergency department is, who is on duty in its basin."""
    places = model.state.places
    for name in ("cpts", "emergency_site", "night_site", "sas_called", "duty_known", "regulated"):
        for commune, value in zip(twin.world.communes, getattr(places, name).tolist(), strict=True):
            setattr(commune, name, value)
    for name in ("duty_evening", "duty_weekend", "telecare"):
        for basin, value in zip(twin.world.basins, getattr(places, name).tolist(), strict=True):
            setattr(basin, name, value)


def shuffle_stays(model):
    """Have the stays of hospital lie in any order of rows: none of what is compared may depend on it."""
    stays = model.state.stays
    rows = np.random.default_rng(model.day).permutation(stays.top[0])
    for column in (stays.patient, stays.hospital, stays.until):
        column[: stays.top[0]] = column[rows]


def shuffle_unused_rows(model):
    """Have the day's requests take rows in any order: none of what is compared may depend on it."""
    requests = model.state.requests
    spare = requests.spare[: requests.cursor[SPARE]]
    np.random.default_rng(model.day).shuffle(spare)


def send_mobile_unit(model, twin):
    """Have the one mobile unit stop in another commune each day, with room for two, as no lever sends it yet."""
    rounds, communes = model.state.rounds, len(twin.world.communes)
    rounds.mobile[:] = -1
    rounds.mobile[model.day % communes] = 0
    rounds.mobile_left[:] = 2
    twin.rounds.mobile = [0 if row == model.day % communes else -1 for row in range(communes)]
    twin.rounds.mobile_left = [2]


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
    for name in state.rounds._fields:
        yield name, getattr(state.rounds, name).tolist(), getattr(twin.rounds, name)
    for name in OF_PRACTITIONERS:
        in_twin = [getattr(practice, name) for practice in twin.world.practices]
        yield name, getattr(state.practitioners, name).tolist(), in_twin
    yield "works for", state.numbers.volunteer_of.tolist(), [one.works_for for one in twin.world.practices]
    yield "with a time", state.sessions.booked.tolist(), [one.with_a_time for one in twin.world.practices]
    yield "without", state.sessions.squeezed.tolist(), [one.without_a_time for one in twin.world.practices]
    yield from pairs_of_hospitals(state, twin)
    for name in ("place", "group", "delay", "practice", "stay"):
        yield name, cells(getattr(state.tally, name)), some(getattr(twin.counts, name))
    cursor, requests = state.requests.cursor.tolist(), twin.requests
    yield "opened", cursor[OPENED], requests.opened
    yield "closed", cursor[CLOSED_ROWS], requests.closed
    yield "durations", cursor[DURATIONS], requests.days_lived
    yield "request days", cursor[REQUEST_DAYS], requests.days_open
    yield "overflow", cursor[OVERFLOW], 0


def pairs_of_hospitals(state, twin):
    """When each place of an ED is free, who lies where until when, and that nobody is still on the way."""
    hospitals, stays = state.hospitals, state.stays
    ready = [row[:places] for row, places in zip(hospitals.ready.tolist(), hospitals.servers, strict=True)]
    yield "ready", ready, [one.ready for one in twin.world.hospitals]
    yield "occupied", hospitals.occupied.tolist(), [one.occupied for one in twin.world.hospitals]
    rows = np.flatnonzero(stays.patient >= 0)
    columns = (column[rows].tolist() for column in (stays.patient, stays.hospital, stays.until))
    lie = Counter((person.row, where, until) for person, where, until in twin.world.stays)
    yield "stays", Counter(zip(*columns, strict=True)), lie
    yield "on the way to the ED", state.arrivals.used.tolist(), [len(twin.emergency.coming)]


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
