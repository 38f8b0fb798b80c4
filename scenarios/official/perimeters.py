"""A CPTS is drawn on a map (périmètre): a commune is of it when its town hall stands inside."""

import json
import re
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.faults import Fault, Refused, shown

Projection = Callable[[Any, Any], tuple[Any, Any]]
NAMES = "nom_cpts nom libelle lib_cpts nom_struct raison_sociale name".split()
MERCATOR_METRES = 20_037_508.342789244
"""Half the girdle of the Earth in the projection of web maps (EPSG:3857)."""


class Shape(NamedTuple):
    """A perimeter and its name."""

    name: str
    geometry: Any


def inside_of(path: Path, communes: pd.DataFrame, wanted: str = "") -> dict[str, str]:
    """Communes whose town hall is in a perimeter, with the identifier of its CPTS.

    Raises Refused for a file that is no GeoJSON of polygons, that holds several CPTS of which none is chosen, or
    in which no commune stands.
    """
    shapes = read(path)
    names = sorted({shape.name for shape in shapes})
    if wanted:
        shapes = [shape for shape in shapes if plain(wanted) in plain(shape.name)]
        if not shapes:
            raise Refused([Fault("territory.unknown_perimeter", path.name, details={
                "value": shown(wanted), "choices": tuple(names[:8])})])  # fmt: skip
    if len({shape.name for shape in shapes}) > 1:
        raise Refused(
            [Fault("territory.several_perimeters", path.name, details={"choices": tuple(names[:8])})]
        )
    import shapely

    points = shapely.points(communes["lon"].to_numpy(), communes["lat"].to_numpy())
    found = np.zeros(len(communes), dtype=bool)
    for shape in shapes:
        found |= shapely.covers(shape.geometry, points)
    if not found.any():
        raise Refused([Fault("territory.no_polygon", path.name)])
    return dict.fromkeys(communes["insee_code"][found], identifier(shapes[0].name or path.stem))


def identifier(name: str) -> str:
    """A name as an identifier: CPTS Grand Sud becomes cpts-grand-sud."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")


def plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def read(path: Path) -> list[Shape]:
    """The polygons of a GeoJSON, in degrees."""
    if find_spec("shapely") is None:
        raise Refused([Fault("territory.no_shapely", path.name)])
    from shapely import transform
    from shapely.errors import ShapelyError
    from shapely.geometry import shape as shaped

    features, projection = _features(path)
    shapes, faults = [], []
    for number, feature in enumerate(features, start=1):
        told = {str(key).casefold(): value for key, value in (feature.get("properties") or {}).items()}
        name = next((str(told[key]).strip() for key in NAMES if told.get(key)), path.stem)
        try:
            geometry = shaped(feature["geometry"])
            if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
                raise ValueError("no polygon")
            to_degrees = _to_degrees(geometry.bounds, projection)
            geometry = transform(
                geometry, lambda points, told=to_degrees: np.column_stack(told(points[:, 0], points[:, 1]))
            )
        except (KeyError, TypeError, ValueError, AttributeError, ShapelyError):
            faults.append(
                Fault("territory.bad_geometry", path.name, number, "geometry", {"value": shown(name)})
            )
            continue
        shapes.append(Shape(name, geometry if geometry.is_valid else geometry.buffer(0)))
    if faults or not shapes:
        raise Refused(faults or [Fault("territory.not_a_geojson", path.name)])
    return shapes


def _features(path: Path) -> tuple[list[dict[str, Any]], str]:
    """The features of a file and the projection that it names."""
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
        features = document["features"] if document.get("type") == "FeatureCollection" else [document]
        return [one for one in features if isinstance(one, dict)], json.dumps(document.get("crs") or "")
    except FileNotFoundError:
        raise Refused([Fault("missing_file", path.name, details={"nearest": ""})]) from None
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise Refused([Fault("territory.not_a_geojson", path.name)]) from None


def _to_degrees(bounds: tuple[float, float, float, float], projection: str) -> Projection:
    """Degrees stay; metres are those of the projection named, else of Lambert-93 where they may be."""
    west, south, east, north = bounds
    if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90:
        return unmoved
    if "2154" in projection:
        return lambert_93
    if "3857" in projection or "900913" in projection:
        return mercator
    return (
        lambert_93 if west > 0 and east < 1_300_000 and south > 6_000_000 and north < 7_200_000 else mercator
    )


def unmoved(x: Any, y: Any) -> tuple[Any, Any]:
    return x, y


def mercator(x: Any, y: Any) -> tuple[Any, Any]:
    """Longitude and latitude of metres of web maps (EPSG:3857)."""
    lon = np.asarray(x) / MERCATOR_METRES * 180
    lat = np.degrees(2 * np.arctan(np.exp(np.asarray(y) / MERCATOR_METRES * np.pi)) - np.pi / 2)
    return lon, lat


def lambert_93(x: Any, y: Any) -> tuple[Any, Any]:
    """Longitude and latitude of metres of Lambert-93 (EPSG:2154), by the constants of IGN (NTG 71)."""
    n, c, xs, ys, first = (
        0.7256077650532670,
        11_754_255.426096,
        700_000.0,
        12_655_612.049876,
        0.08181919104281579,
    )
    east, south = np.asarray(x) - xs, ys - np.asarray(y)
    lon = np.degrees(np.arctan2(east, south) / n) + 3.0
    isometric = -np.log(np.hypot(east, south) / c) / n
    lat = 2 * np.arctan(np.exp(isometric)) - np.pi / 2
    for _ in range(8):
        sine = first * np.sin(lat)
        lat = 2 * np.arctan(((1 + sine) / (1 - sine)) ** (first / 2) * np.exp(isometric)) - np.pi / 2
    return lon, np.degrees(lat)
