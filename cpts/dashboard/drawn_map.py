"""The territory drawn by basin (carte par bassin): hamlets are too small to be coloured alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from simulation.territory import Territory

WIDE = 1000.0
_REACH = 1.7
"""A commune is drawn no further from its town than so many radii of the disc of its area."""
_ROUND = 0.6
"""Kilometres over which outlines are rounded: they are rough, and must look it."""
_KM = 111.2


class Shape(NamedTuple):
    """One basin: its outline and where its name is written."""

    basin: str
    path: str
    x: float
    y: float


class Drawing(NamedTuple):
    """All basins in one frame."""

    shapes: tuple[Shape, ...]
    width: float
    height: float
    towns: Mapping[str, tuple[float, float]]
    """Where the town of each commune is, those around too, which may be out of the frame."""


def drawing(territory: Territory) -> Drawing:
    """Cells around each commune's town, joined by basin: where the town is, not where the border runs."""
    from shapely import Point, union_all
    from shapely.geometry import MultiPoint
    from shapely.ops import voronoi_diagram

    communes = territory.communes.reset_index(drop=True)
    x, y = _plane(communes)
    radius = np.sqrt(communes["area_km2"].fillna(15.0).clip(lower=4.0).to_numpy(float) / math.pi) * _REACH
    points = [Point(one) for one in zip(x, y, strict=True)]
    around = MultiPoint(points).buffer(60)
    cells = list(voronoi_diagram(MultiPoint(points), envelope=around).geoms) if len(points) > 1 else [around]
    basins: dict[str, list[Any]] = {}
    for rank, row in enumerate(communes.itertuples()):
        if not row.inside:
            continue
        mine = next(cell for cell in cells if cell.covers(points[rank]))
        basins.setdefault(str(row.basin), []).append(mine.intersection(points[rank].buffer(radius[rank])))
    joined = {
        name: union_all(parts).buffer(_ROUND).buffer(-2 * _ROUND).buffer(_ROUND)
        for name, parts in sorted(basins.items())
    }
    return _framed(joined, communes, (x, y))


def _plane(communes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres east and south of the middle."""
    lat, lon = communes["lat"].to_numpy(float), communes["lon"].to_numpy(float)
    east = (lon - lon.mean()) * _KM * math.cos(math.radians(lat.mean()))
    return east, (lat.mean() - lat) * _KM


def _framed(joined: dict[str, Any], communes: pd.DataFrame, plane: tuple[np.ndarray, np.ndarray]) -> Drawing:
    left, top, right, bottom = _bounds(joined)
    scale = WIDE / max(right - left, (bottom - top) * 1.1, 1e-9)

    def placed(x: float, y: float) -> tuple[float, float]:
        return (x - left) * scale, (y - top) * scale

    shapes = []
    towns = {
        str(code): placed(float(x), float(y))
        for code, x, y in zip(communes["insee_code"], *plane, strict=True)
    }
    for name, area in joined.items():
        parts = list(area.geoms) if hasattr(area, "geoms") else [area]
        path = "".join(_path([placed(*point) for point in part.exterior.coords]) for part in parts)
        middle = max(parts, key=lambda part: part.area).representative_point()
        shapes.append(Shape(name, path, *(round(one) for one in placed(middle.x, middle.y))))
    return Drawing(tuple(shapes), round((right - left) * scale), round((bottom - top) * scale), towns)


def _bounds(joined: dict[str, Any]) -> tuple[float, float, float, float]:
    found = np.array([area.bounds for area in joined.values()])
    left, top = found[:, :2].min(axis=0)
    right, bottom = found[:, 2:].max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in points) + "Z"
