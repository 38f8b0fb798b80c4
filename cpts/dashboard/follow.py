"""A page follows its question (suivi): told again when there is enough new, and left when it asks something else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from cpts.dashboard.board import is_told_at
from cpts.dashboard.engine import Progress
from cpts.dashboard.question import Task
from cpts.dashboard.service import Service

log = logging.getLogger("cpts.dashboard")

Results = Mapping[tuple[Any, ...], Any]
Message = dict[str, Any]
_PATIENCE = 0.5
"""Seconds between two looks when nothing comes."""


class Follower:
    """One thread that tells one page of one question, until it is over or something else is asked."""

    def __init__(
        self,
        service: Service,
        page: str,
        tasks: tuple[Task, ...],
        tell: Callable[[Results, Progress], None],
        fail: Callable[[], None],
    ) -> None:
        self.service, self.page, self.tasks = service, page, tasks
        self.tell, self.fail = tell, fail
        self._is_over = threading.Event()

    def begin(self) -> Callable[[], None]:
        """Ask, and follow in the background; gives what ends it."""
        self.service.engine.ask(self.page, self.tasks)
        threading.Thread(target=self._followed, daemon=True).start()
        return self._is_over.set

    def put(self, show: Callable[[Message], None], message: Message) -> None:
        """Show what was made, unless the page asked something else while it was being made."""
        if not self._is_over.is_set():
            show(message)

    def _followed(self) -> None:
        try:
            self._look()
        except Exception as problem:  # no page ever shows how it failed
            log.warning("a page could not be told", exc_info=problem)
            if not self._is_over.is_set():
                self.fail()

    def _look(self) -> None:
        engine, seen, told = self.service.engine, 0, 0
        while not self._is_over.is_set():
            progress = engine.wait(self.tasks, seen, _PATIENCE)
            seen = progress.done
            if self._is_over.is_set():
                return
            if is_told_at(progress.done, progress.total, told):
                with self.service.turns.mine(told):
                    progress = self._told()
                told = progress.done
                if progress.is_over:
                    return
            elif not told:
                self.tell({}, progress)

    def _told(self) -> Progress:
        """Draw what is known by now, more of it than when the turn was asked for."""
        progress = self.service.engine.progress(self.tasks)
        if not self._is_over.is_set():
            self.tell(self.service.engine.found(self.tasks), progress)
        return progress
