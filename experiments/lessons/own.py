"""One's own draw (son propre tirage): what each student of a class reads, so that 25 telephones are 25 draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from experiments.lessons.charts import marks_of, rows_of
from experiments.lessons.classroom import CLASS_SIZE, seed_of
from experiments.lessons.lesson import Lesson, Scene, Setting
from experiments.lessons.observe import figure
from experiments.lessons.told import Told, told
from texts import LANGUAGES, say

Own = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""Scene (`1/canton`) → language → student, in their order → what is drawn and read."""


def own(
    lived: Sequence[Told],
    code: str = "",
    students: Sequence[int] = range(1, CLASS_SIZE + 1),
    watch: Callable[[], None] | None = None,
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Live the draw of each student and lay out what they read; `watch()` follows students, lesson by lesson."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for whole in lived:
        scenes = scenes_of(whole.lesson)
        for student in students if scenes else ():
            mine = told(whole.lesson, code=code, student=student)
            for scene in scenes:
                of_scene = found.setdefault(key_of(whole.lesson, scene), {lang: [] for lang in LANGUAGES})
                for lang in LANGUAGES:
                    of_scene[lang].append(read(whole, mine, scene, (student, code), lang))
            if watch is not None:
                watch()
    return found


def scenes_of(lesson: Lesson) -> list[Scene]:
    """The scenes in which each student has a draw of their own to look at; a class looks at all of them at once."""
    return [one for one in lesson.scenes if one.engine == "territory"]


def key_of(lesson: Lesson, scene: Scene) -> str:
    """The name of a scene among those of every lesson."""
    return f"{lesson.number}/{scene.id}"


def read(whole: Told, mine: Told, scene: Scene, who: tuple[int, str], lang: str) -> dict[str, Any]:
    """A scene as one student reads it, on the rows of the charts of everybody."""
    student, code = who
    draw = say("lesson.student_draw", lang, student=student, seed=seed_of(student, code))
    return {
        "draws": f"{draw} {say('lesson.one_draw', lang)}",
        "say": {one.id: spoken(mine, scene, one, lang) for one in scene.settings},
        "charts": [
            marks_of(mine, scene, name, rows_of(whole, scene, name), lang)._asdict()
            for name in (*scene.drawn, *scene.folded)
        ],
    }


def spoken(told: Told, scene: Scene, setting: Setting, lang: str) -> str:
    """What is read aloud when the lever comes to a setting; what is folded stays unsaid."""
    names = scene.drawn or scene.figures
    parts = [
        figure(name, told.values[setting.id][name], lang).sentence.removesuffix(".")
        for name in names
        if name in told.values[setting.id]
    ]
    return f"{setting.label[lang]} \N{EM DASH} {' \N{MIDDLE DOT} '.join(parts)}"
