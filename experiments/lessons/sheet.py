"""The sheet to photocopy (feuille): one A4 page, which gives no answer; students write, draw, and say why."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Lesson, Scene
from texts import say

WIDE, LEFT = 640, 10
HIGH, LOW = 150, 94
LONG = 12
"""Lines of tables from which the drawing is made lower, for all to stand on one side."""
MOST = 4


def sheet_of(lesson: Lesson, lang: str) -> str:
    """Write the sheet of a lesson as a page that prints on one side of A4."""
    options = "".join(
        f"<li><b>\N{WHITE SQUARE} {one.id}</b> {escape(one.text[lang])}</li>" for one in lesson.options
    )
    tables = "".join(_blank(scene, lang) for scene in lesson.scenes)
    title = _said("title", lang, number=lesson.number, title=lesson.title[lang])
    fields = "".join(
        f"<span>{_said(key, lang)} <i></i></span>" for key in ("sheet_date", "sheet_class", "sheet_number")
    )
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_style()}</style>\n</head>\n<body>\n<main>\n<header><h1>{title}</h1>"
        f'<p class="fields">{fields}</p></header>\n'
        f"<section><h2>1. {_said('predict', lang)}</h2><p>{escape(lesson.question[lang])}</p>"
        f'<ul class="options">{options}</ul></section>\n'
        f"<section><h2>2. {_said('sheet_write', lang)}</h2>{tables}</section>\n"
        f"<section><h2>3. {_said(_drawing(lesson), lang)}</h2>{_grid(lesson, lang)}</section>\n"
        f"<section><h2>4. {_said('explain', lang)}</h2>"
        f'<p class="line">{_said("sheet_against", lang)}</p><p class="line"></p>'
        f'<p class="line">{_said("sheet_sentence", lang)}</p><p class="line"></p>'
        f'<p class="line">{_said("sheet_who", lang)}</p></section>\n'
        f"<footer><p><b>{_said('leaves_out', lang)}.</b> {escape(lesson.leaves_out[lang])}</p>"
        f"<p>{_said('stamp', lang)}</p></footer>\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (resources.files(__package__) / "sheet.css").read_text(encoding="utf-8").strip()


def _said(key: str, lang: str, **fields: object) -> str:
    return escape(say(f"lesson.{key}", lang, **fields))


def _drawing(lesson: Lesson) -> str:
    return "sheet_place" if lesson.scenes[0].engine == "class" else "sheet_draw"


def _read(scene: Scene) -> tuple[str, ...]:
    """Figures that a student copies: those drawn, four at most, for a line has that much room."""
    return (*scene.drawn, *scene.folded)[:4]


def _blank(scene: Scene, lang: str) -> str:
    """A table to fill: a row for each setting, a column for each figure."""
    names = _read(scene)
    if scene.engine == "class":
        heads = f'<th scope="col">{_said("per_1000", lang)}</th>'
    else:
        heads = "".join(
            f'<th scope="col">{escape(kinds()[name].label[lang])} <small>{escape(kinds()[name].unit[lang])}</small>'
            "</th>"
            for name in names
        )
    cells = "<td></td>" * max(len(names), 1)
    rows = "".join(
        f'<tr><th scope="row">{f"{at}. " if _numbered(scene) else ""}{escape(one.label[lang])}</th>{cells}</tr>'
        for at, one in enumerate(scene.settings, start=1)
    )
    return (
        f"<table><caption>{escape(scene.title[lang])}</caption><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _grid(lesson: Lesson, lang: str) -> str:
    """An empty frame: one column for each setting of the first scene, or a line for each row of points."""
    scene = lesson.scenes[0]
    if scene.engine == "class":
        return _lines(scene, lang)
    high = HIGH if _length(lesson) < LONG else LOW
    faint = "".join(
        f'<line class="faint" x1="{LEFT}" x2="{WIDE}" y1="{y}" y2="{y}"/>' for y in range(high - 14, 20, -14)
    )
    step = (WIDE - LEFT) / len(scene.settings)
    marks = "".join(
        f'<line x1="{LEFT + step * (at + 0.5):.0f}" x2="{LEFT + step * (at + 0.5):.0f}" y1="{high}" y2="{high + 5}"/>'
        f'<text x="{LEFT + step * (at + 0.5):.0f}" y="{high + 19}" text-anchor="middle">'
        f"{escape(str(at + 1) if _numbered(scene) else one.label[lang])}</text>"
        for at, one in enumerate(scene.settings)
    )
    name = escape(kinds()[scene.drawn[0]].label[lang])
    return (
        f'<svg viewBox="0 0 {WIDE} {high + 26}" role="img" aria-label="{name}">{faint}'
        f'<line x1="{LEFT}" x2="{LEFT}" y1="4" y2="{high}"/><line x1="{LEFT}" x2="{WIDE}" y1="{high}" y2="{high}"/>'
        f'<text x="16" y="16">{name}</text>{marks}</svg>'
    )


def _lines(scene: Scene, lang: str) -> str:
    """A line without numbers for each row of points: the class chooses its scale; differences have a nought."""
    rows = []
    for at, one in enumerate(scene.settings):
        y = 62 * at + 46
        ticks = "".join(
            f'<line class="faint" x1="{x}" x2="{x}" y1="{y - 24}" y2="{y}"/>' for x in range(20, WIDE, 50)
        )
        nought = (
            "" if one.id == scene.reference else f'<text x="320" y="{y + 13}" text-anchor="middle">0</text>'
        )
        rows.append(
            f'<text x="0" y="{y - 30}">{escape(one.label[lang])}</text>{ticks}'
            f'<line x1="0" x2="{WIDE}" y1="{y}" y2="{y}"/>{nought}'
        )
    size = f"0 0 {WIDE} {62 * len(scene.settings) + 2}"
    return f'<svg viewBox="{size}" role="img" aria-label="{escape(scene.title[lang])}">{"".join(rows)}</svg>'


def _numbered(scene: Scene) -> bool:
    """Whether settings are so many that columns bear their numbers instead of their names."""
    return len(scene.settings) > MOST


def _length(lesson: Lesson) -> int:
    """Lines that the tables take."""
    return sum(len(scene.settings) + 2 for scene in lesson.scenes)
