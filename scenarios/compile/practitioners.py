"""Establishments of SIRENE 2018 give the shape of the supply (offre de soins), never its size."""

from collections.abc import Mapping
from math import ceil, floor

from scenarios.compile.apportionment import apportion, spread
from scenarios.compile.communes import CPTS, MSP_TOWNS, ages
from scenarios.compile.need import need
from scenarios.compile.tables import Row

GPS_INSIDE = 17
PROFESSIONALS_INSIDE = 200
SLOTS_PER_GP = 4_389
SLOTS_PER_STANDARDISED_INHABITANT = 3.37
WORKING_WEEKS = 47.6
SLOTS_PER_HALF_DAY = 11

# Acts per GP and year: p10, p25, p50, p75, p90 (IRDES DT 70 brought to today's mean); the lowest, 700, is assumed
# and the last piece is prolonged above p90.
ACTIVITY = ((0.0, 700.0), (0.10, 1_450.0), (0.25, 2_850.0), (0.50, 4_170.0), (0.75, 5_540.0), (0.90, 7_040.0))
# 34 % of liberal GPs are over 60 (2021); about 45 % are 55 or more; the ends are assumed.
GP_AGE = ((0.0, 31.0), (0.30, 42.0), (0.66, 60.0), (1.0, 72.0))

# The first of slots-0, slots-1, … that gives no GP alone in a commune under 500 inhabitants more than the
# median: with others the busiest diary of the territory lands at the head of a valley of 400 people.
SALT = "slots-6"

# No class in SIRENE's NAF 86 (pharmacists), or none of their own: counts are assumed, see SOURCES.md.
WITHOUT_CLASS: Mapping[str, int] = {"advanced_nurse": 2, "midwife": 4, "pharmacist": 16, "practice_nurse": 3}
SIRENE_CLASS: Mapping[str, str] = {
    "dentist": "sirene2018_dentist",
    "nurse": "sirene2018_nurse",
    "physiotherapist": "sirene2018_physio_podo_speech",
}


def populations(rows: list[Row]) -> dict[str, float]:
    return {row["insee_code"]: float(row["population"]) for row in rows}


def shape(rows: list[Row], column: str) -> dict[str, float]:
    return {row["insee_code"]: float(row[column]) for row in rows}


def practitioner(identifier: str, role: str, row: Row) -> Row:
    """Everybody practises at the town hall; who practises in an MSP town is of its MSP and of the CPTS."""
    member = row["insee_code"] in MSP_TOWNS
    return {
        "id": identifier,
        "role": role,
        "insee_code": row["insee_code"],
        "lat": row["lat"],
        "lon": row["lon"],
        "msp": f"msp-{row['insee_code']}" if member else "",
        "cpts": CPTS if member else "",
    }


def settle(role: str, rows: list[Row], counts: Mapping[str, int], name: str) -> list[Row]:
    """`name` writes the id, from the commune and the number of the practitioner in it."""
    return [
        practitioner(name.format(role=role, commune=row["insee_code"], number=number), role, row)
        for row in rows
        for number in range(1, counts.get(row["insee_code"], 0) + 1)
    ]


def half_days(slots: int) -> int:
    return min(11, max(1, round(slots / (WORKING_WEEKS * SLOTS_PER_HALF_DAY))))


def set_diaries(gps: list[Row], slots: int, salt: str = SALT) -> None:
    """Activity and age are spread evenly over the national quantiles; the slots add up exactly."""
    ids = [row["id"] for row in gps]
    offered = apportion(slots, spread(ids, salt, ACTIVITY))
    at_age = spread(ids, "age", GP_AGE)
    for row in gps:
        age = at_age[row["id"]]
        row["slots_per_year"] = str(offered[row["id"]])
        row["half_days_per_week"] = str(half_days(offered[row["id"]]))
        # Over 60 means 61 at least, and 60 is not over 60: the break of the quantiles stays at 34 %.
        row["age"] = str(ceil(age) if age > 60 else floor(age))


def gps(rows: list[Row], total: int, slots: int, name: str) -> list[Row]:
    counts = apportion(total, shape(rows, "sirene2018_gp"), tie=populations(rows))
    settled = settle("gp", rows, counts, name)
    set_diaries(settled, slots)
    return settled


def other_roles(inside: list[Row], gp_communes: set[str]) -> list[Row]:
    """SIRENE classes share what the assumed counts leave of the 200; the latter follow people and GPs."""
    people = populations(inside)
    left = PROFESSIONALS_INSIDE - GPS_INSIDE - sum(WITHOUT_CLASS.values())
    totals = apportion(
        left, {role: sum(shape(inside, column).values()) for role, column in SIRENE_CLASS.items()}
    )
    counts = {
        role: apportion(totals[role], shape(inside, column), tie=people)
        for role, column in SIRENE_CLASS.items()
    }
    for role, total in WITHOUT_CLASS.items():
        where = gp_communes if role in ("midwife", "pharmacist") else set(MSP_TOWNS)
        counts[role] = apportion(total, {code: people[code] for code in where}, tie=people)
    return [
        row
        for role, by_commune in sorted(counts.items())
        for row in settle(role, inside, by_commune, "{role}-{commune}-{number:02d}")
    ]


def ring_slots(ring: list[Row]) -> float:
    return SLOTS_PER_STANDARDISED_INHABITANT * sum(int(row["population"]) * need(*ages(row)) for row in ring)


def practitioners(inside: list[Row], ring: list[Row]) -> list[Row]:
    named = "{role}-{commune}-{number}"
    ours = gps(inside, GPS_INSIDE, GPS_INSIDE * SLOTS_PER_GP, named)
    others = other_roles(inside, {row["insee_code"] for row in ours})
    slots = ring_slots(ring)
    around = gps(ring, round(slots / SLOTS_PER_GP), round(slots), "ring-" + named)
    return ours + others + around
