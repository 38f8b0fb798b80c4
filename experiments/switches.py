"""Other ways in which the world may work (structures): named switches, each with its levels, put in place by figures.

A switch holds what no range says: a rule that is on or off, a law that is steeper or flatter. Its levels are the ends
of what the registry admits, so that a factorial over switches brackets what is not known of the structure.
"""

from __future__ import annotations

from collections.abc import Mapping

AS_IS = "as_is"
"""The level at which a switch leaves the world as it is."""

SWITCHES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "practices_called": {
        "one": ("parameters.doors.practices_called_per_day=1",),
        "five": ("parameters.doors.practices_called_per_day=5",),
    },
    "order_of_doors": {
        "practices_first": ("parameters.doors.others_first_share=1",),
        "half": ("parameters.doors.others_first_share=0.5",),
    },
    "gravity": {
        "weak": ("parameters.travel.decay_per_minute=0.1",),
        "strong": ("parameters.travel.decay_per_minute=0.3",),
    },
    "ring": {"on": ("ring=on",), "off": ("ring=off",)},
    "panel_reaction": {
        "refuses": ("parameters.adaptation.refuses_share=0.5", "parameters.adaptation.closes_share=0.5"),
        "works_more": (
            "parameters.adaptation.works_more_share=0.1", "parameters.adaptation.shorter_minutes=1",
        ),
    },
    "awareness": {
        "nobody": ("parameters.doors.number_awareness=0",),
        "everybody": ("parameters.doors.number_awareness=1",),
    },
    "demand_level": {
        "low": ("parameters.demand.acute_per_year=1.4",),
        "high": ("parameters.demand.acute_per_year=2",),
    },
}  # fmt: skip
"""Switch → level → what it changes in every scenario, as in `--set`."""


def changes_of(structure: str) -> list[str]:
    """The changes that a structure (`switch=level, path=value`) makes to every scenario."""
    found: list[str] = []
    for one in structure.split(", ") if structure else ():
        name, _, level = one.partition("=")
        if level == AS_IS:
            continue
        found += SWITCHES[name][level] if name in SWITCHES else (one,)
    return found


def crossed(levels: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every combination of levels but the one that leaves all as it is; what is as it is goes unnamed."""
    combinations = [""]
    for name, values in levels.items():
        told = ["" if value == AS_IS else f"{name}={value}" for value in values]
        combinations = [", ".join(filter(None, (one, each))) for one in combinations for each in told]
    return [one for one in dict.fromkeys(combinations) if one]
