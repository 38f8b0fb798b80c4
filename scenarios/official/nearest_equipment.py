"""INSEE publishes the minutes by car from where people live to the nearest equipment of each kind (Metric)."""

from pathlib import Path

import pandas as pd

from scenarios.official.cells import Wanted, checked
from scenarios.official.national_table import parquet_cells
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import whole

COLUMNS = [
    Wanted("insee_code", "depcom", "commune", filled=True),
    Wanted("type", "typeeq_id|typequ", filled=True),
    Wanted("minutes", "duree", "number", high=1_440),
    Wanted("people", "pop", "number", high=3e6),
]


def read(path: Path) -> Read:
    """Mean minutes by commune and type, cells of 200 m weighed by their people."""
    cells = parquet_cells(path, COLUMNS) if path.suffix == ".parquet" else whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    refuse(faults)
    table = table.dropna(subset=["minutes"])
    weight = table["people"].fillna(0).clip(lower=0.01)
    sums = pd.DataFrame(
        {
            "insee_code": table["insee_code"],
            "type": table["type"],
            "w": weight,
            "wm": weight * table["minutes"],
        }
    )
    by_commune = sums.groupby(["insee_code", "type"], as_index=False)[["w", "wm"]].sum()
    by_commune["minutes"] = by_commune["wm"] / by_commune["w"]
    return source("minutes", path, by_commune[["insee_code", "type", "minutes"]])
