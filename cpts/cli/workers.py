"""Several processors at once (processus): started quietly, stopped at once when the reader has had enough."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cpts.cli.faults import Misused
from cpts.cli.opening import keep_mornings

if TYPE_CHECKING:
    from concurrent.futures import Executor


def cores(asked: int | None, futures: int) -> int:
    """How many processes: as many as processors unless said, never more than there is to do."""
    if asked is not None and asked < 1:
        raise Misused("too_few", value="--workers")
    count = getattr(os, "process_cpu_count", os.cpu_count)() if asked is None else asked
    return max(1, min(count or 1, futures))


def means(asked: int | None, runs: int) -> Callable[[], Executor] | None:
    """How processes are made, as many as are of use for so many runs; none when the work is done here."""
    count = cores(asked, runs)
    if count == 1:
        return None
    from experiments.executors import spawned

    return spawned(count, begin)


def _ready() -> None:
    """Load the model in a worker before the first future is asked of it."""
    import simulation  # noqa: F401


def begin() -> None:
    """An interruption is for the one who talks to the reader; levers written elsewhere are loaded first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_mornings()
    if os.environ.get("CPTS_PLUGINS"):
        from simulation.plugins import load_named

        load_named()


@contextmanager
def executor(count: int) -> Iterator[Executor | None]:
    """Workers for the time of a comparison; none when the work is done here."""
    if count == 1:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=begin)
    try:
        # Workers inherit a closed ear, so that an interruption finds none of them half awake and complaining.
        with _unheard():
            for _ in range(count):
                pool.submit(_ready)
        yield pool
    except BaseException:
        for one in multiprocessing.active_children():
            one.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _unheard() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
