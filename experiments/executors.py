"""Where runs are lived (moyens de calcul): processes of this machine, or a cluster that Dask holds together."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from simulation.faults import Fault, Refused

SECONDS_TO_ANSWER = 10


def spawned(count: int, ready: Callable[[], None] | None = None) -> Callable[[], Executor]:
    """Make pools of so many processes, each begun afresh: a fork would copy threads that compiled code has open."""
    context = multiprocessing.get_context("spawn")
    return lambda: ProcessPoolExecutor(count, mp_context=context, initializer=ready)


@contextmanager
def dask_here(count: int) -> Iterator[Executor]:
    """So many Dask workers of this machine, one thread each, for the time that they are needed."""
    try:
        from distributed import Client, LocalCluster
    except ModuleNotFoundError:
        raise Refused(
            [Fault("extra_missing", details={"value": "cluster", "package": "distributed"})]
        ) from None
    options = {"n_workers": count, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    quiet = logging.CRITICAL  # a worker that is slow to stop is no business of the reader
    with (
        LocalCluster(**options, silence_logs=quiet) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client.get_executor(pure=False, retries=2)


def dask(address: str) -> Executor:
    """The workers of a Dask scheduler (`tcp://host:8786`); they must see the folder of the store under its name."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise Refused(
            [Fault("extra_missing", details={"value": "cluster", "package": "distributed"})]
        ) from None
    try:
        client = Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError):
        raise Refused([Fault("no_scheduler", details={"value": address})]) from None
    executor: Executor = client.get_executor(pure=False, retries=2)
    return executor
