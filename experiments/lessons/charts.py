"""A lesson drawn (graphiques): plain bars, effects on both sides of nothing, the points of a class; inline SVG.

Every mark bears the name of its setting (`data-s`), so that a page can show it only once the lever has been there.
Widths are those of a telephone: on a wider screen charts stand side by side instead of growing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor
from typing import NamedTuple

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Scene, Setting
from experiments.lessons.told import Told
from texts import number, say

WIDE, ROW, BAR = 340, 46, 18
TAIL = 62
"""Room kept for the figure at the end of a bar."""
DOT = 5


class Drawn(NamedTuple):
    """The marks of a chart by their setting, and where nothing stands when they are differences."""

    marks: Mapping[str, str]
    zero: str = ""


def charts(told: Told, scene: Scene, names: Sequence[str], lang: str) -> str:
    """The charts of some figures of a scene."""
    draw = effects if scene.chart == "effect" else bars
    return "".join(draw(told, scene, name, lang) for name in names)


def bars(told: Told, scene: Scene, name: str, lang: str) -> str:
    """One bar for each setting, from zero."""
    kind, settings = kinds()[name], rows_of(told, scene, name)
    marks = marks_of(told, scene, name, settings, lang).marks
    rows = [
        f'{_name(one.label[lang], rank * ROW)}{_track(0, rank * ROW, WIDE - TAIL)}'
        f'<g class="mark" data-s="{one.id}">{marks[one.id]}</g>'
        for rank, one in enumerate(settings)
    ]  # fmt: skip
    return _figure(f"{kind.label[lang]}", kind.unit[lang], rows, len(rows) * ROW, lang)


def effects(told: Told, scene: Scene, name: str, lang: str) -> str:
    """The difference of each setting from the reference, left of nothing or right of it."""
    kind, settings = kinds()[name], rows_of(told, scene, name)
    drawn = marks_of(told, scene, name, settings, lang)
    rows = [
        f'{_name(one.label[lang], rank * ROW)}{_track(TAIL, rank * ROW, WIDE - 2 * TAIL)}'
        f'<g class="mark" data-s="{one.id}">{drawn.marks[one.id]}</g>'
        f'<line class="zero" x1="{drawn.zero}" x2="{drawn.zero}" y1="{rank * ROW + 18}" y2="{rank * ROW + 22 + BAR}"/>'
        for rank, one in enumerate(settings)
    ]  # fmt: skip
    label = next(one.label[lang] for one in scene.settings if one.id == scene.reference)
    told_of = say("lesson.difference", lang, reference=label)
    return _figure(kind.label[lang], f"{kind.unit[lang]}, {told_of}", rows, len(rows) * ROW, lang)


def rows_of(told: Told, scene: Scene, name: str) -> list[Setting]:
    """The settings that have a row in the chart of a figure."""
    is_effect = scene.chart == "effect"
    return [
        one
        for one in scene.settings
        if name in told.values[one.id] and not (is_effect and one.id == scene.reference)
    ]


def marks_of(told: Told, scene: Scene, name: str, settings: Sequence[Setting], lang: str) -> Drawn:
    """What a chart shows on the rows of some settings; a figure that was not read leaves its row empty."""
    draw = _effect_marks if scene.chart == "effect" else _bar_marks
    return draw(told, scene, name, settings, lang)


def _bar_marks(told: Told, scene: Scene, name: str, settings: Sequence[Setting], lang: str) -> Drawn:
    kind = kinds()[name]
    of = {one.id: told.values[one.id][name] for one in scene.settings if name in told.values[one.id]}
    longest = max(of.values(), default=0.0) or 1.0
    marks = dict.fromkeys((one.id for one in settings), "")
    for rank, one in enumerate(settings):
        if one.id in of:
            y, length = rank * ROW, max(2.0, (WIDE - TAIL) * of[one.id] / longest)
            marks[one.id] = (
                f'<rect class="bar" x="0" y="{y + 20}" width="{length:.1f}" height="{BAR}" rx="3"/>'
                f'<text class="value" x="{length + 8:.1f}" y="{y + 34}">{kind.shown(of[one.id], lang)}</text>'
            )
    return Drawn(marks)


def _effect_marks(told: Told, scene: Scene, name: str, settings: Sequence[Setting], lang: str) -> Drawn:
    kind, before = kinds()[name], told.values[scene.reference].get(name)
    there = () if before is None else [one for one in settings if name in told.values[one.id]]
    of = {one.id: told.values[one.id][name] - (before or 0.0) for one in there}
    low, high = min(0.0, *of.values()) if of else 0.0, max(0.0, *of.values()) if of else 0.0
    unit = (WIDE - 2 * TAIL) / ((high - low) or 1.0)
    zero = TAIL - low * unit
    marks = dict.fromkeys((one.id for one in settings), "")
    for rank, one in enumerate(settings):
        if one.id not in of:
            continue
        y, length = rank * ROW, max(2.0, abs(of[one.id]) * unit)
        left = zero - length if of[one.id] < 0 else zero
        tip, anchor = (left - 6, "end") if of[one.id] < 0 else (left + length + 6, "start")
        marks[one.id] = (
            f'<rect class="bar {"worse" if kind.is_worse(of[one.id]) else "other"}" x="{left:.1f}" y="{y + 20}" '
            f'width="{length:.1f}" height="{BAR}" rx="3"/><text class="value" x="{tip:.1f}" y="{y + 34}" '
            f'text-anchor="{anchor}">{kind.shown(of[one.id], lang, signed=True)}</text>'
        )
    return Drawn(marks, f"{zero:.1f}")


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
