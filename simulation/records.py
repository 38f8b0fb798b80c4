"""Columns laid row by row (enregistrements): what is read together of one person lies in one place of memory.

Each column is a view on a table of records, one a row; who reads a few columns of one person at random waits for
memory once or twice instead of once a column. A column that is scanned from one end to the other stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 4
"""A record is a multiple of so many bytes long."""


def in_records(
    rows: int, first: Mapping[str, NDArray[Any]], *, apart: Iterable[str] = (), last: Iterable[str] = ()
) -> dict[str, NDArray[Any]]:
    """Lay columns of so many rows in records, those seldom read `last`, those scanned `apart`.

    `first` holds what each column begins with, in a single row: every row begins alike.
    """
    apart, last = set(apart), set(last)
    table = np.empty(
        rows, dtype=record_of({name: one for name, one in first.items() if name not in apart}, last)
    )
    begin = np.zeros(1, dtype=table.dtype)
    for name in table.dtype.names or ():
        begin[name] = first[name]
    table.view(f"V{table.itemsize}")[:] = begin.view(f"V{table.itemsize}")
    return {
        name: np.repeat(one, rows, axis=0) if name in apart else table[name] for name, one in first.items()
    }


def record_of(columns: Mapping[str, NDArray[Any]], last: set[str]) -> np.dtype[Any]:
    """Lay out one record: wide columns first, those seldom read last, each where its width asks for."""
    names = sorted(columns, key=lambda name: (name in last, -columns[name].dtype.itemsize, name))
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
        tables[id(base)] = base.copy(order="K")
    return np.ndarray(part.shape, part.dtype, tables[id(base)], offset_in(part, base), part.strides)


def base_of(column: NDArray[Any]) -> NDArray[Any]:
    """The table that a column lies in, or the column itself."""
    return column.base if isinstance(column.base, np.ndarray) else column


def offset_in(column: NDArray[Any], base: NDArray[Any]) -> int:
    """How many bytes into a table a column begins."""
    begins: int = column.__array_interface__["data"][0] - base.__array_interface__["data"][0]
    return begins
