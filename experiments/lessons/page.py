"""All the lessons in one page (lecons.html): vote, move the lever, see, understand; no network, no server.

What is simulated is in the page already; its script only shows it in the right order. French and English are both in
it. Opened without a script, it shows everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources

from experiments.explorer.page import embedded
from experiments.lessons.charts import charts, points
from experiments.lessons.classroom import CLASS_SIZE
from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Lesson, Option, Scene
from experiments.lessons.own import Own, key_of, spoken
from experiments.lessons.sheet import sheet_of
from experiments.lessons.told import Told
from texts import LANGUAGES, number, say

SAFE = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""What a browser lets the page do: nothing from elsewhere."""


def page(told: Sequence[Told], own: Own, *, code: str = "", opens_in: str = "fr") -> str:
    """Write the page of some lessons already lived, with the draw of each student."""
    mains = "".join(_main(told, lang, opens_in) for lang in LANGUAGES)
    buttons = "".join(
        f'<button type="button" data-lang="{lang}" lang="{lang}" aria-pressed="{str(lang == opens_in).lower()}">'
        f"{name}</button>"
        for lang, name in (("fr", "Français"), ("en", "English"))
    )
    command = "cpts lessons" + (f" --class {escape(code)}" if code else "") + " -o lecons.html"
    return (
        f'<!doctype html>\n<html lang="{opens_in}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{SAFE}">\n'
        f'<meta name="generator" content="{command}">\n'
        f"<title>{escape(say('lesson.page_title', opens_in))}</title>\n"
        f"<style>{_file('page.css')}</style>\n</head>\n<body>\n"
        f'<div class="top" role="group" aria-label="Langue · Language">{buttons}</div>\n'
        f'{mains}<script type="application/json" id="own">{embedded(own)}</script>\n'
        f'<script type="application/json" id="sheets">{embedded(_sheets(told))}</script>\n'
        f"<script>{_file('page.js')}</script>\n</body>\n</html>\n"
    )


def _sheets(told: Sequence[Told]) -> dict[str, dict[str, str]]:
    """The sheets to photocopy, which a class without a screen writes on."""
    return {str(one.lesson.number): {lang: sheet_of(one.lesson, lang) for lang in LANGUAGES} for one in told}


@cache
def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8").strip()


def _main(told: Sequence[Told], lang: str, opens_in: str) -> str:
    links = "".join(
        f'<li><a href="#{lang}-{one.lesson.number}" data-go="{one.lesson.number}"><b>{one.lesson.number}</b> '
        f"{escape(one.lesson.title[lang])}</a></li>"
        for one in told
    )
    hidden = "" if lang == opens_in else " hidden"
    lessons = "".join(_lesson(one, lang) for one in told)
    return (
        f'<main lang="{lang}" data-title="{_said("page_title", lang)}"{hidden}>\n'
        f'<header><h1>{_said("page_title", lang)}</h1><p class="lead">{_said("page_lead", lang)}</p>'
        f'<nav aria-label="{_said("page_nav", lang)}"><ol>{links}</ol></nav>'
        f'<p class="script"><button type="button" class="quiet" data-teacher>{_said("page_teacher", lang)}</button></p>'
        f"</header>\n{lessons}<footer><p>{_said('stamp', lang)}</p></footer>\n</main>\n"
    )


def _said(key: str, lang: str, **fields: object) -> str:
    return escape(say(f"lesson.{key}", lang, **fields))


def _lesson(told: Told, lang: str) -> str:
    one = told.lesson
    kind = f" \N{MIDDLE DOT} {_said('homework', lang)}" if one.homework else ""
    scenes = "".join(_scene(told, scene, lang) for scene in one.scenes)
    return (
        f'<article id="{lang}-{one.number}" data-lesson="{one.number}" aria-labelledby="{lang}-t{one.number}">\n'
        f'<p class="kicker">{_said("title", lang, number=one.number, title="").rstrip(". ")} \N{MIDDLE DOT} '
        f"{_said('minutes', lang, minutes=one.minutes)}{kind}</p>"
        f'<h2 id="{lang}-t{one.number}">{escape(one.title[lang])}</h2>\n{_ballot(told, lang)}\n'
        f'<div class="after-vote">{scenes}<p class="script"><button type="button" class="main" data-open>'
        f"{_said('see_answer', lang)}</button></p></div>\n{_answer(told, lang)}</article>\n"
    )


def _ballot(told: Told, lang: str) -> str:
    one = told.lesson
    options = "".join(_option(told, option, lang) for option in one.options)
    return (
        f"<form data-vote><fieldset><legend>{escape(one.question[lang])}</legend>{options}</fieldset>"
        f'<p class="script row"><button type="submit" class="main">{_said("vote", lang)}</button>'
        f'<button type="button" class="quiet" data-hands aria-pressed="false">{_said("hands", lang)}</button>'
        f'<button type="button" class="quiet" data-again>{_said("vote_again", lang)}</button>'
        f'<button type="button" class="quiet" data-sheet="{_said("sheet_file", lang, number=one.number)}">'
        f"{_said('sheet_take', lang)}</button></p></form>"
    )


def _option(told: Told, option: Option, lang: str) -> str:
    name = f"{lang}-{told.lesson.number}"
    mark = f' <span class="good">{_said("good_answer", lang)}</span>' if option.right else ""
    hands = (
        f'<span class="hands"><button type="button" data-less="{option.id}" '
        f'aria-label="{_said("hand_less", lang, answer=option.id)}">\N{MINUS SIGN}</button>'
        f'<output data-count="{option.id}">0</output><button type="button" data-more="{option.id}" '
        f'aria-label="{_said("hand_more", lang, answer=option.id)}">+</button></span>'
    )
    return (
        f'<div class="option{" is-right" if option.right else ""}"><label><input type="radio" name="vote-{name}" '
        f'value="{option.id}" required> <span>{escape(option.text[lang])}</span></label>{hands}'
        f'<p class="why">{mark} {escape(told.words(option.why, lang))}</p></div>'
    )


def _scene(told: Told, scene: Scene, lang: str) -> str:
    folded = ""
    if scene.folded:
        inside = charts(told, scene, scene.folded, lang)
        folded = (
            f'<details class="fold"><summary>{_said("unfold", lang)}</summary><div class="charts">{inside}</div>'
            "</details>"
        )
    drawn = charts(told, scene, scene.drawn, lang)
    if scene.engine == "class":
        drawn = "".join(points(told, scene, one.id, lang) for one in scene.settings) + _numbers(
            told, scene, lang
        )
    buttons = "".join(
        f'<button type="button" data-setting="{one.id}" aria-pressed="false" '
        f'data-say="{escape(spoken(told, scene, one, lang))}">{escape(one.label[lang])}</button>'
        for one in scene.settings
    )
    wide = " class" if scene.engine == "class" else ""
    mine = ""
    if scene.engine == "territory":
        options = "".join(f'<option value="{one}">{one}</option>' for one in range(1, CLASS_SIZE + 1))
        mine = (
            f'<p class="draws">{_said("draws", lang, draws=scene.draws)}</p><p class="script mine"><label>'
            f'{_said("my_number", lang)} <select data-mine><option value="">{_said("nobody", lang)}</option>{options}'
            "</select></label></p>"
        )
    note = f'<p class="note">{escape(told.words(scene.note, lang))}</p>' if scene.note else ""
    return (
        f'<section class="scene" data-scene="{scene.id}" data-own="{key_of(told.lesson, scene)}" '
        f'data-first="{scene.reference}"><h3>{escape(scene.title[lang])}'
        f'</h3>{mine}<p class="script lever" role="group" aria-label="{_said("lever", lang)}">{buttons}</p>'
        f'<p class="read" role="status"></p><div class="charts{wide}">{drawn}</div>'
        f"{folded}{note}</section>"
    )


def _numbers(told: Told, scene: Scene, lang: str) -> str:
    """A student finds their own points by their number."""
    options = [f'<option value="">{_said("nobody", lang)}</option>']
    columns = [told.points[one.id] for one in scene.settings]
    for student, (alone, neighbour, paired) in enumerate(zip(*columns, strict=True), start=1):
        shown = {
            "alone": number(alone, lang, 0),
            "neighbour": number(neighbour + 0.0, lang, 0),
            "paired": number(paired + 0.0, lang, 0),
        }
        text = _said("my_figures", lang, student=student, **shown)
        options.append(f'<option value="{student}" data-say="{text}">{student}</option>')
    return (
        f'<p class="script mine"><label>{_said("my_number", lang)} <select data-mine>{"".join(options)}</select>'
        '</label> <span role="status"></span></p>'
    )


def _answer(told: Told, lang: str) -> str:
    one = told.lesson
    tables = "".join(table(told, scene, lang) for scene in one.scenes)
    file, take = _said("table_file", lang, number=one.number), _said("table_take", lang)
    price = ""
    if one.price is not None:
        price = f"<h3>{_said('price', lang)}</h3><p>{escape(told.words(one.price, lang))}</p>"
    return (
        f'<div class="answer" tabindex="-1"><h3>{_said("explain", lang)}</h3>{_verdicts(one, lang)}<blockquote>'
        f"{escape(told.words(one.say, lang))}</blockquote><p>{escape(told.words(one.explain, lang))}</p>{price}"
        f'<details><summary>{_said("all_figures", lang)}</summary>{tables}<p class="script"><button type="button" '
        f'class="quiet" data-table="{file}">{take}</button></p></details>'
        f"<details><summary>{_said('words', lang)}</summary><dl>{_words(told, lang)}</dl></details>"
        f"<h3>{_said('leaves_out', lang)}</h3><p>{escape(told.words(one.leaves_out, lang))}</p></div>\n"
    )


def _verdicts(lesson: Lesson, lang: str) -> str:
    """Who was right; the page shows the one that answers the vote."""
    right = next(one.id for one in lesson.options if one.right)
    told = {
        one.id: _said("right", lang, answer=one.id)
        if one.right
        else f"{_said('wrong', lang, answer=one.id)} {_said('right_was', lang, answer=right)}"
        for one in lesson.options
    }
    return "".join(f'<p class="verdict" data-verdict="{answer}">{text}</p>' for answer, text in told.items())


def table(told: Told, scene: Scene, lang: str) -> str:
    """Every figure of a scene: a row for each figure, a column for each setting."""
    heads = "".join(f'<th scope="col">{escape(one.label[lang])}</th>' for one in scene.settings)
    rows = []
    for name in told.names(scene):
        kind = kinds()[name]
        cells = "".join(
            f"<td>{told.shown(one.id, name, lang) if name in told.values[one.id] else ''}</td>"
            for one in scene.settings
        )
        unit = f' <span class="unit">{escape(kind.unit[lang])}</span>' if kind.unit[lang] else ""
        rows.append(f'<tr><th scope="row">{escape(kind.label[lang])}{unit}</th>{cells}</tr>')
    draws = "" if scene.engine == "room" else f" \N{EM DASH} {_said('draws', lang, draws=scene.draws)}"
    title = escape(scene.title[lang])
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{title}"><table><caption>{title}{draws}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _words(told: Told, lang: str) -> str:
    one = told.lesson
    names = dict.fromkeys(name for scene in one.scenes for name in told.names(scene))
    return "".join(
        f"<dt>{escape(kinds()[name].label[lang])}</dt><dd>{escape(kinds()[name].means[lang])}</dd>"
        for name in names
    )
