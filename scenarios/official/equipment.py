"""The base of equipment (BPE) counts who works and what is open in each commune, with places within a few metres."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.official.cells import Wanted, checked, fault
from scenarios.official.national_table import parquet_cells
from scenarios.official.perimeters import lambert_93
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import encoding, first_lines, whole

COLUMNS = [
    Wanted("insee_code", "depcom", "commune", filled=True),
    Wanted("type", "typequ", filled=True),
    Wanted("year", "an", required=False),
    Wanted("name", "nomrs", required=False),
    Wanted("lat", "latitude", "number", required=False, low=-90, high=90),
    Wanted("lon", "longitude", "number", required=False, low=-180, high=180),
    Wanted("x", "lambert_x", "number", required=False, low=-1e7, high=1e8),
    Wanted("y", "lambert_y", "number", required=False, low=-1e7, high=1e8),
    Wanted("epsg", "epsg", required=False),
]
COUNTS = [
    Wanted("insee_code", "geo", filled=True),
    Wanted("level", "geo_object", filled=True),
    Wanted("type", "facility_type", filled=True),
    Wanted("measure", "bpe_measure", filled=True),
    Wanted("year", "time_period", required=False),
    Wanted("count", "obs_value", "whole", high=1e6),
    Wanted("domain", "facility_dom", required=False),
    Wanted("subdomain", "facility_sdom", required=False),
]
ROLES: Mapping[str, str] = {
    "D265": "gp", "D201": "gp", "D277": "dentist", "D221": "dentist", "D278": "midwife", "D231": "midwife",
    "D279": "physiotherapist", "D233": "physiotherapist", "D281": "nurse", "D232": "nurse",
    "D307": "pharmacist", "D301": "pharmacist",
}  # fmt: skip
"""Codes of today and of the editions before 2021; a pharmacy stands for one pharmacist."""
HOUSES: Mapping[str, str] = {"D113": "msp", "D108": "health_centre"}
EMERGENCY = "D106"
KNOWN = frozenset({*ROLES, *HOUSES, EMERGENCY})


def read(path: Path) -> Read:
    """One row a carer, house or ED: `what`, `role` or `kind`, commune, place; counts become rows without place."""
    if path.suffix == ".parquet":
        cells = parquet_cells(path, COLUMNS)
    elif "OBS_VALUE" in first_lines(path, 1, encoding(path))[0].upper():
        return _counted(path)
    else:
        cells = whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    refuse(faults)
    year = str(table["year"].iloc[0]) if "year" in table else ""
    table = table[table["type"].isin(KNOWN)]
    lat, lon = places(table)
    return source("bpe", path, _told(table.assign(lat=lat, lon=lon)), year)


def places(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Degrees where they are told, else from Lambert-93 in the mother country; none for the rest."""
    empty = pd.Series(np.nan, index=table.index)
    lat, lon = (table.get(name, empty) for name in ("lat", "lon"))
    if "x" in table and "y" in table:
        metropolitan = ~table["insee_code"].str.startswith("97")
        if "epsg" in table:
            metropolitan &= table["epsg"].isin(("", "2154"))
        usable = metropolitan & (table["x"] > 0) & (table["y"] > 6_000_000)
        found_lon, found_lat = lambert_93(table["x"].where(usable), table["y"].where(usable))
        lat, lon = lat.fillna(pd.Series(found_lat, lat.index)), lon.fillna(pd.Series(found_lon, lon.index))
    return lat, lon


def _told(table: pd.DataFrame) -> pd.DataFrame:
    kinds = table["type"]
    what = np.where(kinds.isin(ROLES), "carer", np.where(kinds.isin(HOUSES), "house", "emergency"))
    number = table.groupby(["insee_code", "type"]).cumcount() + 1
    return pd.DataFrame(
        {
            "what": what, "role": kinds.map(ROLES).fillna(""), "kind": kinds.map(HOUSES).fillna(""),
            "insee_code": table["insee_code"], "lat": table["lat"], "lon": table["lon"],
            "name": np.where(what == "house", table.get("name", ""), ""),  # a practice bears a person's name
            "id": table["insee_code"] + "-" + number.astype(str),
        }
    )  # fmt: skip


def _counted(path: Path) -> Read:
    """Counts by commune (Melodi, SDMX): totals of domains are left out, they would count twice."""
    cells = whole(path, COUNTS)
    table, faults = checked(cells, COUNTS)
    refuse(faults)
    kept = (table["level"] == "COM") & table["type"].isin(KNOWN) & (table["measure"] == "FACILITIES")
    for name in ("domain", "subdomain"):
        if name in table:
            some = table[
                kept & table.duplicated(["insee_code", "type", "level", "measure", "year"], keep=False)
            ]
            kept &= ~((table[name] == "_T") & table.index.isin(some.index))
    codes = table["insee_code"].str.extract(r"((?:\d{2}|2[AB])\d{3})$")[0]
    refuse(fault(cells, "insee_code", "bad_code", kept & codes.isna()))
    twice = kept & table[kept].duplicated(["insee_code", "type"]).reindex(table.index, fill_value=False)
    refuse(fault(cells, "type", "mixed_totals", twice))
    counted = table.assign(insee_code=codes)[kept].dropna(subset=["count"])
    rows = counted.loc[counted.index.repeat(counted["count"].astype(int))].reset_index(drop=True)
    year = str(table["year"].iloc[0]) if "year" in table else ""
    return source("bpe", path, _told(rows.assign(lat=np.nan, lon=np.nan)), year)
