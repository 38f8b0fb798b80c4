"""A territory is a folder of CSV files that anybody can make in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.territory.cells import typed, upper_bound
from simulation.territory.links import (
    duplicate_faults,
    nearest_basin,
    presence_faults,
    reach_faults,
    reference_faults,
    session_faults,
    share_faults,
)
from simulation.territory.schema import NEEDED, OPTIONAL, ROADS, Column, schema
from simulation.territory.sheet import Sheet, read_sheet
from simulation.territory.territory import Territory, in_row_order


def read_territory(folder: str | Path) -> Territory:
    """Read and check a territory; every fault of every file is told at once."""
    place = Path(folder)
    name = place.resolve().name
    if not place.is_dir():
        raise Refused([Fault("missing_folder", shown(name), details={"value": shown(name)})])
    faults, sheets = _read_files(place, name)
    frames: dict[str, pd.DataFrame] = {}
    for file, sheet in sheets.items():
        frame, blamed = _typed_frame(sheet, schema()[file])
        frames[file.removesuffix(".csv")] = frame
        faults += [*sheet.faults, *blamed, *duplicate_faults(sheet, schema()[file])]
    faults += [*reference_faults(sheets), *presence_faults(sheets)]
    if "communes.csv" in sheets:
        faults += share_faults(sheets["communes.csv"])
    if "practitioners.csv" in sheets:
        faults += session_faults(sheets["practitioners.csv"])
    if faults:
        raise Refused(in_order(faults))
    territory = _assembled(name, frames, {file: sheet.digest for file, sheet in sheets.items()})
    communes = sheets["communes.csv"]
    too_far = reach_faults(territory, dict(zip(communes.columns["insee_code"], communes.lines, strict=True)))
    if too_far:
        raise Refused(in_order(too_far))
    return territory


def _read_files(place: Path, name: str) -> tuple[list[Fault], dict[str, Sheet]]:
    """Cells of the files that are there; those that lack or that nobody reads are faults."""
    faults: list[Fault] = []
    sheets: dict[str, Sheet] = {}
    present = sorted(path.name for path in place.iterdir())
    known = (*NEEDED, *OPTIONAL)
    for file in known:
        if file in present:
            sheets[file] = read_sheet(place / file, f"{name}/{file}", schema()[file])
        elif file in NEEDED:
            others = [other for other in present if other not in known]
            details = {"nearest": nearest(file, others)}
            faults.append(Fault("missing_file", f"{name}/{file}", details=details))
    for file in present:
        if file in ROADS:
            faults.append(Fault("roads_not_read", f"{name}/{file}"))
        elif file not in known and file.casefold().endswith(".csv") and not file.startswith("."):
            details = {"nearest": nearest(file, known)}
            faults.append(Fault("unknown_file", shown(f"{name}/{file}"), details=details))
    return faults, sheets


def _typed_frame(sheet: Sheet, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[Fault]]:
    """The rows of a file with their types, all documented columns present."""
    faults: list[Fault] = []
    data: dict[str, Any] = {}
    for column in columns:
        cells = sheet.columns.get(column.name, ("",) * len(sheet.lines))
        values, blames = typed(cells, column)
        if column.name in sheet.columns:
            faults += [
                Fault(blame.code, sheet.file, sheet.lines[blame.row], column.name, blame.details)
                for blame in blames
            ]
        data[column.name] = values if column.is_numeric else pd.Series(values, dtype="str")
    if sheet.lines and "value" in sheet.columns:
        data |= _bounded(sheet.columns["value"], data)
    return pd.DataFrame(data), faults


def _bounded(cells: Sequence[str], data: Mapping[str, Any]) -> dict[str, Any]:
    """A figure hidden under a threshold (`<6`) lies between nothing and it."""
    hidden = np.array([upper_bound(cell) for cell in cells])
    low = np.where(np.isnan(hidden), np.nan, 0.0)
    return {"low": np.fmax(data["low"], low), "high": np.fmin(data["high"], hidden)}


def _assembled(name: str, frames: Mapping[str, pd.DataFrame], sources: Mapping[str, str]) -> Territory:
    """The territory in row order, with what may be left empty filled from the commune."""
    tables = {table: in_row_order(table, frame) for table, frame in frames.items()}
    communes = tables["communes"]
    departement = communes["departement"].where(
        communes["departement"] != "", [_departement(code) for code in communes["insee_code"]]
    )
    communes = communes.assign(
        departement=departement,
        inside=(communes["inside"] == "indicator").to_numpy(dtype=np.bool_),
        population=communes["population"].astype(np.int64),
    )
    tables["communes"] = communes
    for table in ("practitioners", "structures"):
        tables[table] = _placed(tables[table], communes)
    if "ages" in tables:
        tables["ages"] = tables["ages"].astype({"sex": np.int64, "age": np.int64})
    territory = Territory(
        name=name,
        communes=communes,
        practitioners=tables["practitioners"],
        structures=tables["structures"],
        hospitals=tables["hospitals"],
        ages=tables.get("ages"),
        travel=tables.get("travel"),
        observed=tables.get("observed"),
        sources=dict(sources),
    )
    basin = pd.Series(nearest_basin(territory), dtype="str")
    return replace(territory, communes=communes.assign(basin=basin))


def _departement(code: str) -> str:
    """Overseas départements have three characters."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _placed(frame: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """A practice without coordinates stands where its commune does."""
    points = communes.set_index("insee_code")[["lat", "lon"]].reindex(frame["insee_code"])
    lat = np.where(frame["lat"].isna(), points["lat"].to_numpy(), frame["lat"])
    lon = np.where(frame["lon"].isna(), points["lon"].to_numpy(), frame["lon"])
    return frame.assign(lat=lat, lon=lon)
