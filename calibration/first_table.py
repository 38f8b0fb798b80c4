"""The first table of the README (premier tableau): what the fitted model finds again of France, misses in red."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from calibration.told import met_table

if TYPE_CHECKING:
    from calibration.predicted import Met

BEGIN, END = "<!-- make validate -->", "<!-- /make validate -->"
HEADS = (
    "| repère français | observé | modèle avant le calage | modèle calé | retrouvé ? |\n|---|---|---|---|---|"
)
EDGE, MISSED = "au bord", "non ✗"
MARKS = {EDGE: "🟠 au bord", MISSED: "🔴 non"}


def first_table(met: Sequence[Met]) -> str:
    """Every fitted figure, then those kept for checking that are missed: the others are on the page of validation."""
    fitted = [one for one in met if one.target.use == "fitted"]
    missed = [one for one in met if one.target.use == "held" and not one.is_inside]
    lines = [_line(row) for row in met_table("fitted", fitted, "fr").rows]
    lines += [_line(row, " *(gardé pour vérifier)*") for row in met_table("held", missed, "fr").rows]
    return "\n".join([HEADS, *lines])


def with_first_table(text: str, table: str) -> str:
    """Put the table in the place that a text keeps for it.

    Raises ValueError when the text keeps no such place.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _line(row: Sequence[str], besides: str = "") -> str:
    name, france, _, before, after, verdict, _ = row
    return f"| {name}{besides} | {france} | {before} | {after} | {MARKS.get(verdict, verdict)} |"
