"""A lesson is written down, never programmed: what is asked, what is moved, what is looked at, what is said."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Engine = Literal["room", "territory", "class"]
Chart = Literal["bars", "effect", "points"]
Moment = Literal["vote", "try", "read", "explain", "limits"]


class Words(BaseModel):
    """The same in French and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


class Setting(BaseModel):
    """One position of the lever: a room of some servers, or changes of a scenario."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: Words
    servers: int = Field(default=1, ge=1, le=64)
    full: float = Field(default=0.0, ge=0.0, lt=1.0)
    """How busy the room is, 0 to 1."""
    parameters: dict[str, float] = {}
    policies: dict[str, dict[str, Any]] = {}
    members: float | None = None


class Scene(BaseModel):
    """One experiment of a lesson: a place, a lever, its positions and the figures to read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Words
    engine: Engine
    scenario: str = "canton"
    """The shipped scenario whose people live here."""
    draws: int = Field(default=10, ge=1, le=64)
    """Figures are means over the draws 1, 2 … of everybody."""
    reference: str
    """The setting to which the others are compared."""
    settings: tuple[Setting, ...]
    figures: tuple[str, ...]
    chart: Chart = "bars"
    drawn: tuple[str, ...] = ()
    """Figures that are drawn; the others are read in the table."""
    folded: tuple[str, ...] = ()
    """Figures drawn under a fold, to be opened once the others have been read."""
    note: Words | None = None

    @model_validator(mode="after")
    def _whole(self) -> Scene:
        names = [one.id for one in self.settings]
        if len(set(names)) < len(names) or self.reference not in names:
            raise ValueError(f"scene {self.id}: settings are told apart, and the reference is one of them")
        if not {*self.drawn, *self.folded} <= set(self.figures):
            raise ValueError(f"scene {self.id}: what is drawn is among the figures")
        return self


class Option(BaseModel):
    """One answer that can be voted for, and what to say to whoever chose it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: Words
    right: bool = False
    why: Words


class Lesson(BaseModel):
    """A lesson as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    title: Words
    homework: bool = False
    steps: dict[Moment, int]
    """Minutes of each moment."""
    aim: Words
    question: Words
    options: tuple[Option, ...]
    scenes: tuple[Scene, ...]
    say: Words
    explain: Words
    price: Words | None = None
    """What is lost elsewhere."""
    leaves_out: Words

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(self.steps.values())

    def scene_of(self, setting: str) -> Scene:
        """The scene a setting belongs to; KeyError when the lesson has no such setting."""
        for scene in self.scenes:
            if setting in [one.id for one in scene.settings]:
                return scene
        raise KeyError(setting)

    @property
    def setting_names(self) -> list[str]:
        """Every setting of the lesson."""
        return [one.id for scene in self.scenes for one in scene.settings]

    @model_validator(mode="after")
    def _whole(self) -> Lesson:
        names = self.setting_names
        if len(set(names)) < len(names):
            raise ValueError(f"lesson {self.number}: a setting belongs to one scene")
        if sum(one.right for one in self.options) != 1:
            raise ValueError(f"lesson {self.number}: one answer is right")
        return self


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in the order in which they are taught."""
    folder = resources.files(__package__) / "written"
    found = [
        Lesson.model_validate(yaml.safe_load(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def lesson(number: int) -> Lesson:
    """The lesson of that number; KeyError when there is none."""
    for one in lessons():
        if one.number == number:
            return one
    raise KeyError(number)
