"""Practices (cabinets): who offers how many slots, when, and who is within whose reach."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calendar import SCHOOL_HOLIDAY_WEEKS, Calendar, date_of, is_open, weekday_of
from simulation.chances import QUANTILES, beta, normal, threshold
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import AFTERNOON, CLOSED, HORIZON, MODERATE, MORNING, PERIODS, POOLS, WILLING
from simulation.kernels.diary import WHOLE
from simulation.other_roles import roles_of, set_other_roles
from simulation.parameters import Parameters
from simulation.places import cpts_of, number_of_name, positions
from simulation.state import Diary, Practitioners
from simulation.territory import Territory

SPARE_ROWS = 16
"""Rows kept for practitioners who arrive during a run."""
SESSIONS = tuple((day, half) for day in range(5) for half in (MORNING, AFTERNOON)) + ((5, MORNING),)
"""Half-days that a practice may hold: Monday to Friday, and Saturday morning."""
SMALL_COMMUNE = 3_000
REQUESTS_PER_SLOT = 3.30 / 3.37
"""Requests for a slot offered, in France (docs/odd.md §5, §6)."""
SLOTS_OF_HALF_DAY = 11.0
"""Slots of a half-day where only the year's slots are known (22 acts a day, IQVIA 2019)."""

_Week = NDArray[np.int32]


def luck(seed: int, decision: int, who: int, nth: int = 0) -> int:
    """Draw once and for all for a practitioner."""
    return int(draw(seed, decision, 0, who, nth))


def is_gp(territory: Territory) -> NDArray[np.bool_]:
    """Which practitioners are GPs."""
    return (territory.practitioners["role"] == "gp").to_numpy(dtype=np.bool_)


def practitioners_of(territory: Territory, parameters: Parameters, calendar: Calendar) -> Practitioners:
    """Read the practitioners of a territory as columns and draw what no column says of GPs."""
    table = territory.practitioners
    rows = len(table) + SPARE_ROWS
    numbers = np.zeros(rows, dtype=np.int64)
    numbers[: len(table)] = [number_of_name(name) for name in table["id"]]
    columns = blank(rows, numbers, calendar.weeks)
    arrives = table["arrives"].to_numpy() if "arrives" in table else np.full(len(table), -1)
    columns["arrives"][: len(table)] = arrives
    columns["active"][: len(table)] = arrives < 0
    columns["age"][: len(table)] = ages_of(table, parameters, calendar.seed)
    columns["commune"][: len(table)] = positions(table["insee_code"], list(territory.communes["insee_code"]))
    columns["structure"][: len(table)] = positions(table["msp"], list(territory.structures["id"]))
    columns["cpts"][: len(table)] = positions(table["cpts"], cpts_of(territory))
    columns["role"][: len(table)] = roles_of(territory)
    for g in np.flatnonzero(is_gp(territory)):
        set_gp(columns, territory, parameters, calendar, int(g))
    set_other_roles(columns, territory, parameters, calendar)
    stagger_leave(columns, is_gp(territory), parameters, calendar)
    houses = len(territory.structures)
    columns["colleagues"], columns["members"] = members_by_house(
        columns["structure"], is_gp(territory), houses
    )
    return Practitioners(**columns)  # type: ignore[arg-type]


def ages_of(table: pd.DataFrame, parameters: Parameters, seed: int) -> NDArray[np.uint8]:
    """Age of each practitioner: what the file says, else drawn so that as many are over 60 as in France."""
    old = parameters.workforce.over_60_share
    edges = np.cumsum([0.0, (1 - old) * 0.35, (1 - old) * 0.30, (1 - old) * 0.35, old * 0.6, old * 0.4])
    drawn = [luck(seed, decisions.GP_AGE, number_of_name(name)) / 2**32 for name in table["id"]]
    ages = np.floor(np.interp(drawn, edges, [32.0, 42.0, 50.0, 60.0, 65.0, 74.0]))
    return np.where(table["age"].isna(), ages, table["age"]).astype(np.uint8)


def blank(rows: int, numbers: NDArray[np.int64], weeks: int) -> dict[str, NDArray[np.generic]]:
    """Columns of practitioners who offer nothing yet."""

    def zeros(dtype: type, *shape: int) -> NDArray[np.generic]:
        return np.zeros((rows, *shape), dtype=dtype)

    return {
        "number": numbers,
        "active": zeros(np.uint8),
        "commune": np.full(rows, -1, dtype=np.int32),
        "structure": np.full(rows, -1, dtype=np.int16),
        "cpts": np.full(rows, -1, dtype=np.int16),
        "kind": np.full(rows, CLOSED, dtype=np.int8),
        "accepts_new": zeros(np.uint8),
        "sas": zeros(np.uint8),
        "age": zeros(np.uint8),
        "arrives": np.full(rows, -1, dtype=np.int16),
        "role": zeros(np.uint8),
        "panel": zeros(np.int32),
        "joining": zeros(np.int32),
        "limit": zeros(np.int32),
        "weekly": zeros(np.int32, 7, PERIODS),
        "same_day_share": zeros(np.int32),
        "walk_in": zeros(np.uint8, 7, PERIODS),
        "home": zeros(np.int32, 7, PERIODS),
        "dedicated": zeros(np.int32, 7, PERIODS),
        "shown": zeros(np.uint8),
        "withheld": zeros(np.int32, 7, PERIODS),
        "squeeze": zeros(np.int32),
        "squeezed_left": zeros(np.int16),
        "spared": zeros(np.int32),
        "pressure": zeros(np.int32),
        "overload": zeros(np.int32),
        "away": zeros(np.uint8, weeks),
    }


def set_gp(
    columns: dict[str, NDArray[np.generic]],
    territory: Territory,
    parameters: Parameters,
    calendar: Calendar,
    g: int,
) -> None:
    """Give a GP a week, a share of same-day slots, a type and an open or closed list."""
    row, who = territory.practitioners.iloc[g], int(columns["number"][g])
    seed, supply = calendar.seed, parameters.supply
    slots = row["slots_per_year"] if pd.notna(row["slots_per_year"]) else supply.slots_per_gp
    half_days = row["half_days_per_week"]
    if pd.isna(half_days):
        half_days = min(max(round(slots / (47 * SLOTS_OF_HALF_DAY)), 1), len(SESSIONS))
    week = week_of(float(slots), int(half_days), who, parameters, calendar)
    columns["weekly"][g] = week
    share = same_day_share(who, parameters, seed)
    columns["walk_in"][g] = walk_in_sessions(week, share, who, parameters, seed)
    keeps_slots = share == WHOLE or not columns["walk_in"][g].any()
    columns["same_day_share"][g] = share if keeps_slots else 0
    kind = type_of(who, parameters, seed)
    columns["kind"][g] = kind
    squeezed = {WILLING: supply.squeeze_many, MODERATE: supply.squeeze_some, CLOSED: 0.0}[kind]
    columns["squeeze"][g] = round(squeezed * 256)
    volunteers = threshold(parameters.sas.volunteer_share)
    columns["sas"][g] = luck(seed, decisions.SAS_VOLUNTEER, who) < volunteers
    columns["accepts_new"][g] = accepts_new(row, territory, who, parameters, seed)


def week_of(slots: float, half_days: int, who: int, parameters: Parameters, calendar: Calendar) -> _Week:
    """Spread a year's slots over the half-days worked, 256 for one, allowing for leave and holidays."""
    priority = [
        luck(calendar.seed, decisions.SESSIONS_WORKED, who, nth) + (2**31 if day == 5 else 0)
        for nth, (day, _) in enumerate(SESSIONS)
    ]
    worked = sorted(range(len(SESSIONS)), key=priority.__getitem__)[:half_days]
    supply = parameters.supply
    present = 1 - supply.leave_weeks * (1 - supply.leave_cover) / 52
    held = sum(open_days(calendar.first)[SESSIONS[nth][0]] for nth in worked) * present
    week = np.zeros((7, PERIODS), dtype=np.int32)
    for nth in worked:
        day, half = SESSIONS[nth]
        week[day, half] = round(slots / held * 256)
    return week


@cache
def open_days(first: int) -> tuple[int, ...]:
    """Count the working days of each weekday in the year that begins on a day."""
    days = [weekday_of(number) for number in range(first, first + 364) if is_open(number)]
    return tuple(days.count(weekday) for weekday in range(7))


def same_day_share(who: int, parameters: Parameters, seed: int) -> int:
    """Share of slots that a GP keeps for the day, 65 536 for all (DREES 2019: some keep none, some all)."""
    supply = parameters.supply
    kind = luck(seed, decisions.SAME_DAY_KIND, who)
    if kind < threshold(supply.no_same_day_gps):
        return 0
    if kind < threshold(supply.no_same_day_gps + supply.walk_in_gps):
        return WHOLE
    table = kept_shares(supply.same_day_share, supply.same_day_concentration)
    return round(float(table[luck(seed, decisions.SAME_DAY_SHARE, who) * QUANTILES >> 32]) * 65_536)


def walk_in_sessions(
    weekly: _Week, share: int, who: int, parameters: Parameters, seed: int
) -> NDArray[np.uint8]:
    """Choose the sessions without appointments: all, none, or as many as the day's slots of the week would fill."""
    held = np.argwhere(weekly > 0)
    week = np.zeros((7, PERIODS), dtype=np.uint8)
    if share == WHOLE:
        week[weekly > 0] = 1
    elif luck(seed, decisions.WALK_IN_GP, who) < threshold(mixed_share(parameters)) and share > 0:
        order = sorted(range(len(held)), key=lambda nth: luck(seed, decisions.WALK_IN_SESSIONS, who, nth))
        for nth in order[: max(round(len(held) * share / WHOLE), 1)]:
            week[tuple(held[nth])] = 1
    return week


def mixed_share(parameters: Parameters) -> float:
    """Share of GPs with some walk-in sessions among those who keep some slots for the day, and not all."""
    supply = parameters.supply
    return supply.walk_in_sessions_gps / max(1 - supply.no_same_day_gps - supply.walk_in_gps, 1e-9)


@cache
def kept_shares(mean: float, concentration: float) -> NDArray[np.float64]:
    """Quantiles of the share of slots that GPs keep for the day."""
    return beta(mean, concentration)


def type_of(who: int, parameters: Parameters, seed: int) -> int:
    """Draw whether a GP answers every urgent request, more than half, or few."""
    supply, kind = parameters.supply, luck(seed, decisions.GP_TYPE, who)
    if kind < threshold(supply.willing_gps):
        return WILLING
    return MODERATE if kind < threshold(supply.willing_gps + supply.moderate_gps) else CLOSED


def accepts_new(row: pd.Series, territory: Territory, who: int, parameters: Parameters, seed: int) -> int:
    """Whether a GP takes new patients on: what the file says, else drawn by size of commune."""
    if row["accepts_new"]:
        return int(row["accepts_new"] == "yes")
    small = population_of(territory).get(row["insee_code"], SMALL_COMMUNE) < SMALL_COMMUNE
    doors = parameters.doors
    closed = doors.closed_list_rural if small else doors.closed_list
    return int(luck(seed, decisions.ACCEPTS_NEW, who) >= threshold(closed))


@lru_cache(maxsize=4)
def population_of(territory: Territory) -> dict[str, int]:
    """People of each commune by code."""
    return dict(zip(territory.communes["insee_code"], territory.communes["population"].tolist(), strict=True))


def stagger_leave(
    columns: dict[str, NDArray[np.generic]],
    gps: NDArray[np.bool_],
    parameters: Parameters,
    calendar: Calendar,
) -> None:
    """Send GPs on leave in school holidays, colleagues of a house in turn; some find a locum (remplaçant)."""
    supply, seed = parameters.supply, calendar.seed
    covered = int(threshold(supply.leave_cover))
    turn: dict[int, int] = {}
    for g in np.flatnonzero(gps):
        house, who = int(columns["structure"][g]), int(columns["number"][g])
        start = luck(seed, decisions.LEAVE_WEEKS, who) % len(SCHOOL_HOLIDAY_WEEKS)
        if house >= 0:
            start = turn.setdefault(house, start)
            turn[house] = start + 1
        step = len(SCHOOL_HOLIDAY_WEEKS) / supply.leave_weeks
        chosen = {
            SCHOOL_HOLIDAY_WEEKS[(start + round(step * k)) % len(SCHOOL_HOLIDAY_WEEKS)]
            for k in range(supply.leave_weeks)
        }
        for week in range(calendar.weeks):
            year, number, _ = date_of(calendar.begin + 7 * week).isocalendar()
            cover = luck(seed, decisions.LEAVE_COVERED, who, year * 100 + number)
            columns["away"][g, week] = number in chosen and cover >= covered


def members_by_house(
    structure: NDArray[np.generic], gps: NDArray[np.bool_], houses: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """List the GPs of each house, one house after another; the rest of the list waits for others to join."""
    padded = np.zeros(len(structure), dtype=np.bool_)
    padded[: len(gps)] = gps
    lists = [np.flatnonzero((structure == house) & padded) for house in range(houses)]
    first = np.concatenate([[0], np.cumsum([len(members) for members in lists])]).astype(np.int32)
    members = np.full(len(structure), -1, dtype=np.int32)
    members[: first[-1]] = np.concatenate([*lists, np.zeros(0, dtype=np.int64)])
    return first, members


def empty_diary(rows: int) -> Diary:
    """A diary in which nothing is laid yet."""
    days = np.zeros((rows, POOLS, HORIZON), dtype=np.uint32)
    free = days.view(np.uint8).reshape(rows, POOLS, HORIZON, PERIODS)
    return Diary(free=free, days=days, laid=np.zeros_like(free))


def targets(
    practitioners: Practitioners, territory: Territory, parameters: Parameters, seed: int
) -> NDArray[np.int64]:
    """Requests a year, in hundredths, at which each GP has no room left (patientèle pleine).

    What his slots can serve at the national ratio of requests to slots, spread by `people.load_spread`: it
    depends on nobody else, so that a place out of reach changes nothing.
    """
    spread = normal()
    target = np.ones(len(practitioners.number), dtype=np.int64)
    slots = territory.practitioners["slots_per_year"].fillna(parameters.supply.slots_per_gp).to_numpy()
    for g in np.flatnonzero(is_gp(territory)):
        place = luck(seed, decisions.LOAD_SPREAD, int(practitioners.number[g])) * QUANTILES >> 32
        load = slots[g] * REQUESTS_PER_SLOT * np.exp(parameters.people.load_spread * spread[place])
        target[g] = max(round(float(load) * 100), 1)
    return target
