"""What keeping a world costs: `python -m benchmarks.journal`, milliseconds a world of the shipped territory's size."""

from __future__ import annotations

import sys
import tempfile
from time import perf_counter

from benchmarks.shipped import shipped
from experiments.store import Finished, Store
from experiments.totals import totals
from simulation.running import run

WORLDS = 200


def measured(count: int = WORLDS) -> tuple[float, float, int]:
    """Milliseconds to write a world in the journal, to fold it afterwards, and its rows."""
    rows = totals(run(shipped("baseline").with_(ring=False, days=28, warm_up_days=0)))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        began = perf_counter()
        with store.journal() as journal:
            for number in range(count):
                journal.begin(f"{number:064}")
                journal.write(Finished(f"{number:064}", rows))
        written = perf_counter()
        store.fold()
        return 1000 * (written - began) / count, 1000 * (perf_counter() - written) / count, len(rows)


if __name__ == "__main__":
    written, folded, rows = measured()
    sys.stdout.write(f"{written:.2f} ms a world of {rows} rows to write, {folded:.2f} ms to fold\n")
