"""A territory folder comes packed (.zip): opened within limits, as tables only; a path in it is never followed."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

from simulation.territory.schema import NEEDED, OPTIONAL

MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_RATIO = 200
"""A table of figures is packed five to thirty times, never so many."""
SMALL = 500_000
"""Bytes under which a ratio says nothing."""
MOST_PARTS = 200
MOST_LINES = 100_000
"""Minutes between 300 communes are 90,000 lines."""
TABLES = (*NEEDED, *OPTIONAL)


class Trouble(NamedTuple):
    """Why a file that was sent cannot be used: a sentence of the dashboard and its fields."""

    code: str
    details: Mapping[str, object] = {}


class Unpacked(NamedTuple):
    """The tables by name; nothing else is taken out."""

    tables: Mapping[str, bytes]
    faults: tuple[Trouble, ...] = ()
    aside: int = 0
    """Files that are no table of a territory: scenarios, programs, notes."""


def is_folder(content: bytes) -> bool:
    """Whether this is a packed folder of tables, and no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [part.filename.lower() for part in packed.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return "[content_types].xml" not in names and not {"mimetype", "content.xml"} & set(names)


def unpacked(content: bytes) -> Unpacked:
    """Take the tables of a territory out, or say every reason not to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            faults = _refused(parts, len(content))
            return Unpacked({}, tuple(faults)) if faults else _tables(packed, parts)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return Unpacked({}, (Trouble("zip_broken"),))


def _refused(parts: list[zipfile.ZipInfo], size: int) -> list[Trouble]:
    if size > MOST_BYTES:
        return [Trouble("give_large", {"high": MOST_BYTES // 1_000_000})]
    if any(part.flag_bits & 0x1 for part in parts):
        return [Trouble("zip_encrypted")]
    if any(_escapes(part) for part in parts):
        return [Trouble("zip_path")]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return [Trouble("zip_bomb")]
    if any(
        part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    ):
        return [Trouble("zip_bomb")]
    return []


def _escapes(part: zipfile.ZipInfo) -> bool:
    """Whether a name would leave its folder, or is a link to elsewhere."""
    name = part.orig_filename.replace("\\", "/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    return is_link or name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name


def _tables(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Unpacked:
    found: dict[str, bytes] = {}
    faults: list[Trouble] = []
    aside, left = 0, MOST_UNPACKED
    for part in parts:
        *above, name = part.filename.split("/")
        if not name or name.startswith(".") or "__MACOSX" in above:
            continue
        if name not in TABLES:
            aside += not name.endswith(".md")  # a territory says where it comes from
            continue
        if name in found:
            faults.append(Trouble("zip_twice", {"file": name}))
            continue
        with packed.open(part) as file:  # what is announced may be false: no more is read than is left
            found[name] = file.read(left + 1)
        left -= len(found[name])
        if left < 0:
            return Unpacked({}, (Trouble("zip_bomb"),))
        if found[name].count(b"\n") > MOST_LINES:
            faults.append(Trouble("zip_lines", {"file": name, "high": MOST_LINES}))
    if not found:
        faults.append(Trouble("zip_no_table", {"files": ", ".join(NEEDED)}))
    return Unpacked({} if faults else found, tuple(faults), aside)
