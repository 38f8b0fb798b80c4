"""Carers settle where files say, else where SIRENE has them, in the number that France counts today."""

from collections.abc import Mapping

import pandas as pd

from scenarios.compile.apportionment import apportion, shuffled
from scenarios.compile.france import GPS_OF_FRANCE, activity
from scenarios.compile.national import ROLES
from scenarios.compile.practitioners import SLOTS_PER_GP, half_days, set_diaries
from scenarios.compile.tables import Row

PEOPLE_OF_ROLES = 82_000
"""People for whom the numbers of `ROLES` stand."""
LIKE_PEOPLE = frozenset({"midwife", "pharmacist"})
"""SIRENE has no class for them: they follow people, in communes with a GP."""
MEMBERS: Mapping[str, float] = {"gp": 0.25}
OTHER_MEMBERS = 0.30
"""Shares of carers who are members of a CPTS (Cnam for GPs; assumed for the others)."""
GPS_OF_AN_MSP = 3
"""15.6 % of 52 291 GPs in 2 758 MSPs (Cnam)."""
SMALL = 500
TRIED = 60
MANY = 2_000
"""GPs from which diaries are drawn all at once."""


def counts_by_sirene(communes: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many of each role in each commune of France, so that the parts add up to the country."""
    people = dict(zip(communes["insee_code"], communes["population"].astype(float), strict=True))
    france = sum(people.values())
    shapes = {
        role: dict(zip(communes["insee_code"], communes[role].fillna(0).astype(float), strict=True))
        for role in ("gp", "nurse", "dentist", "physiotherapist")
    }
    found = {"gp": apportion(GPS_OF_FRANCE, shapes["gp"], tie=people) if any(shapes["gp"].values()) else {}}
    for role, number in ROLES.items():
        total = round(number * france / PEOPLE_OF_ROLES)
        if role in LIKE_PEOPLE:
            shape = {code: people[code] for code, gps in found["gp"].items() if gps}
        else:
            shape = shapes[role]
        found[role] = apportion(total, shape, tie=people) if any(shape.values()) else {}
    return found


def settled(communes: pd.DataFrame, counts: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """Rows of carers at the town halls of the communes kept, numbered."""
    rows = []
    kept = zip(communes["insee_code"], communes["lat"], communes["lon"], strict=True)
    for code, lat, lon in kept:
        for role in sorted(counts):
            for number in range(1, counts[role].get(code, 0) + 1):
                rows.append(carer(role, code, number, lat, lon))
    return rows


def carer(role: str, code: str, number: int, lat: float, lon: float) -> Row:
    """A carer is a number in a commune: never a name."""
    return {
        "id": f"{role}-{code}-{number:02d}", "role": role, "insee_code": code,
        "lat": f"{lat:.5f}", "lon": f"{lon:.5f}", "msp": "", "cpts": "",
    }  # fmt: skip


def listed(communes: pd.DataFrame, carers: pd.DataFrame) -> list[Row]:
    """Rows of carers counted in a file (`role`, `insee_code`, perhaps `lat`, `lon`), numbered in each commune."""
    here = communes.set_index("insee_code")[["lat", "lon"]]
    kept = carers[carers["insee_code"].isin(here.index)]
    rows = []
    for (role, code), some in kept.groupby(["role", "insee_code"], sort=True):
        for number, (lat, lon) in enumerate(zip(some["lat"], some["lon"], strict=True), start=1):
            at = (lat, lon) if pd.notna(lat) and pd.notna(lon) else tuple(here.loc[str(code)])
            rows.append(carer(str(role), str(code), number, *at))
    return rows


def diaries(rows: list[Row], communes: pd.DataFrame) -> None:
    """Spread national activity and ages over GPs, to the national mean; the lone GP of a hamlet is not the busiest."""
    gps = [row for row in rows if row["role"] == "gp"]
    if not gps:
        return
    if len(gps) >= MANY:
        for row, slots in zip(gps, activity(len(gps)), strict=True):
            row["slots_per_year"], row["half_days_per_week"] = str(slots), str(half_days(slots))
        return
    hamlets = set(communes.loc[communes["population"] < SMALL, "insee_code"])
    for number in range(TRIED):
        set_diaries(gps, SLOTS_PER_GP * len(gps), f"slots-{number}")
        if not _busy_alone(gps, hamlets):
            return


def _busy_alone(gps: list[Row], hamlets: set[str]) -> bool:
    places = [row["insee_code"] for row in gps]
    slots = sorted(int(row["slots_per_year"]) for row in gps)
    alone = [row for row in gps if row["insee_code"] in hamlets and places.count(row["insee_code"]) == 1]
    return any(int(row["slots_per_year"]) > slots[len(slots) // 2] for row in alone)


def join_houses(rows: list[Row], houses: list[Row]) -> int:
    """Three GPs of a commune for each of its MSPs, and the same part of each other role; how many joined."""
    by_commune: dict[str, list[Row]] = {}
    for house in houses:
        by_commune.setdefault(house["insee_code"], []).append(house)
    joined = 0
    for code, some in by_commune.items():
        here = [row for row in rows if row["insee_code"] == code]
        gps = sum(row["role"] == "gp" for row in here)
        share = min(1.0, GPS_OF_AN_MSP * len(some) / gps) if gps else 0.0
        for role in sorted({row["role"] for row in here} - {"pharmacist"}):
            own = [row for row in here if row["role"] == role and not row["msp"]]
            for rank, row in enumerate(own[: round(share * len(own))]):
                row["msp"] = some[rank % len(some)]["id"]
                joined += 1
    return joined


def join_cpts(rows: list[Row], names: Mapping[str, str]) -> int:
    """A part of each role is of the CPTS of its commune: who is of an MSP first, the others drawn; how many."""
    joined = 0
    for role in sorted({row["role"] for row in rows}):
        own = [row for row in rows if row["role"] == role and names.get(row["insee_code"])]
        rank = {
            identifier: at for at, identifier in enumerate(shuffled([row["id"] for row in own], "member"))
        }
        order = sorted(own, key=lambda row: (not row["msp"], rank[row["id"]]))
        for row in order[: round(MEMBERS.get(role, OTHER_MEMBERS) * len(own))]:
            row["cpts"] = names[row["insee_code"]]
            joined += 1
    return joined
