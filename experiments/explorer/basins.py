"""The map (carte par bassin): each commune holds the ground nearest to it, and a basin the ground of its communes.

No boundary is known to the model, which places a commune at one point; so none is drawn as if it were official.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from simulation.territory import Territory

WIDTH = 640
MARGIN = 14
_AROUND = 16
"""Points set around each commune, so that those of the edge hold no more ground than their neighbours."""
_LONGEST_KM = 40.0


def drawn(territory: Territory) -> dict[str, Any]:
    """Lay the communes whose results are told on a sheet `WIDTH` wide; lengths are whole units of the sheet."""
    communes = territory.communes
    inside = communes["inside"].to_numpy(bool)
    places = _kilometres(communes)
    edges, cells = _cells(places, communes)
    basins = sorted(set(communes.loc[inside, "basin"]))
    corners = [corner for row in np.flatnonzero(inside) for corner in cells[row]]
    scale, shift, height = _sheet(np.array([edges[corner] for corner in corners]))
    at = np.rint((edges + shift) * scale).astype(int)
    towns = np.rint((places + shift) * scale).astype(int)
    sides = [str(basin) if here else "" for basin, here in zip(communes["basin"], inside, strict=True)]
    return {
        "width": WIDTH,
        "height": height,
        "cells": [
            [basins.index(communes["basin"].iloc[row]), _path([at[corner] for corner in cells[row]])]
            for row in np.flatnonzero(inside)
        ],
        "walls": _walls(cells, at, sides),
        "communes": [
            [*map(int, towns[row]), round(math.sqrt(communes["population"].iloc[row]) / 8, 1)]
            for row in np.flatnonzero(inside)
        ],
        "basins": [
            {"name": basin, "at": _middle(communes, inside, basin, towns), "people": _people(communes, inside, basin)}
            for basin in basins
        ],
    }  # fmt: skip


def _kilometres(communes: pd.DataFrame) -> np.ndarray:
    """East and south of the first commune; a plane is enough for a valley."""
    lat, lon = communes["lat"].to_numpy(float), communes["lon"].to_numpy(float)
    degree = 111.2
    return np.column_stack(
        [(lon - lon[0]) * degree * math.cos(math.radians(lat.mean())), (lat[0] - lat) * degree]
    )


def _cells(places: np.ndarray, communes: pd.DataFrame) -> tuple[np.ndarray, list[list[int]]]:
    """Corners of the sheet, and which of them go round each commune."""
    from scipy.spatial import Voronoi, cKDTree

    reach = min(_LONGEST_KM, 1.15 * math.sqrt(float(communes["area_km2"].median()) / math.pi))
    turns = np.arange(_AROUND) * 2 * math.pi / _AROUND
    circle = 2 * reach * np.column_stack([np.cos(turns), np.sin(turns)])
    around = (places[:, None, :] + circle[None, :, :]).reshape(-1, 2)
    far = np.append(places.mean(axis=0) + 1e3 * np.array([[1, 0], [0, 1], [-1, 0], [0, -1]]), around, axis=0)
    kept = far[cKDTree(places).query(far)[0] >= 1.7 * reach]
    made = Voronoi(np.vstack([places, kept]))
    return made.vertices, [made.regions[made.point_region[row]] for row in range(len(places))]


def _sheet(corners: np.ndarray) -> tuple[float, np.ndarray, int]:
    low, high = corners.min(axis=0), corners.max(axis=0)
    scale = (WIDTH - 2 * MARGIN) / max(float(high[0] - low[0]), 1e-6)
    shift = MARGIN / scale - low
    return scale, shift, round(float(high[1] - low[1]) * scale) + 2 * MARGIN


def _path(corners: list[np.ndarray]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"


def _walls(cells: list[list[int]], at: np.ndarray, basins: list[str]) -> str:
    """The sides that part two basins, or a basin from what is around."""
    sides: dict[tuple[int, int], list[str]] = {}
    for cell, basin in zip(cells, basins, strict=True):
        for one, other in zip(cell, [*cell[1:], *cell[:1]], strict=True):
            sides.setdefault((min(one, other), max(one, other)), []).append(basin)
    parted = [
        side
        for side, found in sorted(sides.items())
        if any(found) and (len(found) < 2 or found[0] != found[1])
    ]
    return "".join(f"M{at[one][0]} {at[one][1]}L{at[other][0]} {at[other][1]}" for one, other in parted)


def _middle(communes: pd.DataFrame, inside: np.ndarray, basin: str, towns: np.ndarray) -> list[int]:
    """Where people of a basin live, on average: its name stands there."""
    rows = inside & (communes["basin"] == basin).to_numpy(bool)
    people = communes["population"].to_numpy(float)[rows]
    return [int(value) for value in np.rint(np.average(towns[rows], axis=0, weights=np.maximum(people, 1)))]


def _people(communes: pd.DataFrame, inside: np.ndarray, basin: str) -> int:
    return int(communes.loc[inside & (communes["basin"] == basin).to_numpy(bool), "population"].sum())
