"""Is it worth its money (bilan): what one more answer would have to be worth, counted in simulated futures.

Money is what the missions are paid, carers' indemnities for meetings included; the rest of their time is not in
it. A cost for each extra answer is told only when extra answers are sure, for a ratio to nothing means nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.action import LEADING
from experiments.consequences import MONEY, yearly
from experiments.effect import FEWEST_WORLDS, Comparison
from experiments.wording import SCALE, Voice, about

VALUES = (0, 20, 50, 100, 200)
"""Euros that one more answered request may be worth to whoever pays; nobody knows which."""
_NINE_IN_TEN = (0.05, 0.95)


class Benefit(NamedTuple):
    """In how many futures the extra answers, at so many euros each, are worth more than the extra money."""

    value: int
    futures: int


class Cost(NamedTuple):
    """Euros for one more answer: extra money over extra answers, and nine futures out of ten."""

    mean: float
    low: float
    high: float


class Net(NamedTuple):
    """What extra answers are worth less what they cost, at so many euros each: nine futures of ten, and how often
    it is a gain.
    """

    value: float
    mean: float
    low: float
    high: float
    futures: int


class Flows(NamedTuple):
    """Extra answers and extra euros in each world; of a year, or of several, the later ones counting less."""

    answers: pd.Series
    money: pd.Series


class Economics(NamedTuple):
    """Extra answers and extra money of a year, what they are worth together, and the cost of an answer if any."""

    answers: float
    money: float
    worlds: int
    benefits: tuple[Benefit, ...]
    cost: Cost | None


def economics(comparison: Comparison) -> Economics | None:
    """Count it over worlds; nothing when money or answers were not counted, or too few futures lived."""
    if not (comparison.has(LEADING) and comparison.has(MONEY)) or comparison.worlds < FEWEST_WORLDS:
        return None
    answers, money = _flows(comparison, "all", yearly(comparison, 1.0))
    told = [Benefit(value, int((value * answers - money > 0).sum())) for value in VALUES]
    return Economics(
        float(answers.mean()), float(money.mean()), len(answers), tuple(told), _cost(answers, money)
    )


def flows(comparison: Comparison, discount: float = 0.0) -> Flows | None:
    """Extra answers and money of each world, summed over the years where they are told one by one.

    The first year counts whole, each later one less by `discount` (0.025: 2.5 % a year), in money and in answers.
    """
    if not (comparison.has(LEADING) and comparison.has(MONEY)):
        return None
    years = [effect.group for effect in comparison.years(LEADING)]
    if not years:
        a_year = yearly(comparison, 1.0)
        return _flows(comparison, "all", a_year)
    each = [_flows(comparison, group, (1 + discount) ** -rank) for rank, group in enumerate(years)]
    return Flows(sum_of([one.answers for one in each]), sum_of([one.money for one in each]))


def sum_of(parts: Sequence[pd.Series]) -> pd.Series:
    """Add year to year, world by world."""
    return pd.concat(parts, axis=1).sum(axis=1, skipna=False)


def _flows(comparison: Comparison, group: str, weight: float) -> Flows:
    asked = comparison.of_all(LEADING, "world", group)
    answers = ((asked["alternative_value"] - asked["baseline"]) * asked["n"] / 1000 * weight).dropna()
    paid = comparison.of_all(MONEY, "world", group)
    money = (paid["alternative_value"] - paid["baseline"]).reindex(answers.index) * weight
    return Flows(answers, money)


def net_benefits(found: Flows, values: Sequence[float]) -> tuple[Net, ...]:
    """What is gained at each value of an answer (bénéfice net)."""
    told = []
    for value in values:
        net = value * found.answers - found.money
        low, high = np.quantile(net, _NINE_IN_TEN)
        told.append(Net(value, float(net.mean()), float(low), float(high), int((net > 0).sum())))
    return tuple(told)


def told_worth(voice: Voice, counted: Economics | None) -> str:
    """From which value on the money is covered most often; nothing is said of an action that costs no money."""
    if counted is None or counted.money < 1:
        return ""
    enough = [one for one in counted.benefits if one.futures * 100 >= SCALE["most"] * counted.worlds]
    if enough:
        first = enough[0]
        return voice.say("worth_from", value=first.value, futures=first.futures, worlds=counted.worlds)
    last = counted.benefits[-1]
    told = {"value": last.value, "futures": last.futures, "worlds": counted.worlds}
    return voice.plural("worth_never", last.futures, **told)


def told_cost(voice: Voice, counted: Economics | None) -> str:
    """The cost of one more answer with its range, or why there is none."""
    if counted is None or counted.money < 1:
        return ""
    if counted.cost is None:
        return voice.say("cost_untold")
    mean, low, high = (voice.number(about(one)) for one in counted.cost)
    return voice.say("cost_told", mean=mean, low=low, high=high)


def _cost(answers: pd.Series, money: pd.Series) -> Cost | None:
    if not np.quantile(answers, _NINE_IN_TEN[0]) > 0 or not money.mean() > 0:
        return None
    each = np.where(answers > 0, money / answers, np.inf)  # where nothing is gained, no sum buys an answer
    low, high = np.quantile(each, _NINE_IN_TEN, method="inverted_cdf")
    return Cost(float(money.mean() / answers.mean()), float(low), float(high))
