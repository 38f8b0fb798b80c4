"""The ledger of assumptions put into words (registre des hypothèses): one sentence, then a line for each figure."""

import re
from typing import TYPE_CHECKING, NamedTuple

from experiments.assumptions import Entry, Ledger
from experiments.effect import FEWEST_WORLDS
from experiments.wording import Voice
from texts import say

if TYPE_CHECKING:
    from simulation.parameters import Number


class Line(NamedTuple):
    """One figure as it is printed; `result` is empty when its ends were not simulated."""

    label: str
    value: str
    range: str
    result: str
    grade: str
    right_way: bool | None
    learned: str = ""
    """How much the fit narrowed the figure."""


def at_worst(voice: Voice) -> str:
    """What is left of the answer at the end of the range that harms it most; nothing when it was not simulated."""
    ledger = voice.comparison.ledgers.get(voice.comparison.alternative)
    worst = None if ledger is None else ledger.worst
    if ledger is None or worst is None or ledger.indicator != voice.leading:
        return ""
    if voice.comparison.worlds < FEWEST_WORLDS:
        return ""
    if worst.at is None:
        return voice.say("worst_none")
    return voice.say(
        "worst_assumed" if worst.figure.grade == "assumed" else "worst_known",
        label=worst.figure.label[voice.lang],
        value=figure_told(voice, worst.figure, worst.at),
        outcome=_outcome(voice, ledger, worst),
    )


def lines(voice: Voice) -> tuple[Line, ...]:
    """Every figure under the levers, in the order in which the levers name them."""
    ledger = voice.comparison.ledgers.get(voice.comparison.alternative)
    return () if ledger is None else tuple(_line(voice, ledger, one) for one in ledger.entries)


def _line(voice: Voice, ledger: Ledger, entry: Entry) -> Line:
    figure, result = entry.figure, ""
    if entry.difference is not None:
        change = voice.count(ledger.indicator, entry.difference)
        at = "" if entry.at is None else figure_told(voice, figure, entry.at)
        result = voice.say("ledger_result", change=change, at=at)
    told_twice = figure.unit == "euros"  # the sign stands before the number in one language
    low = figure_told(voice, figure, figure.low) if told_twice else bare_figure(voice, figure, figure.low)
    return Line(
        label=figure.label[voice.lang],
        value=figure_told(voice, figure, entry.value),
        range=voice.say("range_tile", low=low, high=figure_told(voice, figure, figure.high)),
        result=result,
        grade=figure.grade,
        right_way=entry.right_way,
        learned=voice.say("percent", value=round(100 * max(entry.contraction, 0.0))),
    )


def _outcome(voice: Voice, ledger: Ledger, worst: Entry) -> str:
    """How a gain shrinks or turns, or how a loss grows."""
    before, after = ledger.central or 0.0, worst.difference or 0.0
    sign = -1.0 if voice.comparison.indicators[ledger.indicator].better == "lower" else 1.0
    amount = voice.amount(ledger.indicator, after)
    if voice.is_nothing(ledger.indicator, before):
        return voice.say("outcome_appears", amount=amount)
    if sign * before < 0:
        return voice.say("outcome_grows", amount=amount)
    falls = sign * after >= 0 or voice.is_nothing(ledger.indicator, after)
    return voice.say("outcome_falls" if falls else "outcome_turns", amount=amount)


def figure_told(voice: Voice, number: "Number", value: float) -> str:
    """A value of one of the model's own figures, with its unit: 50 %, 10 minutes."""
    if _is_share(number):
        return voice.say("percent", value=bare_figure(voice, number, value))
    if number.unit in ("days", "hours", "minutes"):
        return voice.plural(number.unit, value, value=bare_figure(voice, number, value))
    if number.unit == "euros":
        return voice.say("euros", value=bare_figure(voice, number, value))
    try:
        unit = say(f"cli.measure_{re.sub(r'[^a-z0-9]+', '_', number.unit.lower()).strip('_')}", voice.lang)
    except KeyError:
        unit = number.unit
    return voice.say("figure", value=bare_figure(voice, number, value), unit=unit)


def bare_figure(voice: Voice, number: "Number", value: float) -> str:
    """The same without its unit, shares in hundredths."""
    return voice.number(round(value * 100, 1) if _is_share(number) else round(value, 3), None)


def _is_share(number: "Number") -> bool:
    return number.unit.startswith("share") or number.unit == "probability"
