"""What a calibration is told as (rapport de calage): what was met of France, and what was learned of each figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import get_args

from calibration.predicted import Band, Learned, Met
from calibration.targets import Use
from experiments.report.document import Block, Document, Heading, Paragraph, Table
from simulation.indicators import INDICATORS
from texts import names, number, say

LITTLE = 0.2
"""Contraction under which nothing was learned of a figure: what rests on it rests on an assumption."""


def document(
    met: Sequence[Met], learned: Sequence[Learned], spent: int, place: str, lang: str, stamp: str
) -> Document:
    """The whole report in one language; `spent` counts the years that were simulated."""
    blocks: list[Block] = [
        Paragraph(say("calibrate.about", lang, place=place, spent=spent, figures=len(learned)), True)
    ]
    for use in get_args(Use):
        if any(one.target.use == use for one in met):
            blocks += [Heading(say(f"validation.{use}", lang)), *used(use, met, lang)]
    blocks += [
        Heading(say("calibrate.learned", lang)),
        Paragraph(learned_words(learned, lang)),
        learned_table(learned, lang),
    ]
    return Document(say("calibrate.title", lang, place=place), lang, stamp, tuple(blocks))


def used(use: Use, met: Sequence[Met], lang: str) -> list[Block]:
    """Figures of one use: how many are found again, the table, and what each miss says of the model."""
    some = [one for one in met if one.target.use == use]
    return [Paragraph(met_words(some, lang)), met_table(use, some, lang), *readings(some, lang)]


def met_table(name: str, met: Sequence[Met], lang: str) -> Table:
    """Figure, what was observed, median and 90 % before and after, inside or not, width against before."""
    heads = ["figure", "france", "year", "before", "after", "inside", "narrowing"]
    if any(one.futures for one in met):
        heads.insert(5, "futures")
    rows = tuple(tuple(cells_of(one, lang)[head] for head in heads) for one in met)
    return Table(name, say(f"calibrate.{name}_caption", lang), _heads(heads, lang), rows)


def learned_table(learned: Sequence[Learned], lang: str) -> Table:
    """Fitted figure, range, before, after, how much was learned, how it is known."""
    heads = ("setting", "range", "before", "after", "contraction", "grade")
    rows = tuple(
        (
            one.number.label[lang],
            say("calibrate.span", lang, low=_plain(one.number.low, lang), high=_plain(one.number.high, lang)),
            _band(one.before, lang, ""),
            _band(one.after, lang, ""),
            say("calibrate.percent", lang, value=round(100 * max(one.contraction, 0.0))),
            say(f"report.grade_{one.number.grade}", lang),
        )
        for one in learned
    )
    return Table("learned", say("calibrate.learned_caption", lang), _heads(heads, lang), rows)


def name_of(met: Met, lang: str) -> str:
    """What a figure is, and of whom."""
    label = INDICATORS[met.target.indicator].label[lang]
    kind, _, ages = met.target.group.partition(":")
    return say("calibrate.of_ages", lang, label=label, ages=ages) if kind == "age" else label


def verdict_of(met: Met) -> str:
    """Found again, at the edge, or missed."""
    return "found" if met.is_central else "edge" if met.is_inside else "missed"


def verdict(met: Met, lang: str) -> str:
    """The same in words."""
    return say(f"calibrate.{verdict_of(met)}", lang)


def met_words(met: Sequence[Met], lang: str) -> str:
    """How many are found again, the names of those missed, and of those that points before the fit missed too."""
    missed = [one for one in met if not one.is_inside]
    told = say(
        "calibrate.counted", lang, whole=len(met),
        central=sum(one.is_central for one in met), inside=sum(one.is_inside for one in met),
    )  # fmt: skip
    if not missed:
        return told
    all_missed, beyond = (
        " ; ".join(name_of(one, lang) for one in some)
        for some in (missed, [one for one in missed if one.is_beyond])
    )
    return f"{told} {say('calibrate.missed_list', lang, names=all_missed, beyond=beyond)}"


def readings(met: Sequence[Met], lang: str) -> list[Paragraph]:
    """What each missed figure says of the model, where it was looked into."""
    missed = [(one, _reading_of(one)) for one in met if not one.is_inside]
    known = frozenset(names("calibrate"))
    return [
        Paragraph(f"{name_of(one, lang)} — {say(f'calibrate.{key}', lang)}")
        for one, key in missed
        if key in known
    ]


def learned_words(learned: Sequence[Learned], lang: str) -> str:
    """How many fitted figures taught nothing, and the names of those pushed against an end of their range."""
    little = sum(one.contraction < LITTLE for one in learned)
    pushed = [one.number.label[lang] for one in learned if one.is_pushed]
    told = say("calibrate.learned_about", lang, little=little, whole=len(learned))
    return told if not pushed else f"{told} {say('calibrate.pushed', lang, names=' ; '.join(pushed))}"


def _reading_of(met: Met) -> str:
    kind, _, group = met.target.group.partition(":")
    return "_".join(["reading", met.target.indicator, *([group.replace("-", "_")] if kind == "age" else [])])


def cells_of(one: Met, lang: str) -> dict[str, str]:
    """What is told of one figure, by the head of its column."""
    unit = one.target.unit
    low, value, high = (
        _figure(part, lang, unit) for part in (one.target.low, one.target.value, one.target.high)
    )
    known = not math.isnan(one.narrowing)
    return {
        "figure": name_of(one, lang),
        "france": say("calibrate.central", lang, middle=value, low=low, high=high),
        "year": one.target.year,
        "before": _band(one.before, lang, unit),
        "after": _band(one.after, lang, unit),
        "futures": _band(one.futures, lang, unit) if one.futures else "",
        "inside": verdict(one, lang),
        "narrowing": say("calibrate.times", lang, value=number(one.narrowing, lang, 2)) if known else "",
    }


def _band(band: Band, lang: str, unit: str) -> str:
    low, middle, high = (_figure(part, lang, unit) for part in (band.low, band.middle, band.high))
    return say("calibrate.central", lang, middle=middle, low=low, high=high)


def _figure(value: float, lang: str, unit: str) -> str:
    if unit.startswith("share"):
        return say("calibrate.percent", lang, value=number(100 * value, lang, 1))
    return _plain(value, lang)


def _plain(value: float, lang: str) -> str:
    """Three significant digits."""
    return number(float(f"{value:.3g}"), lang) if math.isfinite(value) else number(value, lang)


def _heads(names: Sequence[str], lang: str) -> tuple[str, ...]:
    return tuple(say(f"calibrate.head_{name}", lang) for name in names)
