"""The directory of carers (annuaire santé) names everybody: only trade, way of working and commune are ever read."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from scenarios.official.cells import Wanted, checked
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import pages
from simulation.faults import Fault

COLUMNS = [
    Wanted("person", "identifiant pp", filled=True),
    Wanted("trade", "code profession", filled=True),
    Wanted("skill", "code savoir-faire"),
    Wanted("way", "code mode exercice"),
    Wanted("insee_code", r"code commune \(coord\. structure\)", "commune"),
    Wanted("finess", "numéro finess site", required=False),
]
"""No column of a name, an address, a telephone or a mail is among these: the others are not even loaded."""
TRADES: Mapping[str, str] = {
    "10": "gp", "21": "pharmacist", "40": "dentist", "50": "midwife", "60": "nurse", "70": "physiotherapist",
}  # fmt: skip
GENERAL = frozenset({"SM26", "SM53", "SM54"})
"""General medicine, with the codes of those qualified since and before 2004."""
SELF_EMPLOYED = "L"
SALARIED_TOO = frozenset({"pharmacist"})
"""Pharmacists of a pharmacy are counted whatever their contract."""


def read(path: Path) -> Read:
    """One row a carer in a commune (`role`, `insee_code`), without anything that tells who it is."""
    kept: list[pd.DataFrame] = []
    faults: list[Fault] = []
    for cells in pages(path, COLUMNS):
        table, blamed = checked(cells, COLUMNS)
        faults += blamed
        table["role"] = table["trade"].map(TRADES).fillna("")
        is_gp = (table["role"] != "gp") | table["skill"].isin(GENERAL)
        is_free = (table["way"] == SELF_EMPLOYED) | table["role"].isin(SALARIED_TOO)
        here = (table["role"] != "") & is_gp & is_free
        kept.append(table.loc[here, ["person", "role", "insee_code"]].drop_duplicates())
    refuse(faults)
    persons = pd.concat(kept).drop_duplicates(["person", "role", "insee_code"])
    placed = persons[persons["insee_code"] != ""]
    lost = len(persons[~persons["person"].isin(placed["person"])].drop_duplicates(["person", "role"]))
    persons = placed
    # Somebody who works in two communes is counted once, in the first by code: half a carer in each does not exist.
    persons = persons.sort_values(["person", "insee_code"]).drop_duplicates(["person", "role"])
    told = persons[["role", "insee_code"]].sort_values(["role", "insee_code"])
    read_ = source("rpps", path, told.assign(lat=float("nan"), lon=float("nan")))
    read_.table.attrs["without_commune"] = lost
    return read_
