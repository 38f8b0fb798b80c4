"""Four figures in a fixed order and the rest folded (cases): no delay without those who got no answer."""

from typing import NamedTuple

from experiments.consequences import CONSULTATIONS, HOURS, MONEY, UNSERVED, WAIT
from experiments.effect import Effect
from experiments.wording import Voice, level

_FIXED = (UNSERVED, HOURS, MONEY)
_COUNTED = (HOURS, CONSULTATIONS, MONEY)


class Tile(NamedTuple):
    """One figure today and with the action; `side` chooses the colour, better and worse as strong as each other."""

    indicator: str
    label: str
    today: str
    then: str
    change: str
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
    side = "price" if indicator in _COUNTED else level(effect).side
    notes = []
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
        change=voice.change(indicator, effect.mean),
        side=side,
        word=voice.say(f"tile_{side}"),
        folded=folded,
        grey=missed is not None,
        note=" ; ".join(notes),
        effect=effect,
    )
