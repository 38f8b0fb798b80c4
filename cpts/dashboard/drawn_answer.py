"""What is drawn of an answer (dessins): luck and ignorance apart, basins, groups; positions only, no pixel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from experiments.picture import FEWEST_UNITS
from experiments.wording import Voice, level
from texts import say

if TYPE_CHECKING:
    from experiments.effect import Effect
    from experiments.reading import Reading

_RATHER = "rather"
"""More often than not, without being sure."""


def spread(voice: Voice) -> dict[str, Any]:
    """Every future as a dot on one scale of useful differences, right being better: shares of the width."""
    comparison, name = voice.comparison, voice.leading
    effect = comparison.difference(name)
    unit = (effect.threshold or 1.0) * _way(voice, name)
    dots = {
        kind: [float(one) / unit for one in comparison.by_world(name, kind).dropna()]
        for kind in ("world", "luck")
    }
    most = max([FEWEST_UNITS, *(abs(one) for some in dots.values() for one in some)]) * 1.08

    def across(units: float) -> float:
        return round(50 + 50 * units / most, 2)

    return {
        "band": [across(-1), across(1)],
        "worlds": [across(one) for one in dots["world"]],
        "luck": [across(one) for one in dots["luck"]],
        "unknown": _between(across, effect.low / unit, effect.high / unit) if dots["world"] else [],
        "chance": _between(across, effect.luck_low / unit, effect.luck_high / unit) if dots["luck"] else [],
        "told": say(
            "dashboard.spread_alt",
            voice.lang,
            unknown=_range(voice, effect.low, effect.high),
            luck=_range(voice, effect.luck_low, effect.luck_high),
            threshold=voice.amount(name, effect.threshold),
        ),
    }


def _way(voice: Voice, indicator: str) -> float:
    return -1.0 if voice.comparison.indicators[indicator].better == "lower" else 1.0


def _between(across: Any, one: float, other: float) -> list[float]:
    return sorted([across(one), across(other)]) if math.isfinite(one) and math.isfinite(other) else []


def _range(voice: Voice, low: float, high: float) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return "–"
    ends = {"low": voice.count(voice.leading, low), "high": voice.change(voice.leading, high)}
    return voice.say("range_tile", **ends)


def basins(voice: Voice, indicator: str = "", show: str = "change") -> list[dict[str, Any]]:
    """What each basin sees: those too small to be told alone share one figure."""
    name = indicator or voice.leading
    comparison = voice.comparison
    told = []
    for group, members in comparison.groups(name).items():
        if not group.startswith("basin:"):
            continue
        effect = comparison.difference(name, members)
        merged = group == "basin:*"
        told.append(
            {
                "basins": [one.partition(":")[2] for one in members],
                "name": say("dashboard.map_merged", voice.lang) if merged else group.partition(":")[2],
                "value": _shown(voice, name, effect, show),
                "amount": "–" if math.isnan(effect.mean) else voice.change(name, effect.mean),
                "number": _number(effect, show),
                "side": sided(effect),
                "word": say(f"dashboard.legend_{sided(effect)}", voice.lang),
            }
        )
    return told


def _shown(voice: Voice, name: str, effect: Effect, show: str) -> str:
    if show != "change":
        return voice.standing(name, effect.baseline if show == "today" else effect.alternative)
    return "–" if math.isnan(effect.mean) else voice.count(name, effect.mean)


def _number(effect: Effect, show: str) -> float | None:
    value = {"today": effect.baseline, "then": effect.alternative}.get(show, effect.mean)
    return float(value) if math.isfinite(value) else None


def sided(effect: Effect) -> str:
    """The word for a basin, no stronger than the one that the same figure has in a sentence."""
    stands = level(effect)
    if stands.side in ("better", "worse") and stands.often == _RATHER:
        return f"little_{stands.side}"
    return "none" if stands.side == "same" else stands.side


def groups(reading: Reading, lang: str) -> list[dict[str, Any]]:
    """Who gains and who loses, group by group, as counts of futures."""
    if not reading.groups or reading.groups[0].side == "early":
        return []

    def of(count: int, worlds: int) -> str:
        return say("dashboard.who_of", lang, futures=count, worlds=worlds)

    return [
        {
            "kind": say(f"dashboard.kind_{one.group.partition(':')[0]}", lang),
            "label": one.label[:1].upper() + one.label[1:],
            "change": one.change,
            "better": of(one.better, one.futures),
            "worse": of(one.worse, one.futures),
            "side": one.side,
        }
        for one in reading.groups
    ]
