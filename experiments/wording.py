"""How a figure and its sureness are put into words (registre de langue): counts of futures, never odds."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from experiments.effect import FEWEST_WORLDS, Comparison, Effect
from texts import number, say

# Shares of worlds, in hundredths so that 19 of 20 is compared exactly.
SCALE: Mapping[str, int] = {"almost_all": 95, "most": 80, "rather": 60}
_SAME = 80
_DECIMALS: Mapping[str, int] = {
    "per_1000": 0, "points": 1, "days": 1, "hours": 0, "long": 1, "minutes": 0, "euros": 0, "plain": 2,
}  # fmt: skip
_COUNTED_ONE_BY_ONE = ("days", "points", "hours", "long", "minutes")
_MONEY_AND_TIME: Mapping[str, str] = {"carer_hours": "hours", "money_eur": "euros"}
_VOWELS = "aeiouyhàâéèêëîïôöûüœ"


class Level(NamedTuple):
    """Which way an effect goes (better, worse, same, unknown, early) and how often it does."""

    side: str
    often: str = ""
    futures: int = 0


def level(effect: Effect) -> Level:
    """Put an effect on the scale; under twenty worlds it stands nowhere."""
    worlds = effect.count
    if worlds < FEWEST_WORLDS:
        return Level("early")
    for side, share in (("better", effect.p_better), ("worse", effect.p_worse)):
        futures = effect.futures(share)
        for often, hundredths in SCALE.items():
            if futures * 100 >= hundredths * worlds:
                return Level(side, often, futures)
    futures = effect.futures(effect.p_within)
    return Level("same" if futures * 100 >= _SAME * worlds else "unknown", "", futures)


def about(value: float) -> float:
    """Two figures and no more: what follows a "about" must not look measured."""
    if abs(value) < 10:
        return round(value)
    return round(value, 1 - math.floor(math.log10(abs(value))))


@dataclass(frozen=True)
class Voice:
    """One comparison told in one language, about one leading indicator."""

    comparison: Comparison
    lang: str
    leading: str

    def say(self, key: str, **fields: object) -> str:
        """The sentence of that name."""
        return say(f"reading.{key}", self.lang, **fields)

    def say_or(self, key: str, otherwise: str, **fields: object) -> str:
        """The sentence of that name if it is written (same fields in both), else the one that always is."""
        try:
            return self.say(key, **fields)
        except KeyError:
            return self.say(otherwise, **fields)

    def plural(self, key: str, size: float, /, **fields: object) -> str:
        """Singular or plural as the language has it: 0,4 jour, but 0.4 days."""
        one = abs(size) < 2 if self.lang == "fr" else abs(size) == 1
        return self.say(f"{key}_{'one' if one else 'many'}", **fields)

    def number(self, value: float, decimals: int | None = 0) -> str:
        """A bare number as it is written in the language."""
        return number(value + 0.0, self.lang, decimals)

    def label(self, indicator: str) -> str:
        """The indicator's name for people."""
        return self.comparison.indicators[indicator].label[self.lang]

    def kind(self, indicator: str) -> str:
        """What the indicator counts in."""
        unit = self.comparison.indicators[indicator].unit
        if indicator in _MONEY_AND_TIME:
            return _MONEY_AND_TIME[indicator]
        if indicator.endswith("_per_1000"):
            return "per_1000"
        if indicator.endswith("_share") or indicator == "occupancy" or "share" in unit:
            return "points"
        if unit in ("minutes", "hours"):
            return "minutes" if unit == "minutes" else "long"
        return "days" if "day" in unit else "plain"

    def digits(self, indicator: str, value: float) -> str:
        """The size of a difference without its unit or its sign."""
        kind = self.kind(indicator)
        size = abs(value) * (100 if kind == "points" else 1)
        if kind == "per_1000" and 0 < size < 0.5:
            return self.say("under", value=1)
        if kind == "plain" and size >= 100:
            return self.number(size)
        fine = kind == "days" and 0 < size < 0.05
        return self.number(size, 2 if fine else _DECIMALS[kind])

    def amount(self, indicator: str, value: float) -> str:
        """The size of a difference with its unit: 10 pour 1 000, 0,5 jour."""
        kind, digits = self.kind(indicator), self.digits(indicator, value)
        if kind in _COUNTED_ONE_BY_ONE:
            size = abs(value) * (100 if kind == "points" else 1)
            unit = "hours" if kind == "long" else kind
            return self.plural(
                unit, round(size, _DECIMALS[kind]), value=digits
            )  # 1,96 is written 2,0: plural
        return self.say(kind, value=digits)

    def is_nothing(self, indicator: str, value: float) -> bool:
        """Whether nothing is left of a difference once it is written."""
        return not any(digit in "123456789" for digit in self.digits(indicator, value))

    def count(self, indicator: str, value: float) -> str:
        """A difference that says which way it goes: 16 de plus, 0,1 jour de plus; zero goes nowhere."""
        if self.is_nothing(indicator, value):
            per_1000 = self.kind(indicator) == "per_1000"
            return self.digits(indicator, value) if per_1000 else self.amount(indicator, value)
        if self.kind(indicator) == "per_1000":
            return self.say("more" if value >= 0 else "fewer", value=self.digits(indicator, value))
        return self.say("more" if value >= 0 else "less", value=self.amount(indicator, value))

    def signed(self, indicator: str, value: float) -> str:
        """A difference with its sign, where there is no room for words: +16,0 pour 1 000."""
        kind = self.kind(indicator)
        size = value * (100 if kind == "points" else 1)
        text = self.number(size, 1)
        if size > 0 and any(digit in "123456789" for digit in text):
            text = f"+{text}"
        if kind in _COUNTED_ONE_BY_ONE:
            return self.plural("hours" if kind == "long" else kind, round(size, 1), value=text)
        return self.say(kind, value=text)

    def change(self, indicator: str, value: float) -> str:
        """The same, where nothing else in the sentence says what it is out of."""
        if self.kind(indicator) != "per_1000":
            return self.count(indicator, value)
        if self.is_nothing(indicator, value):
            return self.amount(indicator, value)
        return self.say(
            "more_per_1000" if value >= 0 else "fewer_per_1000", value=self.digits(indicator, value)
        )

    def range(self, indicator: str, low: float, high: float) -> tuple[str, str]:
        """Two ends, the unit said once when it follows the number: 0,3 and 0,5 point."""
        said_once = self.kind(indicator) not in ("per_1000", "euros", "plain")
        first = self.digits(indicator, low) if said_once else self._end(indicator, low)
        return first, self._end(indicator, high)

    def _end(self, indicator: str, size: float) -> str:
        per_1000 = self.kind(indicator) == "per_1000"
        return self.digits(indicator, size) if per_1000 else self.amount(indicator, size)

    def standing(self, indicator: str, value: float) -> str:
        """A level, not a difference: 774, 11,2 %, 3,9 jours."""
        kind = self.kind(indicator)
        if math.isnan(value):
            return "–"
        if kind == "points":
            return self.say("percent", value=self.number(value * 100, 1))
        return self.digits(indicator, value) if kind == "per_1000" else self.amount(indicator, value)

    def place(self, basin: str) -> str:
        """Where, as it is said: en Vallée Borgne, dans le bassin du Vigan."""
        article, name = _article(basin)
        return self.say(f"place_{article}", name=name)

    def group(self, group: str) -> str:
        """Who, as it is said: les habitants sans voiture."""
        kind, _, name = group.partition(":")
        if kind == "basin":
            article, name = _article(name)
            return self.say(f"people_{article}", name=name)
        if name == "*":
            return self.say("group_small")
        if kind == "commune":
            return self.say("group_commune", name=name)
        if kind == "age" and (years := re.findall(r"\d+", name)):
            return self.say("group_age" if len(years) > 1 else "group_age_over", low=years[0], high=years[-1])
        return self.say_or(f"group_{kind}_{name}", "group_other", name=name)


def _article(basin: str) -> tuple[str, str]:
    """Which small words a place takes, and what is left of its name."""
    if basin == "*":
        return "small", ""
    if basin.startswith("Vallée"):
        return "valley", basin
    for article in ("Le", "Les"):
        if basin.startswith(f"{article} "):
            return article.lower(), basin.removeprefix(f"{article} ")
    return "vowel" if basin[:1].lower() in _VOWELS else "other", basin
