"""What must not have moved (témoins négatifs): checked in the very runs of the study, on every indicator."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.consequences import CONSULTATIONS, HOURS, MONEY, followed
from experiments.effect import Comparison, Effect
from experiments.outcome import Outcome
from experiments.protocol import Control
from experiments.report.contents import RING, titled
from experiments.report.document import Block, Heading, Paragraph, Table
from experiments.wording import Voice
from texts import say

PRICES = frozenset((HOURS, CONSULTATIONS, MONEY))
"""What a control may move: the time and the money that it costs."""
SERVED_ONLY = "delay_"
"""Delays of those who were served are never told without those who were not."""
MOST_NAMED = 6


def controls(outcome: Outcome, lang: str) -> Iterator[Block]:
    """Every negative control: what it does to the primary outcome, and all else that it moved."""
    asked = outcome.study.protocol.controls
    if not asked:
        return
    yield Heading(say("report.controls", lang))
    rows = tuple(_row(outcome, one, lang) for one in asked)
    names = ("scenario", "group", "change", "within", "moved")
    heads = tuple(say(f"report.head_{name}", lang) for name in names)
    label = outcome.comparison.indicators[outcome.study.protocol.primary].label[lang]
    yield Table("controls", say("report.table_controls", lang, label=label), heads, rows)
    yield Paragraph(say("report.controls_how", lang))


def moved(comparison: Comparison, group: str = "all") -> list[tuple[str, Effect, int]]:
    """Indicators that leave the useful difference in some future, the most often first; hours and money set aside."""
    found = []
    for name in followed(comparison):
        if name in PRICES or name.startswith(SERVED_ONLY) or not comparison.has(name, group):
            continue
        effect = comparison.difference(name, group)
        beyond = effect.count - effect.futures(effect.p_within)
        if beyond:
            found.append((name, effect, beyond))
    return sorted(found, key=lambda one: -one[2])


def _row(outcome: Outcome, control: Control, lang: str) -> tuple[str, ...]:
    comparison, indicator = outcome.comparison.of(control.scenario), outcome.study.protocol.primary
    voice = Voice(comparison, lang, indicator)
    title = titled(comparison, control.scenario, lang)
    if control.group == "all":
        who = say("report.everybody", lang)
    elif control.group == RING:
        who = say("report.people_around", lang)
    else:
        who = voice.group(control.group)
    is_told = control.group in ("all", RING) or control.group in comparison.groups(indicator)
    if not is_told or not comparison.has(indicator, control.group):
        return title, who, "–", "–", say("report.too_few_to_tell", lang)
    effect = comparison.difference(indicator, control.group)
    beyond = moved(comparison, control.group)
    told = [
        say("report.moved_in", lang, label=voice.label(name), futures=count, worlds=one.count)
        for name, one, count in beyond[:MOST_NAMED]
    ]
    more = len(beyond) - MOST_NAMED
    if more > 0:
        told.append(say("report.moved_more", lang, count=more))
    within = say("report.futures_of", lang, futures=effect.futures(effect.p_within), worlds=effect.count)
    return (
        title,
        who,
        voice.signed(indicator, effect.mean),
        within,
        " ; ".join(told) or say("report.moved_none", lang),
    )
