"""What is kept of a run when many are compared (totaux): the whole period, group by group, and how it was made."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from simulation.results import Results

ROWS = ("indicator", "group", "value", "n")
_TOLD = ("deployed_share", "contract_year", "money_share", "calibrated")


def totals(results: "Results") -> pd.DataFrame:
    """The whole period and the whole territory, group by group; then each year of several as a group of its own."""
    table = results.table
    whole = table[(table["month"] == "all") & (table["commune"] == "all")]
    years = table[table["month"].astype(str).str.startswith("year:") & (table["commune"] == "all")]
    years = years[years["group"] == "all"].assign(group=years["month"].astype(str))
    kept = pd.concat([whole.astype({"group": object}), years])[list(ROWS)]
    return kept.reset_index(drop=True).astype(
        {"indicator": object, "group": object, "value": float, "n": float}
    )


def told_of(results: "Results") -> Mapping[str, Any]:
    """What a comparison must know of how a run was made."""
    return {key: results.provenance[key] for key in _TOLD if key in results.provenance}
