"""Workers and what they found (moteur): nothing is queued, and an empty page interrupts what can wait.

When a worker is free, the next world is chosen among what pages ask at that moment, so that a new move drops the rest
of the former one. When none is and a page has no answer yet, a worker lays down the world it lives, lives that one,
and goes on where it was. Answers are kept by what they depend on and shared by all.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from cpts.dashboard.answers import ROOM, Answers, Failed
from cpts.dashboard.asked import Asked, Key, Next
from cpts.dashboard.question import Task
from cpts.dashboard.worker import Call, Lost, Refusal, Worker

log = logging.getLogger("cpts.dashboard")

MOST_DEATHS = 2
"""Processes that one world may take with it before it is given up."""


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


class Seat:
    """One worker and what it has in hand: one thing, and one more on top when the first can wait."""

    def __init__(self) -> None:
        self.worker = Worker()
        self.hand: list[Next] = []

    @property
    def can_be_interrupted(self) -> bool:
        """Whether what is lived there can wait for an empty page."""
        return len(self.hand) == 1 and self.hand[0].task.can_pause and not self.hand[0].is_pressing


class Engine:
    """Workers, and what pages ask of them."""

    def __init__(self, workers: int = 1, room: int = ROOM) -> None:
        self.changed = threading.Condition()
        self.asked = Asked()
        self.known = Answers(room)
        self.deaths: dict[Key, int] = {}
        self.is_closed = False
        self.seats = [Seat() for _ in range(workers)]
        for seat in self.seats:
            for duty in (self._give, self._hear):
                threading.Thread(target=duty, args=(seat,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, page: str, tasks: Sequence[Task]) -> None:
        """From now on a page wants these, in this order, and no longer what it asked before."""
        with self.changed:
            self.asked.ask(page, tasks)
            for task in tasks:  # what failed before is tried again when somebody asks again
                if self.known.has_failed(task.key):
                    self.known.drop(task.key)
                    self.deaths.pop(task.key, None)
            self.changed.notify_all()

    def foresee(self, tasks: Sequence[Task]) -> None:
        """Have this done too when there is nothing else to do."""
        with self.changed:
            self.asked.foresee(tasks)
            self.changed.notify_all()

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do; to be asked by whoever holds `changed`."""
        return self.asked.is_idle(self.known.has)

    def leave(self, page: str) -> None:
        """Nothing more is wanted there."""
        with self.changed:
            self.asked.leave(page)

    def progress(self, tasks: Sequence[Task]) -> Progress:
        """How much of it is known."""
        with self.changed:
            return self._progress(tasks)

    def wait(self, tasks: Sequence[Task], seen: int, seconds: float) -> Progress:
        """Wait until more than `seen` is known, or so long."""
        with self.changed:
            self.changed.wait_for(lambda: self.is_closed or self.known.count(tasks) > seen, timeout=seconds)
            return self._progress(tasks)

    def found(self, tasks: Sequence[Task]) -> Mapping[Key, Any]:
        """All that is known of these."""
        with self.changed:
            return self.known.of(tasks)

    def forget(self, is_gone: Callable[[Key], bool]) -> None:
        """Drop what is known under these names."""
        with self.changed:
            self.known.forget(is_gone)

    def close(self) -> None:
        """End every process."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()
        for seat in self.seats:
            seat.worker.end()

    def _progress(self, tasks: Sequence[Task]) -> Progress:
        waiting = self.asked.waiting(self.known.has)
        return Progress(self.known.count(tasks), len(tasks), waiting, self.known.problem(tasks))

    def _give(self, seat: Seat) -> None:
        """Keep a worker busy."""
        while True:
            with self.changed:
                chosen = self._next(seat)
                while chosen is None and not self.is_closed:
                    self.changed.wait()
                    chosen = self._next(seat)
                if chosen is None or self.is_closed:
                    return
                seat.hand.append(chosen)
                task, life = chosen.task, seat.worker.life
                extra = () if task.today is None else (self.known.today(task.today),)
            seat.worker.give(Call(task.key, task.call, (*task.args, *extra), task.can_pause), life)

    def _next(self, seat: Seat) -> Next | None:
        """What a worker should do now, if anything."""
        hands = [one.hand for one in self.seats]
        if seat.hand and (not seat.can_be_interrupted or not all(hands)):
            return None
        under_way = {one.task.key for hand in hands for one in hand}
        errands = sum(any(not one.task.can_pause for one in hand) for hand in hands)
        # One worker is left to those who move a lever, when there are several.
        found = self.asked.next(
            lambda key: key in under_way or self.known.has(key), errands < max(1, len(hands) - 1)
        )
        return None if seat.hand and not (found and found.is_pressing) else found

    def _hear(self, seat: Seat) -> None:
        """Keep what a worker answers, and replace it when it dies."""
        while True:
            try:
                name, answer = seat.worker.heard()
            except Lost:
                with self.changed:
                    if self.is_closed:
                        return
                    self._bury(seat)
                    self.changed.notify_all()
                continue
            with self.changed:
                done = next((one for one in seat.hand if one.task.key == name), None)
                if done is not None:
                    seat.hand.remove(done)
                    self.known.keep(done.task, _told(answer))
                self.changed.notify_all()

    def _bury(self, seat: Seat) -> None:
        """Another process comes; what the dead one had in hand is lived again, unless it killed too many."""
        task = seat.hand[-1].task if seat.hand else None
        log.warning("a worker died on %s", None if task is None else task.key[:1])
        seat.hand.clear()
        seat.worker.replace()
        if task is not None:
            self.deaths[task.key] = self.deaths.get(task.key, 0) + 1
            if self.deaths[task.key] > MOST_DEATHS:
                self.known.keep(task, Failed(Lost("worker")))


def _told(answer: Any) -> Any:
    """What is kept of an answer: the whole of it, or why there is none."""
    if not isinstance(answer, Refusal):
        return answer
    log.warning("failed", exc_info=answer.problem)
    return Failed(answer.problem)
