"""A thousand futures of the shipped territory, each with its own people and figures, results on disk."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.shipped import shipped
from experiments.worlds import World, worlds
from simulation import run

PROCESSES = 2


def live(folder: Path, world: World) -> int:
    """Live one future and write its table."""
    scenario = shipped("baseline").with_(ring=False, seed=world.seed, parameters=dict(world.parameters))
    target = folder / f"{world.number}.parquet"
    run(scenario).write(target)
    return target.stat().st_size


def measured(count: int) -> dict[str, float]:
    """Seconds for so many futures, processes started and compiled code loaded included."""
    futures = worlds(shipped("baseline"), count)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as executor:
            sizes = list(executor.map(partial(live, Path(folder)), futures, chunksize=4))
        return {"worlds": count, "seconds": time.perf_counter() - began, "bytes": sum(sizes)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
