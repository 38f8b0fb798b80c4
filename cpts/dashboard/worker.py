"""One process that lives worlds (ouvrier): it is told what to call, answers, and waits for the next."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple


class Lost(Exception):
    """The process died on what it was doing."""


class Refusal(NamedTuple):
    """What a call came to when it raised: the exception itself when it can travel, else its words."""

    problem: Exception


class Worker:
    """A persistent process; whoever holds it gives it one call at a time, and a new life when it dies."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
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

    def do(self, call: Callable[..., Any], *args: Any) -> Any:
        """Have it done there; what it raises is raised here, and `Lost` when nobody answers any more."""
        try:
            self._ours.send((call, args))
            answer = self._ours.recv()
        except (EOFError, OSError) as end:
            raise Lost from end
        if isinstance(answer, Refusal):
            raise answer.problem
        return answer

    def replace(self) -> None:
        """Another process takes the place of one that died."""
        self.end()
        self._begin()

    def end(self) -> None:
        """Nothing more is asked of it."""
        self._ours.close()
        self._process.kill()
        self._process.join(5)


def _live(pipe: Connection) -> None:
    """Answer until nobody asks; one thread each, so that workers share the processors between them."""
    os.environ["NUMBA_NUM_THREADS"] = "1"
    if hasattr(os, "nice"):
        os.nice(5)  # pages answer first
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from cpts.cli.opening import keep_mornings

    keep_mornings()
    while True:
        try:
            call, args = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = call(*args)
        except Exception as problem:
            answer = Refusal(problem)
        _send(pipe, answer)


def _send(pipe: Connection, answer: Any) -> None:
    """Some exceptions do not travel: their words do."""
    try:
        pipe.send(answer)
    except (TypeError, AttributeError, ValueError):
        problem = answer.problem if isinstance(answer, Refusal) else answer
        pipe.send(Refusal(RuntimeError(f"{type(problem).__name__}: {problem}")))
