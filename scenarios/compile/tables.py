"""A territory is a folder of small tables that anybody can open in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

Row = dict[str, str]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "communes.csv": tuple(
        (
            "insee_code name departement epci basin cpts inside lat lon population area_km2 "
            "share_0_14 share_65_plus median_income_eur relief"
        ).split()
    ),
    "practitioners.csv": tuple(
        (
            "id role insee_code lat lon age half_days_per_week slots_per_year msp cpts accepts_new leaving"
        ).split()
    ),
    "structures.csv": ("id", "kind", "name", "insee_code", "lat", "lon"),
    "hospitals.csv": tuple(
        ("finess_et name insee_code lat lon emergency emergency_closed_since beds visits_per_year").split()
    ),
}


def read_rows(path: Path) -> list[Row]:
    """INSEE codes are text (01004, 2A004): every cell is kept as it was written."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def write_rows(folder: Path, file: str, rows: Iterable[Row], key: str) -> None:
    """Rows are sorted by their key, so that two compilations can be compared byte by byte."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS[file], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row[key]))


def write_territory(folder: Path, tables: Mapping[str, list[Row]]) -> None:
    """The first column of every table is its key."""
    for file, rows in tables.items():
        write_rows(folder, file, rows, key=COLUMNS[file][0])
