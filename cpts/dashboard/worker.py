"""One process that lives worlds (ouvrier): it is given a call, answers, and lays down what can wait for what cannot."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

EVERY = 7
"""Days lived between two looks at the door: a few milliseconds of a large territory, and next to no cost."""


class Lost(Exception):
    """The process died on what it was doing."""


class Refusal(NamedTuple):
    """What a call came to when it raised: the exception itself when it can travel, else its words."""

    problem: Exception


class Call(NamedTuple):
    """Something to be done: what is not in a hurry is given `pause`, and lets go of the process when it calls it."""

    name: tuple[Any, ...]
    call: Callable[..., Any]
    args: tuple[Any, ...]
    can_pause: bool = False


class Worker:
    """A persistent process with at most two calls in hand, and a new life when it dies."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self.life = 0
        """How many processes died in this place: a call meant for one of them is not given to the next."""
        self._begin()

    def _begin(self) -> None:
        self._ours, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_live, args=(theirs,), daemon=True, name="cpts-worker")
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def give(self, call: Call, life: int) -> None:
        """Have something done there, unless the process it was meant for is gone: whoever hears of it tries again."""
        with self._lock:
            if life != self.life:
                return
            try:
                self._ours.send(call)
            except OSError:
                return

    def heard(self) -> tuple[tuple[Any, ...], Any]:
        """Wait for an answer, with the name of its call; `Lost` when nobody answers any more."""
        try:
            name, answer = self._ours.recv()
        except (EOFError, OSError) as end:
            raise Lost from end
        return name, answer

    def replace(self) -> None:
        """Another process takes the place of one that died."""
        self.end()
        with self._lock:
            self.life += 1
            self._ours.close()
            self._begin()

    def end(self) -> None:
        """Nothing more is asked of it."""
        self._process.kill()
        self._process.join(5)


class _Desk:
    """Inside the process: one call at a time, and one more when the first can wait."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._looks = 0
        self._is_interrupted = False

    def answer(self) -> None:
        """Wait for a call and answer it; the process ends with whoever asks."""
        try:
            asked: Call = self._pipe.recv()
        except (EOFError, OSError):
            raise SystemExit from None
        try:
            answer = asked.call(*asked.args, **({"pause": self.pause} if asked.can_pause else {}))
        except Exception as problem:
            answer = Refusal(problem)
        self._send(asked.name, answer)

    def pause(self, *_: object) -> None:
        """Do first what cannot wait, if anything came; what was under way goes on where it was."""
        self._looks += 1
        if self._is_interrupted or self._looks % EVERY or not self._pipe.poll():
            return
        self._is_interrupted = True
        try:
            self.answer()
        finally:
            self._is_interrupted = False

    def _send(self, name: tuple[Any, ...], answer: Any) -> None:
        """Some exceptions do not travel: their words do."""
        try:
            self._pipe.send((name, answer))
        except (TypeError, AttributeError, ValueError):
            problem = answer.problem if isinstance(answer, Refusal) else answer
            self._pipe.send((name, Refusal(RuntimeError(f"{type(problem).__name__}: {problem}"))))


def _live(pipe: Connection) -> None:
    """Answer until nobody asks; one thread each, so that workers share the processors between them."""
    os.environ["NUMBA_NUM_THREADS"] = "1"
    if hasattr(os, "nice"):
        os.nice(5)  # pages answer first
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from cpts.cli.opening import keep_mornings

    keep_mornings()
    desk = _Desk(pipe)
    while True:
        desk.answer()
