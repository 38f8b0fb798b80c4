"""Who is served next (file d'attente): the page that has seen the fewest worlds of what it asks now.

Nothing is queued: when a worker is free, the next world is chosen among what pages ask at that moment, so that a new
move drops the rest of the former one. Answers are kept by what they depend on and shared by all.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from cpts.dashboard.question import Pair, Task
from cpts.dashboard.worker import Lost, Worker

log = logging.getLogger("cpts.dashboard")

MOST_DEATHS = 2
"""Processes that one world may take with it before it is given up."""
ROOM, ROOM_TODAY = 3000, 400
"""Pairs and baselines kept; the oldest unused are forgotten first."""


class Failed(NamedTuple):
    """A task that came to nothing."""

    problem: Exception


class Progress(NamedTuple):
    """How far a page's question is, and how many pages wait with it."""

    done: int
    total: int
    waiting: int
    problem: Exception | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.done >= self.total


class Engine:
    """Workers, and what pages ask of them."""

    def __init__(self, workers: int = 1, room: int = ROOM) -> None:
        self.changed = threading.Condition()
        self.room = room
        self.results: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self.todays: OrderedDict[tuple[str, str, int], Any] = OrderedDict()
        self.asked: dict[str, tuple[Task, ...]] = {}
        self.under_way: dict[tuple[Any, ...], int] = {}
        self.deaths: dict[tuple[Any, ...], int] = {}
        self.is_closed = False
        self.workers = [Worker() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._serve, args=(one,), daemon=True) for one in self.workers
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, page: str, tasks: Sequence[Task]) -> None:
        """From now on a page wants these, in this order, and no longer what it asked before."""
        with self.changed:
            self.asked[page] = tuple(tasks)
            for task in tasks:  # what failed before is tried again when somebody asks again
                if isinstance(self.results.get(task.key), Failed):
                    del self.results[task.key]
                    self.deaths.pop(task.key, None)
            self.changed.notify_all()

    def leave(self, page: str) -> None:
        """Nothing more is wanted there."""
        with self.changed:
            self.asked.pop(page, None)

    def progress(self, tasks: Sequence[Task]) -> Progress:
        """How much of it is known."""
        with self.changed:
            return self._progress(tasks)

    def wait(self, tasks: Sequence[Task], seen: int, seconds: float) -> Progress:
        """Wait until more than `seen` is known, or so long."""
        with self.changed:
            self.changed.wait_for(
                lambda: self.is_closed or self._progress(tasks).done > seen, timeout=seconds
            )
            return self._progress(tasks)

    def found(self, tasks: Sequence[Task]) -> Mapping[tuple[Any, ...], Any]:
        """All that is known of these."""
        with self.changed:
            known = {task.key: self._recalled(task.key) for task in tasks if task.key in self.results}
        return {key: one for key, one in known.items() if not isinstance(one, Failed)}

    def forget(self, is_gone: Callable[[tuple[Any, ...]], bool]) -> None:
        """Drop what is known under these names."""
        with self.changed:
            for kept in (self.results, self.todays):
                for key in [one for one in kept if is_gone(one)]:
                    del kept[key]

    def close(self) -> None:
        """End every process."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()
        for worker in self.workers:
            worker.end()

    def _progress(self, tasks: Sequence[Task]) -> Progress:
        known = [self.results[task.key] for task in tasks if task.key in self.results]
        problem = next((one.problem for one in known if isinstance(one, Failed)), None)
        waiting = sum(
            1 for wanted in self.asked.values() if any(one.key not in self.results for one in wanted)
        )
        return Progress(len(known), len(tasks), waiting, problem)

    def _recalled(self, key: tuple[Any, ...]) -> Any:
        self.results.move_to_end(key)
        return self.results[key]

    def _serve(self, worker: Worker) -> None:
        while True:
            with self.changed:
                task = self._next()
                while task is None and not self.is_closed:
                    self.changed.wait()
                    task = self._next()
                if task is None or self.is_closed:
                    return
                self.under_way[task.key] = self.under_way.get(task.key, 0) + 1
                extra = () if task.today is None else (self.todays.get(task.today),)
            outcome = self._done(worker, task, extra)
            with self.changed:
                self.under_way.pop(task.key, None)
                if outcome is not None:
                    self._keep(task, outcome)
                self.changed.notify_all()

    def _next(self) -> Task | None:
        """The first thing that is neither known nor under way, of the page that has seen the least."""
        best: tuple[int, Task] | None = None
        for wanted in self.asked.values():
            seen = sum(one.key in self.results or one.key in self.under_way for one in wanted)
            if seen < len(wanted) and (best is None or seen < best[0]):
                first = next(
                    one for one in wanted if one.key not in self.results and one.key not in self.under_way
                )
                best = (seen, first)
        return None if best is None else best[1]

    def _done(self, worker: Worker, task: Task, extra: tuple[Any, ...]) -> Any:
        """What a worker answers; none when it died and another may try."""
        try:
            return worker.do(task.call, *task.args, *extra)
        except Lost:
            if self.is_closed:
                return None
            log.warning("a worker died on %s", task.key[:1])
            worker.replace()
            with self.changed:
                self.deaths[task.key] = self.deaths.get(task.key, 0) + 1
                over = self.deaths[task.key] > MOST_DEATHS
            return Failed(Lost("worker")) if over else None
        except Exception as problem:
            log.warning("failed", exc_info=problem)
            return Failed(problem)

    def _keep(self, task: Task, outcome: Any) -> None:
        if isinstance(outcome, Pair) and task.today is not None:
            if outcome.today is not None:
                self.todays[task.today] = outcome.today
            outcome = outcome._replace(today=None)
        self.results[task.key] = outcome
        while len(self.results) > self.room:
            self.results.popitem(last=False)
        while len(self.todays) > ROOM_TODAY:
            self.todays.popitem(last=False)
