"""How time and memory grow with people: `python -m benchmarks.growth PEOPLE`, one size in a process of its own."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from benchmarks.measure import peak_bytes
from benchmarks.territories import side_by_side
from simulation.kernels.due import who_come, who_look, whose_day
from simulation.model import PrimaryCare
from simulation.running import fresh

WARM, COUNTED = 56, 28
LINES = {"needs": 3, "calls": 15, "visits": 10}
"""Lines of 64 bytes that a need, a call and a visit read or write, counted in the code: the person 1
(2 for a visit), the request 3, and the rest the diaries, the lists of who is near, the practices and the counts."""
SCANNED_OF_PERSON, SCANNED_OF_REQUEST = 2, 3 * 3
"""Bytes read every day of each person (the next day of each) and of each row of requests (three times)."""
LINE = 64


def events_of(model: PrimaryCare) -> dict[str, int]:
    """Count what the coming day will do."""
    day = model.day
    return {
        "needs": len(whose_day(model.state.patients.next_event, day)),
        "calls": len(who_look(model.hand.requests, day)),
        "visits": len(who_come(model.hand.requests, day)),
    }


def measured(people: int) -> dict[str, float]:
    """Build, live until diaries fill, then time some days."""
    scenario = side_by_side(people).with_(warm_up_days=WARM, days=COUNTED)
    fresh(side_by_side(1_000))
    began = time.perf_counter()
    built = fresh(scenario)
    building = time.perf_counter() - began
    model = PrimaryCare(scenario, built)
    while model.day < model.calendar.first:
        model.step()
    events = dict.fromkeys(LINES, 0)
    spent = 0.0
    while model.day <= model.calendar.last:
        for name, number in events_of(model).items():
            events[name] += number
        began = time.perf_counter()
        model.step()
        spent += time.perf_counter() - began
    rows, table = len(built.state.patients.age), int(model.state.requests.cursor[-1])
    touched = sum(LINE * LINES[name] * number / COUNTED for name, number in events.items())
    touched += SCANNED_OF_PERSON * rows + SCANNED_OF_REQUEST * table
    return {
        "people": rows, "build_s": building, "day_s": spent / COUNTED, "peak_bytes": peak_bytes(),
        "bytes_touched": touched / rows, **{name: number / COUNTED / rows for name, number in events.items()},
    }  # fmt: skip


def bandwidth() -> float:
    """Bytes a second that this machine reads and writes when it only copies."""
    source = np.ones(2**27)
    target = np.zeros_like(source)
    best = 0.0
    for _ in range(5):
        began = time.perf_counter()
        np.copyto(target, source)
        best = max(best, 2 * source.nbytes / (time.perf_counter() - began))
    return best


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
