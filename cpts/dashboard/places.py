"""Territories that a page may open (lieux), by name only: those that come with the project, and its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpts.cli import shipped
from cpts.dashboard.choice import Choice
from cpts.dashboard.levers import acted
from cpts.dashboard.question import FIRST, Question, Start, start_of
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from cpts.dashboard.corrections import Correction
    from simulation.scenario import Scenario
    from simulation.territory import Territory

SHIPPED = ("baseline", "canton", "national", "two-valleys", "village")
YEARS_FROM_CONTRACT = 3
OWN = "own-"
"""How the name of a territory that somebody brought begins."""
OWN_FILE = "mon-territoire"


class Origin(NamedTuple):
    """What a place was before it was corrected, and what was put right."""

    source: str
    corrections: tuple[Correction, ...]
    folder: bytes
    """The corrected territory, packed, for the command line."""


class Place(NamedTuple):
    """A baseline by its name."""

    name: str
    scenario: Scenario
    origin: Origin | None = None
    """None when nobody corrected it."""


class Places:
    """The baselines, and their futures once somebody asked for them."""

    def __init__(self, names: Sequence[str] = SHIPPED) -> None:
        found = shipped.read(list(dict.fromkeys(names)), [[] for _ in dict.fromkeys(names)])
        self.by_name: Mapping[str, Place] = {
            name: Place(name, one) for name, one in zip(dict.fromkeys(names), found, strict=True)
        }
        self._starts: dict[tuple[str, bool], Start] = {}
        self._lock = threading.Lock()

    @property
    def territories(self) -> Mapping[str, Territory]:
        """Each territory by the name of its baseline."""
        return {name: one.scenario.territory for name, one in self.by_name.items()}

    def source(self, name: str) -> str:
        """The place that was corrected, else itself."""
        origin = self.by_name[name].origin
        return name if origin is None else origin.source

    def add(self, place: Place) -> None:
        """One more, under a name of its own."""
        with self._lock:
            self.by_name = {**self.by_name, place.name: place}

    def remove(self, name: str) -> frozenset[str]:
        """One less; gives the keys of its baselines."""
        with self._lock:
            gone = self.by_name.get(name)
            self.by_name = {key: one for key, one in self.by_name.items() if key != name}
            started = [self._starts.pop(key) for key in list(self._starts) if key[0] == name]
        known = {start.key for start in started}
        return frozenset(known if gone is None else known | {gone.scenario.content_hash})

    def start(self, name: str, from_contract: bool = False) -> Start:
        """The baseline and its futures; from the contract, three years while missions come."""
        with self._lock:
            key = (name, from_contract)
            if key not in self._starts:
                scenario = self.by_name[name].scenario
                if from_contract:
                    days = scenario.days * YEARS_FROM_CONTRACT
                    scenario = scenario.with_(days=days, clock="from_contract")
                self._starts[key] = start_of(scenario)
            return self._starts[key]

    def question(self, choice: Choice, count: int = FIRST) -> Question:
        """What a page asks, as something that can be lived."""
        start = self.start(choice.place, choice.from_contract)
        return Question(start, [acted(start.scenario, choice.done, titles(choice))], count)


def file_of(name: str) -> str:
    """How the baseline of a place is called in a file; the name of what somebody brought stays theirs."""
    return OWN_FILE if name.startswith(OWN) else Path(name).stem


def titles(choice: Choice) -> dict[str, str]:
    """A name for what is done: its levers, as people call them."""
    told = {}
    for lang in LANGUAGES:
        names = [say(f"reading.lever_{name}", lang) for name in choice.done]
        text = ", ".join(names) if names else say("dashboard.nothing_done", lang)
        told[lang] = text[:1].upper() + text[1:]
    return told
