"""Local potential accessibility (APL) tells how many consultations a year are within reach of an inhabitant."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked, duplicates
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.workbook import sheet

COLUMNS = [
    Wanted("insee_code", "code commune insee|code commune", "commune", filled=True),
    Wanted("apl", r"apl aux médecins généralistes( \(.*\))?", "number", high=100),
    Wanted("people", "population standardisée.*", "number", high=5e6),
]


def read(path: Path) -> Read:
    """APL to GPs and standardised people by commune, of the last year of the workbook."""
    cells, title = sheet(path, COLUMNS, r"(?!lisez).*")
    table, faults = checked(cells, COLUMNS)
    faults += duplicates(cells, "insee_code")
    refuse(faults)
    return source("apl", path, table, title)
