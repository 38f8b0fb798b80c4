"""The communal base (base communale) tells people by bands of age; secrecy leaves small communes empty."""

import re
from pathlib import Path

import pandas as pd

from scenarios.official.cells import Wanted, checked, counted_twice, duplicates, missing
from scenarios.official.reading import source
from scenarios.official.source import Read, refuse
from scenarios.official.text_table import encoding, first_lines, whole

BANDS = ("0014", "1529", "3044", "4559", "6074")
OLDEST = (("7589", "90p"), ("75p",))
"""Newer editions part the oldest in two."""
PART_OF_60_74 = 2 / 3
"""Ten years of fifteen are 65 or more."""


def columns(year: str) -> list[Wanted]:
    """The columns of an edition, named by its year (P21_POP0014)."""
    ages = [Wanted(f"age_{band}", f"{year}_pop{band}", "number", high=3e6) for band in BANDS]
    oldest = [Wanted(f"age_{band}", f"{year}_pop{band}", "number", required=False, high=3e6)
              for some in OLDEST for band in some]  # fmt: skip
    return [Wanted("insee_code", "codgeo|com", "commune", filled=True),
            Wanted("all", f"{year}_pop", "number", high=3e6), *ages, *oldest]  # fmt: skip


def read(path: Path) -> Read:
    """Young (under 15), old (65 and over) and all, by commune; hidden communes are left out, never zero."""
    header = " ".join(first_lines(path, 6, encoding(path)))
    year = re.search(r"\b(P\d{2})_POP\b", header, re.IGNORECASE)
    wanted = columns(year[1].casefold() if year else r"p\d{2}")
    cells = whole(path, wanted, titles=6)
    table, faults = checked(cells, wanted)
    faults += duplicates(cells, "insee_code")
    split = all(f"age_{band}" in table for band in OLDEST[0])
    if not split and "age_75p" not in table:
        faults.append(missing(path.name, 1, wanted[-1], list(cells.heads.values())))
    refuse(faults)
    oldest = table["age_7589"] + table["age_90p"] if split else table["age_75p"]
    told = pd.DataFrame(
        {
            "insee_code": table["insee_code"], "young": table["age_0014"],
            "old": table["age_6074"] * PART_OF_60_74 + oldest, "all": table["all"],
        }
    )[~counted_twice(cells.table["insee_code"])].dropna()  # fmt: skip
    return source("bands", path, told, f"20{year[1][1:]}" if year else "")
