"""Where runs are lived (moyens de calcul): processes of this machine, or a cluster that Dask holds together."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor

from simulation.faults import Fault, Refused

SECONDS_TO_ANSWER = 10


def spawned(count: int, ready: Callable[[], None] | None = None) -> Callable[[], Executor]:
    """Make pools of so many processes, each begun afresh: a fork would copy threads that compiled code has open."""
    context = multiprocessing.get_context("spawn")
    return lambda: ProcessPoolExecutor(count, mp_context=context, initializer=ready)


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
