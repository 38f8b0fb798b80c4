"""Observing (observer): one position of the lever is lived, and its figures are read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from experiments.lessons.classroom import CLASS_SIZE, seed_of
from experiments.lessons.kinds import kinds
from experiments.lessons.lesson import Lesson, Scene, Setting, lesson
from experiments.lessons.lived import lived
from experiments.lessons.room import expected_wait, simulated_wait
from experiments.lessons.spread import points_of, spread_of


class Figure(NamedTuple):
    """One figure that was observed; the sentence says it whole."""

    name: str
    value: float
    label: str
    shown: str
    unit: str
    sentence: str


class Observation(NamedTuple):
    """One setting as it was lived: over which draws, and what was read."""

    lesson: int
    scene: str
    setting: str
    label: str
    seeds: tuple[int, ...]
    figures: Mapping[str, Figure]

    def value(self, name: str) -> float:
        """One figure as a number."""
        return self.figures[name].value


def observe(
    which: Lesson | int,
    setting: str,
    seed: int | None = None,
    student: int | None = None,
    *,
    code: str = "",
    lang: str = "fr",
    changes: Sequence[str] = (),
) -> Observation:
    """Live one setting: on one seed, on a student's draw of a class, else on the draws of the lesson (their mean).

    `code` is the class code; `changes` are further changes of the scenario, as in `--set`. KeyError for a lesson
    or a setting that does not exist, ValueError for a student who does not, Refused for changes that cannot be.
    """
    asked = lesson(which) if isinstance(which, int) else which
    scene = asked.scene_of(setting)
    chosen = next(one for one in scene.settings if one.id == setting)
    seeds = seeds_of(scene, seed, student, code)
    values = figures_of(scene, chosen, seeds, neighbours_of(scene, seed, student, code), changes)
    figures = {name: figure(name, values[name], lang) for name in scene.figures if name in values}
    return Observation(asked.number, scene.id, setting, chosen.label[lang], seeds, figures)


def seeds_of(
    scene: Scene, seed: int | None = None, student: int | None = None, code: str = ""
) -> tuple[int, ...]:
    """The draws that are lived."""
    if seed is not None:
        return (seed,)
    if student is not None:
        return (seed_of(student, code),)
    return tuple(seed_of(one, code if scene.engine == "class" else "") for one in range(1, scene.draws + 1))


def neighbours_of(
    scene: Scene, seed: int | None = None, student: int | None = None, code: str = ""
) -> tuple[int, ...]:
    """The draw each of them compares with: the next student's; the last one's neighbour is the first."""
    if seed is not None:
        return (seed + 1,)
    if student is not None:
        return (seed_of(student % CLASS_SIZE + 1, code),)
    seeds = seeds_of(scene, code=code)
    return (*seeds[1:], seeds[0])


def figures_of(
    scene: Scene,
    setting: Setting,
    seeds: Sequence[int],
    neighbours: Sequence[int] = (),
    changes: Sequence[str] = (),
) -> Mapping[str, float]:
    """The figures of a setting over some draws; one that a draw leaves without a case is missing."""
    if scene.engine == "room":
        return {
            "theory_wait": expected_wait(setting.servers, setting.full),
            "room_wait": simulated_wait(setting.servers, setting.full).mean,
        }
    if scene.engine == "class":
        return spread_of(setting, points_of(scene, setting, seeds, neighbours, changes))
    years = [lived(scene, setting, seed, changes) for seed in seeds]
    return {name: fmean(year[name] for year in years) for name in scene.figures if _in_all(name, years)}


def _in_all(name: str, years: Sequence[Mapping[str, float]]) -> bool:
    return all(name in year for year in years)


def figure(name: str, value: float, lang: str) -> Figure:
    """A value in words."""
    kind = kinds()[name]
    shown = kind.shown(value, lang)
    label, unit = kind.label[lang], kind.unit[lang]
    colon = "\N{NARROW NO-BREAK SPACE}: " if lang == "fr" else ": "
    return Figure(name, value, label, shown, unit, f"{label}{colon}{shown}{unit and ' ' + unit}.")
