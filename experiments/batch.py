"""Many runs (lot de simulations): on one processor, on several, or on a cluster; what is done is not done again.

A run that fails is a row with its error, and the others go on. Workers that die are replaced, and what they had
finished is not lost; a run that takes a worker down even when it is alone is given up by name.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.store import Finished, Store
from experiments.totals import ROWS, Counted, counted

if TYPE_CHECKING:
    from experiments.designs import Planned
    from simulation.results import Results
    from simulation.scenario import Scenario

Run = Callable[["Scenario"], "Results | Counted"]
Watch = Callable[[int, int], None]
"""Told how many runs are done out of how many; raising stops the whole."""

TRIES = 2
"""How often a run may take its worker down when it is alone."""
FOLDED_EVERY = 500
"""Runs after which journals are made one table, so that a long batch leaves few files."""
AT_ONCE = 64
"""Pieces of work handed to an executor ahead of their turn."""
WORKER_DIED = "worker died"
NOTHING = pd.DataFrame(columns=list(ROWS))


Piece = tuple["Planned", ...]
"""Runs of one future, which share people and warm-up: whoever lives the first has the rest half done."""


def run_many(
    planned: Sequence[Planned],
    executor: Executor | Callable[[], Executor] | None = None,
    store: Store | None = None,
    *,
    watch: Watch | None = None,
    run: Run | None = None,
) -> pd.DataFrame:
    """Live every run that the store does not hold yet; give the rows of all, in the order of the plan.

    `executor` is any of `concurrent.futures` — a function that makes one is called again when its workers die — or
    nothing, to live them here. A store that is not given lasts as long as the call. The table has the columns of
    each run's coordinates, then `key, error, indicator, group, value, n, told`; whatever the executor, it is the same.
    """
    if store is None:
        with tempfile.TemporaryDirectory() as folder:
            return run_many(planned, executor, Store(folder), watch=watch, run=run)
    keys = [one.scenario.content_hash for one in planned]
    done = store.finished() & set(keys)
    missing = {key: one for key, one in zip(keys, planned, strict=True) if key not in done}
    total = len(set(keys))
    try:
        if executor is None:
            for count, _ in enumerate(_kept(store, missing.values(), run), start=len(done) + 1):
                _tell(watch, count, total)
        else:
            _elsewhere(store, _pieces(missing.values()), executor, run, watch, (len(done), total))
    finally:
        store.fold()
    return laid_out(planned, keys, store.table())


def laid_out(planned: Sequence[Planned], keys: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of each run after its coordinates, in the order of the plan."""
    of_key = {key: rows.drop(columns="key") for key, rows in table.groupby("key", sort=False)}
    parts = [
        with_columns(of_key[key], {**one.at, "key": key})
        for one, key in zip(planned, keys, strict=True)
        if key in of_key
    ]
    if not parts:
        return pd.DataFrame(columns=["key", "error", *ROWS, "told"])
    whole = pd.concat(parts, ignore_index=True)
    first = [name for name in dict.fromkeys(name for one in planned for name in one.at) if name in whole]
    return whole[[*first, "key", "error", *ROWS, "told"]]


def with_columns(rows: pd.DataFrame, told: Mapping[str, object]) -> pd.DataFrame:
    """Say the same of every row."""
    return rows.assign(**{name: pd.Series([value] * len(rows), rows.index) for name, value in told.items()})


def live(scenario: Scenario, run: Run | None = None, *, months: bool = False) -> Finished:
    """Live one run, and keep its months if asked; what goes wrong in it is told, and stops nobody else."""
    from simulation import run as simulate

    key = scenario.content_hash
    try:
        rows, told = counted((run or simulate)(scenario), months=months)
        return Finished(key, rows, json.dumps(dict(told), sort_keys=True))
    except Exception as problem:  # whatever it is, it is the business of this run alone
        return Finished(key, NOTHING, "", f"{type(problem).__name__}: {problem}")


def live_piece(store: Store, planned: Sequence[Planned], run: Run | None = None) -> list[str]:
    """Live the runs of one piece in a worker and write them in its journal; give the keys of those written."""
    return list(_kept(store, planned, run))


def _kept(store: Store, planned: Iterable[Planned], run: Run | None) -> Iterator[str]:
    """Live runs one after another, each in the journal before the next begins."""
    with store.journal() as journal:
        for one in planned:
            journal.begin(one.scenario.content_hash)
            done = live(one.scenario, run, months=store.months)
            journal.write(done)
            yield done.key


def _pieces(planned: Iterable[Planned]) -> list[Piece]:
    """Runs that follow each other and share a future go together."""
    return [tuple(some) for _, some in groupby(planned, key=_future_of)]


def _future_of(one: Planned) -> tuple[Any, ...]:
    return (one.at.get("kind"), one.at.get("number"), one.scenario.seed)


def _elsewhere(
    store: Store,
    pieces: list[Piece],
    executor: Executor | Callable[[], Executor],
    run: Run | None,
    watch: Watch | None,
    counted: tuple[int, int],
) -> None:
    """Hand the pieces to an executor; one that breaks is made anew, and whoever was under way is tried alone."""
    done, total = counted
    waiting = pieces
    while waiting:
        pool, ours = (executor, None) if isinstance(executor, Executor) else (executor(), executor)
        try:
            for count in _handed(pool, store, waiting, run):
                done += count
                _tell(watch, done, total)
                if done % FOLDED_EVERY < count:
                    store.fold()
            return
        except BrokenExecutor:
            if ours is None:
                raise
            suspects = store.cut_short()
            for one in _unfinished(waiting, store):
                if one.scenario.content_hash in suspects:
                    _live_alone(ours, store, one, run)
            waiting = _pieces(_unfinished(waiting, store))
            done = total - sum(len(piece) for piece in waiting)
            _tell(watch, done, total)
        finally:
            if ours is not None:
                pool.shutdown(wait=True, cancel_futures=True)


def _live_alone(made: Callable[[], Executor], store: Store, one: Planned, run: Run | None) -> None:
    """Live a run with nobody beside it, so that it is clear who takes a worker down; give it up after some tries."""
    for _ in range(TRIES):
        with made() as pool, contextlib.suppress(BrokenExecutor):
            pool.submit(live_piece, store, (one,), run).result()
            return
    store.cut_short()
    with store.journal() as journal:
        journal.write(Finished(one.scenario.content_hash, NOTHING, "", WORKER_DIED))


def _unfinished(pieces: Sequence[Piece], store: Store) -> list[Planned]:
    """What is still to be lived: neither kept nor given up."""
    told = set(store.table()["key"])
    return [one for piece in pieces for one in piece if one.scenario.content_hash not in told]


def _handed(pool: Executor, store: Store, pieces: Sequence[Piece], run: Run | None) -> Iterator[int]:
    """Submit pieces some ahead of their turn; give how many runs each brought as it ends."""
    left = iter(pieces)
    waiting: set[Future[list[str]]] = set()
    try:
        while True:
            for piece in left:
                waiting.add(pool.submit(live_piece, store, piece, run))
                if len(waiting) >= AT_ONCE:
                    break
            if not waiting:
                return
            ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in ended:
                yield len(one.result())
    finally:
        for one in waiting:
            one.cancel()


def _tell(watch: Watch | None, done: int, total: int) -> None:
    if watch is not None:
        watch(done, total)
