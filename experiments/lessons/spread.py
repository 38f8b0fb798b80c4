"""One figure for each student (dispersion): alone, against a neighbour, against oneself.

A difference between two students mixes what was done with the luck of two draws; the same draw lived twice, with
and without, leaves what was done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, stdev

from experiments.lessons.lesson import Scene, Setting
from experiments.lessons.lived import lived

OUTCOME = "answered_48h_per_1000"
ALONE, NEIGHBOUR, PAIRED = "alone", "neighbour", "paired"


def points_of(
    scene: Scene,
    setting: Setting,
    seeds: Sequence[int],
    neighbours: Sequence[int],
    changes: Sequence[str] = (),
) -> list[float]:
    """The figure of each student, in the order of their draws; `neighbours` are the draws they compare with."""
    before = next(one for one in scene.settings if one.id == scene.reference)
    if setting.id == ALONE:
        return [lived(scene, before, seed, changes)[OUTCOME] for seed in seeds]
    acting = next(one for one in scene.settings if one.id == PAIRED)
    others = neighbours if setting.id == NEIGHBOUR else seeds
    return [
        lived(scene, acting, seed, changes)[OUTCOME] - lived(scene, before, other, changes)[OUTCOME]
        for seed, other in zip(seeds, others, strict=True)
    ]


def spread_of(setting: Setting, points: Sequence[float]) -> Mapping[str, float]:
    """Mean, ends and spread of the figures of a class; one student alone has a figure, a level has no sign."""
    if len(points) == 1:
        return {"class_mine": points[0]}
    told = {"class_mean": fmean(points), "class_low": min(points), "class_high": max(points)}
    told["class_spread"] = stdev(points)
    if setting.id != ALONE:
        told["class_above"] = float(sum(one > 0 for one in points))
    return told
