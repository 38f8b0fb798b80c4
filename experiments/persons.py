"""What became of the same people in every scenario (personnes tirées au sort), and all they lived through.

Adults are drawn for each luck pair of the pilot, by who they are and by the seed alone: the same ones today and with
every action. Everybody is fictional; no place of few people, nor of few practices, is ever named.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.batch import Watch, run_many
from experiments.compare import practices
from experiments.designs import Planned
from experiments.effect import FEWEST_PEOPLE, FEWEST_PRACTICES
from experiments.fates import Fate, fate_of
from experiments.lives import by_person
from experiments.people import drawn_from, on_first_counted_day
from experiments.store import NOT_YET, Store
from experiments.study import Study, luck_pairs
from experiments.totals import Counted
from simulation.faults import Fault, Refused
from simulation.kernels.codes import LOG_ROWS
from simulation.results import EVENTS as NAMES_OF_EVENTS

if TYPE_CHECKING:
    from simulation.model import PrimaryCare
    from simulation.scenario import Scenario

PERSONS, EVENTS = "persons.parquet", "events.parquet"
RUNS = "persons"
"""Folder of the runs, beside those of the pairs."""
PROFILE = ("age", "woman", "ald", "deprived", "car", "basin")
_COORDINATES = ["territory", "scenario", "number", "seed"]
_LOG = ["day", "patient", "event", "first", "second"]


def keep_persons(
    study: Study,
    folder: Path,
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    watch: Watch | None = None,
    pairs: int | None = None,
    target: Path | None = None,
) -> pd.DataFrame:
    """Follow the people of a study and write what became of them beside its protocol, their events too if asked.

    `pairs` follows them in the first luck pairs only, and `target` is another folder to write in.

    `territory, scenario, number, seed, person`, who they are, then the fields of `Fate`; days and counts.
    """
    asked = study.protocol.keep
    planned = followed_pairs(study, study.protocol.uncertainty.chance.pilot if pairs is None else pairs)
    store = Store(folder / f"{asked.persons}{'-events' if asked.events else ''}")
    people = store.folder / RUNS
    people.mkdir(exist_ok=True)
    table = run_many(
        planned, executor, store, watch=watch, run=partial(follow, people, asked.persons, asked.events)
    )
    lived = set(table.loc[table["error"] == "", "key"])
    for name, suffix in ((PERSONS, PERSONS), (EVENTS, EVENTS))[: 1 + asked.events]:
        _gathered(planned, lived, people, suffix, (target or study.folder) / name)
    return pd.read_parquet((target or study.folder) / PERSONS)


def followed_pairs(study: Study, count: int) -> list[Planned]:
    """The runs in which people are followed: today once for each luck pair, then every scenario."""
    found: dict[tuple[object, ...], Planned] = {}
    for place in study.places:
        for one in luck_pairs(place, count):
            at = {name: one.at.get(name, "") for name in _COORDINATES}
            found.setdefault(tuple(at.values()), Planned(one.scenario, at))
    return list(found.values())


def follow(folder: Path, sample: int, events: bool, scenario: Scenario) -> Counted:
    """Live a run and write what became of the people drawn in it; give how many they are."""
    undecided = scenario.with_(policies=dict.fromkeys(scenario.policies))
    model = on_first_counted_day(undecided)
    rows = drawn_from(model, sample)
    told = profiles(model, undecided, rows)
    log, first, last = logged(scenario, rows)
    lives = by_person(log)
    fates = [fate_of(lives.get(row, ()), first, last) for row in rows]
    frame = pd.concat([told, pd.DataFrame(fates, columns=list(Fate._fields)).astype(np.int32)], axis=1)
    key = scenario.content_hash
    if events:
        kept = log[log["day"] >= first].rename(columns={"patient": "person"})
        what = pd.Categorical.from_codes(kept["event"].to_numpy(), categories=pd.Index(NAMES_OF_EVENTS))
        _write(kept.assign(day=kept["day"] - first, what=what), folder / f"{key}.{EVENTS}")
    _write(frame, folder / f"{key}.{PERSONS}")
    count = float(len(rows))
    whole = {"indicator": ["persons"], "group": ["all"], "value": [count], "n": [count]}
    return Counted(pd.DataFrame(whole), {})


def logged(scenario: Scenario, rows: Sequence[int]) -> tuple[pd.DataFrame, int, int]:
    """Every event of some people, with the first and the last counted day.

    The log of a run is short: it is emptied at the end of each day, so that nobody's life is cut.
    """
    from simulation import run

    days: list[np.ndarray] = []
    bounds = [0, 0]

    def empty(model: PrimaryCare) -> None:
        """Keep what the log holds of a day and leave it empty for the next."""
        log = model.state.log
        written = int(log.used[0])
        if written > LOG_ROWS:
            raise Refused([Fault("too_many_people", details={"value": len(rows)})])
        if written:
            days.append(log.rows[:written].copy())
            log.used[0] = 0
        bounds[:] = [model.calendar.first, model.calendar.last]

    run(scenario, follow=sorted(rows), watch=empty)
    told = np.concatenate(days) if days else np.empty((0, len(_LOG)), dtype=np.int32)
    return pd.DataFrame(told, columns=_LOG), bounds[0], bounds[1]


def profiles(model: PrimaryCare, scenario: Scenario, rows: Sequence[int]) -> pd.DataFrame:
    """Who people are on the first counted day; a basin of few people or few practices stays unnamed."""
    patients, communes = model.state.patients, model.territory.communes
    inside = communes[communes["inside"]]
    people = inside.groupby("basin")["population"].sum()
    known = practices(scenario)
    named = {
        str(basin)
        for basin, count in people.items()
        if count >= FEWEST_PEOPLE and known.get(f"basin:{basin}", 0) >= FEWEST_PRACTICES
    }
    at = np.asarray(rows, dtype=np.int64)
    basins = communes["basin"].astype(str).to_numpy()[patients.commune[at]]
    return pd.DataFrame(
        {
            "person": at.astype(np.int32), "age": patients.age[at].astype(np.int16),
            "woman": patients.woman[at] == 1, "ald": patients.ald[at] == 1,
            "deprived": patients.deprived[at] == 1, "car": patients.car[at] == 1,
            "basin": [basin if basin in named else "" for basin in basins],
        }
    )  # fmt: skip


def members(people: pd.DataFrame, group: str) -> pd.Series:
    """Which people are of a group, as groups are named everywhere (`age:70-79`, `ald:yes`, `basin:…`)."""
    kind, _, name = group.partition(":")
    if kind == "all":
        return pd.Series(True, people.index)
    if kind == "age":
        low, _, high = name.rstrip("+").partition("-")
        return people["age"].between(int(low), int(high or 200))
    return people[kind] == (name if kind == "basin" else name == "yes")


def _gathered(planned: Sequence[Planned], lived: set[str], folder: Path, suffix: str, target: Path) -> None:
    """Lay the runs one after another, in the order of the plan; a reader never sees half a table."""
    beside = target.with_name(f".{target.name}{NOT_YET}")
    writer: pq.ParquetWriter | None = None
    for one in planned:
        key = one.scenario.content_hash
        if key not in lived:
            continue
        path = folder / f"{key}.{suffix}"
        if not path.exists():
            raise Refused([Fault("missing_file", path.name)])
        rows = pd.read_parquet(path)
        for at, (name, value) in enumerate(one.at.items()):
            rows.insert(
                at, name, pd.Series([value] * len(rows), dtype=object if isinstance(value, str) else None)
            )
        told = pa.Table.from_pandas(rows, preserve_index=False)
        writer = writer or pq.ParquetWriter(beside, told.schema, compression="zstd")
        writer.write_table(told.cast(writer.schema))
    if writer is None:
        raise Refused([Fault("not_run_yet", target.name)])
    writer.close()
    beside.replace(target)


def _write(frame: pd.DataFrame, target: Path) -> None:
    beside = target.with_name(f"{target.name}.{os.getpid()}{NOT_YET}")
    frame.to_parquet(beside, index=False, compression="zstd")
    beside.replace(target)
