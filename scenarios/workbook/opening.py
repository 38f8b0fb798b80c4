"""A workbook comes from elsewhere: it is opened as data only, within limits, whatever it holds besides."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.workbook.faults import CellFault

MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_RATIO = 200
"""A text of a spreadsheet is packed ten to thirty times, never so many."""
MOST_PARTS, MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_MERGED = 500, 20, 3_000, 60, 300
OLD_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of the binary format before 2007, which also wraps a workbook with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})[\"']"
)
_CORNER = re.compile(r"([A-Z]+)([0-9]+)")


class Box(NamedTuple):
    """What a cell holds, and whether it is shown as a percentage."""

    value: object = None
    is_percent: bool = False
    is_hidden: bool = False
    """Held a personal datum: taken out before anything else looked at it."""

    @property
    def text(self) -> str:
        """The cell as words, on one line."""
        if self.value is None or self.is_hidden:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return " ".join(str(self.value).split())

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here."""
        return not self.text and not self.is_hidden


NOTHING = Box()


class Area(NamedTuple):
    """A rectangle of cells made one, its first and last lines and columns (from 1)."""

    top: int
    left: int
    bottom: int
    right: int


class Page(NamedTuple):
    """The cells of a sheet, [line][column] from 0, and the rectangles that were merged."""

    title: str
    rows: list[list[Box]]
    merged: tuple[Area, ...] = ()

    def box(self, row: int, column: int) -> Box:
        """The cell at a line and column counted from 1."""
        if row - 1 < len(self.rows) and column - 1 < len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return NOTHING


class Opened(NamedTuple):
    """The sheets of a file, its fingerprint, and why it cannot be read when it cannot."""

    pages: tuple[Page, ...]
    digest: str = ""
    faults: tuple[CellFault, ...] = ()


def opened(path: Path) -> Opened:
    """Open a workbook within limits; nothing in it is computed or followed."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        return refused("file_absent")
    if len(content) > MOST_BYTES:
        return refused("file_large", high=MOST_BYTES // 1_000_000)
    trouble = wrapping_fault(content)
    if trouble is not None:
        return Opened((), faults=(trouble,))
    try:
        with (
            warnings.catch_warnings()
        ):  # what its reader does not know is told on the screen, foreign words included
            warnings.simplefilter("ignore")
            return _read(content)
    except Exception:  # a broken part of the file breaks its reader in any of a hundred ways
        return refused("file_broken")


def refused(code: str, **details: object) -> Opened:
    """A file of which nothing is read."""
    return Opened((), faults=(CellFault(code, details=details),))


def wrapping_fault(content: bytes) -> CellFault | None:
    """Why a file is no workbook that can be read safely; nothing when it is one."""
    if not content:
        return CellFault("file_empty")
    if content.startswith(OLD_BINARY):
        return CellFault("file_encrypted" if _ENCRYPTED in content else "file_old")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return CellFault("file_not_workbook")
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        return CellFault("file_encrypted")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return CellFault("file_bomb")
    if any(
        part.file_size > 500_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    ):
        return CellFault("file_bomb")
    if any("vbaproject" in name for name in names):
        return CellFault("file_macros")
    if "mimetype" in names or "content.xml" in names:
        return CellFault("file_open_document")
    return None if "[content_types].xml" in names else CellFault("file_not_workbook")


def _read(content: bytes) -> Opened:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if len(book.worksheets) > MOST_SHEETS:
        return refused("file_sheets", value=len(book.worksheets), high=MOST_SHEETS)
    pages, faults = [], []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for number, sheet in enumerate(book.worksheets, start=1):
            rows, is_long = _rows(sheet)
            if is_long:
                faults.append(
                    CellFault(
                        "sheet_large", details={"number": number, "high": MOST_ROWS, "wide": MOST_COLUMNS}
                    )
                )
            pages.append(Page(sheet.title, rows, _merged(packed.read(sheet._worksheet_path.lstrip("/")))))
    return Opened(tuple(pages), hashlib.sha256(content).hexdigest(), tuple(faults))


def _rows(sheet: Any) -> tuple[list[list[Box]], bool]:
    """The cells of a sheet without its empty end, and whether something is written beyond the limits."""
    sheet.reset_dimensions()
    rows: list[list[Box]] = []
    is_long = False
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        boxes = [_box(cell) for cell in row]
        is_long = is_long or (len(boxes) > MOST_COLUMNS and not boxes[MOST_COLUMNS].is_blank)
        kept = _without_end(boxes[:MOST_COLUMNS])
        if number > MOST_ROWS:
            is_long = is_long or bool(kept)
            if is_long:
                break
            continue
        rows.append(kept)
    while rows and not rows[-1]:
        rows.pop()
    return rows, is_long


def _box(cell: Any) -> Box:
    return NOTHING if cell.value is None else Box(cell.value, "%" in str(cell.number_format or ""))


def _without_end(boxes: list[Box]) -> list[Box]:
    while boxes and boxes[-1].is_blank:
        boxes.pop()
    return boxes


def _merged(xml: bytes) -> tuple[Area, ...]:
    areas = []
    for first, last in _MERGED.findall(xml)[:MOST_MERGED]:
        (left, top), (right, bottom) = (_corner(text.decode()) for text in (first, last))
        areas.append(Area(top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)))
    return tuple(areas)


def _corner(name: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(name)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])
