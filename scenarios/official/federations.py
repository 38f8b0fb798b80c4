"""Each commune but a few islands is of one federation (EPCI à fiscalité propre), composed anew each January."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked, duplicates
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.workbook import sheet

COLUMNS = [
    Wanted("insee_code", "insee|codgeo", "commune", filled=True),
    Wanted("epci", "siren|epci", filled=True),
    Wanted("label", "raison_sociale|libepci", filled=True),
]


def read(path: Path) -> Read:
    """The EPCI of each commune, with its name."""
    cells, title = sheet(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    faults += duplicates(cells, "insee_code")
    refuse(faults)
    return source("epci", path, table, title)
