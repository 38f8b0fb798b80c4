"""Some official tables come as workbooks: titles above, a header somewhere, figures below (classeur)."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from scenarios.official.cells import Cells, Wanted, folded
from scenarios.official.text_table import placed
from simulation.faults import Fault, Refused

TITLES = 30
"""Lines among which the header is looked for."""


def sheet(path: Path, wanted: list[Wanted], name: str = ".*") -> tuple[Cells, str]:
    """The rows under the header of the last sheet that has one (years go from left to right), and its name."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise Refused([Fault("territory.not_a_workbook", path.name)]) from None
    names = [one for one in book.sheetnames if re.fullmatch(name, one, re.IGNORECASE)]
    for title in reversed(names):
        rows = list(book[title].iter_rows(values_only=True))
        at = _header(rows, wanted)
        if at is not None:
            return _cells(f"{path.name} ({title})", rows, at, wanted), title
    raise Refused([Fault("territory.no_header", path.name, 0, wanted[0].heads.split("|")[0],
                         {"choices": tuple(book.sheetnames)})])  # fmt: skip


def _header(rows: list[tuple], wanted: list[Wanted]) -> int | None:
    for at, row in enumerate(rows[:TITLES]):
        if any(re.fullmatch(wanted[0].heads, folded(cell)) for cell in row):
            return at
    return None


def _cells(label: str, rows: list[tuple], at: int, wanted: list[Wanted]) -> Cells:
    heads = [str(cell if cell is not None else "") for cell in rows[at]]
    places, faults = placed(label, at + 1, heads, wanted)
    if faults:
        raise Refused(faults)
    body = rows[at + 1 :]
    columns = {
        name: [_text(row[place] if place < len(row) else None) for row in body]
        for name, place in places.items()
    }
    table = pd.DataFrame(columns, dtype=str)
    lines = pd.Series(range(at + 2, at + 2 + len(body)), index=table.index)
    key = wanted[0].name
    kept = table[key] != ""  # the line of units under a header has no code
    if not kept.any():
        raise Refused([Fault("territory.no_row", label)])
    return Cells(label, table[kept], lines[kept], {name: heads[place] for name, place in places.items()})


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
