"""What a run says (résultats): counts, a tidy table made of them, lives, and where it all comes from."""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.agents.contract import deployed_share, money_share
from simulation.calendar import date_of
from simulation.cells import Cells, known_of, stacked
from simulation.counts import Counts, groups, merged, places, ring, roles, too_small, whole_territory
from simulation.indicators import INDICATORS
from simulation.kernels import code_mark
from simulation.offer import offer_of

if TYPE_CHECKING:
    from simulation.model import PrimaryCare

EVENTS = (
    "need", "appointment", "refused", "missed", "visit", "emergency", "given up", "waits longer",
    "emergency without trying", "advised", "turned away", "registered", "referred", "prevention done", "worse",
    "admitted", "discharged", "usual GP left", "died", "born",
    "called",
)  # fmt: skip
"""What each event of a life is called, in the order of the codes that start with SAID."""
_log = logging.getLogger(__name__)
FORMAT = 1
"""Version of the table and of the files it is written to."""
TEXTS = ("scenario", "month", "commune", "group", "indicator", "unit")
READ = ("month", "commune", "group", "indicator", "value", "n", "unit")
COLUMNS = ("scenario", "seed", "month", "commune", "group", "indicator", "value", "n", "unit")


@dataclass(frozen=True)
class Results:
    """What a run counted and what it means; `table` is made on request."""

    name: str
    seed: int
    counts: Counts
    provenance: Mapping[str, Any]
    lives: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Events of the people who were followed: day, date, patient, event and what it is called, two details.

    The details are: for a need its kind and its urgency or wanted day; for an appointment the practitioner's row
    and the day; for a visit or a missed one the row (-1 for the duty doctor) and the kind; else the kind and how
    it ended.
    """

    @cached_property
    def table(self) -> pd.DataFrame:
        """Tidy table: one row for each indicator of each month, commune or group, with the cases behind it."""
        counts = self.counts
        every = [whole_territory(counts), *groups(counts), *places(counts), *roles(counts), *ring(counts)]
        table = table_of(every)
        name = encoded(np.array([self.name]), np.zeros(len(table), dtype=np.int64))
        return table.assign(scenario=name, seed=self.seed)[list(COLUMNS)]

    def _row(self, indicator: str, month: str, commune: str, group: str) -> pd.Series:
        table = self.table
        chosen = table[
            (table["indicator"] == indicator) & (table["month"] == month)
            & (table["commune"] == commune) & (table["group"] == group)
        ]  # fmt: skip
        if chosen.empty:
            raise KeyError(f"no {indicator} for month {month}, commune {commune}, group {group}")
        return chosen.iloc[0]

    def value(self, indicator: str, *, month: str = "all", commune: str = "all", group: str = "all") -> float:
        """Read one figure."""
        return float(self._row(indicator, month, commune, group)["value"])

    def cases(self, indicator: str, *, month: str = "all", commune: str = "all", group: str = "all") -> int:
        """Read how many cases it rests on."""
        return int(self._row(indicator, month, commune, group)["n"])

    def write(self, path: str | Path) -> None:
        """Write the table to a .parquet or .csv file, its provenance beside or inside."""
        target = Path(path)
        told = json.dumps(dict(self.provenance), ensure_ascii=False, sort_keys=True, indent=1)
        if target.suffix == ".parquet":
            write_parquet(self.table, told, target)
        elif target.suffix == ".csv":
            self.table.to_csv(target, index=False, lineterminator="\n")
            target.with_suffix(".provenance.json").write_text(told + "\n", encoding="utf-8")
        else:
            raise ValueError(f"{target.name}: results are written to .parquet or .csv")


def table_of(every: Sequence[Cells]) -> pd.DataFrame:
    """Read every indicator of all cells, part after part; those without any case are left out.

    Cells of which the same is known are read together; text is dictionary-encoded.
    """
    firsts = np.cumsum([0, *(len(part.month) for part in every)])
    value = np.full((len(INDICATORS), firsts[-1]), np.nan)
    cases = np.zeros(value.shape, dtype=np.int64)
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, part in enumerate(every):
        alike.setdefault(known_of(part), []).append(number)
    for numbers in alike.values():
        places = np.concatenate([np.arange(firsts[number], firsts[number + 1]) for number in numbers])
        together = stacked([every[number] for number in numbers])
        for row, indicator in enumerate(INDICATORS.values()):
            value[row, places], cases[row, places] = indicator.read(together)
    known, place = np.nonzero(np.isfinite(value))
    of_part = np.repeat(np.arange(len(every)), np.diff(firsts))
    order = np.lexsort((place, known, of_part[place]))
    return _told(every, value, cases, known[order], place[order])


def _told(
    every: Sequence[Cells],
    value: NDArray[np.float64],
    cases: NDArray[np.int64],
    row: NDArray[np.int64],
    place: NDArray[np.int64],
) -> pd.DataFrame:
    """Lay out the cells kept of what was read, [indicator, cell]."""
    texts = {
        name: np.concatenate([getattr(part, name) for part in every])
        for name in ("month", "commune", "group")
    }
    columns: dict[str, Any] = {name: encoded(text, place) for name, text in texts.items()}
    columns["indicator"] = encoded(np.array(list(INDICATORS)), row)
    columns["unit"] = encoded(np.array([indicator.unit for indicator in INDICATORS.values()]), row)
    columns |= {"value": value[row, place], "n": cases[row, place]}
    return pd.DataFrame({name: columns[name] for name in READ})


def encoded(texts: NDArray[np.str_], chosen: NDArray[np.int64]) -> pd.Categorical:
    """Dictionary-encode the texts chosen, the categories being those that occur, in order."""
    names, of_text = np.unique(texts, return_inverse=True)
    occurs = np.bincount(of_text[chosen], minlength=len(names)) > 0
    renumbered = np.cumsum(occurs) - 1
    return pd.Categorical.from_codes(renumbered[of_text[chosen]], categories=pd.Index(names[occurs].tolist()))


def write_parquet(table: pd.DataFrame, provenance: str, target: Path) -> None:
    """Write a table with its provenance in the file's own metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pa.Table.from_pandas(table, preserve_index=False)
    told = {**(arrow.schema.metadata or {}), b"cpts": provenance.encode()}
    pq.write_table(arrow.replace_schema_metadata(told), target)


def read_results(path: str | Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read a table and its provenance back from a file that `write` made."""
    import pyarrow.parquet as pq

    arrow = pq.read_table(path)
    told = json.loads((arrow.schema.metadata or {}).get(b"cpts", b"{}"))
    if told.get("format", FORMAT) != FORMAT:
        raise ValueError(f"{Path(path).name}: format {told['format']}, this version reads {FORMAT}")
    return arrow.to_pandas(), told


def results_of(model: PrimaryCare) -> Results:
    """Gather what a model counted."""
    name = model.asked.title.get("en") or model.asked.title.get("fr") or model.territory.name
    counts = counts_of(model)
    return Results(name, model.asked.seed, counts, provenance_of(model, counts), lives_of(model))


def counts_of(model: PrimaryCare) -> Counts:
    """Copy a model's counts and name their axes."""
    tally, communes, calendar = model.state.tally, model.territory.communes, model.calendar
    return Counts(
        place=tally.place.astype(np.int64), group=tally.group.copy(), delay=tally.delay.astype(np.int64),
        stay=tally.stay.astype(np.int64),
        practice=tally.practice.astype(np.int64), carers=model.ledger.lines.copy(),
        months=calendar.months, days=np.bincount(calendar.month_of_day, minlength=len(calendar.months)),
        communes=tuple(communes["insee_code"]), inside=communes["inside"].to_numpy().astype(np.int64),
        basins=tuple(communes["basin"]), cpts=tuple(communes["cpts"]),
        practice_commune=model.state.practitioners.commune.astype(np.int64),
        practice_role=model.state.practitioners.role.astype(np.int64), offer=offer_of(model),
        breakdowns=model.asked.breakdowns,
    )  # fmt: skip


def lives_of(model: PrimaryCare) -> pd.DataFrame:
    """Copy the events of those who were followed."""
    log = model.state.log
    told = int(log.used[0])
    if told > len(log.rows):
        _log.warning("only %d of %d events of the people followed are kept", len(log.rows), told)
    lives = pd.DataFrame(log.rows[:told], columns=["day", "patient", "event", "first", "second"])
    lives.insert(1, "date", [date_of(day) for day in lives["day"]])
    lives.insert(4, "what", [EVENTS[event] for event in lives["event"]])
    return lives


def provenance_of(model: PrimaryCare, counts: Counts) -> dict[str, Any]:
    """Say what gave these results: identity, data, code and versions; never a path."""
    asked = model.asked
    return {
        "format": FORMAT,
        "content_hash": asked.content_hash,
        "title": dict(asked.title),
        "territory": model.territory.name,
        "territory_files": dict(asked.simulated_territory.sources),
        "seed": asked.seed,
        "start": asked.start.isoformat(),
        "days": asked.days,
        "ring": asked.ring,
        "clock": asked.clock,
        "calibrated": False,
        "deployed_share": deployed_share(model.communities, model.calendar.first, model.calendar.last),
        "contract_year": -(-asked.days // 365),
        "money_share": money_share(model.communities),
        "told_together": merged(counts),
        "too_small_to_tell": too_small(counts),
        "code": code_mark(),
        "versions": dict(versions(("cpts-simulator", "mesa", "numpy", "scipy", "numba", "pandas"))),
        "python": platform.python_version(),
        "numba": numba.__version__,
    }


@cache
def versions(packages: tuple[str, ...]) -> Mapping[str, str]:
    """Name the version of each package that is installed."""
    found = {}
    for package in packages:
        with suppress(ModuleNotFoundError):
            found[package] = version(package)
    return found
