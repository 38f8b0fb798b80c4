"""Hospitals of France with their place (FINESS through Eurostat): whether they have an ED is not told."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked
from scenarios.official.source import Read, Source, digest, refuse, vintage
from scenarios.official.text_table import whole

COLUMNS = [
    Wanted("finess_et", "finess_et|id", filled=True),
    Wanted("name", "name|hospital_name", filled=True),
    Wanted("city", "city"),
    Wanted("postcode", "postcode"),
    Wanted("lat", "lat", "number", low=-90, high=90),
    Wanted("lon", "lon", "number", low=-180, high=180),
    Wanted("type", "facility_type"),
    Wanted("day", "ref_date", required=False),
]


def read(path: Path) -> Read:
    """Sites with a place; a FINESS number that a spreadsheet took for a number gets its zeros back."""
    cells = whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    refuse(faults)
    table["finess_et"] = table["finess_et"].str.zfill(9)
    table["postcode"] = table["postcode"].str.zfill(5)
    table = table.dropna(subset=["lat", "lon"]).drop_duplicates("finess_et").reset_index(drop=True)
    day = table["day"].iloc[0] if "day" in table and len(table) else ""
    return Read(table, Source("sites", path.name, digest(path), vintage(path.name, str(day))))
