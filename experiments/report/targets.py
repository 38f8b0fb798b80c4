"""What may be signed year by year (cibles): the level that an action reaches in nine futures of ten, and in five.

Read from the very worlds of the comparison: no run is added. Each year of a contract has its own; an action that is
looked at once all is in place has but one, which is not a year's.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd

from experiments.consequences import CONSULTATIONS, HOURS, MONEY
from experiments.effect import FEWEST_WORLDS
from experiments.target import AMBITIOUS, PRUDENT
from experiments.wording import Voice
from texts import say

YEARS = 3
"""Years of a contract that the dialogue looks at."""
DECIMALS = 1
"""Digits with which a difference is told: a target is cut to them, never rounded up."""
_ROUNDING = 1e-9
_PRICES = (HOURS, CONSULTATIONS, MONEY)


class Levels(NamedTuple):
    """Improvements reached in nine futures of ten and in five, in the unit of the indicator, if there are any."""

    prudent: float | None
    ambitious: float | None


class Targets(NamedTuple):
    """The levels of each year of the contract, or of full deployment when no year was simulated by itself."""

    years: tuple[Levels | None, ...]
    full: Levels | None


def targets_of(voice: Voice, indicator: str) -> Targets:
    """Read the levels of an indicator; nothing under twenty worlds, nor of a price, nor where neither way is better."""
    comparison = voice.comparison
    none: tuple[Levels | None, ...] = (None,) * YEARS
    aims = indicator not in _PRICES and comparison.indicators[indicator].better != "none"
    if comparison.worlds < FEWEST_WORLDS or not aims:
        return Targets(none, None)
    years = [effect.group for effect in comparison.years(indicator)]
    if years:
        found = [levels_of(voice, indicator, group) for group in years[:YEARS]]
        return Targets((*found, *none)[:YEARS], None)
    whole = levels_of(voice, indicator, "all")
    if comparison.ramp is not None and comparison.ramp < 1:  # one year only: the first of the contract
        return Targets((whole, *none)[:YEARS], None)
    return Targets(none, whole)


def levels_of(voice: Voice, indicator: str, group: str) -> Levels:
    """The highest improvements that enough futures reach or pass."""
    comparison = voice.comparison
    pairs = comparison.of_all(indicator, "world", group)
    way = -1.0 if comparison.indicators[indicator].better == "lower" else 1.0
    gains = (way * (pairs["alternative_value"] - pairs["baseline"])).dropna().sort_values(ascending=False)
    size = 10.0**DECIMALS * (100 if voice.kind(indicator) == "points" else 1)
    return Levels(*(_reached(gains, share, size) for share in (PRUDENT, AMBITIOUS)))


def _reached(gains: pd.Series, share: float, size: float) -> float | None:
    if gains.empty:
        return None
    reached = float(gains.iloc[math.ceil(share * len(gains) - _ROUNDING) - 1])
    cut = math.floor(reached * size + _ROUNDING) / size
    return cut if cut > 0 else None


def told(voice: Voice, indicator: str, levels: Levels | None) -> str:
    """A cell: what is prudent, what is ambitious; no improvement that half the futures reach is said as such."""
    if levels is None:
        return ""
    way = -1.0 if voice.comparison.indicators[indicator].better == "lower" else 1.0
    prudent, ambitious = ("" if level is None else voice.signed(indicator, way * level) for level in levels)
    if not ambitious:
        return say("target.cell_none", voice.lang)
    return say("target.cell_both" if prudent else "target.cell_ambitious", voice.lang,
               prudent=prudent, ambitious=ambitious)  # fmt: skip
