"""What workers answered (réponses), by what it depends on: shared by all pages, in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cpts.dashboard.asked import Key
from cpts.dashboard.question import Cells, Pair, Task

ROOM, ROOM_TODAY = 6000, 400
"""Pairs and baselines kept; the oldest unused are forgotten first."""
ROOM_WORDS = 100
"""Lists of indicators and groups that pairs have in common; there is nearly one for each territory."""


class Failed(NamedTuple):
    """A task that came to nothing."""

    problem: Exception


class Answers:
    """Answers by what they depend on; the oldest unused are forgotten first."""

    def __init__(self, room: int = ROOM, room_today: int = ROOM_TODAY) -> None:
        self.room, self.room_today = room, room_today
        self.results: OrderedDict[Key, Any] = OrderedDict()
        self.todays: OrderedDict[tuple[str, str, int], Any] = OrderedDict()
        self._cells: dict[Cells, Cells] = {}

    def has(self, key: Key) -> bool:
        """Whether it was answered, or given up."""
        return key in self.results

    def has_failed(self, key: Key) -> bool:
        """Whether it was given up."""
        return isinstance(self.results.get(key), Failed)

    def count(self, tasks: Sequence[Task]) -> int:
        """How many of these were answered, or given up."""
        return sum(task.key in self.results for task in tasks)

    def problem(self, tasks: Sequence[Task]) -> Exception | None:
        """Why the first of them that was given up was."""
        known = (self.results.get(task.key) for task in tasks)
        return next((one.problem for one in known if isinstance(one, Failed)), None)

    def of(self, tasks: Sequence[Task]) -> dict[Key, Any]:
        """All answers to these."""
        found = {}
        for task in tasks:
            if task.key in self.results and not self.has_failed(task.key):
                self.results.move_to_end(task.key)
                found[task.key] = self.results[task.key]
        return found

    def today(self, name: tuple[str, str, int]) -> Any:
        """A baseline that was lived before; none when it was not."""
        return self.todays.get(name)

    def drop(self, key: Key) -> None:
        """Forget one."""
        self.results.pop(key, None)

    def forget(self, is_gone: Callable[[Key], bool]) -> None:
        """Drop what is known under these names."""
        for kept in (self.results, self.todays):
            for key in [one for one in kept if is_gone(one)]:
                del kept[key]

    def keep(self, task: Task, outcome: Any) -> None:
        """Keep an answer, and apart from it the baseline that everybody shares."""
        if isinstance(outcome, Pair) and task.today is not None:
            if outcome.today is not None:
                self.todays[task.today] = outcome.today
            if len(self._cells) >= ROOM_WORDS:
                self._cells.clear()
            outcome = outcome._replace(today=None, cells=self._cells.setdefault(outcome.cells, outcome.cells))
        self.results[task.key] = outcome
        while len(self.results) > self.room:
            self.results.popitem(last=False)
        while len(self.todays) > self.room_today:
            self.todays.popitem(last=False)
