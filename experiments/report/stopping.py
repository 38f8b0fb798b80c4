"""Were there enough months before, and enough pairs (mise en route, arrêt): A9, from the runs of the very study."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments.outcome import NINE_IN_TEN, Outcome
from experiments.report.document import Block, Figure, Table
from experiments.report.figures import INK, LUCK, UNKNOWN, figure_of
from experiments.warm_up import WarmUp, months_of
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

SIZE = (7.4, 2.8)
"""Inches."""


def stopping(outcome: Outcome, lang: str) -> Iterator[Block]:
    """A9: the stopping rule and whether it was met, the warm-up and what two looks at its months say."""
    indicator = outcome.study.protocol.primary
    warm_up = months_of(outcome.study, indicator)
    rows = [*_pairs(outcome, lang), *_months(outcome, warm_up, lang)]
    heads = tuple(say(f"report.head_{name}", lang) for name in ("what", "told"))
    yield Table("A9-stopping", say("report.table_stopping", lang), heads, tuple(rows))
    if warm_up is not None and len(warm_up.months) > 1:
        label = outcome.comparison.indicators[indicator].label[lang]
        yield _figure(warm_up, label, lang)


def _pairs(outcome: Outcome, lang: str) -> Iterator[tuple[str, str]]:
    chance, comparison = outcome.study.protocol.uncertainty.chance, outcome.comparison
    yield (
        say("report.stop_pairs", lang),
        say("report.stop_pairs_told", lang, luck=comparison.luck, pilot=chance.pilot, most=chance.most),
    )
    for indicator, wanted in chance.half_width.items():
        label = comparison.indicators[indicator].label[lang]
        for name in outcome.study.names:
            luck = comparison.of(name).by_world(indicator, "luck").dropna()
            found = (
                NINE_IN_TEN * float(luck.std(ddof=1)) / math.sqrt(len(luck)) if len(luck) > 1 else math.inf
            )
            key = "stop_met" if found <= wanted else "stop_not_met"
            title = comparison.actions[name].title
            yield (
                say("report.stop_rule", lang, label=label, scenario=title.get(lang) or name),
                say(f"report.{key}", lang, found=number(found, lang, 2), wanted=number(wanted, lang)),
            )


def _months(outcome: Outcome, found: WarmUp | None, lang: str) -> Iterator[tuple[str, str]]:
    yield say("report.warm_days", lang), number(outcome.study.baseline.warm_up_days, lang)
    if found is None:
        yield say("report.warm_rule", lang), say("report.warm_not_looked_at", lang)
        return
    if found.mser is None:
        yield say("report.warm_rule", lang), say("report.warm_too_few", lang, months=len(found.months))
        return
    key = "warm_enough" if found.is_long_enough else "warm_short"
    told = {"mser": found.mser, "months": found.warm_up}
    yield say("report.warm_rule", lang), say(f"report.{key}", lang, **told)


def _figure(found: WarmUp, label: str, lang: str) -> Figure:
    caption = say("report.caption_warm_up", lang, label=label)
    return figure_of(_drawn(found, label, lang), "A9-warm-up", caption)


def _drawn(found: WarmUp, label: str, lang: str) -> Drawing:
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=SIZE, layout="constrained")
    axes = drawing.subplots()
    ranks = range(len(found.months))
    axes.plot(ranks, found.months, "o", color=UNKNOWN, markersize=4, label=say("report.legend_month", lang))
    axes.plot(ranks, found.smooth, color=LUCK, label=say("report.legend_smooth", lang))
    axes.axvline(found.warm_up - 0.5, color=INK, linewidth=0.8, label=say("report.legend_counted", lang))
    every = max(1, len(found.months) // 8)
    axes.set_xticks(list(ranks)[::every], list(found.months.index)[::every], fontsize=8)
    axes.set_ylabel(label, fontsize=8)
    axes.yaxis.set_major_formatter(lambda value, _: number(value, lang))
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    drawing.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=8)
    return drawing
