"""Lessons (leçons): predict, move one thing, be wrong, and say why in one sentence.

`lessons()` lists them; `observe(lesson, setting)` lives a setting and gives its figures, with their sentences.
"""

from experiments.lessons.classroom import CLASS_SIZE, seed_of
from experiments.lessons.lesson import Lesson, Option, Scene, Setting, lesson, lessons
from experiments.lessons.observe import Figure, Observation, observe
from experiments.lessons.told import Told, told

__all__ = [
    "CLASS_SIZE",
    "Figure",
    "Lesson",
    "Observation",
    "Option",
    "Scene",
    "Setting",
    "Told",
    "lesson",
    "lessons",
    "observe",
    "seed_of",
    "told",
]
