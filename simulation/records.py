"""Columns laid row by row (enregistrements): what is read together of one person lies in one place of memory.

Each column is a view on a table of records, one a row; who reads a few columns of one person at random waits for
memory once instead of once a column. A column that is scanned from one end to the other stays apart, and what is
seldom read lies in a table of its own, so that the rest fits a line of the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 4
"""A record is a multiple of so many bytes long."""
LINE = 64
"""Bytes that memory gives at once: tables begin where a line does, so that a record of that length is one line."""


def in_records(
    rows: int, first: Mapping[str, NDArray[Any]], *, apart: Iterable[str] = (), seldom: Iterable[str] = ()
) -> dict[str, NDArray[Any]]:
    """Lay columns of so many rows in records, those read `seldom` in others, those scanned `apart`.

    `first` holds what each column begins with, in a single row: every row begins alike.
    """
    apart, seldom = set(apart), set(seldom)
    often = {name: one for name, one in first.items() if name not in apart | seldom}
    rare = {name: one for name, one in first.items() if name in seldom}
    found = {name: np.repeat(one, rows, axis=0) for name, one in first.items() if name in apart}
    for columns in (often, rare) if rare else (often,):
        table = repeated(columns, rows)
        found |= {name: table[name] for name in columns}
    return {name: found[name] for name in first}


def repeated(columns: Mapping[str, NDArray[Any]], rows: int) -> NDArray[Any]:
    """Make a table whose records all begin alike, from the beginning of a line."""
    kind = record_of(columns)
    begin = np.zeros(1, dtype=kind)
    for name in columns:
        begin[name] = columns[name]
    table = room(rows * kind.itemsize, 0).view(kind)
    table.view(f"V{kind.itemsize}")[:] = begin.view(f"V{kind.itemsize}")
    return table


def room(size: int, place: int) -> NDArray[np.uint8]:
    """So many bytes of memory that begin at a given place of a line."""
    block = np.empty(size + LINE, dtype=np.uint8)
    start = (place - address_of(block)) % LINE
    return block[start : start + size]


def record_of(columns: Mapping[str, NDArray[Any]]) -> np.dtype[Any]:
    """Lay out one record: wide columns first, each where its width asks for."""
    names = sorted(columns, key=lambda name: (-columns[name].dtype.itemsize, name))
    formats = [(columns[name].dtype, columns[name].shape[1:]) for name in names]
    offsets, end = [], 0
    for kind, shape in formats:
        end += -end % kind.itemsize
        offsets.append(end)
        end += kind.itemsize * int(np.prod(shape, dtype=np.int64))
    return np.dtype(
        {"names": names, "formats": formats, "offsets": offsets, "itemsize": end + -end % ALIGNED}
    )


def copied(part: Any, tables: dict[int, NDArray[Any]] | None = None) -> Any:
    """Copy columns, in NamedTuples or alone; those that lie in one table stay together in its copy."""
    tables = {} if tables is None else tables
    if not isinstance(part, np.ndarray):
        return type(part)(*(copied(one, tables) for one in part))
    base = base_of(part)
    if id(base) not in tables:
        tables[id(base)] = room(base.nbytes, address_of(base))
        tables[id(base)][:] = np.ndarray(base.nbytes, np.uint8, base)
    return np.ndarray(part.shape, part.dtype, tables[id(base)], offset_in(part, base), part.strides)


def base_of(column: NDArray[Any]) -> NDArray[Any]:
    """The table that a column lies in, or the column itself."""
    return column.base if isinstance(column.base, np.ndarray) else column


def offset_in(column: NDArray[Any], base: NDArray[Any]) -> int:
    """How many bytes into a table a column begins."""
    return address_of(column) - address_of(base)


def address_of(column: NDArray[Any]) -> int:
    """Where a column begins in memory."""
    begins: int = column.__array_interface__["data"][0]
    return begins
