"""Is it worth its money (bilan économique): net benefit over what an answer may be worth, the plane, acceptability."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.action import LEADING
from experiments.consequences import CONSULTATIONS, HOURS, yearly
from experiments.economics import Flows, flows, net_benefits
from experiments.effect import Comparison
from experiments.protocol_parts import Economics
from experiments.report.document import Block, Figure, Heading, Paragraph, Table
from experiments.report.figures import figure_of, titled
from experiments.wording import about
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

STEPS = 41
"""Points of a curve."""
SIZE = (7.4, 3.4)
"""Inches."""


def worth(comparison: Comparison, asked: Economics, lang: str) -> Iterator[Block]:
    """Money and answers of every alternative, weighed as the protocol says; nothing where they were not counted."""
    found = {name: flows(comparison.of(name), asked.discount) for name in comparison.actions}
    known = {name: one for name, one in found.items() if one is not None and len(one.answers)}
    if not known:
        return
    yield Heading(say("report.worth", lang))
    several = len(comparison.years(LEADING)) or ""
    told = {
        "year": asked.price_year or "",
        "years": several,
        "discount": asked.discount * 100 if several else "",
    }
    yield Paragraph(say("report.worth_how", lang, **told))
    if "insurer" in asked.perspectives:
        yield table(comparison, known, asked, lang)
        yield figure(comparison, known, asked, lang)
    if "carers_time" in asked.perspectives:
        yield time(comparison, lang)


def table(comparison: Comparison, known: dict[str, Flows], asked: Economics, lang: str) -> Table:
    """Net benefit at each value of an answer, and in how many futures it is a gain."""
    rows = []
    for name, found in known.items():
        for net in net_benefits(found, asked.wtp):
            rows.append((
                titled(comparison, name, lang), number(net.value, lang), number(float(found.answers.mean()), lang, 0),
                number(about(float(found.money.mean())), lang, 0), number(about(net.mean), lang, 0),
                say("report.between", lang, low=number(about(net.low), lang, 0), high=number(about(net.high), lang, 0)),
                say("report.futures_of", lang, futures=net.futures, worlds=len(found.answers)),
            ))  # fmt: skip
    heads = ("scenario", "wtp", "extra_answers", "extra_money", "net", "unknown", "gain")
    caption = say("report.table_worth", lang)
    return Table("net-benefit", caption, tuple(say(f"report.head_{one}", lang) for one in heads), tuple(rows))


def time(comparison: Comparison, lang: str) -> Table:
    """The other perspective: hours of carers, and the visits they equal; never added to euros, for indemnities would
    then count twice.
    """
    rows = []
    for name in comparison.actions:
        one = comparison.of(name)
        cells = [
            number(about(yearly(one, one.difference(each).mean)), lang, 0) if one.has(each) else "–"
            for each in (HOURS, CONSULTATIONS)
        ]
        rows.append((titled(comparison, name, lang), *cells))
    heads = ("scenario", "extra_hours", "extra_consultations")
    caption = say("report.table_time", lang)
    return Table("carers-time", caption, tuple(say(f"report.head_{one}", lang) for one in heads), tuple(rows))


def figure(comparison: Comparison, known: dict[str, Flows], asked: Economics, lang: str) -> Figure:
    """The plane, a dot for each future; beside it how often it is worth it, by what an answer is worth."""
    drawing = _drawn(comparison, known, asked, lang)
    return figure_of(drawing, "worth", say("report.caption_worth", lang))


def _drawn(comparison: Comparison, known: dict[str, Flows], asked: Economics, lang: str) -> Drawing:
    from matplotlib import colormaps
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=SIZE, layout="constrained")
    plane, curve = drawing.subplots(1, 2)
    values = np.linspace(0, max([*asked.wtp, 1.0]), STEPS).tolist()
    colours, marks = colormaps["tab10"], "osD^vPX*<>"
    for rank, (name, found) in enumerate(known.items()):
        look: dict[str, Any] = {"color": colours(rank % colours.N), "marker": marks[rank % len(marks)]}
        label = titled(comparison, name, lang)
        plane.scatter(found.answers, found.money, s=16, alpha=0.7, label=label, **look)
        often = [100 * one.futures / len(found.answers) for one in net_benefits(found, values)]
        curve.plot(values, often, markevery=8, markersize=4, **look)
    for axis in (plane.axhline, plane.axvline):
        axis(0, color="#1d2733", linewidth=0.8)
    plane.set_xlabel(say("report.head_extra_answers", lang))
    plane.set_ylabel(say("report.head_extra_money", lang))
    curve.set_xlabel(say("report.head_wtp", lang))
    curve.set_ylabel(say("report.axis_worth_it", lang))
    curve.set_ylim(-3, 103)
    for axes in (plane, curve):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
        for axis in (axes.xaxis, axes.yaxis):
            axis.label.set_size(8)
            axis.set_major_formatter(lambda value, _: number(value, lang))
    drawing.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=8)
    return drawing
