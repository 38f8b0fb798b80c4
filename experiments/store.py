"""What was lived is kept (journal de bord): each process writes its own journal, then all become one table.

A world that is finished is on the disk before the next begins, so that whatever stops the work — a machine that is
switched off, a full disk, a process that dies — costs the world under way and no other. Nothing is ever written over:
a journal grows by its end, a table is written beside and renamed, and a world found twice counts once.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

SCHEMA = pa.schema(
    [
        ("key", pa.string()),  # content hash of the scenario: what is asked, the data and the code
        ("error", pa.string()),  # empty when all went well
        ("indicator", pa.string()),
        ("group", pa.string()),
        ("value", pa.float64()),
        ("n", pa.float64()),
        ("told", pa.string()),  # how the run was made, in JSON, on its first row
    ]
)
JOURNAL, TABLE, NOT_YET = ".arrows", ".parquet", ".part"
_LOCKED, _BEGUN = ".lock", ".begun"


class Finished(NamedTuple):
    """A world that was lived, or what kept it from being."""

    key: str
    rows: pd.DataFrame
    """indicator, group, value, n over the whole period and territory; empty when it failed."""
    told: str = ""
    error: str = ""


class Store:
    """A folder of finished worlds; each version of the code has its own, for its results may differ.

    With `months`, each month is kept beside the whole period, in a folder apart.
    """

    def __init__(self, folder: str | Path, code: str | None = None, *, months: bool = False) -> None:
        if code is None:
            from simulation.kernels import code_mark

            code = code_mark()
        self.root, self.code, self.months = Path(folder), code, months
        self.folder = self.root / f"code-{code[:12]}{'-months' if months else ''}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[str, str, bool]]:
        """Sent to another process, a store is where it lies."""
        return _again, (str(self.root), self.code, self.months)

    def journal(self) -> Journal:
        """A journal of one's own."""
        return Journal(self.folder)

    def table(self) -> pd.DataFrame:
        """Every world kept, tables and journals together, each once; a world lived at last hides its failures."""
        found = [pq.read_table(path) for path in self._parts(TABLE)]
        found += [pa.Table.from_batches(list(batches(path)), SCHEMA) for path in self._parts(JOURNAL)]
        return once(pa.concat_tables(found).to_pandas() if found else SCHEMA.empty_table().to_pandas())

    def kept(self, key: str) -> Finished | None:
        """One world, if it was lived well; without reading the others where a table lets one do so."""
        only = [("key", "=", key), ("error", "=", "")]
        found = [pq.read_table(path, filters=only) for path in self._parts(TABLE)]
        if not any(len(table) for table in found):
            found += [pa.Table.from_batches(list(batches(path)), SCHEMA) for path in self._parts(JOURNAL)]
        if not found:
            return None
        rows = once(pa.concat_tables(found).to_pandas())
        rows = rows[(rows["key"] == key) & (rows["error"] == "")].reset_index(drop=True)
        if rows.empty:
            return None
        told = next(filter(None, rows["told"]), "")
        return Finished(key, rows[["indicator", "group", "value", "n"]], told)

    def finished(self) -> set[str]:
        """The keys of worlds that need not be lived again; one that failed is tried anew."""
        table = self.table()
        return set(table.loc[table["error"] == "", "key"])

    def cut_short(self) -> set[str]:
        """The keys of worlds whose process died on them, told once."""
        found = set()
        for path in self._parts(_BEGUN):
            with contextlib.ExitStack() as held:
                if _is_free(path.with_suffix(""), held):
                    found.add(path.read_text(encoding="ascii"))
                    path.unlink()
        return found

    def fold(self) -> None:
        """Make one table of the journals that nobody writes in any more, and forget these."""
        with FileLock(self.folder / f"fold{_LOCKED}"), contextlib.ExitStack() as held:
            ended = [path for path in self._parts(JOURNAL) if _is_free(path, held)]
            kept = [batch for path in ended for batch in batches(path)]
            if kept:
                target = self.folder / f"{uuid.uuid4().hex}{TABLE}"
                beside = target.with_suffix(NOT_YET)
                whole = once(pa.Table.from_batches(kept, SCHEMA).to_pandas())
                pq.write_table(pa.Table.from_pandas(whole, SCHEMA, preserve_index=False), beside)
                beside.replace(target)
            for path in ended:
                path.unlink()
        for left in self.folder.glob(f"*{JOURNAL}{_LOCKED}"):
            if not left.with_suffix("").exists():
                with contextlib.suppress(OSError):
                    left.unlink()

    def _parts(self, suffix: str) -> list[Path]:
        return sorted(self.folder.glob(f"*{suffix}"))


def _again(folder: str, code: str, months: bool) -> Store:
    return Store(folder, code, months=months)


class Journal:
    """The journal of one process: worlds in the order in which they end, each flushed before the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, key: str) -> None:
        """Note which world is under way, for whoever looks after a process that died."""
        if self.file is None:
            self._open()
        self.begun.write_text(key, encoding="ascii")

    def write(self, done: Finished) -> None:
        """Append a world. When the disk refuses, the journal is left as it is and the next world opens another."""
        try:
            if self.file is None:
                self._open()
            assert self.file is not None
            self.writer.write_batch(batch_of(done))
            self.file.flush()
        except (OSError, pa.ArrowException):
            self.close()
            raise

    def close(self) -> None:
        """Write no more: the journal may be folded."""
        if self.file is None:
            return
        with contextlib.suppress(OSError, pa.ArrowException):
            self.writer.close()
        with contextlib.suppress(OSError):
            self.file.close()
        self.file = None
        with contextlib.suppress(OSError):
            self.begun.unlink(missing_ok=True)
        self.lock.release()

    def _open(self) -> None:
        path = self.folder / f"{os.getpid()}-{uuid.uuid4().hex}{JOURNAL}"
        self.begun = Path(f"{path}{_BEGUN}")
        self.lock = FileLock(f"{path}{_LOCKED}")
        self.lock.acquire()
        self.file = path.open("wb")
        self.writer = pa.ipc.new_stream(self.file, SCHEMA)


def batch_of(done: Finished) -> pa.RecordBatch:
    """Lay a world out as it is kept."""
    rows = max(len(done.rows), 1)
    columns = {
        name: done.rows[name] if len(done.rows) else [None] for name in ("indicator", "group", "value", "n")
    }
    told = [done.told] + [""] * (rows - 1)
    whole = {"key": [done.key] * rows, "error": [done.error] * rows, **columns, "told": told}
    return pa.RecordBatch.from_arrays(
        [pa.array(whole[field.name], field.type, from_pandas=True) for field in SCHEMA], schema=SCHEMA
    )


def batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Read a journal as far as it is whole: a tail torn off by whatever stopped its writer is dropped."""
    with contextlib.suppress(pa.ArrowException, OSError, EOFError), path.open("rb") as file:
        yield from pa.ipc.open_stream(file)


def once(table: pd.DataFrame) -> pd.DataFrame:
    """Each world once, in the order of its rows: the failures of one that was lived in the end are forgotten."""
    lived = set(table.loc[table["error"] == "", "key"])
    kept = table[(table["error"] == "") | ~table["key"].isin(lived)]
    return kept.drop_duplicates(["key", "indicator", "group"], ignore_index=True)


def failures(table: pd.DataFrame) -> Sequence[tuple[str, str]]:
    """The worlds that could not be lived and why."""
    failed = table[table["error"] != ""].drop_duplicates("key")
    return list(failed[["key", "error"]].itertuples(index=False, name=None))


def _is_free(journal: Path, held: contextlib.ExitStack) -> bool:
    """Whether nobody writes in a journal; it is then held until all is folded."""
    lock = FileLock(f"{journal}{_LOCKED}", timeout=0)
    try:
        held.enter_context(lock)
    except Timeout:
        return False
    return True
