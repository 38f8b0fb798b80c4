"""The legal population (population légale) is the municipal one, counted every year and published in December."""

from pathlib import Path

import pandas as pd

from scenarios.official.cells import Wanted, checked, counted_twice, duplicates, missing
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import whole

COLUMNS = [
    Wanted("departement", "dep|code département", required=False),
    Wanted("insee_code", "com|codgeo|code commune complet", "commune", required=False),
    Wanted("number", "codcom|code commune", required=False),
    Wanted("name", "commune|nom de la commune", required=False),
    Wanted("population", "pmun|population municipale", "whole", filled=True, high=3_000_000),
]
CODES = [Wanted("insee_code", "com|codcom", "commune", filled=True)]


def read(path: Path) -> Read:
    """Inhabitants by commune; before 2021 the code is in two columns, the département cut to two characters."""
    cells = whole(path, COLUMNS)
    if "insee_code" not in cells.table:
        if "number" not in cells.table or "departement" not in cells.table:
            refuse([missing(path.name, 1, CODES[0], list(cells.heads.values()))])
        codes = cells.table["departement"].str[:2] + cells.table["number"].str.zfill(3)
        cells = cells._replace(table=cells.table.assign(insee_code=codes),
                               heads=cells.heads | {"insee_code": cells.heads["number"]})  # fmt: skip
    table, faults = checked(cells, [*COLUMNS, *CODES])
    faults += duplicates(cells, "insee_code")
    refuse(faults)
    kept = pd.DataFrame({"insee_code": table["insee_code"], "population": table["population"]})
    kept = kept[~counted_twice(cells.table["insee_code"])]
    return source("populations", path, kept)
