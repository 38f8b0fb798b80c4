"""A study completed (étude complétée): what was lived is read back, and what is missing alone is lived."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import pandas as pd

from experiments.archive import LEDGER, TABLE, kept
from experiments.batch import Run, Watch
from experiments.designs import Planned
from experiments.outcome import Outcome, lived, outcome_of, pairs_wanted, run_study
from experiments.store import Store
from experiments.study import Study, planned

_FUTURE = ("territory", "structure", "kind", "number", "seed")
Named = tuple[str, ...]


def completed(
    study: Study,
    store: Callable[[], Store],
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    watch: Watch | None = None,
    run: Run | None = None,
) -> Outcome:
    """Give what a study found; its table is read back, and the store is opened for what the table lacks alone.

    Worlds of another code are never put beside those of this one: a table that lacks some is then lived whole.
    What failed is part of what was found.
    """
    if not (study.folder / TABLE).exists():
        return run_study(study, store(), executor, watch=watch, run=run)
    found = kept(study)
    pairs = max(study.protocol.uncertainty.chance.pilot, _luck_pairs(found))
    while True:
        lacking = missing(found, pairs)
        if lacking and code_of(study) != _this_code():
            return run_study(study, store(), executor, watch=watch, run=run)
        if lacking:
            found = _beside(found, outcome_of(study, lived(study, lacking, store(), executor, watch, run)))
        wanted = pairs_wanted(found, pairs)
        if wanted <= pairs:
            return found
        pairs = wanted


def missing(found: Outcome, pairs: int) -> list[Planned]:
    """The runs that a study with so many luck pairs still needs, today's beside those of its alternatives."""
    known = {*_named(found.pairs), *_named(found.failed)}
    asked = planned(found.study, pairs)
    lost = {name[:-1] for name in known if not name[-1]}

    def lacks(one: Planned) -> bool:
        name = _name(one.at)
        return bool(one.at["scenario"]) and name not in known and name[:-1] not in lost

    wanted = {(*_name(one.at)[:-1], one.at["held"]) for one in asked if lacks(one)}
    return [
        one
        for one in asked
        if lacks(one) or (not one.at["scenario"] and (*_name(one.at)[:-1], one.at["held"]) in wanted)
    ]


def code_of(study: Study) -> str:
    """The code with which its table was lived."""
    told: dict[str, Any] = json.loads((study.folder / LEDGER).read_text(encoding="utf-8"))
    return str(told["code"])


def _this_code() -> str:
    from simulation.kernels import code_mark

    return code_mark()


def _luck_pairs(found: Outcome) -> int:
    return int(found.pairs.loc[found.pairs["kind"] == "luck", "number"].nunique())


def _named(table: pd.DataFrame) -> Iterator[Named]:
    """Each pair of a table once: where, when and which scenario."""
    columns = [name for name in (*_FUTURE, "scenario") if name in table]
    for row in table[columns].drop_duplicates().to_dict("records"):
        yield _name({str(name): value for name, value in row.items()})


def _name(at: Any) -> Named:
    return tuple(str(at.get(name, "")) for name in (*_FUTURE, "scenario"))


def _beside(before: Outcome, after: Outcome) -> Outcome:
    """Two parts of one study put together."""
    tables = [one for one in (before.failed, after.failed) if len(one)]
    failed = pd.concat(tables, ignore_index=True) if tables else before.failed
    return replace(before, pairs=pd.concat([before.pairs, after.pairs], ignore_index=True), failed=failed)
