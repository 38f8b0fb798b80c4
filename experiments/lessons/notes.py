"""The teacher's notes (docs/teaching.md): every figure in them comes from the lesson as it is lived."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Scene
from experiments.lessons.told import Told
from texts import LANGUAGES, say

WRITES = "python -m experiments.lessons"
COMMANDS = (WRITES, "cpts lessons -o docs/lecons.html --lang fr")
HEAD = f"<!-- Written by {WRITES}: change the lessons or their words, never this page. -->"


def notes(told: Sequence[Told]) -> str:
    """The whole page: in French, then in English."""
    lines = [HEAD, ""]
    for lang in LANGUAGES:
        lines += _opening(lang)
        for one in told:
            lines += _lesson(one, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _opening(lang: str) -> list[str]:
    ways = [f"- {say(f'lesson.notes_{key}', lang)}" for key in ("page", "terminal", "hands")]
    told = [say(f"lesson.notes_{key}", lang) for key in ("lead", "class", "draws")]
    return [
        f"# {say('lesson.notes_title', lang)}", "", told[0], "",
        f"**{say('lesson.notes_ways', lang)}**", "", *ways, "",
        told[1], "", told[2], "",
        say("lesson.notes_commands", lang), "", "```", *COMMANDS, "```", "",
    ]  # fmt: skip


def _lesson(told: Told, lang: str) -> list[str]:
    one = told.lesson
    kind = f", {say('lesson.homework', lang)}" if one.homework else ""
    minutes = say("lesson.minutes", lang, minutes=one.minutes)
    right = next(option for option in one.options if option.right)
    steps = [
        f"{say(f'lesson.step_{name}', lang)} {say('lesson.minutes', lang, minutes=each)}"
        for name, each in one.steps.items()
    ]
    options = [f"- {option.id}. {option.text[lang]}" for option in one.options]
    wrong = [f"- {option.id}. {told.words(option.why, lang)}" for option in one.options if not option.right]
    lines = [f"## {one.number}. {one.title[lang]} ({minutes}{kind})", ""]
    lines += [*_part("aim", one.aim[lang], lang), *_part("time", f" {SEPARATOR} ".join(steps), lang)]
    lines += [*_part("ask", one.question[lang], lang), *options, ""]
    lines += _part("expected", f"{right.id}. {told.words(right.why, lang)}", lang)
    lines += [f"**{say('lesson.notes_wrong', lang)}**", "", *wrong, ""]
    lines += [f"**{say('lesson.notes_figures', lang)}**", ""]
    for scene in one.scenes:
        lines += _figures(told, scene, lang)
    lines += _part("explain", told.words(one.explain, lang), lang)
    lines += [f"**{say('lesson.say', lang)}** {told.words(one.say, lang)}", ""]
    if one.price is not None:
        lines += [f"**{say('lesson.price', lang)}** {told.words(one.price, lang)}", ""]
    return [*lines, f"**{say('lesson.leaves_out', lang)}** {told.words(one.leaves_out, lang)}", ""]


SEPARATOR = "\N{MIDDLE DOT}"


def _part(key: str, text: str, lang: str) -> list[str]:
    return [f"**{say(f'lesson.notes_{key}', lang)}** {text}", ""]


def _figures(told: Told, scene: Scene, lang: str) -> list[str]:
    """A table of a scene: what every setting gives."""
    draws = "" if scene.engine == "room" else f" ({say('lesson.draws', lang, draws=scene.draws).rstrip('.')})"
    heads = ["", *(one.label[lang] for one in scene.settings)]
    rows = [heads, ["---", *["---:"] * len(scene.settings)]]
    for name in told.names(scene):
        kind = kinds()[name]
        unit = f" ({kind.unit[lang]})" if kind.unit[lang] else ""
        cells = [
            told.shown(one.id, name, lang) if name in told.values[one.id] else "" for one in scene.settings
        ]
        rows.append([f"{kind.label[lang]}{unit}", *cells])
    table = ["| " + " | ".join(row) + " |" for row in rows]
    note = [told.words(scene.note, lang), ""] if scene.note is not None else []
    return [f"{scene.title[lang]}{draws}", "", *table, "", *note]
