"""Who gains and who loses, group by group (qui y gagne, qui y perd): counts of futures, never a name of few people."""

from typing import NamedTuple

from experiments.effect import Effect
from experiments.wording import Voice, level

KINDS = ("basin", "age", "ald", "deprived", "car")
"""Ways in which people are parted, in the order of the table."""


class Share(NamedTuple):
    """What one group sees on the leading indicator: mean change, futures where it is useful or harmful."""

    group: str
    label: str
    change: str
    side: str
    better: int
    worse: int
    futures: int
    effect: Effect


def shares(voice: Voice) -> tuple[Share, ...]:
    """One row for each group large enough to be named in every future, kind after kind."""
    comparison = voice.comparison
    found = comparison.groups(voice.leading)
    ranked = sorted(
        (name for name in found if _kind(name) in KINDS), key=lambda one: (KINDS.index(_kind(one)), one)
    )
    told = (_share(voice, name, comparison.difference(voice.leading, found[name])) for name in ranked)
    return tuple(one for one in told if one.futures == comparison.worlds)


def _kind(group: str) -> str:
    return group.partition(":")[0]


def _share(voice: Voice, group: str, effect: Effect) -> Share:
    return Share(
        group=group,
        label=voice.group(group),
        change=voice.change(voice.leading, effect.mean),
        side=level(effect).side,
        better=effect.futures(effect.p_better),
        worse=effect.futures(effect.p_worse),
        futures=effect.count,
        effect=effect,
    )
