"""All that the page holds (contenu): the sliders, every point already told, the map, and what all this rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.action import LEADING
from experiments.compare import empty_comparison
from experiments.effect import FEWEST_PEOPLE, FEWEST_PRACTICES, Comparison
from experiments.explorer.basins import drawn
from experiments.explorer.grid import Grid, Level, cells
from experiments.explorer.phrases import Phrases
from experiments.explorer.told import figure, today, told
from experiments.told_action import setting
from experiments.wording import Voice
from scenarios.reference.words import both
from simulation.policies import LEVERS
from texts import LANGUAGES, names, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

FORMAT = 2
GLOSSARY = (
    "cpts", "unscheduled", "slot", "answered", "unserved", "future", "luck", "useful", "range", "solidity", "basin",
    "carer_hours", "aci", "usual_gp", "ald", "assistant",
)  # fmt: skip
"""Terms explained on the page, in that order."""


PAGE = "page_"
LATER = ("better", "worse", "value", "rank", "count", "threshold")
"""Fields that only the page can fill."""


class Stamp(NamedTuple):
    """With what the page was made; no date, so that the same grid gives the same bytes."""

    version: str
    asked: str
    """Fingerprint of the question: the grid, the baseline and the code."""


Told = Callable[[Comparison, str], tuple[Mapping[str, float], str]]
"""The national figures that a comparison misses, and the sentence that says how the model stands beside France."""


def content(
    grid: Grid, baseline: Scenario, lived: Iterable[tuple[str, Comparison]], stamp: Stamp, beside_france: Told
) -> dict[str, Any]:
    """Lay out everything that the page may be asked to show."""
    phrases = Phrases()
    points: dict[str, dict[str, Any]] = {}
    place: dict[str, Any] = {}
    measured: dict[str, Any] = {}
    figures: dict[str, dict[str, Any]] = {}
    for name, comparison in lived:
        missed, _ = beside_france(comparison, LANGUAGES[0])
        comparison = comparison.with_(france=missed)
        if not points:
            place = framed(baseline, comparison, phrases, beside_france)
            measured = indicators(comparison, phrases)
        points[name] = told(comparison, phrases)
        figures |= rests_on(comparison, phrases)
    order = {name: rank for rank, name in enumerate(points)}
    first = next(iter(points.values()))
    return {
        "title": phrases.of(*(_titled(grid, baseline, lang) for lang in LANGUAGES)),
        "levers": levers(grid, baseline, phrases),
        "opening": grid.opening,
        "cells": [order.get(cell.name, -1) for cell in cells(grid)],
        "places": [place],
        "indicators": measured,
        "glance": LEADING if LEADING in first["effects"] else first["leading"],
        "figures": figures,
        "points": list(points.values()),
        **closing(phrases, stamp, grid.worlds, grid.luck),
    }


def framed(
    baseline: Scenario,
    comparison: Comparison,
    phrases: Phrases,
    beside_france: Told,
    leading: str | None = None,
) -> dict[str, Any]:
    """A territory, which no slider moves: who lives there, how it is today, how it stands beside France, its map."""
    return {
        "place": phrases.each(lambda lang: _place(baseline, lang)),
        "today": today(comparison, phrases, leading),
        "france": phrases.each(lambda lang: beside_france(comparison, lang)[1]),
        "map": drawn(baseline.territory),
    }


def rests_on(comparison: Comparison, phrases: Phrases) -> dict[str, dict[str, Any]]:
    """The figures under what is done, by their path."""
    return {one.path: figure(one, comparison, phrases) for one in comparison.action.rests_on}


def indicators(comparison: Comparison, phrases: Phrases) -> dict[str, dict[str, Any]]:
    """What was counted, by name."""
    return {
        name: _indicator(comparison, name, phrases) for name in comparison.indicators if comparison.has(name)
    }


def closing(
    phrases: Phrases,
    stamp: Stamp,
    worlds: int,
    luck: int,
    terms: Sequence[str] = GLOSSARY,
    kind: str = "",
) -> dict[str, Any]:
    """What every page holds at last: its format, its stamp, its words in both languages."""
    return {
        "format": FORMAT,
        "stamp": stamp._asdict(),
        "glossary": [
            [phrases.say(f"explorer.term_{name}"), phrases.say(f"explorer.about_{name}")] for name in terms
        ],
        "words": phrases.by_language,
        "interface": {lang: _interface(worlds, luck, lang, kind) for lang in LANGUAGES},
    }


def _indicator(comparison: Comparison, name: str, phrases: Phrases) -> dict[str, Any]:
    """Which side of an indicator is good, and the smallest difference that is of use."""
    one = comparison.indicators[name]
    useful = one.useful_difference or 0.0
    return {
        "label": phrases.each(lambda lang: one.label[lang]),
        "better": one.better,
        "useful": one.useful_difference,
        "threshold": phrases.each(lambda lang: Voice(comparison, lang, name).amount(name, useful)),
    }


def levers(grid: Grid, baseline: Scenario, phrases: Phrases) -> list[dict[str, Any]]:
    """The sliders, lever by lever: how each level is said, and what the sizes come to together."""
    nothing = empty_comparison(baseline, {"": baseline})
    voices = {lang: Voice(nothing, lang, LEADING) for lang in LANGUAGES}

    def said(lever: str, sizes: Mapping[str, Level]) -> int:
        return phrases.each(
            lambda lang: ", ".join(setting(voices[lang], lever, *_whole(one)) for one in sizes.items())
        )

    return [
        {
            "name": lever,
            "label": phrases.each(partial(_about, lever, 0)),
            "about": phrases.each(partial(_about, lever, 1)),
            "sizes": [
                {
                    "name": size,
                    "label": phrases.each(partial(_size, lever, size)),
                    "levels": levels,
                    "told": [said(lever, {size: one}) for one in levels],
                }
                for size, levels in sizes.items()
            ],
            "sums": [
                said(lever, LEVERS[lever].model_validate(one).totals()) or _rarely(one, phrases)
                for one in _crossed(sizes)
            ],
        }
        for lever, sizes in grid.levers.items()
    ]


def _rarely(sizes: Mapping[str, Level], phrases: Phrases) -> int:
    """A third of a place a month is one every three months: nobody gives a third of a place."""
    rare = [1 / size for name, size in sizes.items() if name.endswith("_per_month") and 0 < size < 1]
    return phrases.say("explorer.once_in", months=round(rare[0])) if rare else phrases.NOTHING


def _crossed(sizes: Mapping[str, Sequence[Level]]) -> list[dict[str, Level]]:
    """Every combination of sizes, the last one moving first."""
    return [dict(zip(sizes, each, strict=True)) for each in product(*sizes.values())]


def _whole(size: tuple[str, Level]) -> tuple[str, Level]:
    name, value = size
    return name, int(value) if float(value).is_integer() else value


def _about(lever: str, part: int, lang: str) -> str:
    """The name of a lever, then the line that explains it."""
    name, _, explained = both("levers", lever)[lang].partition(":")
    return (name, explained)[part].strip()


def _size(lever: str, size: str, lang: str) -> str:
    return both("lever_fields", f"{lever}.{size}", both("lever_fields", f"any.{size}", size)[lang])[lang]


def _titled(grid: Grid, baseline: Scenario, lang: str) -> str:
    return str(dict(grid.title).get(lang) or baseline.title.get(lang) or baseline.territory.name)  # type: ignore[call-overload]


def _place(baseline: Scenario, lang: str) -> str:
    communes = baseline.territory.communes
    inside = communes[communes["inside"]]
    gps = baseline.territory.practitioners
    here = gps[(gps["role"] == "gp") & gps["insee_code"].isin(inside["insee_code"])]
    people = int(inside["population"].sum())
    return say("explorer.place", lang, communes=len(inside), people=people, gps=len(here))


def _interface(worlds: int, luck: int, lang: str, kind: str) -> dict[str, str]:
    """The words of the page itself, some of them those of its kind; what is only known there keeps its braces."""
    fields = {"worlds": worlds, "luck": luck, "people": FEWEST_PEOPLE, "practices": FEWEST_PRACTICES}
    later = {name: f"{{{name}}}" for name in LATER}
    return {
        name.removeprefix(start): say(f"explorer.{name}", lang, **fields, **later)
        for start in dict.fromkeys((PAGE, f"{kind}{PAGE}"))
        for name in names("explorer")
        if name.startswith(start)
    }
