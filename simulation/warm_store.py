"""Warm mornings on disk (états chauds): what a run begins with, kept by what it depends on, mapped into memory.

A file holds all columns of a state in one block; whoever begins a run from it copies the block once, and processes
that read the same file share its memory. Nothing in it is trusted: a file that is torn is as none.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

import numpy as np
from numpy.typing import NDArray

from simulation.records import LINE, address_of, base_of, offset_in
from simulation.state import State

SHARE_OF_ROOM = 4
"""A morning that would take more than a quarter of the room is not kept."""
_MARK = b"CPTS warm morning 1\n"


class WarmStore:
    """A folder of warm mornings that never holds more than so many bytes; those unused for longest go first."""

    def __init__(self, folder: Path, room: int = 2**31) -> None:
        self.folder, self.room = folder, room

    def recall(self, key: str) -> tuple[State, int] | None:
        """A kept state, not to be written in, and its day; none when there is none that is whole."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                if file.readline() != _MARK:
                    return None
                told = json.loads(file.readline())
                start = file.tell()
            block = np.memmap(path, dtype=np.uint8, mode="r", offset=start, shape=(told["size"],))
            os.utime(path)
            return laid(told["columns"], block), int(told["day"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, state: State, day: int) -> None:
        """Write a state beside and rename, so that no reader sees half of it; a full disk keeps nothing."""
        tables = tables_of(state)
        if sum(table.nbytes for table in tables.values()) * SHARE_OF_ROOM > self.room:
            return
        beside = self.folder / f"{key}.{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                write(file, state, tables, day)
            beside.replace(self._path(key))
        except OSError:
            with suppress(OSError):
                beside.unlink()
            return
        self._make_room()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.warm"

    def _make_room(self) -> None:
        kept = []
        for path in self.folder.glob("*.warm"):
            try:
                seen = path.stat()
            except OSError:  # another process made room too
                continue
            kept.append((seen.st_mtime_ns, path.name, seen.st_size))
        total = sum(size for _, _, size in kept)
        for _, name, size in sorted(kept):
            if total <= self.room:
                break
            (self.folder / name).unlink(missing_ok=True)
            total -= size


def tables_of(state: State) -> dict[int, NDArray[Any]]:
    """The tables that columns lie in, each once."""
    bases = (base_of(column) for part in state for column in part)
    return {id(base): base for base in bases}


def write(file: BinaryIO, state: State, tables: dict[int, NDArray[Any]], day: int) -> None:
    """Write the mark, what each column is and where it lies, then all tables, each at its place of a line."""
    begins, end = {}, 0
    for key, table in tables.items():
        begins[key] = end + (address_of(table) - end) % LINE
        end = begins[key] + table.nbytes
    columns = {
        f"{name}.{field}": [column.dtype.str, column.shape, column.strides, place_of(column, begins)]
        for name, part in state._asdict().items()
        for field, column in part._asdict().items()
    }
    head = json.dumps({"day": day, "size": end, "columns": columns}).encode()
    file.write(_MARK + head + b" " * (-(len(_MARK) + len(head) + 1) % LINE) + b"\n")
    end = 0
    for key, table in tables.items():
        file.write(bytes(begins[key] - end))
        file.write(table.tobytes(order="K"))
        end = begins[key] + table.nbytes


def place_of(column: NDArray[Any], begins: dict[int, int]) -> int:
    """Where a column begins in the block."""
    base = base_of(column)
    return begins[id(base)] + offset_in(column, base)


def laid(columns: dict[str, list[Any]], block: NDArray[np.uint8]) -> State:
    """Lay the columns of a state over a block that holds them."""
    parts: dict[str, dict[str, NDArray[Any]]] = {}
    for name, (kind, shape, strides, place) in columns.items():
        part, column = name.split(".")
        array = np.ndarray(tuple(shape), np.dtype(kind), block, place, tuple(strides))
        parts.setdefault(part, {})[column] = array
    kinds = get_type_hints(State)
    return State(**{part: kinds[part](**found) for part, found in parts.items()})
