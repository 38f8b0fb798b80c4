"""What is kept of a run when many are compared (totaux): the whole period, group by group, and how it was made."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from simulation.results import Results

ROWS = ("indicator", "group", "value", "n")
_TOLD = ("deployed_share", "contract_year", "money_share", "calibrated")


MONTH = "month:"
"""What the name of a month begins with where it is a group of its own."""


class Counted(NamedTuple):
    """What is kept of one run: its totals, and how it was made."""

    rows: pd.DataFrame
    told: Mapping[str, Any]


def counted(lived: "Results | Counted", *, months: bool = False) -> Counted:
    """What is kept of a run, whether it was just lived or read back."""
    return lived if isinstance(lived, Counted) else Counted(totals(lived, months=months), told_of(lived))


def totals(results: "Results", *, months: bool = False) -> pd.DataFrame:
    """The whole period and the whole territory, group by group; then each year of several as a group of its own.

    With `months`, each month too.
    """
    table = results.table
    whole = table[(table["month"] == "all") & (table["commune"] == "all")]
    years = table[table["month"].astype(str).str.startswith("year:") & (table["commune"] == "all")]
    years = years[years["group"] == "all"].assign(group=years["month"].astype(str))
    parts = [whole.astype({"group": object}), years, *([_months(table)] if months else [])]
    kept = pd.concat(parts)[list(ROWS)]
    return kept.reset_index(drop=True).astype(
        {"indicator": object, "group": object, "value": float, "n": float}
    )


def _months(table: pd.DataFrame) -> pd.DataFrame:
    month = table["month"].astype(str)
    mine = month.str.fullmatch(r"\d{4}-\d{2}") & (table["commune"] == "all") & (table["group"] == "all")
    return table[mine].assign(group=MONTH + month[mine])


def told_of(results: "Results") -> Mapping[str, Any]:
    """What a comparison must know of how a run was made."""
    return {key: results.provenance[key] for key in _TOLD if key in results.provenance}
