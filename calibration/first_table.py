"""The first table of the README (premier tableau): what the fitted model finds again of France, misses in red."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from calibration.told import cells_of, met_words, verdict_of

if TYPE_CHECKING:
    from calibration.predicted import Met

BEGIN, END = "<!-- make validate -->", "<!-- /make validate -->"
HEADS = (
    "| repère français | observé | modèle avant le calage | modèle calé | retrouvé ? |\n|---|---|---|---|---|"
)
MARKS = {"found": "oui", "edge": "🟠 au bord", "missed": "🔴 non"}
BESIDES = {"held": " *(gardé pour vérifier)*", "informed": " *(une part est entrée)*"}


def first_table(met: Sequence[Met]) -> str:
    """Every fitted figure, then those kept for checking and those missed of which a part went in; then the count."""
    shown = [one for one in met if one.target.use in {"fitted", "held"}]
    shown += [one for one in met if one.target.use == "informed" and not one.is_inside]
    return "\n".join([HEADS, *map(_line, shown), "", *_counts(met)])


def with_first_table(text: str, table: str) -> str:
    """Put the table in the place that a text keeps for it.

    Raises ValueError when the text keeps no such place.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _counts(met: Sequence[Met]) -> list[str]:
    uses = {"fitted": "Calés", "held": "Gardés pour vérifier", "informed": "Dont une part est entrée"}
    return [
        f"* {head}. {met_words([one for one in met if one.target.use == use], 'fr')}"
        for use, head in uses.items()
    ]


def _line(one: Met) -> str:
    told, mark = cells_of(one, "fr"), MARKS[verdict_of(one)]
    besides = BESIDES.get(one.target.use, "")
    return f"| {told['figure']}{besides} | {told['france']} | {told['before']} | {told['after']} | {mark} |"
