"""What all pages share (service): the workers, the territories, the answers; set by the environment of the server."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, Self

from cpts.dashboard.board import Boards, mentions
from cpts.dashboard.choice import Choice
from cpts.dashboard.engine import Engine
from cpts.dashboard.foresight import Foresight
from cpts.dashboard.inbox import Inbox
from cpts.dashboard.owned import Owned
from cpts.dashboard.places import SHIPPED, Places
from cpts.dashboard.question import FIRST, Question
from cpts.dashboard.turns import Turns

SCENARIO, WORKERS, WORLDS, PAGES = (
    f"CPTS_DASHBOARD_{name}" for name in ("SCENARIO", "WORKERS", "WORLDS", "PAGES")
)
MOST_PAGES = 60
OPENING = "opening"
"""The page that nobody has opened yet: what everybody sees first is ready before they come."""


class Settings(NamedTuple):
    """How the server was started."""

    scenario: str = SHIPPED[0]
    workers: int = 2
    worlds: int = 40
    pages: int = MOST_PAGES

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read what `told` wrote."""
        usual = cls()
        return cls(
            environment.get(SCENARIO, usual.scenario),
            int(environment.get(WORKERS, usual.workers)),
            int(environment.get(WORLDS, usual.worlds)),
            int(environment.get(PAGES, usual.pages)),
        )

    def told(self) -> dict[str, str]:
        """The same as an environment."""
        return {
            SCENARIO: self.scenario,
            WORKERS: str(self.workers),
            WORLDS: str(max(self.worlds, FIRST)),
            PAGES: str(self.pages),
        }


class Service:
    """Shared by all pages of a server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.places = Places((settings.scenario, *SHIPPED))
        self.engine = Engine(settings.workers)
        self.foresight = Foresight(self.places, self.engine)
        self.boards = Boards()
        self.turns = Turns()
        self.inbox = Inbox()
        self.owned = Owned(self.places, self._forgotten)
        self._open: set[str] = set()
        self._lock = threading.Lock()

    def enter(self, page: str) -> bool:
        """Open a page, unless there are too many."""
        with self._lock:
            if len(self._open) >= self.settings.pages:
                return False
            self._open.add(page)
            return True

    def leave(self, page: str) -> None:
        """Close a page: nothing more is computed for it."""
        with self._lock:
            self._open.discard(page)
        self.engine.leave(page)
        self.foresight.leave(page)
        self.engine.forget(lambda key: key[0] == "received" and str(key[1]).startswith(f"{page}:"))
        self.inbox.leave(page)
        self.owned.leave(page)

    def _forgotten(self, names: frozenset[str]) -> None:
        """A territory went away, and with it all that was computed or drawn of it."""
        self.engine.foresee(())
        self.boards.forget(names)
        self.engine.forget(lambda key: mentions(key, names))

    def question(self, choice: Choice) -> Question:
        """What a page asks, with as many futures as the server gives."""
        name = ("question", choice.place, choice.levers, choice.from_contract)
        return self.boards.shared(name, lambda: self.places.question(choice, self.settings.worlds))

    def begin(self) -> None:
        """Compute what everybody sees first."""
        from cpts.dashboard.choice import read_address

        first = read_address("", self.places.territories, self.settings.scenario)
        self.engine.ask(OPENING, self.question(first).tasks)
        self.foresight.seen(OPENING, first)


@cache
def service() -> Service:
    """The one of this process."""
    return Service(Settings.of(os.environ))
