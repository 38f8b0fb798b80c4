"""Four figures in a fixed order and the rest folded (cases): no delay without those who got no answer."""

import math
from typing import NamedTuple

from experiments.consequences import CONSULTATIONS, HOURS, MONEY, UNSERVED, WAIT
from experiments.effect import FEWEST_WORLDS, Effect
from experiments.wording import Voice, level

_FIXED = (UNSERVED, HOURS, MONEY)
_COUNTED = (HOURS, CONSULTATIONS, MONEY)
_RANGED = (HOURS, MONEY)  # told beside the figure; a share of futures says it of the others


class Tile(NamedTuple):
    """One figure today and with the action; `side` chooses the colour, better and worse as strong as each other.

    `range` holds nine futures out of ten; it is empty until there are enough of them.
    """

    indicator: str
    label: str
    today: str
    then: str
    change: str
    range: str
    side: str
    word: str
    folded: bool
    grey: bool
    note: str
    effect: Effect


def tiles(voice: Voice) -> tuple[Tile, ...]:
    """The leading indicator, the unserved, carers' hours, euros; then, folded, all the others."""
    shown = [name for name in dict.fromkeys((voice.leading, *_FIXED)) if voice.comparison.has(name)]
    others = [
        name for name in voice.comparison.indicators if name not in shown and voice.comparison.has(name)
    ]
    return tuple(_tile(voice, name, name in others) for name in (*shown, *others))


def is_delay(indicator: str) -> bool:
    """Whether it is measured on those who got in only."""
    return indicator == WAIT or indicator.startswith(("delay_", "same_day_"))


def _tile(voice: Voice, indicator: str, folded: bool) -> Tile:
    comparison = voice.comparison
    effect = comparison.difference(indicator)
    missed = comparison.france.get(indicator)
    side = _side(voice, effect)
    ranged = "" if effect.count < FEWEST_WORLDS else _range(voice, effect)
    notes = []
    if indicator in _RANGED and ranged:
        notes.append(voice.say("tile_range", label=voice.label(indicator), range=ranged))
    if missed is not None:
        notes.append(voice.say("tile_grey", miss=voice.number(abs(missed) * 100)))
    if is_delay(indicator) and comparison.has(UNSERVED):
        unserved = comparison.difference(UNSERVED)
        notes.append(
            voice.say(
                "tile_unserved",
                before=voice.number(unserved.baseline),
                after=voice.number(unserved.alternative),
            )
        )
    return Tile(
        indicator=indicator,
        label=voice.label(indicator),
        today=voice.standing(indicator, effect.baseline),
        then=voice.standing(indicator, effect.alternative),
        change=_change(voice, effect),
        range=ranged,
        side=side,
        word=voice.say(f"tile_{side}"),
        folded=folded,
        grey=missed is not None,
        note=" ; ".join(notes),
        effect=effect,
    )


def _side(voice: Voice, effect: Effect) -> str:
    """What has no good side or no useful difference is not judged: the model cannot say if it matters."""
    if effect.indicator in _COUNTED:
        nothing = voice.is_nothing(effect.indicator, effect.mean)
        return "unchanged" if nothing and not math.isnan(effect.mean) else "price"
    indicator = voice.comparison.indicators[effect.indicator]
    if indicator.better == "none" or not indicator.useful_difference:
        return "unjudged"
    return level(effect).side


def _change(voice: Voice, effect: Effect) -> str:
    if math.isnan(effect.mean):
        return ""
    nothing = voice.is_nothing(effect.indicator, effect.mean)
    return voice.say("tile_unchanged") if nothing else voice.change(effect.indicator, effect.mean)


def _range(voice: Voice, effect: Effect) -> str:
    low, high = effect.low, effect.high
    if math.isnan(low) or (
        voice.is_nothing(effect.indicator, low) and voice.is_nothing(effect.indicator, high)
    ):
        return ""
    if low < 0:  # each end says which way it goes
        low_told, high_told = voice.count(effect.indicator, low), voice.change(effect.indicator, high)
    else:
        low_told, high_told = voice.range(effect.indicator, low, high)
    return voice.say("range_tile", low=low_told, high=high_told)
