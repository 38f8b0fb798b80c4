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
    columns: Mapping[str, NDArray[Any]], *, apart: Iterable[str] = (), last: Iterable[str] = ()
) -> dict[str, NDArray[Any]]:
    """Lay columns in records, those seldom read `last`, those scanned `apart`; the values are the same."""
    apart, last = set(apart), set(last)
    together = sorted(
        (name for name in columns if name not in apart),
        key=lambda name: (name in last, -columns[name].dtype.itemsize, name),
    )
    formats = [(columns[name].dtype, columns[name].shape[1:]) for name in together]
    offsets, end = [], 0
    for kind, shape in formats:
        end += -end % kind.itemsize
        offsets.append(end)
        end += kind.itemsize * int(np.prod(shape, dtype=np.int64))
    record = np.dtype(
        {"names": together, "formats": formats, "offsets": offsets, "itemsize": end + -end % ALIGNED}
    )
    rows = len(next(iter(columns.values())))
    table = np.zeros(rows, dtype=record)
    for name in together:
        table[name] = columns[name]
    return {name: columns[name] if name in apart else table[name] for name in columns}


def copied(part: Any, tables: dict[int, NDArray[Any]] | None = None) -> Any:
    """Copy columns, in NamedTuples or alone; those that lie in one table stay together in its copy."""
    tables = {} if tables is None else tables
    if not isinstance(part, np.ndarray):
        return type(part)(*(copied(one, tables) for one in part))
    base = part.base if isinstance(part.base, np.ndarray) else part
    if id(base) not in tables:
        tables[id(base)] = base.copy(order="K")
    if base is part:
        return tables[id(base)]
    offset = part.__array_interface__["data"][0] - base.__array_interface__["data"][0]
    return np.ndarray(part.shape, part.dtype, tables[id(base)], offset, part.strides)
