"""A lesson on a terminal: its question, its figures with bars, then why."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpts.cli.speaker import Cell, Speaker
from texts import number, say

if TYPE_CHECKING:
    from experiments.lessons import Lesson, Scene, Setting, Told

BAR = 24
"""Cells of the longest bar."""


def question(speaker: Speaker, asked: "Lesson") -> None:
    """Print what is to be predicted."""
    lang = speaker.lang
    speaker.line()
    speaker.tell(say("lesson.title", lang, number=asked.number, title=asked.title[lang]), "bold")
    kind = f", {say('lesson.homework', lang)}" if asked.homework else ""
    speaker.tell(say("lesson.minutes", lang, minutes=asked.minutes) + kind, "dim")
    speaker.line()
    speaker.tell(asked.question[lang])
    for option in asked.options:
        speaker.tell(f"{option.id}. {option.text[lang]}", indent=2)
    speaker.line()


def experiment(speaker: Speaker, told: "Told", code: str, student: int | None) -> None:
    """Print every scene that was lived."""
    lang = speaker.lang
    for scene in told.lesson.scenes:
        settings = [one for one in scene.settings if one.id in told.values]
        if not settings:
            continue
        speaker.tell(scene.title[lang], "bold")
        if scene.engine != "room":
            speaker.tell(_draws(speaker, scene, code, student), "dim")
        if scene.engine == "class" and student is None:
            class_table(speaker, told, code)
        _table(speaker, told, scene, settings)
        for name in (*scene.drawn, *scene.folded):
            bars(speaker, told, scene, settings, name)
        if scene.note is not None:
            speaker.tell(scene.note[lang], "dim")
        speaker.line()
    votes(speaker, told.lesson, code)


def _draws(speaker: Speaker, scene: "Scene", code: str, student: int | None) -> str:
    from experiments.lessons import seed_of

    if student is not None:
        return say("lesson.student_draw", speaker.lang, student=student, seed=seed_of(student, code))
    if scene.engine == "class":
        titled = say("lesson.class_title", speaker.lang, code=code)
        return titled if code else say("lesson.class_alone", speaker.lang, count=scene.draws)
    return say("lesson.draws", speaker.lang, draws=scene.draws)


def _table(speaker: Speaker, told: "Told", scene: "Scene", settings: "Sequence[Setting]") -> None:
    """A row for each figure: so few columns fit any terminal."""
    from experiments.lessons.kinds import kinds

    lang = speaker.lang
    rows = [
        [
            Cell(" ".join((kinds()[name].label[lang], f"({kinds()[name].unit[lang]})")).replace(" ()", "")),
            *(
                Cell(told.shown(one.id, name, lang) if name in told.values[one.id] else "")
                for one in settings
            ),
        ]
        for name in told.names(scene)
    ]
    speaker.table([say("lesson.head_setting", lang), *(one.label[lang] for one in settings)], rows)
    speaker.line()


def bars(speaker: Speaker, told: "Told", scene: "Scene", settings: "Sequence[Setting]", name: str) -> None:
    """One bar for each setting; effects are drawn from the reference, on both sides of nothing."""
    from experiments.lessons.kinds import kinds

    lang, kind = speaker.lang, kinds()[name]
    of = {one.id: told.values[one.id][name] for one in settings if name in told.values[one.id]}
    effect = scene.chart == "effect" and scene.reference in of
    before = of[scene.reference] if effect else 0.0
    drawn = {key: value - before for key, value in of.items() if not (effect and key == scene.reference)}
    if not drawn:
        return
    longest = max(abs(value) for value in drawn.values()) or 1.0
    names = {one.id: one.label[lang] for one in scene.settings}
    wide = max(len(names[key]) for key in drawn)
    reference = say("lesson.difference", lang, reference=names[scene.reference])
    speaker.tell(f"{kind.label[lang]} ({reference})" if effect else kind.label[lang], "cyan")
    for key, value in drawn.items():
        length = round(BAR * abs(value) / longest)
        mark = "\N{FULL BLOCK}" if value >= 0 else "\N{MEDIUM SHADE}"
        speaker.line(f"  {names[key]:<{wide}}  {mark * length} {kind.shown(value, lang, signed=effect)}")
    speaker.line()


def class_table(speaker: Speaker, told: "Told", code: str) -> None:
    """The figures of the whole class, student by student."""
    lang = speaker.lang
    heads = [say(f"lesson.head_{one}", lang) for one in ("student", "alone", "neighbour", "paired")]
    columns = [told.points[one] for one in ("alone", "neighbour", "paired") if one in told.points]
    rows = [
        [Cell(str(rank)), *(Cell(number(value + 0.0, lang, 0)) for value in row)]
        for rank, row in enumerate(zip(*columns, strict=True), start=1)
    ]
    speaker.table(heads[: len(columns) + 1], rows)
    speaker.line()


def votes(speaker: Speaker, asked: "Lesson", code: str) -> None:
    """What a class voted, where votes were kept on this machine."""
    from experiments.lessons.prediction import tally

    counted = tally(asked.number, code) if code else {}
    if counted:
        each = [say("lesson.vote_count", speaker.lang, answer=one, count=n) for one, n in counted.items()]
        speaker.tell(say("lesson.votes", speaker.lang, votes=each))


def explanation(speaker: Speaker, told: "Told", answer: str | None) -> None:
    """Print who was right, then what to say."""
    lang, asked = speaker.lang, told.lesson
    right = next(one for one in asked.options if one.right)
    mine = next((one for one in asked.options if one.id == answer), None)
    speaker.tell(say("lesson.explain", lang), "bold")
    if mine is not None:
        key, style = ("lesson.right", "green") if mine.right else ("lesson.wrong", "red")
        speaker.tell(say(key, lang, answer=mine.id), style)
        if not mine.right:
            speaker.tell(told.words(mine.why, lang))
    if mine is None or not mine.right:
        speaker.tell(say("lesson.right_was", lang, answer=right.id), "green")
    for text in (right.why, asked.explain):
        speaker.tell(told.words(text, lang))
    speaker.line()
    speaker.tell(told.words(asked.say, lang), "bold")
    for key, words in (("price", asked.price), ("leaves_out", asked.leaves_out)):
        if words is not None:
            speaker.line()
            speaker.tell(say(f"lesson.{key}", lang), "cyan")
            speaker.tell(told.words(words, lang))
    speaker.line()
    speaker.tell(say("lesson.stamp", lang), "dim")


def document(told: "Told", lang: str, code: str, student: int | None) -> str:
    """The lesson for another program."""
    asked = told.lesson
    settings = [
        {
            "scene": scene.id,
            "setting": one.id,
            "label": one.label[lang],
            "reference": scene.reference,
            "figures": told.values[one.id],
            "points": list(told.points.get(one.id, ())),
        }
        for scene in asked.scenes
        for one in scene.settings
        if one.id in told.values
    ]
    body = {
        "lesson": asked.number,
        "title": asked.title[lang],
        "question": asked.question[lang],
        "options": {one.id: one.text[lang] for one in asked.options},
        "class": code,
        "student": student,
        "settings": settings,
    }
    return json.dumps(body, ensure_ascii=False, indent=1)
