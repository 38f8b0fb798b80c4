"""A part of France, or all of it: `python -m benchmarks.country DATA [DEPARTEMENT ...]`, in a process of its own."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.measure import peak_bytes
from benchmarks.territories import part_of_france
from simulation.model import PrimaryCare
from simulation.results import results_of
from simulation.running import fresh

YEAR = 364


def measured(data: Path, departements: list[str]) -> dict[str, float]:
    """Live 364 days, half of them to fill the diaries, and make the table of results."""
    began = time.perf_counter()
    scenario = part_of_france(data, departements).with_(warm_up_days=YEAR // 2, days=YEAR // 2)
    read = time.perf_counter()
    model = PrimaryCare(scenario, fresh(scenario))
    built = time.perf_counter()
    while model.day <= model.calendar.last:
        model.step()
    lived = time.perf_counter()
    table = results_of(model).table
    return {
        "people": len(model.state.patients.age), "communes": len(scenario.territory.communes), "gps": len(model.gps),
        "read_s": read - began, "build_s": built - read, "live_s": lived - built,
        "table_s": time.perf_counter() - lived, "all_s": time.perf_counter() - began, "rows": len(table),
        "peak_bytes": peak_bytes(),
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(Path(sys.argv[1]), sys.argv[2:])))
