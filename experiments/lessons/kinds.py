"""What a figure of a lesson is (grandeurs): its name in words, its unit, its digits, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from experiments.lessons.lesson import Words
from texts import number


class Kind(BaseModel):
    """One quantity that lessons read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Words
    unit: Words
    decimals: int = 0
    scale: float = 1.0
    """The quantity is shown multiplied by this (a share as so many of 100)."""
    bare: bool = False
    """Whether an exact figure drops its zeros: 19 and not 19.0."""
    better: Literal["higher", "lower", "none"] = "none"
    means: Words

    def shown(self, value: float, lang: str, *, signed: bool = False) -> str:
        """The value as it is read, without its unit."""
        scaled = round(value * self.scale, self.decimals) + 0.0
        text = number(scaled, lang, None if self.bare else self.decimals)
        return f"+{text}" if signed and scaled > 0 else text

    def is_worse(self, difference: float) -> bool:
        """Whether a difference goes the wrong way."""
        return difference < 0 if self.better == "higher" else difference > 0 and self.better == "lower"


@cache
def kinds() -> Mapping[str, Kind]:
    """Every quantity by name; those of the model bear the name of their indicator."""
    text = (resources.files(__package__) / "kinds.yaml").read_text(encoding="utf-8")
    return MappingProxyType({name: Kind.model_validate(told) for name, told in yaml.safe_load(text).items()})
