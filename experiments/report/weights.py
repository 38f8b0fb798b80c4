"""What decides, as bars (ce qui décide): each unknown figure by its weight, its error, and how it is known."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from experiments.decides import Weight
from experiments.report.document import Figure
from experiments.report.figures import INK, figure_of
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

GRADES = {
    "assumed": "#c1440e",
    "derived": "#b8860b",
    "measured_elsewhere": "#4a90c2",
    "measured_in_france": "#0b4f8a",
}
"""Colour by how a figure is known; the legend says it too."""
MOST = 12
"""Figures that are drawn: those that weigh least are left to the table."""
WIDE, HIGH, EACH = 7.4, 1.5, 0.42
"""Inches: how wide, how high without any row, and a row."""


def weights_figure(found: Sequence[Weight], label: str, method: str, lang: str) -> Figure:
    """Draw the weights, the largest on top."""
    caption = say("decides.caption", lang, label=label)
    return figure_of(_drawn(found[:MOST], label, method, lang), "decides", caption)


def _drawn(found: Sequence[Weight], label: str, method: str, lang: str) -> Drawing:
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(WIDE, HIGH + EACH * len(found)), layout="constrained")
    axes = drawing.subplots()
    told: set[str] = set()
    for row, one in enumerate(reversed(found)):
        grade = one.figure.grade
        name = None if grade in told else say(f"report.grade_{grade}", lang)
        told.add(grade)
        axes.barh(row, one.size, xerr=one.error, color=GRADES[grade], ecolor=INK, height=0.62, label=name)
    axes.set_yticks(
        range(len(found)), [fill(one.figure.label[lang], 40) for one in reversed(found)], fontsize=8
    )
    axes.set_xlabel(f"{label} — {say(f'decides.head_weight_{method}', lang)}", fontsize=9)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, lang))
    axes.set_xlim(left=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    drawing.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    return drawing
