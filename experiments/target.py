"""Which target can be signed (quelle cible signer): the inverse question, read from futures at several efforts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from experiments.effect import Comparison
from experiments.told_action import setting
from experiments.wording import Voice
from simulation.faults import Fault, Refused, shown
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Word = Literal["prudent", "ambitious", "uncertain", "out_of_reach"]
PRUDENT, AMBITIOUS, OUT = 0.9, 0.5, 0.1
"""Share of simulated futures that must reach a target: at least, at least, under."""
USEFUL_DIFFERENCES = (0.5, 1.0, 2.0, 4.0)
"""Targets looked at unless others are named, in useful differences of the indicator."""
_ROUNDING = 1e-9


class Effort(NamedTuple):
    """Sizes of one mission: what people give."""

    lever: str
    sizes: Mapping[str, float]

    def told(self, voice: Voice) -> str:
        """The effort in words: 5 médecins volontaires, 3 créneaux par semaine et par médecin."""
        return ", ".join(setting(voice, self.lever, name, size) for name, size in self.sizes.items())


class Reached(NamedTuple):
    """In how many futures an effort reaches a target, and the word for it."""

    effort: Effort
    target: float
    futures: int
    worlds: int

    @property
    def word(self) -> Word:
        """Prudent, ambitious, out of reach, or none of these."""
        share = self.futures / self.worlds if self.worlds else 0.0
        if share >= PRUDENT:
            return "prudent"
        if share >= AMBITIOUS:
            return "ambitious"
        return "out_of_reach" if share < OUT else "uncertain"


def efforts(scenario: Scenario, lever: str, sizes: Mapping[str, Sequence[float]]) -> dict[str, Scenario]:
    """The same scenario at every combination of sizes of one lever, by a name that says them."""
    if lever not in scenario.policies:
        known = ", ".join(scenario.policies)
        raise Refused(
            [Fault("no_such_lever", field=lever, details={"value": shown(lever), "choices": known})]
        )
    chosen = (dict(zip(sizes, each, strict=True)) for each in product(*sizes.values()))
    return {
        name_of(one): scenario.with_(policies={lever: one}, title=dict.fromkeys(LANGUAGES, name_of(one)))
        for one in chosen
    }


def name_of(sizes: Mapping[str, float]) -> str:
    """One name for one effort."""
    return ",".join(f"{name}={size:g}" for name, size in sizes.items())


def sizes_of(name: str) -> dict[str, float]:
    """Read a name back."""
    return {one.partition("=")[0]: float(one.partition("=")[2]) for one in name.split(",")}


def targets_of(comparison: Comparison, indicator: str) -> tuple[float, ...]:
    """Targets worth looking at: parts and multiples of the useful difference."""
    useful = comparison.indicators[indicator].useful_difference or 1.0
    return tuple(share * useful for share in USEFUL_DIFFERENCES)


def reached(
    comparison: Comparison, lever: str, indicator: str, targets: Sequence[float] | None = None
) -> list[Reached]:
    """For each effort and target, the futures that reach it; better is up or down, as the indicator says."""
    way = -1.0 if comparison.indicators[indicator].better == "lower" else 1.0
    found = []
    for name in comparison.actions:
        change = way * comparison.of(name).by_world(indicator, "world").dropna()
        for target in targets or targets_of(comparison, indicator):
            count = int((change >= target - _ROUNDING).sum())
            found.append(Reached(Effort(lever, sizes_of(name)), target, count, len(change)))
    return found


def told_effort(some: Sequence[Reached], voice: Voice) -> str:
    """What may be signed at one effort: the highest prudent and ambitious targets, the lowest out of reach."""
    effort = some[0].effort
    by_word: dict[str, list[float]] = {}
    for one in some:
        by_word.setdefault(one.word, []).append(one.target)
    picked = {
        "prudent": max(by_word.get("prudent", []), default=None),
        "ambitious": max(by_word.get("ambitious", []), default=None),
        "out_of_reach": min(by_word.get("out_of_reach", []), default=None),
    }
    told = [
        say(f"target.{word}", voice.lang, target=aim(voice, value))
        for word, value in picked.items()
        if value is not None
    ]
    if not told:
        told = [say("target.nothing_sure", voice.lang)]
    return say("target.with_effort", voice.lang, effort=effort.told(voice), told=", ".join(told))


def told_target(some: Sequence[Reached], target: float, voice: Voice) -> str:
    """The smallest effort that makes one target prudent, if any of those tried does."""
    enough = [one.effort for one in some if one.target == target and one.word == "prudent"]
    if not enough:
        return say("target.never_prudent", voice.lang, target=aim(voice, target))
    least = min(enough, key=lambda one: (math.prod(one.sizes.values()), tuple(one.sizes.values())))
    return say("target.needs", voice.lang, target=aim(voice, target), effort=least.told(voice))


def aim(voice: Voice, target: float) -> str:
    """A target as it is signed: so much more, or so much less."""
    way = -1.0 if voice.comparison.indicators[voice.leading].better == "lower" else 1.0
    return voice.signed(voice.leading, way * target)
