"""What the processors gave (part du processeur): on a shared machine, seconds alone say little."""

import os
import time
from pathlib import Path


def spent(pid):
    """Seconds computed by a process, and seconds during which it was ready and waited for a processor (Linux)."""
    ran = waited = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            told = thread.read_text().split()
        except OSError:  # a thread that ended
            continue
        ran, waited = ran + int(told[0]), waited + int(told[1])
    return ran / 1e9, waited / 1e9


class Share:
    """Processor time of the pages and of the workers, from now on."""

    def __init__(self, shared):
        self.pids = [os.getpid(), *(seat.worker.pid for seat in shared.engine.seats)]
        self.began, self.before = time.monotonic(), [spent(one) for one in self.pids]
        self.cpu = time.process_time()

    def told(self, moves):
        """One line: what was spent, and how much of what was asked was given."""
        seconds = time.monotonic() - self.began
        after = [spent(one) for one in self.pids[1:]]
        ran, waited = (
            sum(now[rank] - then[rank] for now, then in zip(after, self.before[1:], strict=True))
            for rank in (0, 1)
        )
        pages = time.process_time() - self.cpu
        _, stood = spent(self.pids[0])
        stood -= self.before[0][1]
        return (
            f"processor: pages {pages / seconds:.2f} ({1000 * pages / max(moves, 1):.0f} ms a move), workers "
            f"{ran / seconds:.2f} of a core; given {100 * pages / max(pages + stood, 1e-9):.0f} % of what pages asked, "
            f"{100 * ran / max(ran + waited, 1e-9):.0f} % of what workers asked"
        )


def memory(shared):
    """Megabytes at most of the pages, and of the largest worker."""
    return _most(os.getpid()), max(_most(seat.worker.pid) for seat in shared.engine.seats)


def _most(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")
