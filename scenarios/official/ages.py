"""The census tells people by sex and year of age (TD_POP1B), in numbers that are not whole: it is a sample."""

from pathlib import Path

import pandas as pd

from scenarios.official.cells import Wanted, checked, counted_twice, duplicates, fault
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import pages
from simulation.faults import Fault

COLUMNS = [
    Wanted("insee_code", "codgeo|com", "commune", filled=True),
    Wanted("level", "nivgeo", required=False),
    Wanted("sex", "sexe", filled=True),
    Wanted("age", "aged100", "whole", filled=True, high=120),
    Wanted("count", "nb", "number", high=3e6),
]


def read(path: Path) -> Read:
    """Young, old and all by commune; the numbers by sex and age are beside (`attrs["by_age"]`)."""
    faults: list[Fault] = []
    told: list[pd.DataFrame] = []
    for cells in pages(path, COLUMNS):
        table, blamed = checked(cells, COLUMNS)
        faults += blamed
        faults += fault(cells, "sex", "bad_choice", ~table["sex"].isin(("1", "2")), choices=("1", "2"))
        faults += duplicates(cells, "insee_code", "sex", "age")
        kept = table.assign(raw=cells.table["insee_code"])
        if "level" in kept:
            kept = kept[kept["level"].isin(("COM", "ARM", ""))]
        told.append(kept[["raw", "insee_code", "sex", "age", "count"]])
    refuse(faults)
    people = pd.concat(told).dropna()
    people = people[~counted_twice(people["raw"])]
    people["sex"] = people["sex"].astype(int)
    people["age"] = people["age"].astype(int)
    people = people.groupby(["insee_code", "sex", "age"])[["count"]].sum().reset_index()
    young, old = people["count"].where(people["age"] < 15, 0), people["count"].where(people["age"] >= 65, 0)
    bands = (
        people.assign(young=young, old=old)
        .groupby("insee_code", as_index=False)[["young", "old", "count"]]
        .sum()
    )
    read_ = source("ages", path, bands.rename(columns={"count": "all"}))
    read_.table.attrs["by_age"] = people[people["count"] > 0]
    return read_
