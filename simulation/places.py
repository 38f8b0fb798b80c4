"""Communes as the kernels see them (communes): who is inside, how far the ED is, who is on duty."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.chances import threshold
from simulation.parameters import Parameters
from simulation.state import Int16, Int32, Int64, Places
from simulation.territory import Territory, nearest_places

_Minutes = NDArray[np.float64]
FARTHEST = 3_000.0


def number_of_name(name: str) -> int:
    """Give a name a number of 48 bits that depends on nothing else, to key its chance."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")


def number_of_commune(insee_code: str) -> int:
    """Read a commune's code as a number: digits and the letters of Corsica."""
    return int(insee_code, 36)


def positions(values: pd.Series, names: list[str]) -> Int32:
    """Number each value by its place among the names; -1 where it is empty or unknown."""
    return pd.Index(names).get_indexer(pd.Index(values.astype(str))).astype(np.int32)


def basins_of(territory: Territory) -> list[str]:
    """Name the basins (bassins) in alphabetical order."""
    return sorted(territory.communes["basin"].unique())


def cpts_of(territory: Territory) -> list[str]:
    """Name the CPTS of a territory in alphabetical order; communes without one are a white zone."""
    return sorted(set(territory.communes["cpts"]) - {""})


def emergency_minutes(territory: Territory) -> _Minutes:
    """Minutes by car to the nearest emergency department known to be open; inf where there is none."""
    open_sites = territory.hospitals[has_emergency(territory)]
    if open_sites.empty:
        return np.full(len(territory.communes), np.inf)
    return nearest_places(territory, open_sites)[1]


def nearest_emergency(territory: Territory, closed: tuple[str, ...] = ()) -> Int16:
    """Row of the nearest ED known to be open for each commune, those closed left out; -1 where there is none."""
    there = ~territory.hospitals["finess_et"].isin(closed).to_numpy(dtype=np.bool_)
    rows = np.flatnonzero(has_emergency(territory) & there)
    if not rows.size:
        return np.full(len(territory.communes), -1, dtype=np.int16)
    place, minutes = nearest_places(territory, territory.hospitals.iloc[rows])
    return np.where(np.isfinite(minutes), rows[place], -1).astype(np.int16)


def has_emergency(territory: Territory) -> NDArray[np.bool_]:
    """Which hospitals have an ED known to be open."""
    hospitals = territory.hospitals
    known = (hospitals["emergency"] == "yes") & (hospitals["emergency_closed_since"] == "")
    return known.to_numpy(dtype=np.bool_)


def places_of(territory: Territory, parameters: Parameters, rows: Int64) -> Places:
    """Read the communes of a territory as columns; `rows` counts the rows of people of each."""
    communes = territory.communes
    population = communes["population"].to_numpy(dtype=np.int64)
    minutes = emergency_minutes(territory)
    tenths = np.where(np.isfinite(minutes), np.rint(np.minimum(minutes, FARTHEST) * 10), -1)
    basins = basins_of(territory)
    basin = positions(communes["basin"], basins)
    people = np.bincount(basin, weights=population, minlength=len(basins))
    duty = parameters.out_of_hours
    return Places(
        number=np.array([number_of_commune(code) for code in communes["insee_code"]], dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(rows)]).astype(np.int32),
        people=population.astype(np.int32),
        inside=communes["inside"].to_numpy().astype(np.uint8),
        basin=basin,
        cpts=positions(communes["cpts"], cpts_of(territory)),
        emergency_site=nearest_emergency(territory),
        night_site=nearest_emergency(territory),
        emergency_minutes=tenths.astype(np.int16),
        spill=spill_thresholds(minutes, parameters),
        duty_evening=visits_of(people, duty.evening_per_1000),
        duty_weekend=visits_of(people, duty.weekend_per_1000),
        telecare=visits_of(people, parameters.substitutes.telecare_per_1000),
        sas_called=np.full(len(communes), threshold(parameters.sas.called_share), dtype=np.int64),
        duty_known=np.full(len(communes), threshold(parameters.out_of_hours.known_share), dtype=np.int64),
        regulated=np.zeros(len(communes), dtype=np.uint8),
        basin_number=np.array([number_of_name(name) for name in basins], dtype=np.int64),
    )


def visits_of(people: NDArray[np.float64], per_1000: float) -> Int64:
    """Count the duty visits that a basin can have, 65 536 for one."""
    return np.rint(people / 1000 * per_1000 * 65_536).astype(np.int64)


def spill_thresholds(minutes: _Minutes, parameters: Parameters) -> Int64:
    """What people do when every door is closed, [commune, deprived, 2]: go to the ED, then wait longer.

    Far from the ED fewer go; the poor give up more. The three shares are those of `doors` at the distance of
    reference and for somebody who is not poor.
    """
    doors, reference = parameters.doors, parameters.emergency.own_choice_reference_minutes
    far = np.where(np.isfinite(minutes), np.minimum(minutes, FARTHEST), FARTHEST)
    pull = np.exp(-(far - reference) / doors.spill_emergency_minutes)
    emergency = doors.spill_emergency * np.minimum(pull, 1 / max(doors.spill_emergency, 1e-9))
    give_up = max(1 - doors.spill_emergency - doors.spill_wait, 0.0)
    table = np.zeros((len(minutes), 2, 2), dtype=np.int64)
    for deprived in (0, 1):
        weight = give_up * (doors.poverty_forgone_ratio if deprived else 1.0)
        total = emergency + doors.spill_wait + weight
        table[:, deprived, 0] = threshold(emergency / total)
        table[:, deprived, 1] = threshold((emergency + doors.spill_wait) / total)
    return table


def own_choice_pull(minutes: _Minutes, parameters: Parameters) -> NDArray[np.float64]:
    """How much more or less people choose the ED by themselves than at the distance of reference."""
    emergency = parameters.emergency
    ratio = (
        np.minimum(minutes, FARTHEST) - emergency.own_choice_reference_minutes
    ) / emergency.own_choice_minutes
    return np.minimum(np.exp(-ratio), math.e)
