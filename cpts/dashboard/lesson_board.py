"""A lesson as a page draws it (leçon): levers that have not been pushed show nothing, and no answer before a vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.lessons import Lesson, Scene, Setting, Told, seed_of
from experiments.lessons.charts import charts, points
from experiments.lessons.own import spoken
from experiments.lessons.page import table
from texts import number, say

WORDS = (
    "predict try explain vote lever see_answer unfold all_figures good_answer say price leaves_out stamp one_draw"
).split()
"""Words of lessons that need no figure."""


def length(asked: Lesson, lang: str) -> str:
    """How long it takes, and where."""
    kind = f", {say('lesson.homework', lang)}" if asked.homework else ""
    return say("lesson.minutes", lang, minutes=asked.minutes) + kind


def told(asked: Lesson, found: Sequence[Told], code: str, student: int, lang: str) -> Mapping[str, Any]:
    """The scenes that were lived: a student sees their own draw, and their own point among the class."""
    if not found or (student and len(found) < 2):
        return {"scenes": [], "me": student}
    whole, mine = found[0], found[-1]
    return {
        "scenes": [
            {
                **_scene(whole if one.engine == "class" else mine, one, student, lang),
                "draws": draws(one, code, student, lang),
            }
            for one in asked.scenes
        ],
        "me": student,
    }


def why(whole: Told, answer: str, lang: str) -> Mapping[str, Any]:
    """Who was right and what to say, with the figures of the class."""
    asked = whole.lesson
    right = next(one for one in asked.options if one.right)
    is_right = answer == right.id
    return {
        "verdict": say("lesson.right" if is_right else "lesson.wrong", lang, answer=answer),
        "right": is_right,
        "was": "" if is_right else say("lesson.right_was", lang, answer=right.id),
        "whys": {one.id: whole.words(one.why, lang) for one in asked.options},
        "good": right.id,
        "say": whole.words(asked.say, lang),
        "explain": whole.words(asked.explain, lang),
        "price": whole.words(asked.price, lang) if asked.price else "",
        "leaves_out": whole.words(asked.leaves_out, lang),
        "tables": [table(whole, scene, lang) for scene in asked.scenes],
    }


def draws(scene: Scene, code: str, student: int, lang: str) -> str:
    """Over which draws the figures are: the same on every machine."""
    if scene.engine == "room":
        return ""
    if student:
        return say("lesson.student_draw", lang, student=student, seed=seed_of(student, code))
    return say("lesson.draws", lang, draws=scene.draws)


def _scene(lived: Told, scene: Scene, student: int, lang: str) -> dict[str, Any]:
    names = _drawn(lived, scene, scene.drawn or scene.figures)
    if scene.engine == "class":
        drawn = "".join(points(lived, scene, one.id, lang) for one in scene.settings)
    else:
        drawn = charts(lived, scene, names, lang)
    return {
        "id": scene.id,
        "title": scene.title[lang],
        "first": scene.reference,
        "settings": [
            {"id": one.id, "label": one.label[lang], "read": _read(lived, scene, one, student, lang)}
            for one in scene.settings
        ],
        "charts": drawn,
        "folded": charts(lived, scene, _drawn(lived, scene, scene.folded), lang),
        "note": lived.words(scene.note, lang) if scene.note else "",
        "wide": scene.engine == "class",
    }


def _drawn(lived: Told, scene: Scene, names: Sequence[str]) -> list[str]:
    """Figures that this draw has; a year may leave one without a case."""
    return [name for name in names if name in lived.values[scene.reference]]


def _read(lived: Told, scene: Scene, setting: Setting, student: int, lang: str) -> str:
    """What is read when the lever comes there; a student of a class reads their own figure."""
    if scene.engine == "class" and student:
        mine = number(lived.points[setting.id][student - 1] + 0.0, lang, 0)
        return f"{setting.label[lang]} \N{EM DASH} {mine} {say('lesson.per_1000', lang)}"
    return spoken(lived, scene, setting, lang)
