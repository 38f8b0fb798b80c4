"""The model beside France (le modèle face à la France), as a table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calibration.against_france import Gap, compared_with_france
from cpts.cli import figures, france
from cpts.cli.speaker import Speaker
from texts import say

if TYPE_CHECKING:
    from experiments.compare import Comparison


def table(comparison: Comparison, lang: str) -> dict[str, Any]:
    """Each national figure, its range, the model's own, and whether it is found again."""
    speaker, found = Speaker(lang), compared_with_france(comparison)
    if not any(gap.is_known for gap in found):
        return {"summary": "", "rows": []}
    return {
        "summary": france.summary(speaker, found),
        "rows": [_row(speaker, comparison, gap) for gap in found],
    }


def _row(speaker: Speaker, comparison: Comparison, gap: Gap) -> dict[str, Any]:
    target = gap.target
    indicator = comparison.indicators[target.indicator]
    value, low, high = (
        figures.short(speaker, indicator.unit, one) for one in (target.value, target.low, target.high)
    )
    sign = " %" if figures.is_share(indicator.unit) else ""
    word = "none" if not gap.is_known else "no" if gap.is_missed else "yes"
    return {
        "label": _label(speaker, indicator.label[speaker.lang], target.group),
        "france": speaker.say("france_range", value=f"{value}{sign}", low=low, high=f"{high}{sign}"),
        "year": target.year,
        "model": figures.standing(speaker, indicator, gap.model),
        "word": say(f"dashboard.found_{word}", speaker.lang),
        "missed": gap.is_missed,
    }


def _label(speaker: Speaker, label: str, group: str) -> str:
    if group == "all":
        return label
    kind, _, name = group.partition(":")
    try:
        who = say(f"reading.group_{kind}_{name}", speaker.lang)
    except KeyError:
        low, _, high = name.partition("-")
        if kind != "age" or not high:
            return f"{label}, {group.replace(':', ' ')}"
        who = say("dashboard.age_between", speaker.lang, low=low, high=high)
    return f"{label}, {who}"
