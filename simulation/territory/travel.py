"""Minutes by car between communes (temps de trajet): given, or by a formula of distance and relief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from simulation.territory.territory import Territory

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""
START_MINUTES = 2.0
"""To leave, and to park."""


class Road(NamedTuple):
    """How much longer the road is than the crow's way, and how fast one drives on it."""

    circuity: float
    km_per_hour: float


PLAIN = Road(1.35, 60.0)
VALLEY = Road(1.55, 47.0)
WITHIN_KM_PER_HOUR = 40.0

Minutes = NDArray[np.float64]
EVERY = slice(None)
DENSE_CELLS = 4_000_000
"""Pairs of a commune and a place that are looked at together."""
BLOCK = 200
"""Communes looked at together in a country."""


def haversine_km(
    lat: ArrayLike, lon: ArrayLike, other_lat: ArrayLike, other_lon: ArrayLike
) -> NDArray[np.float64]:
    """Distance as the crow flies between points given in degrees."""
    phi, other_phi = np.radians(lat), np.radians(other_lat)
    half_lat = (other_phi - phi) / 2.0
    half_lon = (np.radians(other_lon) - np.radians(lon)) / 2.0
    chord = np.sin(half_lat) ** 2 + np.cos(phi) * np.cos(other_phi) * np.sin(half_lon) ** 2
    distance: NDArray[np.float64] = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return distance


def road_minutes(km: ArrayLike, valley: ArrayLike) -> Minutes:
    """Minutes on the road for a distance as the crow flies; slow when either end is in a valley."""
    slow = VALLEY.circuity * 60.0 / VALLEY.km_per_hour
    fast = PLAIN.circuity * 60.0 / PLAIN.km_per_hour
    driven: Minutes = START_MINUTES + np.asarray(km) * np.where(valley, slow, fast)
    return driven


def within_minutes(area_km2: ArrayLike) -> Minutes:
    """Minutes inside a commune: half the radius of a disc of its area, at the speed of small roads."""
    half_radius = 0.5 * np.sqrt(np.asarray(area_km2, dtype=np.float64) / np.pi)
    inside: Minutes = START_MINUTES + half_radius / WITHIN_KM_PER_HOUR * 60.0
    return inside


def minutes(territory: Territory) -> Minutes:
    """Minutes by car from each commune (row) to each commune (column).

    A given matrix wins; a pair given one way is taken both ways, a pair not given cannot be travelled (inf).
    """
    return minutes_to_places(territory, territory.communes)


def minutes_to(territory: Territory, lat: float, lon: float, valley: bool) -> Minutes:
    """Minutes by car from each commune to a point that is not a commune, by the formula."""
    communes = territory.communes
    km = haversine_km(communes["lat"].to_numpy(), communes["lon"].to_numpy(), lat, lon)
    return road_minutes(km, is_valley(communes) | valley)


def minutes_to_places(territory: Territory, places: pd.DataFrame, rows: slice = EVERY) -> Minutes:
    """Minutes by car from each commune (row), or from some, to each place (column: `insee_code`, `lat`, `lon`).

    A place in a commune of the territory has its relief, its entry in the given matrix, and for the people
    of that commune the minutes inside it; a place elsewhere is on plain roads.
    """
    communes = territory.communes
    index = pd.Index(communes["insee_code"].astype(str))
    lat, lon = communes["lat"].to_numpy(), communes["lon"].to_numpy()
    home = index.get_indexer(pd.Index(places["insee_code"].astype(str)))
    known = np.flatnonzero(home >= 0)
    valley = is_valley(communes)
    there = np.zeros(len(places), dtype=np.bool_)
    there[known] = valley[home[known]]
    km = haversine_km(
        lat[rows, None], lon[rows, None], places["lat"].to_numpy()[None, :], places["lon"].to_numpy()[None, :]
    )
    found = road_minutes(km, valley[rows, None] | there[None, :])
    first, end, _ = rows.indices(len(communes))
    own = known[(home[known] >= first) & (home[known] < end)]
    found[home[own] - first, own] = within_minutes(communes["area_km2"].to_numpy()[home[own]])
    if territory.travel is not None:
        found[:, known] = _given(territory.travel, index, communes)[rows, home[known]]
    return found


def minutes_within(
    territory: Territory, places: pd.DataFrame, most: float
) -> Iterator[tuple[NDArray[np.int64], Minutes]]:
    """For each commune in turn: the places (rows of the table) no farther than so many minutes, and the minutes.

    Communes are looked at by blocks, and with each block the places near it only, so that a country fits in memory.
    """
    site_of = places.groupby(["insee_code", "lat", "lon"], sort=False).ngroup().to_numpy()
    sites = places.iloc[np.unique(site_of, return_index=True)[1]]
    count, by_site = len(territory.communes), np.argsort(site_of, kind="stable")
    first = np.searchsorted(site_of[by_site], np.arange(len(sites) + 1))
    blocks = [(slice(0, count), np.arange(len(sites)))]
    if territory.travel is None and count * len(sites) > DENSE_CELLS:
        blocks = list(near_blocks(territory.communes, sites, most))
    for rows, near in blocks:
        for found in minutes_to_places(territory, sites.iloc[near], rows):
            kept = np.flatnonzero(found <= most)
            each = [by_site[first[site] : first[site + 1]] for site in near[kept].tolist()]
            chosen = np.concatenate([np.zeros(0, dtype=np.int64), *each])
            order = np.argsort(chosen)
            yield chosen[order], np.repeat(found[kept], [len(some) for some in each])[order]


def near_blocks(
    communes: pd.DataFrame, places: pd.DataFrame, most: float
) -> Iterator[tuple[slice, NDArray[np.int64]]]:
    """Part communes into blocks, each with the places that some of them may reach in so many minutes."""
    km = (most - START_MINUTES) / (PLAIN.circuity * 60.0 / PLAIN.km_per_hour)
    sites = on_the_globe(places)
    for first in range(0, len(communes), BLOCK):
        rows = slice(first, first + BLOCK)
        towns = on_the_globe(communes.iloc[rows])
        middle = towns.mean(axis=0) / np.linalg.norm(towns.mean(axis=0))
        wide = np.arccos(np.clip((towns @ middle).min(), -1.0, 1.0)) + km / EARTH_RADIUS_KM
        yield rows, np.flatnonzero(sites @ middle >= np.cos(min(wide * 1.000_001, np.pi)))


def on_the_globe(points: pd.DataFrame) -> NDArray[np.float64]:
    """Points of a table (degrees) on a sphere of radius one, [point, 3]."""
    lat, lon = np.radians(points["lat"].to_numpy()), np.radians(points["lon"].to_numpy())
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def nearest_places(territory: Territory, places: pd.DataFrame) -> tuple[NDArray[np.int64], Minutes]:
    """The nearest place (row of the table) of each commune, and the minutes to it (inf where there is no way)."""
    count = len(territory.communes)
    step = count if territory.travel is not None else max(DENSE_CELLS // max(len(places), 1), 1)
    found = [
        minutes_to_places(territory, places, slice(first, first + step)) for first in range(0, count, step)
    ]
    nearest = np.concatenate([block.argmin(axis=1) for block in found])
    return nearest, np.concatenate([block.min(axis=1) for block in found])


def is_valley(communes: pd.DataFrame) -> NDArray[np.bool_]:
    """Which communes lie in a mountain valley."""
    valley: NDArray[np.bool_] = (communes["relief"] == "valley").to_numpy(dtype=np.bool_)
    return valley


def _given(travel: pd.DataFrame, index: pd.Index, communes: pd.DataFrame) -> Minutes:
    """The given matrix; inside a commune the formula stands unless the file says otherwise."""
    origin = index.get_indexer(pd.Index(travel["origin"].astype(str)))
    destination = index.get_indexer(pd.Index(travel["destination"].astype(str)))
    inside = (origin >= 0) & (destination >= 0)
    origin, destination = origin[inside], destination[inside]
    given = travel["minutes"].to_numpy()[inside]
    matrix = np.full((len(index), len(index)), np.inf)
    np.fill_diagonal(matrix, within_minutes(communes["area_km2"].to_numpy()))
    matrix[destination, origin] = given
    matrix[origin, destination] = given
    return matrix
