"""Building a territory on its first morning (construction): people, practices, diaries, empty counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.calendar import Calendar, height, is_open, weekday_of
from simulation.chances import threshold
from simulation.hospitals import NO_HOSPITAL, empty_arrivals, empty_stays, hospitals_of
from simulation.kernels.codes import (
    CURSORS,
    HORIZON,
    KINDS,
    LOG_ROWS,
    LONGEST_DELAY,
    MEASURES,
    NEVER,
    PERIODS,
    PRACTICE_MEASURES,
    PROFILES,
    SPARE,
    STAY_BINS,
)
from simulation.kernels.diary import lay_all
from simulation.kernels.families import choose_usual_gps, lose_usual_gp, make_families
from simulation.kernels.handle import Handle, hold
from simulation.kernels.people import draw_people, sort_into_groups
from simulation.other_roles import others_of
from simulation.panels import panel_limits, plan_home_visits
from simulation.parameters import Parameters
from simulation.places import basins_of, cpts_of, places_of
from simulation.population import empty_patients, traits_of
from simulation.practices import empty_diary, is_gp, practitioners_of, targets
from simulation.reach import reach_among
from simulation.records import in_records
from simulation.rulebook import Rules
from simulation.rules import rules_of
from simulation.state import (
    Log,
    Numbers,
    Practitioners,
    Reach,
    Requests,
    Rounds,
    Sessions,
    State,
    Tally,
)
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
    traits: Handle
    calendar: Calendar


def build(territory: Territory, parameters: Parameters, calendar: Calendar) -> Built:
    """People a territory, give everybody a usual GP and open the diaries."""
    rules = rules_of(parameters)
    state = empty_state(territory, parameters, calendar)
    traits = hold(traits_of(territory, parameters, height(parameters)))
    people(state, rules, traits, territory, parameters, calendar)
    hospitals = hospitals_of(territory, state.patients, state.places, parameters)
    state = state._replace(hospitals=hospitals)
    open_diaries(state, rules, calendar)
    return Built(territory, state, rules, traits, calendar)


def empty_state(territory: Territory, parameters: Parameters, calendar: Calendar) -> State:
    """Lay out every column; people are drawn and hospitals sized later."""
    patients = empty_patients(territory, parameters, calendar.years)
    rows_of_people = np.bincount(patients.commune, minlength=len(territory.communes))
    places = places_of(territory, parameters, rows_of_people)
    practitioners = practitioners_of(territory, parameters, calendar)
    rows, count = len(practitioners.active), len(patients.commune)
    return State(
        patients=patients, places=places, practitioners=practitioners, diary=empty_diary(rows),
        reach=gps_in_reach(territory, practitioners, parameters),
        others=others_of(territory, practitioners, parameters),
        requests=empty_requests(count), 
        numbers=empty_numbers(len(cpts_of(territory)), rows, parameters.doors.number_awareness),
        rounds=empty_rounds(len(basins_of(territory)), len(places.number)), sessions=empty_sessions(rows),
        hospitals=NO_HOSPITAL, arrivals=empty_arrivals(count), stays=empty_stays(count),
        tally=empty_tally(len(calendar.months), len(places.number), rows),
        log=Log(rows=np.zeros((LOG_ROWS, 5), dtype=np.int32), used=np.zeros(1, dtype=np.int64)),
    )  # fmt: skip


def gps_in_reach(territory: Territory, practitioners: Practitioners, parameters: Parameters) -> Reach:
    """List the GPs within reach of each commune."""
    gps = np.flatnonzero(is_gp(territory))
    return reach_among(gps, territory, practitioners, parameters, parameters.travel.reach_size)


def people(
    state: State,
    rules: Rules,
    traits: Handle,
    territory: Territory,
    parameters: Parameters,
    calendar: Calendar,
) -> None:
    """Draw everybody and settle who is whose usual GP."""
    hand = hold(state)
    draw_people(hand, hold(rules), traits, calendar.seed, calendar.begin)
    family = np.zeros(len(state.patients.commune), dtype=np.int32)
    make_families(hand, traits, calendar.seed, family)
    again = parameters.registration.again_days
    lose_usual_gp(hand, traits, calendar.seed, calendar.first, again)
    target = targets(state.practitioners, territory, parameters, calendar.seed)
    living = state.patients.alive * (1 - state.patients.visitor)
    choose_usual_gps(hand, traits, calendar.seed, family, living, target)
    sort_into_groups(hand)
    state.practitioners.limit[:] = panel_limits(state.practitioners, parameters)
    plan_home_visits(hand, parameters, calendar)


def open_diaries(state: State, rules: Rules, calendar: Calendar) -> None:
    """Lay every session of the first horizon."""
    hand = hold(state)
    for day in range(calendar.begin, calendar.begin + HORIZON):
        if is_open(day):
            lay_all(hand, rules.more_slots, calendar.seed, day, weekday_of(day), calendar.week_of(day))


def empty_requests(people: int) -> Requests:
    """A table with room for one open request in two people, and some more in small places."""
    rows = people // 2 + REQUEST_ROWS_BESIDES
    dtypes = {
        **dict.fromkeys(("status", "kind", "urgency", "door", "pool", "period"), np.int8),
        **dict.fromkeys(("first_urgency", "sought"), np.int8),
        **dict.fromkeys(("tries", "missed", "extended", "turned"), np.uint8),
        **dict.fromkeys(("patient", "practitioner"), np.int32),
        **dict.fromkeys(("minutes", "opened", "began", "contact", "wanted", "deadline", "when"), np.int16),
    }
    first = {name: np.full(1, NEVER if name == "when" else 0, dtype=dtype) for name, dtype in dtypes.items()}
    columns = in_records(rows, first, apart=("status", "when"))
    cursor = np.zeros(CURSORS, dtype=np.int64)
    cursor[SPARE] = rows
    spare = np.arange(rows - 1, -1, -1, dtype=np.int32)
    return Requests(**columns, spare=spare, cursor=cursor)


def empty_numbers(cpts: int, rows: int, awareness: float) -> Numbers:
    """No CPTS answers the phone yet; an array of length one stands for none."""
    return Numbers(
        on=np.zeros(max(cpts, 1), dtype=np.uint8),
        released=np.zeros(max(cpts, 1), dtype=np.uint8),
        told=np.zeros(max(cpts, 1), dtype=np.int64),
        volunteer_of=np.full(rows, -1, dtype=np.int16),
        rota_of=np.full(rows, -1, dtype=np.int16),
        pool=np.arange(max(cpts, 1), dtype=np.int16),
        known=np.full(max(cpts, 1), threshold(awareness), dtype=np.int64),
        pathway=np.zeros(max(cpts, 1), dtype=np.int64),
    )


def empty_rounds(basins: int, communes: int) -> Rounds:
    """Nobody is on duty before the first day; no mobile unit stops anywhere."""
    return Rounds(
        duty=np.zeros(basins, dtype=np.int32),
        telecare=np.zeros(basins, dtype=np.int32),
        mobile=np.full(communes, -1, dtype=np.int16),
        mobile_left=np.zeros(1, dtype=np.int32),
        wave=np.zeros(1, dtype=np.int64),
    )


def empty_sessions(rows: int) -> Sessions:
    """Waiting rooms in which nobody sits."""
    shape = (rows, PERIODS)
    return Sessions(booked=np.zeros(shape, dtype=np.int16), squeezed=np.zeros(shape, dtype=np.int16))


def empty_tally(months: int, communes: int, rows: int) -> Tally:
    """Counts at zero."""
    place_months = months if communes <= MANY_COMMUNES else 1
    return Tally(
        place=np.zeros((place_months, communes, MEASURES), dtype=np.int32),
        group=np.zeros((months, PROFILES, MEASURES), dtype=np.int64),
        delay=np.zeros((2, KINDS, PROFILES, LONGEST_DELAY + 1), dtype=np.int32),
        stay=np.zeros((2, STAY_BINS), dtype=np.int32),
        practice=np.zeros((months, rows, PRACTICE_MEASURES), dtype=np.int32),
    )
