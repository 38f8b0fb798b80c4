"""A lesson drawn (graphiques): plain bars, effects on both sides of nothing, the points of a class; inline SVG.

Every mark bears the name of its setting (`data-s`), so that a page can show it only once the lever has been there.
Widths are those of a telephone: on a wider screen charts stand side by side instead of growing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Scene
from experiments.lessons.told import Told
from texts import number, say

WIDE, ROW, BAR = 340, 46, 18
TAIL = 62
"""Room kept for the figure at the end of a bar."""
DOT = 5


def charts(told: Told, scene: Scene, names: Sequence[str], lang: str) -> str:
    """The charts of some figures of a scene."""
    draw = effects if scene.chart == "effect" else bars
    return "".join(draw(told, scene, name, lang) for name in names)


def bars(told: Told, scene: Scene, name: str, lang: str) -> str:
    """One bar for each setting, from zero."""
    kind = kinds()[name]
    of = {one.id: told.values[one.id][name] for one in scene.settings if name in told.values[one.id]}
    longest = max(of.values()) or 1.0
    rows = []
    for rank, one in enumerate(one for one in scene.settings if one.id in of):
        y, length = rank * ROW, max(2.0, (WIDE - TAIL) * of[one.id] / longest)
        rows.append(
            f'{_name(one.label[lang], y)}{_track(0, y, WIDE - TAIL)}<g class="mark" data-s="{one.id}">'
            f'<rect class="bar" x="0" y="{y + 20}" width="{length:.1f}" height="{BAR}" rx="3"/>'
            f'<text class="value" x="{length + 8:.1f}" y="{y + 34}">{kind.shown(of[one.id], lang)}</text></g>'
        )
    return _figure(f"{kind.label[lang]}", kind.unit[lang], rows, len(rows) * ROW, lang)


def effects(told: Told, scene: Scene, name: str, lang: str) -> str:
    """The difference of each setting from the reference, left of nothing or right of it."""
    kind = kinds()[name]
    before = told.values[scene.reference][name]
    of = {
        one.id: told.values[one.id][name] - before
        for one in scene.settings
        if one.id != scene.reference and name in told.values[one.id]
    }
    room = WIDE - 2 * TAIL
    low, high = min(0.0, *of.values()), max(0.0, *of.values())
    unit = room / ((high - low) or 1.0)
    zero = TAIL - low * unit
    rows = []
    for rank, one in enumerate(one for one in scene.settings if one.id in of):
        y, length = rank * ROW, max(2.0, abs(of[one.id]) * unit)
        left = zero - length if of[one.id] < 0 else zero
        tip, anchor = (left - 6, "end") if of[one.id] < 0 else (left + length + 6, "start")
        shown = kind.shown(of[one.id], lang, signed=True)
        rows.append(
            f'{_name(one.label[lang], y)}{_track(TAIL, y, room)}<g class="mark" data-s="{one.id}">'
            f'<rect class="bar {"worse" if kind.is_worse(of[one.id]) else "other"}" x="{left:.1f}" y="{y + 20}" '
            f'width="{length:.1f}" height="{BAR}" rx="3"/>'
            f'<text class="value" x="{tip:.1f}" y="{y + 34}" text-anchor="{anchor}">{shown}</text></g>'
            f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="{y + 18}" y2="{y + 22 + BAR}"/>'
        )
    label = next(one.label[lang] for one in scene.settings if one.id == scene.reference)
    told_of = say("lesson.difference", lang, reference=label)
    return _figure(kind.label[lang], f"{kind.unit[lang]}, {told_of}", rows, len(of) * ROW, lang)


def points(told: Told, scene: Scene, setting: str, lang: str) -> str:
    """One point for each student; differences share one scale, so that spreads can be compared by eye."""
    values = told.points[setting]
    level = setting == scene.reference
    alike = [setting] if level else [one.id for one in scene.settings if one.id != scene.reference]
    step = 50
    every = [value for one in alike for value in told.points[one]]
    low, high = floor(min(every) / step) * step, ceil(max(every) / step) * step
    unit = (WIDE - 24) / (high - low)
    rows = [_axis(low, high, step, unit, lang, signed=not level)]
    for student, value in enumerate(values, start=1):
        x, y = 12 + (value - low) * unit, 16 + 11 * ((student * 2) % 5)
        title = escape(say("lesson.student_number", lang, student=student))
        rows.append(
            f'<g class="mark" data-s="{setting}"><circle class="dot" data-student="{student}" cx="{x:.1f}" '
            f'cy="{y}" r="{DOT}"><title>{title}</title></circle></g>'
        )
    label = next(one.label[lang] for one in scene.settings if one.id == setting)
    return _figure(label, say("lesson.per_1000", lang), rows, 96, lang)


def _axis(low: int, high: int, step: int, unit: float, lang: str, *, signed: bool) -> str:
    marks = []
    for value in range(low, high + 1, step):
        x = 12 + (value - low) * unit
        shown = f"+{value}" if signed and value > 0 else number(value, lang)
        css = "zero" if value == 0 else "tick"
        marks.append(f'<line class="{css}" x1="{x:.1f}" x2="{x:.1f}" y1="4" y2="74"/>')
        if (value - low) % (2 * step) == 0 or value == 0:
            marks.append(f'<text class="scale" x="{x:.1f}" y="90" text-anchor="middle">{shown}</text>')
    return "".join(marks)


def _name(label: str, y: float) -> str:
    return f'<text class="name" x="0" y="{y + 14}">{escape(label)}</text>'


def _track(x: float, y: float, width: float) -> str:
    """Where a bar will be: seen before the lever has been there."""
    return f'<rect class="track" x="{x}" y="{y + 20}" width="{width:.1f}" height="{BAR}" rx="3"/>'


def _figure(title: str, unit: str, rows: Sequence[str], height: float, lang: str) -> str:
    told = f"{title} ({unit})" if unit else title
    small = f' <span class="unit">{escape(unit)}</span>' if unit else ""
    return (
        f'<figure class="chart"><figcaption>{escape(title)}{small}</figcaption>'
        f'<svg viewBox="0 0 {WIDE} {height + 4:.0f}" role="img" aria-label="{escape(told)}">{"".join(rows)}</svg>'
        "</figure>"
    )
