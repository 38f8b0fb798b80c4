"""A comparison read aloud (lecture): what changes, at what price, how sure, what decides, who gains and who loses.

Written for somebody who reads it to a room: a sentence holds 25 words and three numbers at most, a doubt is a
count of simulated futures, and what cannot be known yet is said instead of a figure.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.action import LEADING
from experiments.assumptions import Ledger
from experiments.consequences import UNSERVED, losing_basins, price, who, yearly
from experiments.economics import Economics, economics, told_cost, told_worth
from experiments.effect import FEWEST_WORLDS, Comparison, Effect
from experiments.tiles import Tile, tiles
from experiments.told_action import scenario, told_scenario
from experiments.told_assumptions import at_worst
from experiments.who_gains import Share, shares
from experiments.wording import Level, Voice, about, level

__all__ = ["LEADING", "Reading", "Tile", "leading_of", "read", "told_scenario"]

_TOLD_AS_PEOPLE = (LEADING, "answered_in_time_per_1000", UNSERVED)
_MEAN_DELAYS = ("delay_undergone_mean", "delay_total_mean")
_DECIDES = 0.5  # rank correlation: over twenty worlds, chance alone reaches it once in forty
_SMALLEST_DELAY = 0.005
_FEWEST_MORE_SERVED = 1.0  # per 1,000: below, nobody to speak of has joined those who are counted


class Reading(NamedTuple):
    """What is read aloud, slot by slot; an empty slot has nothing to say."""

    scenario: str
    headline: str
    price: str
    sureness: str
    doubt: str
    who: str
    local: str
    warnings: tuple[str, ...]
    tiles: tuple[Tile, ...]
    leading: str = LEADING
    shock: bool = False
    assumptions: str = ""
    ledger: Ledger | None = None
    worth: str = ""
    cost: str = ""
    economics: Economics | None = None
    groups: tuple[Share, ...] = ()


def leading_of(comparison: Comparison) -> str:
    """The indicator on which the acting levers are judged, if they share one and it was counted."""
    wanted = comparison.action.leads_on
    return wanted if comparison.has(wanted) else LEADING


def read(
    comparison: Comparison, lang: str, *, alternative: str | None = None, leading: str | None = None
) -> Reading:
    """Put one alternative of a comparison into words, led by one indicator (else by that of its levers)."""
    asked = comparison if alternative is None else comparison.of(alternative)
    leading = leading_of(asked) if leading is None else leading
    voice = Voice(asked, lang, leading)
    effect = asked.difference(leading)
    counted = economics(asked)
    return Reading(
        scenario=scenario(voice),
        headline=_headline(voice, effect),
        price=price(voice),
        sureness=_sureness(voice, effect, level(effect)),
        doubt=_doubt(voice),
        who=who(voice),
        local=_local(voice),
        warnings=_warnings(voice, effect),
        tiles=tiles(voice),
        leading=leading,
        shock=asked.action.is_shock,
        assumptions=at_worst(voice),
        ledger=asked.ledgers.get(asked.alternative),
        worth=told_worth(voice, counted),
        cost=told_cost(voice, counted),
        economics=counted,
        groups=shares(voice),
    )


def _headline(voice: Voice, effect: Effect) -> str:
    comparison, stands = voice.comparison, level(effect)
    told = []
    if comparison.ramp is not None and comparison.ramp < 1:
        share = voice.number(comparison.ramp * 100)
        years = comparison.action.year
        told.append(voice.say("ramp_years" if years > 1 else "ramp", year=years, share=share))
    if stands.side == "early":
        draws = effect.count or comparison.luck
        worlds = {"worlds": draws, "needed": FEWEST_WORLDS}
        return " ".join([*told, voice.say("one_draw") if draws <= 1 else voice.say("too_early", **worlds)])
    told += _effect(voice, effect, stands.side)
    for loss in losing_basins(voice) if stands.side != "worse" else ():
        where = loss.group.partition(":")[2]
        told.append(
            voice.say(
                "worse_place",
                place=voice.place(where),
                change=voice.change(voice.leading, loss.effect.mean),
                futures=loss.effect.futures(loss.effect.p_backwards),
                worlds=loss.effect.count,
            )
        )
    return " ".join(told)


def _effect(voice: Voice, effect: Effect, side: str) -> list[str]:
    name, label = effect.indicator, voice.label(effect.indicator)
    if side == "same":
        size = voice.amount(name, effect.mean) if effect.mean >= 0 else voice.change(name, effect.mean)
        return [voice.say("same", label=label, size=size, threshold=voice.digits(name, effect.threshold))]
    if side == "unknown":
        low, high = voice.count(name, effect.low), voice.change(name, effect.high)
        return [voice.say("unknown", label=label, low=low, high=high)]
    across = effect.low * effect.high < 0
    ends = sorted((abs(effect.low), abs(effect.high)))
    low, high = voice.range(name, *ends)
    inside = voice.say("range_inside", low=low, high=high)
    spread = {"range": "" if across else inside}
    if name in _TOLD_AS_PEOPLE:
        told = [
            voice.plural(f"effect_{name}", round(effect.mean), count=voice.count(name, effect.mean), **spread)
        ]
    else:
        change = voice.change(name, effect.mean)
        told = [voice.say_or(f"effect_{name}", "effect_other", label=label, change=change, **spread)]
    if across:
        low, high = voice.count(name, effect.low), voice.change(name, effect.high)
        told.append(voice.say("range_across", low=low, high=high))
    if voice.kind(name) == "per_1000" and voice.comparison.calibrated:
        each_year = about(yearly(voice.comparison, abs(effect.mean) * effect.n / 1000))
        told.append(voice.say("per_year", count=voice.number(each_year)))
    return told


def _sureness(voice: Voice, effect: Effect, stands: Level) -> str:
    worlds, threshold = effect.count, voice.amount(effect.indicator, effect.threshold)
    if stands.side == "early":
        return voice.say("sure_early", needed=FEWEST_WORLDS)
    if stands.side == "same":
        return voice.say("sure_same", threshold=threshold, futures=stands.futures, worlds=worlds)
    if stands.side == "unknown":
        better, worse = effect.futures(effect.p_better), effect.futures(effect.p_worse)
        return voice.say("sure_unknown", better=better, worse=worse, worlds=worlds, threshold=threshold)
    often = voice.say(stands.often, futures=stands.futures, worlds=worlds)
    assumed = len(voice.comparison.assumed)
    condition = voice.plural("if_assumed", assumed, count=assumed) if assumed else ""
    name = voice.say_or(f"name_{voice.leading}", "name_other")
    told = voice.say(f"sure_{stands.side}", often=often, condition=condition, name=name)
    return f"{told} {voice.say(f'beyond_{stands.side}', threshold=threshold)}"


def _doubt(voice: Voice) -> str:
    """The assumed figure that goes with the effect from world to world, if one does."""
    comparison = voice.comparison
    assumed = comparison.assumed
    if not comparison.action.rests_on:
        return voice.say("doubt_untold")
    if not assumed:
        return voice.say("doubt_none")
    change = comparison.by_world(voice.leading)
    weight = {}
    for figure in assumed:
        drawn = [comparison.draws.get(world, {}).get(figure.path, np.nan) for world in change.index]
        ranks = pd.Series(drawn, index=change.index, dtype=float).rank()
        if len(ranks.dropna()) >= FEWEST_WORLDS and ranks.nunique() > 1 and change.nunique() > 1:
            weight[figure.label[voice.lang]] = abs(ranks.corr(change.rank()))
    label = max(weight, key=lambda one: weight[one], default="")
    if label and weight[label] >= _DECIDES:
        first = voice.say("doubt_decides", label=label)
    else:
        first = voice.plural("doubt_shared", len(assumed), count=len(assumed))
        first += f" {voice.say('doubt_alone')}" if len(weight) > 1 else ""
    grades = [number.grade for number in comparison.action.rests_on]
    measured = grades.count("measured_in_france")
    between = len(grades) - measured - len(assumed)
    return f"{first} {voice.say('solidity', measured=measured, between=between, assumed=len(assumed))}"


def _local(voice: Voice) -> str:
    given, wanted = voice.comparison.local_figures
    return voice.plural("local_few" if given < wanted else "local_all", given, given=given, wanted=wanted)


def _warnings(voice: Voice, effect: Effect) -> tuple[str, ...]:
    comparison, told = voice.comparison, []
    if not comparison.calibrated:
        told.append(voice.say("not_calibrated"))
    if comparison.money_share is not None and comparison.money_share < 1:
        told.append(voice.say("money_short", share=voice.number(comparison.money_share * 100)))
    if voice.leading in comparison.france:
        miss = voice.number(abs(comparison.france[voice.leading]) * 100)
        told.append(voice.say("france_missed", label=voice.label(voice.leading), miss=miss))
    if level(effect).side != "early":
        told += _delay(voice, effect)
    return tuple(told)


def _delay(voice: Voice, effect: Effect) -> list[str]:
    """A mean over those who got in misleads when their number changes: say who is missing from it."""
    comparison = voice.comparison
    name = next((one for one in _MEAN_DELAYS if comparison.has(one)), "")
    if not name or not comparison.has(UNSERVED):
        return []
    longer, left_out = comparison.difference(name).mean, comparison.difference(UNSERVED).mean
    days = voice.amount(name, longer)
    if longer >= _SMALLEST_DELAY and left_out <= -_FEWEST_MORE_SERVED:
        served = -left_out if voice.leading != LEADING else effect.mean
        sure = level(effect).side == "better"
        more = [voice.say("more_answered", count=voice.number(served))] if sure else []
        return [*more, voice.say("delay_rises", days=days)]
    if longer <= -_SMALLEST_DELAY and left_out > 0:
        return [voice.say("delay_falls", days=days, count=voice.number(left_out))]
    return []
