"""How a figure is written (grandeurs): as many decimals as it deserves, and its unit in words."""

import math
import re
from typing import TYPE_CHECKING

from cpts.cli.speaker import Speaker
from texts import NOTHING

if TYPE_CHECKING:
    from simulation.indicators import Indicator

_DECIMALS = {"minutes": 1, "visits a year": 2, "GPs": 2}
_MINUS = "\N{MINUS SIGN}"


def is_share(unit: str) -> bool:
    """Whether it is read in hundredths."""
    return unit.startswith("share")


def bare(speaker: Speaker, unit: str, value: float, finer: int = 0) -> str:
    """A level without its unit, shares in hundredths."""
    if not math.isfinite(value):
        return NOTHING
    if is_share(unit):
        return speaker.number(value * 100, 1 + finer)
    if unit == "days":  # a median is a whole day, a mean is not
        return speaker.number(round(value, 1 + finer), None)
    return speaker.number(value, _DECIMALS.get(unit, 0) + finer)


def short(speaker: Speaker, unit: str, value: float) -> str:
    """The same, no longer than it need be: 11 rather than 11.0."""
    size = value * 100 if is_share(unit) else value
    return speaker.number(round(size, 2), None)


def standing(speaker: Speaker, indicator: "Indicator", value: float) -> str:
    """A level with the sign of its unit where it has one."""
    text = bare(speaker, indicator.unit, value)
    return speaker.say("percent", value=text) if is_share(indicator.unit) and text != NOTHING else text


def signed(speaker: Speaker, unit: str, value: float) -> str:
    """A difference that says which way it goes."""
    text = bare(speaker, unit, abs(value))
    if text == NOTHING or not any(digit in "123456789" for digit in text):
        return text
    return ("+" if value > 0 else _MINUS) + text


def slug(unit: str) -> str:
    """A unit as the texts name it."""
    return re.sub(r"[^a-z0-9]+", "_", unit.lower()).strip("_")


def measure(speaker: Speaker, unit: str) -> str:
    """The unit of a setting in words; one that comes from elsewhere keeps its own."""
    try:
        return speaker.say(f"measure_{slug(unit)}")
    except KeyError:
        return unit
