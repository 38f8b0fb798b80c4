"""A lesson with its figures in its sentences (leçon racontée): no number of a lesson is ever typed by hand.

In the words of a lesson `{98.theory_wait}` is the figure of a setting, `{98.theory_wait:+}` its difference from the
reference of its scene, `{98.theory_wait:x}` its ratio to it; `{98.theory_wait:x:95}` is the ratio to another setting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Lesson, Scene, Setting, Words
from experiments.lessons.lived import lived, scenario_of
from experiments.lessons.observe import figures_of, neighbours_of, seeds_of
from experiments.lessons.spread import points_of
from texts import number

_FIGURE = re.compile(r"\{([\w-]+)\.(\w+)(?::([+x])(?::([\w-]+))?)?\}")
Watch = Callable[[int, int], None]


class Told(NamedTuple):
    """A lesson and all that was observed in it: values by setting and figure, points by setting for a class."""

    lesson: Lesson
    values: Mapping[str, Mapping[str, float]]
    points: Mapping[str, Sequence[float]]

    def names(self, scene: Scene) -> list[str]:
        """The figures of a scene that were read."""
        read = [self.values[one.id] for one in scene.settings if one.id in self.values]
        return [name for name in scene.figures if any(name in values for values in read)]

    def words(self, words: Words, lang: str) -> str:
        """A text of the lesson with its figures."""
        return _FIGURE.sub(lambda found: self._figure(found, lang), words[lang])

    def shown(
        self, setting: str, name: str, lang: str, form: str | None = None, other: str | None = None
    ) -> str:
        """One figure, its difference (`+`) or its ratio (`x`) to another setting, else to the reference."""
        value = self.values[setting][name]
        if form is None:
            return kinds()[name].shown(value, lang)
        before = self.values[other or self.lesson.scene_of(setting).reference][name]
        if form == "+":
            return kinds()[name].shown(value - before, lang, signed=True)
        return number(round(value / before, 1), lang)

    def _figure(self, found: re.Match[str], lang: str) -> str:
        return self.shown(found[1], found[2], lang, found[3], found[4])


def told(
    lesson: Lesson,
    *,
    code: str = "",
    student: int | None = None,
    changes: Sequence[str] = (),
    only: Sequence[str] = (),
    watch: Watch | None = None,
) -> Told:
    """Live every setting of a lesson, or `only` some beside the reference; `watch(done, total)` follows draws.

    With a student, the figures are those of their draw alone.
    """
    values: dict[str, Mapping[str, float]] = {}
    points: dict[str, Sequence[float]] = {}
    wanted = {scene.id: settings_of(scene, only) for scene in lesson.scenes}
    draws = {scene.id: seeds_of(scene, None, student, code) for scene in lesson.scenes}
    total = sum(len(draws[scene]) * len(settings) for scene, settings in wanted.items())
    done = 0
    for scene in lesson.scenes:
        settings, seeds = wanted[scene.id], draws[scene.id]
        for _ in _lived_draw_by_draw(scene, settings, seeds, changes):
            done += 1
            if watch is not None:
                watch(done, total)
        beside = neighbours_of(scene, None, student, code)
        for setting in settings:
            values[setting.id] = figures_of(scene, setting, seeds, beside, changes)
            if scene.engine == "class":
                points[setting.id] = points_of(scene, setting, seeds, beside, changes)
    return Told(lesson, values, points)


def settings_of(scene: Scene, only: Sequence[str] = ()) -> tuple[Setting, ...]:
    """The settings asked for, with the reference of their scene; all when none is named."""
    if not only:
        return scene.settings
    asked = [one for one in scene.settings if one.id in only]
    return tuple(one for one in scene.settings if asked and (one in asked or one.id == scene.reference))


def _lived_draw_by_draw(
    scene: Scene, settings: Sequence[Setting], seeds: Sequence[int], changes: Sequence[str]
) -> Iterator[None]:
    """Live every setting of one draw before the next: they share the year before, which is then lived once.

    Changes that cannot be are refused before any setting is lived.
    """
    if scene.engine != "room":
        for setting in settings:
            scenario_of(scene, setting, changes)
    for seed in seeds:
        for setting in settings:
            if scene.engine != "room":
                lived(scene, setting, seed, changes)
            yield
