"""Building a territory on its first morning (construction): people, practices, diaries, empty counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.calendar import Calendar, height, is_open, weekday_of
from simulation.kernels.codes import (
    CURSORS,
    HORIZON,
    KINDS,
    LOG_ROWS,
    LONGEST_DELAY,
    MEASURES,
    NEVER,
    PRACTICE_MEASURES,
    PROFILES,
    SPARE,
)
from simulation.kernels.diary import lay_all
from simulation.kernels.handle import hold
from simulation.kernels.people import (
    choose_usual_gps,
    draw_people,
    lose_usual_gp,
    make_families,
    sort_into_groups,
)
from simulation.parameters import Parameters
from simulation.places import basins_of, cpts_of, places_of
from simulation.population import empty_patients, traits_of
from simulation.practices import empty_diary, practitioners_of, reach_of, targets
from simulation.rules import rules_of
from simulation.state import Log, Numbers, Requests, Rules, State, Tally
from simulation.territory import Territory

REQUEST_ROWS_BESIDES = 4_096
MANY_COMMUNES = 2_000
"""Above this number, communes are counted over the whole run rather than by month."""


@dataclass(frozen=True)
class Built:
    """A territory ready to live: its columns, its rules and its days."""

    territory: Territory
    state: State
    rules: Rules
    calendar: Calendar


def build(territory: Territory, parameters: Parameters, calendar: Calendar) -> Built:
    """People a territory, give everybody a usual GP and open the diaries."""
    rules = rules_of(parameters)
    places = places_of(territory, parameters)
    patients = empty_patients(territory)
    practitioners = practitioners_of(territory, parameters, calendar)
    rows = len(practitioners.active)
    state = State(
        patients=patients, places=places, practitioners=practitioners, diary=empty_diary(rows),
        reach=reach_of(territory, practitioners, parameters), requests=empty_requests(len(patients.commune)),
        numbers=empty_numbers(len(cpts_of(territory)), rows),
        duty=np.zeros(len(basins_of(territory)), dtype=np.int32),
        tally=empty_tally(len(calendar.months), len(places.number), rows),
        log=Log(rows=np.zeros((LOG_ROWS, 5), dtype=np.int32), used=np.zeros(1, dtype=np.int64)),
    )  # fmt: skip
    people(state, rules, territory, parameters, calendar)
    open_diaries(state, calendar)
    return Built(territory, state, rules, calendar)


def people(
    state: State, rules: Rules, territory: Territory, parameters: Parameters, calendar: Calendar
) -> None:
    """Draw everybody and settle who is whose usual GP."""
    hand, traits = hold(state), hold(traits_of(territory, parameters, height(parameters)))
    draw_people(hand, hold(rules), traits, calendar.seed, calendar.begin)
    family = np.zeros(len(state.patients.commune), dtype=np.int64)
    make_families(hand, traits, calendar.seed, family)
    lose_usual_gp(hand, traits, calendar.seed)
    target = targets(state.practitioners, territory, parameters, calendar.seed)
    choose_usual_gps(hand, traits, calendar.seed, family, target)
    sort_into_groups(hand)


def open_diaries(state: State, calendar: Calendar) -> None:
    """Lay every session of the first horizon."""
    hand = hold(state)
    for day in range(calendar.begin, calendar.begin + HORIZON):
        if is_open(day):
            lay_all(hand, calendar.seed, day, weekday_of(day), calendar.week_of(day))


def empty_requests(people: int) -> Requests:
    """A table with room for one open request in two people, and some more in small places."""
    rows = people // 2 + REQUEST_ROWS_BESIDES
    dtypes = {
        **dict.fromkeys(("status", "kind", "urgency", "door", "pool", "period"), np.int8),
        **dict.fromkeys(("tries", "missed", "extended"), np.uint8),
        **dict.fromkeys(("patient", "practitioner"), np.int32),
        **dict.fromkeys(("minutes", "opened", "began", "contact", "wanted", "deadline", "when"), np.int16),
    }
    columns = {name: np.zeros(rows, dtype=dtype) for name, dtype in dtypes.items()}
    columns["when"][:] = NEVER
    cursor = np.zeros(CURSORS, dtype=np.int64)
    cursor[SPARE] = rows
    spare = np.arange(rows - 1, -1, -1, dtype=np.int32)
    return Requests(**columns, spare=spare, cursor=cursor)


def empty_numbers(cpts: int, rows: int) -> Numbers:
    """No CPTS answers the phone yet; an array of length one stands for none."""
    return Numbers(
        on=np.zeros(max(cpts, 1), dtype=np.uint8),
        released=np.zeros(max(cpts, 1), dtype=np.uint8),
        volunteer_of=np.full(rows, -1, dtype=np.int16),
    )


def empty_tally(months: int, communes: int, rows: int) -> Tally:
    """Counts at zero."""
    place_months = months if communes <= MANY_COMMUNES else 1
    return Tally(
        place=np.zeros((place_months, communes, MEASURES), dtype=np.int32),
        group=np.zeros((months, PROFILES, MEASURES), dtype=np.int64),
        delay=np.zeros((2, KINDS, PROFILES, LONGEST_DELAY + 1), dtype=np.int32),
        practice=np.zeros((months, rows, PRACTICE_MEASURES), dtype=np.int32),
    )
