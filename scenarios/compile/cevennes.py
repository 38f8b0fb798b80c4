"""The territory “Entre Châtaigne et Micocoule” is a reconstruction: its own list of communes was not found.

python -m scenarios.compile.cevennes SHARED_DATA_DIR [--variant] [-o FOLDER]
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from scenarios.compile.communes import MSP_TOWNS, communes, read_communes
from scenarios.compile.practitioners import practitioners
from scenarios.compile.tables import Row, read_rows, write_territory

TERRITORIES = Path(__file__).resolve().parent.parent / "territories"
FOLDER, VARIANT = TERRITORIES / "chataigne-micocoule", TERRITORIES / "cevennes-variant-a"

# Only a sourced yes or no is kept; `unverified` and `likely_yes` are nobody's fact.
EMERGENCY: Mapping[str, str] = {"yes": "yes", "no": "no", "closed_2023": "no"}
# objectifgard.com 109303: night emergencies closed in December 2022, the department in June 2023.
CLOSED_SINCE: Mapping[str, str] = {"closed_2023": "2023-06"}
# Visits a year told by the press: Alès (objectifgard.com 153562), Nîmes (158304), Bonnefon in 2022 (109303).
VISITS: Mapping[str, str] = {"300000023": "52000", "300782117": "110000", "300780137": "9000"}


def structures(inside: list[Row]) -> list[Row]:
    """One MSP at the town hall of each of the three towns that have one."""
    return [
        {
            "id": f"msp-{row['insee_code']}",
            "kind": "msp",
            "name": f"MSP de {row['name']}",
            "insee_code": row["insee_code"],
            "lat": row["lat"],
            "lon": row["lon"],
        }
        for row in inside
        if row["insee_code"] in MSP_TOWNS
    ]


def hospitals(data: Path) -> list[Row]:
    """The hospitals around, with what is known of their emergency department."""
    return [
        {
            "finess_et": row["finess_et"],
            "name": row["name"].split(" - inside")[0],
            "insee_code": row["insee_code"],
            "lat": row["lat"],
            "lon": row["lon"],
            "emergency": EMERGENCY.get(row["emergency_department"], "unknown"),
            "emergency_closed_since": CLOSED_SINCE.get(row["emergency_department"], ""),
            "visits_per_year": VISITS.get(row["finess_et"], ""),
        }
        for row in read_rows(data / "cevennes_hospitals.csv")
    ]


def compile_territory(data: Path, folder: Path, variant: bool = False) -> None:
    """Write the territory and its ring from the source tables, the same bytes each time."""
    inside, ring = read_communes(data, variant)
    write_territory(
        folder,
        {
            "communes.csv": communes(inside, ring),
            "practitioners.csv": practitioners(inside, ring),
            "structures.csv": structures(inside),
            "hospitals.csv": hospitals(data),
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scenarios.compile.cevennes", description=__doc__)
    parser.add_argument("data", type=Path, help="folder holding cevennes_communes.csv and its neighbours")
    parser.add_argument("--variant", action="store_true", help="the other list of communes that fits as well")
    parser.add_argument("-o", "--output", type=Path, help="territory folder to write")
    arguments = parser.parse_args()
    place = arguments.output or (VARIANT if arguments.variant else FOLDER)
    compile_territory(arguments.data, place, arguments.variant)


if __name__ == "__main__":
    main()
