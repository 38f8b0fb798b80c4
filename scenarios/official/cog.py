"""Communes merge, part and change names every first of January (code officiel géographique)."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked, fault
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import whole

COLUMNS = [
    Wanted("kind", "typecom", filled=True),
    Wanted("insee_code", "com", "commune", filled=True),
    Wanted("name", "libelle", filled=True),
    Wanted("parent", "comparent", required=False),
]
KINDS = ("COM", "COMA", "COMD", "ARM")
"""Communes; associated and delegated communes, which live in another; arrondissements of the three great cities."""


def read(path: Path) -> Read:
    """Names of communes, and the commune in which a former one is found now (`parent`)."""
    cells = whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    faults += fault(cells, "kind", "bad_choice", ~table["kind"].isin(KINDS), choices=KINDS)
    if "parent" not in table:
        table["parent"] = ""
    own = cells.table[table["kind"] == "COM"]
    again = own.duplicated("insee_code").reindex(cells.table.index, fill_value=False)
    faults += fault(cells, "insee_code", "twice", again, first=int(cells.lines.iloc[0]))
    refuse(faults)
    return source("cog", path, table[["kind", "insee_code", "name", "parent"]])
