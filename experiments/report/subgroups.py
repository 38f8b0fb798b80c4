"""The primary outcome group by group (sous-groupes): those decided beforehand, adjusted for looking at many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.effect import Effect
from experiments.outcome import Outcome
from experiments.report.contents import titled
from experiments.report.document import Block, Figure, Paragraph, Table
from experiments.report.figures import BAND, INK, UNKNOWN, figure_of
from experiments.variance import adjusted, chance_alone
from experiments.wording import Voice
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

FALSE_DISCOVERIES = 0.05
"""Share of the groups found to differ by more than chance that may be found so by chance."""
WIDE, HIGH, EACH = 7.4, 1.1, 0.26
"""Inches: how wide, how high without any row, and a row."""
MOST_PANELS, TITLE, LABEL = 6, 16, 26
"""Scenarios drawn side by side; letters of a line of their titles, and of the name of a group."""


class Found(NamedTuple):
    """One group under one scenario: its name, what changes, and how often chance alone would show as much."""

    scenario: str
    group: str
    effect: Effect
    chance: float
    is_found: bool
    """Whether it is more than chance once adjusted over all groups and scenarios."""


def subgroups(outcome: Outcome, lang: str) -> Iterator[Block]:
    """The groups that the protocol names: a figure, and a table; nothing where it names none."""
    found = looked_at(outcome)
    if not found:
        return
    yield _figure(outcome, found, lang)
    yield _table(outcome, found, lang)
    yield Paragraph(say("report.subgroups_how", lang, share=round(100 * FALSE_DISCOVERIES)))


def looked_at(outcome: Outcome) -> list[Found]:
    """Every group of the kinds that were decided, large enough to be named, under every scenario."""
    protocol, comparison = outcome.study.protocol, outcome.comparison
    levels: dict[str, float] = {}
    effects: dict[str, tuple[str, str, Effect]] = {}
    for name in protocol.scenarios:
        one = comparison.of(name)
        if not one.has(protocol.primary):
            continue
        for group, members in _groups(one.groups(protocol.primary), protocol.subgroups).items():
            effect = one.difference(protocol.primary, members)
            if effect.count == one.worlds:
                key = f"{name} {group}"
                effects[key] = (name, group, effect)
                levels[key] = chance_alone(one, protocol.primary, members)
    by_chance = adjusted(levels, "fdr")
    return [Found(*effects[key], by_chance[key], by_chance[key] <= FALSE_DISCOVERIES) for key in effects]


def _groups(known: Mapping[str, tuple[str, ...]], asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Groups of the kinds asked, kind after kind as they were written."""
    return {name: known[name] for kind in asked for name in sorted(known) if name.partition(":")[0] == kind}


def _table(outcome: Outcome, found: Sequence[Found], lang: str) -> Table:
    comparison, indicator = outcome.comparison, outcome.study.protocol.primary
    rows = []
    for one in found:
        voice = Voice(comparison.of(one.scenario), lang, indicator)
        effect = one.effect
        between = say(
            "report.between", lang, low=voice.signed(indicator, effect.low), high=voice.signed(indicator, effect.high)
        )  # fmt: skip
        rows.append((
            titled(comparison, one.scenario, lang), voice.group(one.group), voice.signed(indicator, effect.mean),
            between,
            say("report.futures_of", lang, futures=effect.futures(effect.p_better), worlds=effect.count),
            say("report.futures_of", lang, futures=effect.futures(effect.p_worse), worlds=effect.count),
            number(one.chance, lang, 3), say("report.it_is" if one.is_found else "report.it_is_not", lang),
        ))  # fmt: skip
    names = ("scenario", "group", "change", "unknown", "better", "worse", "chance_alone", "beyond_chance")
    heads = tuple(say(f"report.head_{name}", lang) for name in names)
    caption = say("report.table_subgroups", lang, label=comparison.indicators[indicator].label[lang])
    return Table("subgroups", caption, heads, tuple(rows))


def _figure(outcome: Outcome, found: Sequence[Found], lang: str) -> Figure:
    label = outcome.comparison.indicators[outcome.study.protocol.primary].label[lang]
    caption = say("report.caption_subgroups", lang, label=label)
    return figure_of(_drawn(outcome, found, lang, label), "subgroups", caption)


def _drawn(outcome: Outcome, found: Sequence[Found], lang: str, label: str) -> Drawing:
    from matplotlib.figure import Figure as Drawing

    comparison, indicator = outcome.comparison, outcome.study.protocol.primary
    names = list(dict.fromkeys(one.scenario for one in found))[:MOST_PANELS]
    groups = list(dict.fromkeys(one.group for one in found))
    voice = Voice(comparison, lang, indicator)
    drawing = Drawing(figsize=(WIDE, HIGH + EACH * len(groups)), layout="constrained")
    panels = np.atleast_1d(drawing.subplots(1, len(names), sharey=True, sharex=True))
    threshold = comparison.indicators[indicator].useful_difference or 0.0
    for axes, name in zip(panels, names, strict=True):
        axes.axvspan(-threshold, threshold, color=BAND, zorder=0)
        axes.axvline(0, color=INK, linewidth=0.8)
        for one in found:
            if one.scenario == name:
                row, effect = len(groups) - 1 - groups.index(one.group), one.effect
                axes.plot((effect.low, effect.high), (row, row), color=UNKNOWN, linewidth=2)
                face = UNKNOWN if one.is_found else "white"
                axes.plot(effect.mean, row, "o", color=UNKNOWN, markerfacecolor=face, markersize=5)
        axes.set_title(fill(titled(comparison, name, lang), TITLE), fontsize=7)
        axes.xaxis.set_major_formatter(lambda value, _: number(value, lang))
        axes.tick_params(axis="x", labelsize=7)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
    rows = [fill(voice.group(group), LABEL) for group in reversed(groups)]
    panels[0].set_yticks(range(len(groups)), rows, fontsize=7)
    drawing.supxlabel(say("report.unit_of_difference", lang, label=label), fontsize=8)
    return drawing
