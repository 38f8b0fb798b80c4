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
from simulation.parameters import Parameters
from simulation.places import cpts_of, number_of_name, positions
from simulation.state import Diary, Practitioners, Reach
from simulation.territory import Territory, minutes_to_places

SPARE_ROWS = 16
"""Rows kept for practitioners who arrive during a run."""
SESSIONS = tuple((day, half) for day in range(5) for half in (MORNING, AFTERNOON)) + ((5, MORNING),)
"""Half-days that a practice may hold: Monday to Friday, and Saturday morning."""
SMALL_COMMUNE = 3_000
REQUESTS_PER_SLOT = 3.30 / 3.37
"""Requests for a slot offered, in France (docs/odd.md §5, §6)."""
SLOTS_OF_HALF_DAY = 11.0
"""Slots of a half-day where only the year's slots are known (22 acts a day, IQVIA 2019)."""
FARTHEST_MINUTES = 90.0

_Week = NDArray[np.int32]


def luck(seed: int, decision: int, who: int, nth: int = 0) -> int:
    """Draw once and for all for a practitioner."""
    return int(draw(seed, decision, 0, who, nth))


def is_gp(territory: Territory) -> NDArray[np.bool_]:
    """Which practitioners are GPs; the other roles have no diary yet."""
    return (territory.practitioners["role"] == "gp").to_numpy(dtype=np.bool_)


def practitioners_of(territory: Territory, parameters: Parameters, calendar: Calendar) -> Practitioners:
    """Read the practitioners of a territory as columns and draw what no column says of GPs."""
    table = territory.practitioners
    rows = len(table) + SPARE_ROWS
    numbers = np.zeros(rows, dtype=np.int64)
    numbers[: len(table)] = [number_of_name(name) for name in table["id"]]
    columns = blank(rows, numbers, calendar.weeks)
    columns["active"][: len(table)] = 1
    columns["commune"][: len(table)] = positions(table["insee_code"], list(territory.communes["insee_code"]))
    columns["structure"][: len(table)] = positions(table["msp"], list(territory.structures["id"]))
    columns["cpts"][: len(table)] = positions(table["cpts"], cpts_of(territory))
    for g in np.flatnonzero(is_gp(territory)):
        set_gp(columns, territory, parameters, calendar, int(g))
    stagger_leave(columns, is_gp(territory), parameters, calendar)
    houses = len(territory.structures)
    columns["colleagues"], columns["members"] = members_by_house(
        columns["structure"], is_gp(territory), houses
    )
    return Practitioners(**columns)  # type: ignore[arg-type]


def blank(rows: int, numbers: NDArray[np.int64], weeks: int) -> dict[str, NDArray[np.generic]]:
    """Columns of practitioners who offer nothing yet."""

    def zeros(dtype: type, *shape: int) -> NDArray[np.generic]:
        return np.zeros((rows, *shape), dtype=dtype)

    return {
        "number": numbers,
        "active": zeros(np.uint8),
        "commune": np.full(rows, -1, dtype=np.int16),
        "structure": np.full(rows, -1, dtype=np.int16),
        "cpts": np.full(rows, -1, dtype=np.int16),
        "kind": np.full(rows, CLOSED, dtype=np.int8),
        "accepts_new": zeros(np.uint8),
        "sas": zeros(np.uint8),
        "panel": zeros(np.int32),
        "weekly": zeros(np.int32, 7, PERIODS),
        "same_day_share": zeros(np.int32),
        "dedicated": zeros(np.int32, 7, PERIODS),
        "withheld": zeros(np.int32, 7, PERIODS),
        "squeeze": zeros(np.int32),
        "squeezed_left": zeros(np.int16),
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
    columns["weekly"][g] = week_of(float(slots), int(half_days), who, parameters, calendar)
    columns["same_day_share"][g] = same_day_share(who, parameters, seed)
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
        return 65_536
    table = kept_shares(supply.same_day_share, supply.same_day_concentration)
    return round(float(table[luck(seed, decisions.SAME_DAY_SHARE, who) * QUANTILES >> 32]) * 65_536)


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
    """List the GPs of each house, one house after another."""
    padded = np.zeros(len(structure), dtype=np.bool_)
    padded[: len(gps)] = gps
    lists = [np.flatnonzero((structure == house) & padded) for house in range(houses)]
    first = np.concatenate([[0], np.cumsum([len(members) for members in lists])]).astype(np.int32)
    members = np.concatenate([*lists, np.zeros(0, dtype=np.int64)]).astype(np.int32)
    return first, members


def empty_diary(rows: int) -> Diary:
    """A diary in which nothing is laid yet."""
    shape = (rows, POOLS, HORIZON, PERIODS)
    return Diary(free=np.zeros(shape, dtype=np.int16), laid=np.zeros(shape, dtype=np.int16))


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


def reach_of(territory: Territory, practitioners: Practitioners, parameters: Parameters) -> Reach:
    """List the GPs within reach of each commune, nearest first, with the pull of each."""
    gps = np.flatnonzero(is_gp(territory))
    minutes = minutes_to_places(territory, territory.practitioners.iloc[gps])
    travel = parameters.travel
    first, chosen, tenths, pull, on_foot = [0], [], [], [], []
    for row in minutes:
        near = np.rint(np.where(np.isfinite(row), np.minimum(row, 3000.0), 3000.0) * 10).astype(np.int64)
        order = np.lexsort((practitioners.number[gps], near))
        limit = travel.reach_minutes if near[order[0]] <= travel.reach_minutes * 10 else FARTHEST_MINUTES
        kept = [int(k) for k in order if near[k] <= limit * 10][: travel.reach_size]
        chosen += [int(gps[k]) for k in kept]
        tenths += [int(near[k]) for k in kept]
        weight = np.rint(2**20 * np.exp(-travel.decay_per_minute * near[kept] / 10)).astype(np.int64)
        pull += np.cumsum(np.maximum(weight, 1)).tolist()
        walk = near[kept] * travel.no_car_factor
        on_foot.append(int((walk <= travel.no_car_minutes * 10).sum()))
        first.append(len(chosen))
    nearest = [tenths[a] if b > a else -1 for a, b in zip(first, first[1:], strict=False)]
    return Reach(
        first=np.array(first, dtype=np.int32),
        practitioner=np.array(chosen, dtype=np.int32),
        minutes=np.array(tenths, dtype=np.int16),
        weight=np.array(pull, dtype=np.int64),
        on_foot=np.array(on_foot, dtype=np.int32),
        nearest=np.array(nearest, dtype=np.int16),
    )
