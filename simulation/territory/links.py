"""Files of a territory speak of each other: what one names, another must hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.faults import Fault, nearest, shown
from simulation.territory.cells import INSEE
from simulation.territory.schema import Column, schema
from simulation.territory.sheet import Sheet
from simulation.territory.territory import Territory
from simulation.territory.travel import minutes, minutes_to_places, minutes_within

FURTHEST_GP_MINUTES = 90.0
"""Beyond it nobody goes for a GP: the territory is cut too tight, or a coordinate is wrong."""
MOST_SLOTS_OF_HALF_DAY = 100
"""One person every three minutes for five hours: beyond it a year's slots or a week's half-days are mistyped."""
WORKING_WEEKS = 47

_UNKNOWN = {
    "communes.insee_code": "unknown_commune",
    "structures.id": "unknown_structure",
    "communes.cpts": "unknown_cpts",
}


def duplicate_faults(sheet: Sheet, columns: Sequence[Column]) -> list[Fault]:
    """Lines that say again what an earlier line said."""
    names = [column.name for column in columns if column.unique and column.name in sheet.columns]
    needed = [column.name for column in columns if column.unique and column.required]
    if not needed or not set(needed) <= set(names):
        return []
    keys = list(zip(*(sheet.columns[name] for name in names), strict=True))
    if len(set(keys)) == len(keys):
        return []
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for line, key in zip(sheet.lines, keys, strict=True):
        if not key[0]:
            continue
        if key in first:
            details = {"value": shown(" ".join(key)), "first": first[key]}
            faults.append(Fault("duplicated_code", sheet.file, line, needed[-1], details))
        first.setdefault(key, line)
    return faults


def reference_faults(sheets: Mapping[str, Sheet]) -> list[Fault]:
    """Communes, structures and CPTS that are named but do not exist."""
    faults = []
    for file, sheet in sheets.items():
        for column in schema()[file]:
            target_file, _, target = column.refers.partition(".")
            target_sheet = sheets.get(f"{target_file}.csv")
            if column.name in sheet.columns and target_sheet and _is_complete(target_sheet, target):
                known = frozenset(target_sheet.columns.get(target, ())) - {""}
                faults += _unknown(sheet, column, known, target_sheet)
    return faults


def _is_complete(sheet: Sheet, column: str) -> bool:
    """Whether the file could be read and its column, when required, is there to be compared with."""
    required = {each.name for each in schema()[sheet.file.rpartition("/")[2]] if each.required}
    return bool(sheet.digest) and (column in sheet.columns or column not in required)


def _unknown(sheet: Sheet, column: Column, known: frozenset[str], target: Sheet) -> list[Fault]:
    cells = sheet.columns[column.name]
    wrong = set(cells) - known - {""}
    if column.kind == "insee":  # what is no code at all is told as such
        wrong = {cell for cell in wrong if INSEE.fullmatch(cell)}
    if not wrong:
        return []
    likely = {cell: _likely(cell, known, target) for cell in wrong}
    return [
        Fault(
            _UNKNOWN[column.refers],
            sheet.file,
            line,
            column.name,
            {"value": shown(cell), "nearest": likely[cell], "known_in": target.file},
        )
        for line, cell in zip(sheet.lines, cells, strict=True)
        if cell in wrong
    ]


def _likely(cell: str, known: frozenset[str], target: Sheet) -> str:
    """The code that was meant: by name instead of code, or with a slip."""
    codes = target.columns.get("insee_code") or target.columns.get("id") or ()
    by_name = dict(zip(target.columns.get("name", ()), codes, strict=False))
    name = "" if cell[:1].isdigit() else nearest(cell, by_name)
    return by_name[name] if name and by_name[name] in known else nearest(cell, known)


def presence_faults(sheets: Mapping[str, Sheet]) -> list[Fault]:
    """A territory is about somebody, and somebody there gives care."""
    faults = []
    needed = (("communes.csv", "inside", "indicator", "no_indicator_commune"),
              ("practitioners.csv", "role", "gp", "no_gp"))  # fmt: skip
    for file, column, word, code in needed:
        if file in sheets and column in sheets[file].columns and word not in sheets[file].columns[column]:
            faults.append(Fault(code, sheets[file].file, 0, column))
    return faults


def share_faults(sheet: Sheet) -> list[Fault]:
    """The young and the old together are not more than everybody."""
    young, old = (sheet.columns.get(name) for name in ("share_0_14", "share_65_plus"))
    faults = []
    for line, one, other in zip(sheet.lines, young or (), old or (), strict=False):
        try:
            total = float(one) + float(other)
        except ValueError:
            continue
        if 1.0 + 1e-9 < total <= 2.0:
            faults.append(Fault("shares_above_one", sheet.file, line, "share_65_plus", {"value": total}))
    return faults


def session_faults(sheet: Sheet) -> list[Fault]:
    """Nobody sees more people in half a day than minutes allow."""
    years, halves = (sheet.columns.get(name) for name in ("slots_per_year", "half_days_per_week"))
    faults = []
    for line, slots, half_days in zip(sheet.lines, years or (), halves or (), strict=False):
        try:
            each = float(slots) / (WORKING_WEEKS * float(half_days))
        except (ValueError, ZeroDivisionError):
            continue
        if each > MOST_SLOTS_OF_HALF_DAY:
            details = {
                "value": round(each),
                "high": MOST_SLOTS_OF_HALF_DAY,
                "slots": slots,
                "half_days": half_days,
            }
            faults.append(Fault("crowded_sessions", sheet.file, line, "slots_per_year", details))
    return faults


def reach_faults(territory: Territory, lines: Mapping[str, int]) -> list[Fault]:
    """Every commune has a GP within ninety minutes by car, else its people could never be seen."""
    practitioners = territory.practitioners
    gps = practitioners[practitioners["role"] == "gp"]
    if gps.empty or territory.communes.empty:
        return []
    to_nearest = minutes_to_nearest(territory)
    faults = []
    for row in np.flatnonzero(to_nearest > FURTHEST_GP_MINUTES).tolist():
        code = str(territory.communes["insee_code"].iat[row])
        name = str(territory.communes["name"].iat[row])
        details: dict[str, object] = {"value": code, "name": shown(name), "high": FURTHEST_GP_MINUTES}
        if np.isfinite(to_nearest[row]):
            details["minutes"] = round(float(to_nearest[row]), 1)
            where = (f"{territory.name}/communes.csv", lines.get(code, 0), "insee_code")
            faults.append(Fault("unreachable_commune", *where, details))
        else:
            wanted = sorted(set(gps["insee_code"].astype(str)))
            details["pairs"] = tuple(f"{code}–{other}" for other in wanted[:3])
            faults.append(Fault("travel_missing", f"{territory.name}/travel.csv", 0, "minutes", details))
    return faults


@lru_cache(maxsize=4)
def minutes_to_nearest(territory: Territory) -> NDArray[np.float64]:
    """Minutes from each commune to its nearest GP, those too far away looked at once more."""
    gps = territory.practitioners[territory.practitioners["role"] == "gp"]
    near = minutes_within(territory, gps, FURTHEST_GP_MINUTES)
    found = np.array([minutes.min(initial=np.inf) for _, minutes in near])
    for row in np.flatnonzero(np.isinf(found)).tolist():
        found[row] = minutes_to_places(territory, gps, slice(row, row + 1)).min()
    return found


def nearest_basin(territory: Territory) -> list[str]:
    """The basin of a commune is the town with an MSP that is nearest by car, unless it is given."""
    communes, structures = territory.communes, territory.structures
    given = communes["basin"].astype(str).tolist()
    towns = sorted(set(structures.loc[structures["kind"] == "msp", "insee_code"].astype(str)))
    if all(given) or not towns:
        return given
    rows = [communes["insee_code"].tolist().index(town) for town in towns]
    names = [str(communes["name"].iat[row]) for row in rows]
    closest = minutes(territory)[:, rows].argmin(axis=1)
    return [basin or names[town] for basin, town in zip(given, closest, strict=True)]
