"""Before a territory has a matrix of its own, minutes by car follow the formula of distance and relief."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from simulation.territory.travel import (
    EARTH_RADIUS_KM,
    PLAIN,
    START_MINUTES,
    haversine_km,
    on_the_globe,
    road_minutes,
)

BLOCK = 500


def minutes_to_nearest(communes: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.float64]:
    """Minutes from each commune to the nearest of the others (both with `lat`, `lon`, `relief`)."""
    found = np.full(len(communes), np.inf)
    if not len(others):
        return found
    lat, lon, valley = _columns(others)
    for first in range(0, len(communes), BLOCK):
        rows = communes.iloc[first : first + BLOCK]
        row_lat, row_lon, slow = _columns(rows)
        km = haversine_km(row_lat[:, None], row_lon[:, None], lat[None, :], lon[None, :])
        found[first : first + BLOCK] = road_minutes(km, slow[:, None] | valley[None, :]).min(axis=1)
    return found


def _columns(rows: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    return rows["lat"].to_numpy(), rows["lon"].to_numpy(), (rows["relief"] == "valley").to_numpy()


def within(communes: pd.DataFrame, inside: pd.DataFrame, most: float) -> pd.DataFrame:
    """Communes no farther than so many minutes from one of those inside, themselves left out."""
    km = (most - START_MINUTES) / (PLAIN.circuity * 60.0 / PLAIN.km_per_hour)
    if km <= 0 or inside.empty:
        return communes.iloc[:0]
    others = communes[~communes["insee_code"].isin(inside["insee_code"])]
    if others.empty:
        return others
    tree = cKDTree(on_the_globe(inside))
    away, _ = tree.query(on_the_globe(others), distance_upper_bound=km * 1.01 / EARTH_RADIUS_KM)
    near = others[np.isfinite(away)]
    return near[minutes_to_nearest(near, inside) <= most]
