"""Invented territories teach and test: their places lie in the Bay of Biscay, their codes begin with 99.

python -m scenarios.compile.invented [-o FOLDER]
"""

import argparse
from pathlib import Path
from typing import NamedTuple

from scenarios.compile.apportionment import apportion
from scenarios.compile.tables import Row, write_territory

FOLDER = Path(__file__).resolve().parent.parent / "territories"
WORKING_WEEKS = 47.6

# Shares of France (metropolitan, 2022), so that nobody's need differs from the national one.
SHARE_0_14, SHARE_65_PLUS = 0.176, 0.212


class Place(NamedTuple):
    """A commune under its INSEE code; the first of a territory holds its MSP and gives the basin its name."""

    code: str
    name: str
    population: int
    area_km2: float
    lat: float
    lon: float
    relief: str


class Gp(NamedTuple):
    """A GP of an invented place and the half-days of a usual week."""

    place: str
    age: int
    half_days: int


VILLAGE = (
    Place("99101", "Bourg-Neuf", 200, 18.0, 45.50, -4.60, "plain"),
    Place("99102", "Moulin-Vieux", 130, 14.0, 45.53, -4.55, "plain"),
    Place("99103", "Haute-Combe", 70, 22.0, 45.56, -4.63, "valley"),
)
VILLAGE_GPS = (Gp("99101", 52, 2), Gp("99102", 63, 1))
VILLAGE_SLOTS_PER_HALF_DAY = 6

CANTON = (
    Place("99001", "Pont-sur-Aiguette", 1_500, 24.0, 46.50, -3.50, "valley"),
    Place("99002", "Bas-Aiguette", 900, 19.0, 46.482, -3.464, "valley"),
    Place("99003", "La Filature", 600, 15.0, 46.518, -3.536, "valley"),
    Place("99004", "Les Terrasses", 400, 27.0, 46.536, -3.566, "valley"),
    Place("99005", "Haute-Aiguette", 200, 38.0, 46.560, -3.596, "valley"),
)
CANTON_GPS = (Gp("99001", 45, 8), Gp("99001", 61, 7), Gp("99002", 38, 8))
# 22 acts a day, that is 11 each half-day.
CANTON_SLOTS_PER_HALF_DAY = 11


def commune(place: Place, basin: str, cpts: str) -> Row:
    """An invented commune, in the columns of a territory folder."""
    return {
        "insee_code": place.code,
        "name": place.name,
        "departement": "99",
        "epci": f"Communauté de {basin}",
        "basin": basin,
        "cpts": cpts,
        "inside": "indicator",
        "lat": f"{place.lat:.4f}",
        "lon": f"{place.lon:.4f}",
        "population": str(place.population),
        "area_km2": f"{place.area_km2:.1f}",
        "share_0_14": f"{SHARE_0_14:.4f}",
        "share_65_plus": f"{SHARE_65_PLUS:.4f}",
        "relief": place.relief,
    }


def practitioner(role: str, number: str, place: Place, cpts: str, msp: str) -> Row:
    """Somebody who practises there, without a diary."""
    return {
        "id": f"{role}-{place.code}-{number}",
        "role": role,
        "insee_code": place.code,
        "lat": f"{place.lat:.4f}",
        "lon": f"{place.lon:.4f}",
        "msp": msp,
        "cpts": cpts,
    }


def gps(
    diaries: tuple[Gp, ...], places: tuple[Place, ...], per_half_day: int, cpts: str, msp: str
) -> list[Row]:
    """The GPs, with the slots that their half-days hold in a year."""
    by_code = {place.code: place for place in places}
    numbers: dict[str, int] = {}
    rows = []
    for gp in diaries:
        numbers[gp.place] = numbers.get(gp.place, 0) + 1
        row = practitioner("gp", str(numbers[gp.place]), by_code[gp.place], cpts, msp)
        row["age"] = str(gp.age)
        row["half_days_per_week"] = str(gp.half_days)
        row["slots_per_year"] = str(round(gp.half_days * per_half_day * WORKING_WEEKS))
        rows.append(row)
    return rows


def others(places: tuple[Place, ...], roles: dict[str, int], cpts: str, msp: str) -> list[Row]:
    """Nurses and pharmacists settle where people are."""
    people = {place.code: float(place.population) for place in places}
    rows = []
    for role, total in roles.items():
        counts = apportion(total, people, tie=people)
        rows += [
            practitioner(role, f"{number:02d}", place, cpts, msp if place is places[0] else "")
            for place in places
            for number in range(1, counts[place.code] + 1)
        ]
    return rows


def structure(place: Place) -> Row:
    """The MSP of a place."""
    return {
        "id": f"msp-{place.code}",
        "kind": "msp",
        "name": f"MSP de {place.name}",
        "insee_code": place.code,
        "lat": f"{place.lat:.4f}",
        "lon": f"{place.lon:.4f}",
    }


def hospital(finess: str, name: str, code: str, lat: float, lon: float, visits: int) -> Row:
    """A hospital with an emergency department."""
    return {
        "finess_et": finess,
        "name": name,
        "insee_code": code,
        "lat": f"{lat:.4f}",
        "lon": f"{lon:.4f}",
        "emergency": "yes",
        "visits_per_year": str(visits),
    }


def moved(code_start: str, name_end: str, lon_shift: float) -> tuple[tuple[Place, ...], tuple[Gp, ...]]:
    """The village again, elsewhere: same latitude, so that its distances are the same."""

    def code(old: str) -> str:
        return code_start + old[3:]

    places = tuple(
        place._replace(code=code(place.code), name=place.name + name_end, lon=place.lon + lon_shift)
        for place in VILLAGE
    )
    return places, tuple(gp._replace(place=code(gp.place)) for gp in VILLAGE_GPS)


def village(
    places: tuple[Place, ...], diaries: tuple[Gp, ...], cpts: str, ending: str
) -> dict[str, list[Row]]:
    """Both GPs are of one MSP, each in a commune of their own; `ending` tells copies apart."""
    msp, first = structure(places[0]), places[0]
    roles = {"nurse": 1, "pharmacist": 1}
    return {
        "communes.csv": [commune(place, first.name, cpts) for place in places],
        "practitioners.csv": gps(diaries, places, VILLAGE_SLOTS_PER_HALF_DAY, cpts, msp["id"])
        + others(places, roles, cpts, msp["id"]),
        "structures.csv": [msp],
        "hospitals.csv": [
            hospital(
                "99000" + first.code[:3] + "0",
                "Hôpital de la Côte" + ending,
                first.code[:3] + "90",
                first.lat - 0.08,
                first.lon + 0.10,
                12_000,
            )
        ],
    }


def canton() -> dict[str, list[Row]]:
    """The MSP stands empty: no GP is of it until a lever says so."""
    main_town = CANTON[0]
    return {
        "communes.csv": [commune(place, main_town.name, "canton") for place in CANTON],
        "practitioners.csv": gps(CANTON_GPS, CANTON, CANTON_SLOTS_PER_HALF_DAY, "canton", "")
        + others(CANTON, {"nurse": 5, "pharmacist": 2, "physiotherapist": 2}, "canton", ""),
        "structures.csv": [structure(main_town)],
        # 16.68 km from Pont-sur-Aiguette as the crow flies: 35 minutes by the valley formula.
        "hospitals.csv": [hospital("990000010", "Hôpital du Littoral", "99090", 46.35, -3.50, 20_000)],
    }


def two_valleys() -> dict[str, list[Row]]:
    first = village(*moved("992", " (A)", 0.0), "valley-a", " (A)")
    second = village(*moved("993", " (B)", 3.0), "valley-b", " (B)")
    return {file: rows + second[file] for file, rows in first.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scenarios.compile.invented", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="folder of territories to write in")
    folder = parser.parse_args().output
    write_territory(folder / "canton", canton())
    write_territory(folder / "village", village(VILLAGE, VILLAGE_GPS, "village", ""))
    write_territory(folder / "two-valleys", two_valleys())


if __name__ == "__main__":
    main()
