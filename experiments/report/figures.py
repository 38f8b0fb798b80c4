"""The futures of a comparison, one dot each (figure): what nobody knows above, what chance does below."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from experiments.effect import Comparison
from experiments.report.document import Figure
from experiments.wording import Voice
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

UNKNOWN, LUCK, BAND, INK = "#4a90c2", "#0b4f8a", "#eef1f4", "#1d2733"
WIDE, HIGH, EACH = 7.4, 1.3, 0.62
"""Inches: how wide, how high without any row, and a row."""


def futures(comparison: Comparison, indicator: str, lang: str) -> Figure:
    """Draw the difference that each alternative makes in each future, worlds and luck pairs apart."""
    label = Voice(comparison, lang, indicator).label(indicator)
    unit = say("report.unit_of_difference", lang, label=label)
    drawing = _drawn(comparison, indicator, lang, unit)
    return figure_of(drawing, f"futures-{indicator}", say("report.caption_futures", lang, label=label))


def figure_of(drawing: Drawing, name: str, caption: str) -> Figure:
    """A drawing in the three forms in which it leaves; no date in it, so that the same gives the same."""
    undated = {"CreationDate": None, "ModDate": None, "Producer": None}
    pdf = _bytes(drawing, "pdf", metadata=undated)
    return Figure(name, caption, _svg(drawing), _bytes(drawing, "png", dpi=160), pdf)


def _drawn(comparison: Comparison, indicator: str, lang: str, unit: str) -> Drawing:
    from matplotlib.figure import Figure as Drawing

    names = list(comparison.actions)
    drawing = Drawing(figsize=(WIDE, HIGH + EACH * len(names)), layout="constrained")
    axes = drawing.subplots()
    threshold = comparison.indicators[indicator].useful_difference or 0.0
    if threshold:
        axes.axvspan(-threshold, threshold, color=BAND, zorder=0, label=say("report.not_useful", lang))
    axes.axvline(0, color=INK, linewidth=0.8)
    for row, name in enumerate(reversed(names)):
        one = comparison.of(name)
        for kind, colour, shift, size in (("world", UNKNOWN, 0.14, 22), ("luck", LUCK, -0.14, 14)):
            values = one.by_world(indicator, kind).dropna()
            told = say(f"report.legend_{kind}", lang) if row == 0 else None
            axes.scatter(values, [row + shift] * len(values), s=size, color=colour, alpha=0.75, label=told)
    axes.set_yticks(range(len(names)), [titled(comparison, name, lang) for name in reversed(names)])
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlabel(unit)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, lang))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    drawing.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=8)
    return drawing


def titled(comparison: Comparison, name: str, lang: str) -> str:
    """The title of an alternative in a language, cut where a line would be too long."""
    from textwrap import fill

    title = comparison.actions[name].title
    return fill(title.get(lang) or title.get("fr") or name, 34)


def _svg(drawing: Drawing) -> str:
    import matplotlib

    with matplotlib.rc_context({"svg.hashsalt": "cpts", "svg.fonttype": "none"}):
        told = _bytes(drawing, "svg", metadata={"Date": None}).decode("utf-8")
    return told[told.index("<svg") :]


def _bytes(drawing: Drawing, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    drawing.savefig(out, format=kind, **options)
    return out.getvalue()
