"""FINESS numbers every establishment: houses, centres, hospitals; its layout changes in 2026."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.official.cells import COMMUNE, Wanted, checked
from scenarios.official.perimeters import lambert_93
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import encoding, first_lines, whole
from simulation.faults import Fault, Refused, shown

KINDS = {"603": "msp", "124": "health_centre", "101": "hospital", "355": "hospital", "365": "hospital",
         "292": "hospital", "128": "hospital"}  # fmt: skip
GENERAL = {"101": "Centre Hospitalier Régional (C.H.R.)", "355": "Centre Hospitalier (C.H.)"}
FIELDS = {"structureet": (32, 33), "geolocalisation": (6, 20)}
"""Cells of each block, at least and at most (the projection of a place is told with commas, in one cell)."""
HEADED = [
    Wanted("id", "nofinesset|numfinesset|finess_et|num_finess_et|numerofinesset", filled=True),
    Wanted("name", "rs|raisonsociale|raison_sociale|rslongue"),
    Wanted("category", "categetab|categorieetab|code_categorie|categorie", filled=True),
    Wanted("insee_code", "code_?commune|coginsee|cogcommune|com_code|commune_insee|insee_code", required=False),
    Wanted("number", "commune", required=False),
    Wanted("departement", "departement|code_departement", required=False),
    Wanted("x", "coordxet|coordx|x", "number", required=False, low=-1e7, high=1e8),
    Wanted("y", "coordyet|coordy|y", "number", required=False, low=-1e7, high=1e8),
    Wanted("lat", "latitude|lat", "number", required=False, low=-180, high=180),
    Wanted("lon", "longitude|lon", "number", required=False, low=-180, high=180),
    Wanted("projection", "sourcecoordet|projection", required=False),
]  # fmt: skip


def read(path: Path) -> Read:
    """Establishments of the kinds that the model knows: `id`, `kind`, `name`, commune, place when it is told."""
    alphabet = encoding(path)
    first = first_lines(path, 1, alphabet)
    if first and first[0].startswith("finess;"):
        table, day = _blocks(path, alphabet), first[0].rpartition(";")[2]
    else:
        cells = whole(path, HEADED)
        table, faults = checked(cells, HEADED)
        refuse(faults)
        if "insee_code" not in table:
            table["insee_code"] = _code(table.get("departement", pd.Series("", index=table.index)),
                                        table.get("number", pd.Series("", index=table.index)))  # fmt: skip
        day = ""
    table = _placed(table)
    told = table[table["category"].isin(KINDS) & table["insee_code"].str.fullmatch(COMMUNE)]
    return source("finess", path, pd.DataFrame(
        {
            "id": told["id"].str.zfill(9), "finess_et": told["id"].str.zfill(9), "kind": told["category"].map(KINDS),
            "type": told["category"].map(GENERAL).fillna(""), "name": told["name"], "insee_code": told["insee_code"],
            "city": told.get("city", ""), "postcode": told.get("postcode", ""), "lat": told["lat"], "lon": told["lon"],
        }
    ), day)  # fmt: skip


def _blocks(path: Path, alphabet: str) -> pd.DataFrame:
    """The layout without header: a block of establishments, then one of places."""
    structures: list[tuple[str | int, ...]] = []
    places: dict[str, tuple[float, float, str]] = {}
    faults: list[Fault] = []
    for line, kind, cells in _lines(path, alphabet):
        low, high = FIELDS.get(kind, (0, 0))
        if not low:
            faults.append(Fault("territory.bad_choice", path.name, line, "1", {
                "value": shown(kind), "choices": tuple(FIELDS), "others": ""}))  # fmt: skip
        elif not low <= len(cells) <= high:
            code = "row_short" if len(cells) < low else "row_long"
            faults.append(Fault(f"territory.{code}", path.name, line, details={
                "value": len(cells), "expected": low, "others": ""}))  # fmt: skip
        elif kind == "structureet":
            structures.append(
                (cells[1], cells[3] or cells[4], cells[18], cells[12], cells[13], cells[15], line)
            )
        else:
            x, y = _number(cells[2]), _number(cells[3])
            if x is None or y is None:
                faults.append(Fault("territory.bad_number", path.name, line, "coordxet", {
                    "value": shown(f"{cells[2]} {cells[3]}"), "others": ""}))  # fmt: skip
            else:
                places[cells[1]] = (x, y, ";".join(cells[4:-1]))
        if len(faults) >= 50:
            break
    names = ["id", "name", "category", "number", "departement", "line_of_post", "line"]
    table = pd.DataFrame(structures, columns=names)
    again = table[table["id"].duplicated()]
    for identifier, line in zip(again["id"][:10], again["line"][:10], strict=True):
        first = int(table.loc[table["id"] == identifier, "line"].iloc[0])
        faults.append(Fault("territory.twice", path.name, int(line), "nofinesset", {
            "value": identifier, "first": first, "others": ""}))  # fmt: skip
    if faults or table.empty:
        raise Refused(faults or [Fault("territory.no_row", path.name)])
    nowhere = (np.nan, np.nan, "")
    east, north, projection = zip(
        *(places.get(identifier, nowhere) for identifier in table["id"]), strict=True
    )
    post = table["line_of_post"].str.extract(r"^(\d{5})\s+(.*)$")
    return table.assign(insee_code=_code(table["departement"], table["number"]), x=east, y=north, projection=projection,
                        postcode=post[0].fillna(""), city=post[1].fillna(""))  # fmt: skip


def _lines(path: Path, alphabet: str) -> Iterator[tuple[int, str, list[str]]]:
    with path.open(encoding=alphabet, errors="replace", newline="") as content:
        rows = csv.reader(content, delimiter=";", quoting=csv.QUOTE_NONE)
        for cells in rows:
            if rows.line_num > 1 and any(cells):
                yield rows.line_num, cells[0], cells


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text.strip() else float("nan")
    except ValueError:
        return None


def _code(departements: pd.Series, numbers: pd.Series) -> pd.Series:
    """FINESS parts the code of a commune in two; overseas the département has three characters (9A to 9F before)."""
    overseas = {"9A": "97", "9B": "97", "9C": "97", "9D": "97", "9F": "97"}
    there = departements.str.upper().replace(overseas)
    there = there.where(~there.str.fullmatch(r"97\d"), "97")
    return there.str.zfill(2) + numbers.str.zfill(3)


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Degrees, with those that were swapped put right, else from Lambert-93; other projections are not read."""
    empty = pd.Series(np.nan, index=table.index)
    lat, lon, x, y = (
        table[name].astype(float) if name in table else empty for name in ("lat", "lon", "x", "y")
    )
    metropolitan = ~table["insee_code"].str.startswith(("97", "98"))
    swapped = metropolitan & lat.between(-6, 10) & lon.between(41, 52)
    lat, lon = lat.where(~swapped, lon), lon.where(~swapped, lat)
    told = table["projection"] if "projection" in table else pd.Series("", index=table.index)
    lambert = metropolitan & x.between(50_000, 1_300_000) & y.between(6_000_000, 7_200_000)
    lambert &= ~told.str.upper().str.contains("UTM", regex=False)
    found_lon, found_lat = lambert_93(x.where(lambert), y.where(lambert))
    lat, lon = lat.fillna(pd.Series(found_lat, table.index)), lon.fillna(pd.Series(found_lon, table.index))
    wrong = metropolitan & ~(lat.between(41, 51.5) & lon.between(-5.5, 10))
    return table.assign(lat=lat.where(~wrong), lon=lon.where(~wrong))
