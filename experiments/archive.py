"""A study put away (archive): one file from which somebody else gets the same table to the bit, or learns why not."""

from __future__ import annotations

import json
import platform
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments.batch import Run, Watch
from experiments.deposit import described
from experiments.freezing import DEVIATIONS, FROZEN
from experiments.outcome import Outcome, lived, outcome_of
from experiments.persons import EVENTS, PERSONS, RUNS, keep_persons
from experiments.posterior import SHIPPED as SHIPPED_POINTS
from experiments.protocol import PROTOCOL
from experiments.protocol_parts import POINTS as FILE_OF_POINTS
from experiments.sensitivity import POINTS
from experiments.store import Store
from experiments.study import Study, planned
from experiments.warm_up import MONTHS
from simulation.faults import Fault, Refused

TABLE, LEDGER = "pairs.parquet", "ledger.json"
KEPT = (PROTOCOL, FROZEN, DEVIATIONS, TABLE, LEDGER, MONTHS, POINTS, PERSONS, EVENTS)
STUDY, SHIPPED = "study/", "scenarios/"
LONGEST_NAME, MOST_BYTES = 255, 2**30
PACKED = 15
"""How hard a table is packed: it is kept for long and written once."""
PACKAGES = ("cpts-simulator", "mesa", "numpy", "scipy", "numba", "pandas")


class Same(NamedTuple):
    """What a reproduction found: how many rows were looked at, which differ, and which versions do."""

    rows: int
    differing: int
    versions: tuple[str, ...]
    """`package 1.0 → 1.1`, the archive's first; the code of the model too."""
    outcome: Outcome


def ledger(outcome: Outcome) -> dict[str, Any]:
    """The run ledger: what was run with what, and what could not be."""
    from simulation.kernels import code_mark
    from simulation.results import versions

    one_pair = ["territory", "structure", "scenario", "kind", "number"]
    pairs = outcome.pairs.drop_duplicates([name for name in one_pair if name in outcome.pairs])
    return {
        "pairs": len(pairs),
        "failed": outcome.failed.to_dict("records"),
        "code": code_mark(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": dict(versions(PACKAGES)),
    }


def keep(outcome: Outcome) -> None:
    """Write the table and the run ledger of a study beside its protocol."""
    folder = outcome.study.folder
    beside = folder / f".{TABLE}"
    outcome.pairs.to_parquet(beside, index=False, compression="zstd", compression_level=PACKED)
    beside.replace(folder / TABLE)
    told = json.dumps(ledger(outcome), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / LEDGER).write_text(told + "\n", encoding="utf-8")


def kept(study: Study) -> Outcome:
    """Read back what `keep` wrote."""
    if not (study.folder / TABLE).exists():
        raise Refused([Fault("not_run_yet", study.folder.name)])
    told = json.loads((study.folder / LEDGER).read_text(encoding="utf-8"))
    place = ["territory"] if study.territory else []
    failed = pd.DataFrame(
        told["failed"], columns=[*place, "structure", "kind", "number", "seed", "scenario", "error"]
    )
    return Outcome(study, pd.read_parquet(study.folder / TABLE), failed)


def archive(study: Study, target: Path) -> None:
    """Put protocol, deviations, scenarios, territories, fitted points, tables and ledger in one file, described."""
    kept(study)
    figures = study.protocol.uncertainty.figures
    named = (*KEPT, *([figures] if figures.endswith(FILE_OF_POINTS) else ()))
    files = {f"{STUDY}{name}": study.folder / name for name in named}
    files |= {
        f"{STUDY}{path.relative_to(study.folder).as_posix()}": path
        for path in sorted([*study.folder.glob("*.yaml"), *study.folder.glob("territories/*/*")])
        if path.is_file()
    }
    files |= {
        f"{SHIPPED}{path.relative_to(study.shipped).as_posix()}": path
        for path in sorted([
            *study.shipped.glob("*.yaml"), *study.shipped.glob("territories/*/*"), study.shipped / SHIPPED_POINTS,
        ])
        if path.is_file()
    }  # fmt: skip
    present = {name: path for name, path in sorted(files.items()) if path.exists()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, path in present.items():
            file.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
        for name, text in described(study, list(present)).items():
            file.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def unpacked(path: Path, folder: Path) -> Study:
    """Lay an archive out in an empty folder; names that would lead elsewhere are refused."""
    try:
        with zipfile.ZipFile(path) as file:
            entries = file.infolist()
            if sum(one.file_size for one in entries) > MOST_BYTES or not all(map(_is_safe, entries)):
                raise Refused([Fault("not_an_archive", path.name)])
            file.extractall(folder)
    except (OSError, zipfile.BadZipFile):
        raise Refused([Fault("not_an_archive", path.name)]) from None
    if not (folder / STUDY / PROTOCOL).exists():
        raise Refused([Fault("not_an_archive", path.name)])
    return Study(folder / STUDY, folder / SHIPPED)


def reproduce(
    study: Study,
    store: Store,
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    first: int | None = None,
    watch: Watch | None = None,
    run: Run | None = None,
) -> Same:
    """Live a study's pairs again — or the first of each kind — and hold them against its table, to the bit."""
    before = kept(study).pairs
    count = before[before["kind"] == "luck"]["number"].nunique()
    again = [one for one in planned(study, count) if first is None or int(str(one.at["number"])) <= first]
    after = outcome_of(study, lived(study, again, store, executor, watch, run))
    mine = before if first is None else before[before["number"] <= first]
    keys = ["territory"] if study.territory else []
    keys += ["structure", "scenario", "kind", "number", "seed", "indicator", "group"]
    same = _held_against(mine, after.pairs, keys, ("baseline", "alternative_value", "n"))
    if (study.folder / PERSONS).exists():
        same = pd.concat([same, _people_again(study, store, executor, first)])
    return Same(len(same), int((~same).sum()), tuple(_differing(study)), after)


def _people_again(
    study: Study, store: Store, executor: Executor | Callable[[], Executor] | None, first: int | None
) -> pd.Series:
    """Follow the people of a study again, and hold what became of them against what was kept."""
    before = pd.read_parquet(study.folder / PERSONS)
    mine = before if first is None else before[before["number"] <= first]
    pairs = int(mine["number"].max())
    after = keep_persons(study, store.root / RUNS, executor, pairs=pairs, target=store.root)
    keys = ["territory", "scenario", "number", "seed", "person"]
    return _held_against(mine, after, keys, [str(name) for name in before if name not in keys])


def _held_against(
    before: pd.DataFrame, after: pd.DataFrame, keys: Sequence[str], values: Sequence[str]
) -> pd.Series:
    """Which rows are the same in two tables, to the bit."""
    both = before.merge(after, on=list(keys), how="outer", suffixes=("", "_again"), indicator=True)
    same = both["_merge"] == "both"
    for name in values:
        one, other = both[name], both[f"{name}_again"]
        same &= (one == other) | (one.isna() & other.isna())
    return same


def _differing(study: Study) -> list[str]:
    told: Mapping[str, Any] = json.loads((study.folder / LEDGER).read_text(encoding="utf-8"))
    now = ledger(
        Outcome(study, pd.DataFrame(columns=["structure", "scenario", "kind", "number"]), pd.DataFrame())
    )
    pairs = {name: (told["versions"].get(name, "–"), now["versions"].get(name, "–")) for name in PACKAGES}
    pairs["Python"] = (told["python"], now["python"])
    pairs["model"] = (told["code"][:12], now["code"][:12])
    return [f"{name} {before} → {after}" for name, (before, after) in pairs.items() if before != after]


def _is_safe(entry: zipfile.ZipInfo) -> bool:
    path = Path(entry.filename)
    return not path.is_absolute() and ".." not in path.parts and len(entry.filename) <= LONGEST_NAME
