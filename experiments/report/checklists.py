"""Checklists of what a paper must say (listes de contrôle): each item, and where it is answered.

ODD: Grimm and others, 2020. STRESS-ABS: Monks and others, 2018, 20 items. CHEERS 2022: Husereau and others, 28 items.
What no run can tell — who paid, who was asked — is left to the authors, and said to be.
"""

from collections.abc import Iterable

from experiments.effect import Comparison
from experiments.report.document import Table
from texts import names, say

LISTS = {"odd": 7, "stress": 20, "cheers": 28}
"""How many items each list has."""
NAMES = {"odd": "odd", "stress-abs": "stress", "cheers2022": "cheers"}
"""A list as protocols name it."""


def checklist(comparison: Comparison, lang: str, asked: Iterable[str] = tuple(NAMES)) -> Table:
    """A4 to A6: every item of the lists that are asked for, filled with what was run."""
    told = {
        "worlds": comparison.worlds, "luck": comparison.luck, "days": comparison.days,
        "alternatives": len(comparison.actions),
    }  # fmt: skip
    rows = tuple(
        (
            say(f"checklist.list_{name}", lang),
            say(f"checklist.item_{item}", lang),
            say(f"checklist.answer_{item}", lang, **told),
        )
        for name in LISTS
        if name in {NAMES[one] for one in asked}
        for item in items(name)
    )
    heads = tuple(say(f"report.head_{name}", lang) for name in ("list", "item", "answer"))
    return Table("A4-checklists", say("report.table_checklists", lang), heads, rows)


def items(name: str) -> list[str]:
    """The items of a list, in its order."""
    begins = f"item_{name}_"
    return [one.removeprefix("item_") for one in names("checklist") if one.startswith(begins)]
