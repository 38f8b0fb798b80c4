"""A workbook laid on a territory makes another one: its own practitioners and figures, the rest as it was."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from scenarios.workbook import account, observed, staffing
from scenarios.workbook.faults import Note
from scenarios.workbook.workbook import Listed, Workbook

NEW_CPTS = "cpts"
"""Identifier of the CPTS where the territory names none."""


class NothingWritten(OSError):
    """The folder asked for is not free: nothing was written."""


class Built(NamedTuple):
    """The folder that was written, and what the reader should know of it."""

    folder: Path
    scenario: Path
    """Beside the folder: what `cpts run` simulates."""
    notes: tuple[Note, ...]


def apply(workbook: Workbook, base: Path, out: Path, today: date | None = None) -> Built:
    """Write the folder of a territory: whole and checked, or not at all.

    Raises `simulation.faults.Refused` when what comes out could not be simulated, `NothingWritten` when the
    place is taken or cannot be written.
    """
    scenario = scenario_of(out)
    if scenario.exists() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise NothingWritten(str(out))
    try:
        with tempfile.TemporaryDirectory(prefix=".classeur-", dir=out.absolute().parent) as beside:
            made = Path(beside) / out.absolute().name
            asked = Path(beside) / ".scenario"
            asked.write_text(account.scenario(base, out.absolute().name), encoding="utf-8")
            notes = _written(workbook, base, made, today or date.today())
            _checked(made)
            if out.exists():
                out.rmdir()
            made.replace(out)
            try:
                asked.replace(scenario)
            except OSError:
                shutil.rmtree(out)
                raise
    except OSError as problem:
        raise NothingWritten(str(out)) from problem
    return Built(out, scenario, notes)


def scenario_of(folder: Path) -> Path:
    """The file beside a folder that has it simulated."""
    return folder.with_name(f"{folder.absolute().name}.yaml")


def _checked(folder: Path) -> None:
    from simulation.territory import read_territory

    read_territory(folder)


def _written(workbook: Workbook, base: Path, out: Path, today: date) -> tuple[Note, ...]:
    """Write every file; what the workbook does not speak of is copied as it is."""
    out.mkdir()
    for name in ("hospitals.csv", "ages.csv", "travel.csv"):
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)
    communes = _communes(table(base, "communes"), workbook.communes)
    staff = staffing.staffed(
        table(base, "practitioners"), table(base, "structures"), communes, workbook.carers
    )
    rows = observed.rows(workbook)
    for name, frame in (
        ("communes", communes),
        ("practitioners", staff.practitioners),
        ("structures", staff.structures),
    ):
        write(frame, out / f"{name}.csv")
    if rows or (base / "observed.csv").is_file():
        write(_observed(base, rows), out / "observed.csv")
    (out / "SOURCES.md").write_text(account.sources(workbook, base, today), encoding="utf-8")
    unused = account.kept_unused(workbook)
    if unused:
        (out / "workbook.yaml").write_text(unused, encoding="utf-8")
    return (*staff.notes, Note("observed_written", {"count": len(rows)}))


def table(folder: Path, name: str) -> pd.DataFrame:
    """A file of a territory, every cell as it is written, with all its columns."""
    from simulation.territory import schema

    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.reindex(columns=[one.name for one in schema()[f"{name}.csv"]], fill_value="")


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a file of a territory."""
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _communes(base: pd.DataFrame, listed: Iterable[Listed]) -> pd.DataFrame:
    """The communes listed are the territory, those around a ring; without a list, all stays."""
    asked = {one.code: one.inside for one in listed}
    inside = base["inside"] == "indicator"
    known = base.loc[inside & (base["cpts"] != ""), "cpts"]
    cpts = str(known.mode().iloc[0]) if len(known) else NEW_CPTS
    if any(asked.values()):
        counted = base["insee_code"].map(lambda code: asked.get(code, False))
        base = base.assign(inside=counted.map({True: "indicator", False: "ring"}))
        base["cpts"] = base["cpts"].where(~counted | (base["cpts"] != ""), cpts)
        base["cpts"] = base["cpts"].where(counted | (base["cpts"] != cpts), "")
    elif not len(known):
        base = base.assign(cpts=base["cpts"].where(~inside, cpts))
    return base


def _observed(base: Path, rows: list[dict[str, str]]) -> pd.DataFrame:
    """The figures of the workbook, then those of the territory that they do not replace."""
    key = ["indicator", "year", "source"]
    columns = [*key[:1], "value", "low", "high", *key[1:], "note"]
    mine = pd.DataFrame(rows, columns=columns, dtype=str)
    before = table(base, "observed") if (base / "observed.csv").is_file() else mine.iloc[:0]
    return pd.concat([mine, before]).drop_duplicates(key, ignore_index=True)[columns]
