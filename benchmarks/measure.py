"""Median of several timings, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple


class Timing(NamedTuple):
    """Seconds of several runs of one piece of work."""

    work: str
    seconds: tuple[float, ...]
    note: str

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def timed(work: str, once: Callable[[int], object], times: int, note: str = "") -> Timing:
    """Run the work several times after one uncounted run; `once` is told which run it is."""
    once(-1)
    seconds = []
    for number in range(times):
        begin = time.perf_counter()
        once(number)
        seconds.append(time.perf_counter() - begin)
    return Timing(work, tuple(seconds), note)


def machine() -> str:
    """Say on what the figures were taken."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("mesa", "numpy", "numba", "pandas"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}; "
        f"peak memory of the whole benchmark {peak:.0f} MB"
    )
