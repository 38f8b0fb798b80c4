"""France on average (La France en moyenne): an invented territory whose make-up is that of France.

python -m scenarios.compile.national [-o FOLDER]
"""

import argparse
from collections.abc import Mapping
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from scenarios.compile.apportionment import apportion, shuffled
from scenarios.compile.invented import Place, commune, hospital, practitioner, structure
from scenarios.compile.practitioners import SLOTS_PER_GP, set_diaries
from scenarios.compile.tables import Row, write_territory
from simulation.territory.ages import REFERENCE, pyramid
from simulation.territory.travel import haversine_km, road_minutes

FOLDER = Path(__file__).resolve().parent.parent / "territories" / "national"
CPTS = "national"
GPS = 63
# The first of slots-0, slots-1, … that gives the lone GP of a hamlet no more than the median, and the GPs of each
# basin the mean of all within 10 %: the luck of the draw adds no desert to that of the map.
SALT = "slots-37"


class Commune(NamedTuple):
    """A commune, kilometres east and north of the town."""

    name: str
    people: int
    area_km2: float
    east: float
    north: float
    income: int


# People by size of commune as in France; areas and places fitted to the minutes to the nearest GP: see SOURCES.md.
# The town comes first: it stands for every commune of 20,000 people or more.
COMMUNES = (
    Commune("Montmédian", 31_960, 26.0, 0.0, 0.0, 21_500),
    Commune("Faubourg-Médian", 10_420, 5.5, -1.2, -5.2, 23_400),
    Commune("Rives-sur-Méane", 8_620, 51.0, -0.9, 5.6, 24_000),
    Commune("Clairsault", 4_980, 11.0, 2.6, 9.0, 25_200),
    Commune("Aubemare", 2_940, 12.0, -5.5, -1.1, 25_800),
    Commune("Haut-Méane", 2_300, 51.0, 21.8, -2.4, 22_000),
    Commune("Pont-d’Escales", 2_040, 10.0, 6.5, -3.2, 24_900),
    Commune("Orvaine", 1_750, 51.0, 9.2, 1.8, 25_500),
    Commune("Les Trois-Noues", 1_500, 15.0, 1.5, -5.0, 24_000),
    Commune("Sarvières", 1_300, 12.0, 6.4, 6.1, 24_600),
    Commune("Mourgues-le-Bas", 1_150, 18.0, 15.9, -0.3, 21_600),
    Commune("Belle-Écluse", 1_080, 24.0, 26.7, -5.1, 23_900),
    Commune("Tiercelles", 1_010, 9.0, -7.4, 4.5, 25_000),
    Commune("Loges-Méane", 960, 27.0, 23.6, 3.0, 22_100),
    Commune("Fontarelle", 860, 8.0, 3.6, 0.0, 26_400),
    Commune("Vernouse", 780, 20.0, -3.7, -7.7, 25_300),
    Commune("Champs-Rougis", 720, 13.0, 3.5, 3.6, 23_700),
    Commune("Basse-Forane", 660, 30.0, 15.6, 8.7, 21_900),
    Commune("Escalins", 620, 11.0, 19.8, 4.7, 22_600),
    Commune("Hautebise", 590, 16.0, 21.8, -8.1, 22_900),
    Commune("Corvelle", 560, 6.0, 22.2, 6.1, 22_200),
    Commune("Aigremare", 430, 9.8, 26.8, -0.9, 23_500),
    Commune("Bussevent", 400, 24.0, -8.3, 8.4, 23_900),
    Commune("Cormières", 370, 6.0, -5.9, 2.4, 24_600),
    Commune("Daumelle", 345, 13.0, -8.8, -0.4, 24_900),
    Commune("Estrevaux", 333, 4.0, 13.4, 3.5, 22_000),
    Commune("Folmare", 305, 17.0, 15.1, -4.4, 23_200),
    Commune("Gerbevaine", 285, 8.0, 12.8, -2.0, 21_400),
    Commune("Yvremont", 275, 18.0, 1.6, -9.0, 24_800),
    Commune("Herbelles-Neuves", 265, 11.0, 15.8, 3.2, 23_000),
    Commune("Issonge", 248, 5.0, 12.4, 5.1, 22_100),
    Commune("Jaumelle", 232, 30.0, 10.3, 8.7, 23_700),
    Commune("Larzière", 217, 7.0, 26.4, 5.2, 23_300),
    Commune("Malvoise", 203, 15.0, -7.8, -8.4, 24_000),
    Commune("Noirvaux", 190, 9.0, 27.8, 1.9, 22_200),
    Commune("Orsemont-le-Vieux", 178, 3.9, 29.6, -7.3, 22_900),
    Commune("Pierrelune", 166, 12.0, 10.3, -7.2, 24_000),
    Commune("Quincelles", 154, 20.0, 17.9, -8.9, 22_300),
    Commune("Rougevent", 143, 6.5, -3.6, 2.1, 25_000),
    Commune("Sauvelles", 132, 10.0, 26.4, -9.0, 22_400),
    Commune("Tournebelle", 121, 5.2, -3.0, -3.9, 24_100),
    Commune("Ursanne", 110, 14.0, 28.4, 7.3, 21_500),
    Commune("Valpertuis", 98, 8.5, 6.2, -6.0, 25_300),
)
# The town lies in the Bay of Biscay.
TOWN_LAT, TOWN_LON = 46.0, -6.0
KM_PER_DEGREE = 111.195

# Establishments of GPs in SIRENE 2018 for 10,000 people, by size of commune (from so many people up): the shape
# of the supply, never its size. The town has those of communes of 20,000 to 50,000 people, as it is one.
DENSITY: Mapping[int, float] = {
    0: 2.745, 500: 6.045, 1_000: 10.676, 2_000: 12.671, 3_500: 13.356, 5_000: 13.054, 10_000: 14.454, 20_000: 15.576,
}  # fmt: skip
# Below 2,000 people only some communes have a GP: their share of the people of their size is that of France.
SMALL_WITH_GP = frozenset(
    {"Orvaine", "Sarvières", "Belle-Écluse", "Tiercelles", "Fontarelle", "Escalins", "Estrevaux"}
)
BASIN_TOWNS = ("Montmédian", "Rives-sur-Méane", "Haut-Méane")

# 15.6 % of liberal GPs are in an MSP and 25 % are members of a CPTS; France has 3.3 MSPs for 82,000 people.
MSP_GPS: Mapping[str, int] = {"Rives-sur-Méane": 4, "Clairsault": 4, "Haut-Méane": 2}
CPTS_GPS = 16
# Liberal nurses 146, physiotherapists 111, dentists 52 for 100,000 people (Cnam); the others are assumed.
ROLES: Mapping[str, int] = {
    "dentist": 43,
    "midwife": 9,
    "nurse": 120,
    "pharmacist": 66,
    "physiotherapist": 91,
}
IN_MSP: Mapping[str, str] = {"advanced_nurse": "Rives-sur-Méane", "practice_nurse": "Clairsault"}
MEMBER_SHARE = 0.30

ED_VISITS = 25_174  # 307 for 1,000 people
BEDS = 445  # 369 400 in France, for 82,000 of 68.1 million people


def code(number: int) -> str:
    return f"{99_401 + number}"


def place(number: int, row: Commune) -> Place:
    """Kilometres become degrees."""
    lat = TOWN_LAT + row.north / KM_PER_DEGREE
    lon = TOWN_LON + row.east / (KM_PER_DEGREE * cos(radians(TOWN_LAT)))
    return Place(code(number), row.name, row.people, row.area_km2, lat, lon, "plain")


PLACES = tuple(place(number, row) for number, row in enumerate(COMMUNES))
BY_NAME = {one.name: one for one in PLACES}


def minutes(one: Place, other: Place) -> float:
    return float(road_minutes(haversine_km(one.lat, one.lon, other.lat, other.lon), False))


def communes() -> list[Row]:
    """One CPTS covers them all, and there is no ring; a basin is the nearest of three towns.

    Ages are those of the pyramid that needs are scaled to, so that an inhabitant needs what one of France does.
    """
    france = pyramid(REFERENCE)
    shares = {"share_0_14": f"{france[:15].sum():.4f}", "share_65_plus": f"{france[65:].sum():.4f}"}
    rows = []
    for one, row in zip(PLACES, COMMUNES, strict=True):
        basin = min(BASIN_TOWNS, key=lambda town: minutes(one, BY_NAME[town]))
        rows.append(
            commune(one, basin, CPTS)
            | shares
            | {"departement": REFERENCE}
            | {"epci": "Communauté de Montmédian", "median_income_eur": str(row.income)}
        )
    return rows


def gp_numbers() -> dict[str, int]:
    """GPs by commune: establishments of its size of communes, shared by people among those that have a GP."""
    weights: dict[str, float] = {}
    for low, high in pairwise([*DENSITY, 10**9]):
        size = [one for one in PLACES if low <= one.population < high]
        served = [one for one in size if low >= 2_000 or one.name in SMALL_WITH_GP]
        establishments = DENSITY[low] * sum(one.population for one in size)
        people = sum(one.population for one in served)
        weights |= {one.name: establishments * one.population / people for one in served}
    return apportion(GPS, weights, tie={name: BY_NAME[name].population for name in weights})


def settled(role: str, counts: Mapping[str, int]) -> list[Row]:
    """So many practitioners of a role in each commune, of nothing yet."""
    return [
        practitioner(role, f"{number:02d}", BY_NAME[name], "", "")
        for name, total in counts.items()
        for number in range(1, total + 1)
    ]


def gps() -> list[Row]:
    """The GPs, their diaries and ages, those of the MSPs and the members of the CPTS."""
    rows = settled("gp", gp_numbers())
    set_diaries(rows, GPS * SLOTS_PER_GP, SALT)
    join_msps(rows, MSP_GPS)
    join_cpts(rows, CPTS_GPS)
    return rows


def others(gp_by_commune: Mapping[str, int]) -> list[Row]:
    """Other roles settle where people are, all but nurses and physiotherapists in communes with a GP."""
    rows = [row for role, name in IN_MSP.items() for row in settled(role, {name: 1})]
    join_msps(rows, dict.fromkeys(IN_MSP.values(), len(rows)))
    join_cpts(rows, len(rows))
    for role, total in ROLES.items():
        everywhere = role in ("nurse", "physiotherapist")
        people = {
            one.name: float(one.population) for one in PLACES if everywhere or one.name in gp_by_commune
        }
        own = settled(role, apportion(total, people, tie=people))
        if role != "pharmacist":
            join_msps(own, msp_places(own, gp_by_commune))
        join_cpts(own, round(MEMBER_SHARE * total))
        rows += own
    return rows


def msp_places(rows: list[Row], gp_by_commune: Mapping[str, int]) -> dict[str, int]:
    """In a commune with an MSP, the same share of each role is of it as of the GPs."""
    here = [row["insee_code"] for row in rows]
    return {
        name: round(here.count(BY_NAME[name].code) * inside / gp_by_commune[name])
        for name, inside in MSP_GPS.items()
    }


def join_msps(rows: list[Row], places: Mapping[str, int]) -> None:
    """The first of a commune are of its MSP."""
    for name, inside in places.items():
        here = [row for row in rows if row["insee_code"] == BY_NAME[name].code]
        for row in here[:inside]:
            row["msp"] = f"msp-{row['insee_code']}"


def join_cpts(rows: list[Row], members: int) -> None:
    """Who is of an MSP is a member; the other members are drawn."""
    drawn = shuffled([row["id"] for row in rows], "member")
    order = sorted(rows, key=lambda row: (not row["msp"], drawn.index(row["id"])))
    for row in order[:members]:
        row["cpts"] = CPTS


def hospitals() -> list[Row]:
    """One in the town, sized for its people; one of another territory, 40 minutes from the town."""
    town = PLACES[0]
    away = place(0, Commune("", 0, 0.0, -28.0, 0.0, 0))
    ours = hospital("994000010", "Hôpital de Montmédian", town.code, town.lat, town.lon, ED_VISITS)
    theirs = hospital("994000020", "Hôpital du Ponant", "99490", away.lat, away.lon, 0)
    return [ours | {"beds": str(BEDS)}, theirs | {"visits_per_year": ""}]


def national() -> dict[str, list[Row]]:
    numbers = gp_numbers()
    return {
        "communes.csv": communes(),
        "practitioners.csv": gps() + others(numbers),
        "structures.csv": [structure(BY_NAME[name]) for name in MSP_GPS],
        "hospitals.csv": hospitals(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scenarios.compile.national", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="territory folder to write")
    write_territory(parser.parse_args().output, national())


if __name__ == "__main__":
    main()
