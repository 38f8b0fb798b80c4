"""Points that were lived, kept one by one (essais): what is done is not done again, whoever does it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from calibration.fit import Live

JOURNAL = "runs.jsonl"
Watch = Callable[[int, int], None]
Key = tuple[tuple[str, float], ...]


class Tried(NamedTuple):
    """Points that were tried and what each gave: one row a point."""

    points: pd.DataFrame
    figures: pd.DataFrame


class Runs:
    """A file with one line for each point and what it gave; a torn last line is dropped on reading."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: dict[Key, dict[str, float]] = {}
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                told = _read(line)
                if told is not None:
                    self.known[_key(told["point"])] = told["figures"]

    def lived(
        self,
        live: Live,
        points: Sequence[Mapping[str, float]],
        executor: Executor | None = None,
        watch: Watch | None = None,
    ) -> Tried:
        """Live the points that are not known yet, keep each as it ends, and give all in the order asked."""
        missing = [point for point in points if _key(point) not in self.known]
        done = len(points) - len(missing)
        with self.file.open("a", encoding="utf-8") as journal:
            for point, figures in _each(live, missing, executor):
                self.known[_key(point)] = figures
                journal.write(json.dumps({"point": dict(point), "figures": figures}) + "\n")
                journal.flush()
                done += 1
                if watch is not None:
                    watch(done, len(points))
        figures_of = [self.known[_key(point)] for point in points]
        return Tried(pd.DataFrame([dict(point) for point in points]), pd.DataFrame(figures_of))


def _each(live: Live, points: Sequence[Mapping[str, float]], executor: Executor | None) -> Any:
    if executor is None:
        for point in points:
            yield point, live(point)
        return
    waiting = {executor.submit(live, point): point for point in points}
    try:
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        for one in waiting:
            one.cancel()


def _key(point: Mapping[str, float]) -> Key:
    return tuple(sorted((str(path), float(value)) for path, value in point.items()))


def _read(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) and {"point", "figures"} <= set(told) else None
