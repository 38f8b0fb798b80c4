"""The agreements part communes by zones (zonage conventionnel), exported by CartoSanté under two lines of title."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked, duplicates
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import encoding, first_lines, whole

COLUMNS = [
    Wanted("insee_code", "code", filled=True, kind="commune"),
    Wanted("zone", "zonage.*", filled=False),
]


def read(path: Path) -> Read:
    """The zone of each commune; arrondissements are counted in their city, with the zone of the first."""
    cells = whole(path, COLUMNS, titles=8)
    table, faults = checked(cells, COLUMNS)
    faults += duplicates(cells, "insee_code")
    refuse(faults)
    table = table[table["zone"] != ""].drop_duplicates("insee_code")
    return source("zoning", path, table, *first_lines(path, 2, encoding(path)))
