"""Median of several timings, and the machine they were taken on."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
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


def peak_bytes() -> int:
    """Most memory that this process has held, all in."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def apart(module: str, *arguments: object) -> dict[str, float]:
    """Measure in a process of its own, so that its memory is its own; give what it writes."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # what goes wrong is seen
    found: dict[str, float] = json.loads(told.stdout)
    return found


def machine() -> str:
    """Say on what the figures were taken."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("mesa", "numpy", "numba", "pandas"))
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}"
