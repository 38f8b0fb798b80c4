"""What the page says of one point (lecture d'un point): the very sentences of a comparison, in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.effect import Comparison, Effect
from experiments.explorer.phrases import Phrases
from experiments.picture import SHOWN
from experiments.reading import LEADING, Reading, leading_of, read
from experiments.told_assumptions import bare_figure, figure_told
from experiments.wording import Voice, level
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from simulation.parameters import Number

SENTENCES = ("scenario", "headline", "price", "sureness", "doubt", "who", "worth", "cost", "local")
"""What is read aloud, slot by slot."""
TITLED = ("answered_48h_per_1000", "unserved_per_1000", "carer_hours", "money_eur")
"""Figures whose name needs to say out of what, as on the command line."""
COUNTED = ("carer_hours", "money_eur")
DIGITS = 6
"""Significant figures kept of a number that is only drawn."""


def told(comparison: Comparison, phrases: Phrases, leading: str | None = None) -> dict[str, Any]:
    """One alternative as data: ranks of sentences, and the few numbers that are drawn."""
    readings = [read(comparison, lang, leading=leading) for lang in LANGUAGES]
    first = readings[0]
    asked = [name for name in dict.fromkeys((first.leading, *SHOWN, *COUNTED)) if comparison.has(name)]
    return {
        "said": {
            name: phrases.of(*(getattr(one, name) for one in readings)) for name in SENTENCES if getattr(first, name)
        },
        "warnings": _warnings(readings, phrases),
        "leading": first.leading,
        "side": level(comparison.difference(first.leading)).side,
        "tiles": _tiles(readings, phrases),
        "groups": _groups(comparison, readings, phrases),
        "basins": _basins(comparison, readings),
        "effects": {name: _numbers(comparison.difference(name)) for name in asked},
        "futures": [_short(value) for value in comparison.by_world(first.leading)],
        "rests": [one.path for one in comparison.action.rests_on],
    }  # fmt: skip


def today(comparison: Comparison, phrases: Phrases, leading: str | None = None) -> dict[str, Any]:
    """The territory without any action, as the same futures show it."""
    leading = leading or (LEADING if comparison.has(LEADING) else leading_of(comparison))
    readings = [read(comparison, lang, leading=leading) for lang in LANGUAGES]
    value = comparison.difference(leading).baseline

    def headline(lang: str) -> str:
        voice = Voice(comparison, lang, leading)
        standing = voice.standing(leading, value)
        if leading == LEADING:
            return say("explorer.today_headline", lang, value=standing)
        if voice.kind(leading) == "per_1000":
            standing = voice.amount(leading, value)
        return say("explorer.today_other", lang, label=voice.label(leading), value=standing)

    return {
        "headline": phrases.each(headline),
        "tiles": _tiles(readings, phrases),
    }  # fmt: skip


def _warnings(readings: list[Reading], phrases: Phrases) -> list[int]:
    return [phrases.of(*each) for each in zip(*(one.warnings for one in readings), strict=True)]


def _tiles(readings: list[Reading], phrases: Phrases) -> list[dict[str, Any]]:
    """Figures in the order of the tool: four, then the others, folded."""
    found = []
    for both in zip(*(one.tiles for one in readings), strict=True):
        first = both[0]
        words = ("label", "today", "then", "change", "range", "word", "note")
        tile = {
            name: phrases.of(*(getattr(one, name) for one in both)) for name in words if getattr(first, name)
        }
        tile |= {"name": first.indicator, "side": first.side}
        if first.indicator in TITLED and not first.folded:
            tile["title"] = phrases.say(f"cli.tile_{first.indicator}")
        tile |= {name: 1 for name in ("folded", "grey") if getattr(first, name)}
        found.append(tile)
    return found  # fmt: skip


def _groups(comparison: Comparison, readings: list[Reading], phrases: Phrases) -> list[dict[str, Any]]:
    """Who gains and who loses: groups large enough to be named, and no other."""
    leading = readings[0].leading
    voices = [Voice(comparison, lang, leading) for lang in LANGUAGES]
    return [
        {
            "group": both[0].group,
            "label": phrases.of(*(one.label for one in both)),
            "change": phrases.of(*(one.change for one in both)),
            "short": phrases.of(*(voice.count(leading, both[0].effect.mean) for voice in voices)),
            "side": both[0].side,
            "mean": _short(both[0].effect.mean),
            "better": both[0].better,
            "worse": both[0].worse,
        }
        for both in zip(*(one.groups for one in readings), strict=True)
    ]


def _basins(comparison: Comparison, readings: list[Reading]) -> dict[str, int]:
    """For each basin, the rank of the group that tells it: its own, or that of the small ones together."""
    found = comparison.groups(readings[0].leading)
    ranks = {one.group: rank for rank, one in enumerate(readings[0].groups)}
    return {
        member.partition(":")[2]: ranks[group]
        for group, members in found.items()
        if group.startswith("basin:") and group in ranks
        for member in members
    }


def _numbers(effect: Effect) -> list[float | None]:
    """Today, with the action, mean difference, its range, the range of luck."""
    ends = (effect.low, effect.high, effect.luck_low, effect.luck_high)
    return [_short(one) for one in (effect.baseline, effect.alternative, effect.mean, *ends)]


def _short(value: float) -> float | None:
    """A number with as many figures as a drawing can show; nothing where nothing was counted."""
    return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else None


def figure(one: Number, comparison: Comparison, phrases: Phrases) -> dict[str, Any]:
    """A figure under the action: its value, its range, how it is known and from where."""
    voices: Mapping[str, Voice] = {lang: Voice(comparison, lang, "") for lang in LANGUAGES}
    return {
        "label": phrases.each(lambda lang: one.label[lang]),
        "value": phrases.each(lambda lang: figure_told(voices[lang], one, one.default)),
        "range": phrases.each(lambda lang: _range(voices[lang], one)),
        "grade": one.grade,
        "source": one.source,
    }


def _range(voice: Voice, figure: Number) -> str:
    low = bare_figure(voice, figure, figure.low)
    return voice.say("range_tile", low=low, high=figure_told(voice, figure, figure.high))
