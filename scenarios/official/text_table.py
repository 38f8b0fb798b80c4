"""An official table is text: one line a row, cells parted by a sign, accents in one of two alphabets."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.official.cells import Cells, Wanted, folded, missing
from simulation.faults import Fault, Refused

SEPARATORS = (";", "|", ",", "\t")
BLOCK = 1 << 20
PAGE = 400_000
"""Rows read together."""
ZIP, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def encoding(path: Path) -> str:
    """UTF-8 when every byte agrees, else the alphabet of Windows (older files of INSEE and FINESS)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as content:
        start = content.read(4)
        if start.startswith((ZIP, XLS)):
            raise Refused([Fault("territory.zipped", path.name)])
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise Refused([Fault("territory.utf16", path.name)])
        content.seek(0)
        while block := content.read(BLOCK):
            if b"\0" in block:
                raise Refused([Fault("territory.binary", path.name)])
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return "cp1252"
    return "utf-8-sig"


def first_lines(path: Path, count: int, alphabet: str) -> list[str]:
    """The beginning of a file, without the ends of lines."""
    found = []
    with path.open(encoding=alphabet, errors="replace", newline="") as content:
        for _, line in zip(range(count), content, strict=False):
            found.append(line.rstrip("\r\n"))
    return found


def separator(header: str) -> str:
    """The sign that parts a header in most pieces."""
    return max(SEPARATORS, key=header.count)


def header_line(lines: list[str], wanted: list[Wanted]) -> int:
    """The line (0 the first) on which the header stands: titles may come before it."""
    first = re.compile(wanted[0].heads)
    for number, line in enumerate(lines):
        cells = [folded(cell.strip('"')) for cell in line.split(separator(line))]
        if any(first.fullmatch(cell) for cell in cells):
            return number
    return 0


def pages(path: Path, wanted: list[Wanted], page: int = PAGE, titles: int = 1) -> Iterator[Cells]:
    """The rows of a file by pages, only the columns wanted; the others are never kept.

    Raises Refused for a header that lacks a column or a row that is too long, with its line.
    """
    alphabet = encoding(path)
    lines = first_lines(path, titles, alphabet)
    if not any(line.strip() for line in lines):
        raise Refused([Fault("territory.empty", path.name)])
    at = header_line(lines, wanted)
    sign = separator(lines[at])
    heads = [head.strip().strip('"') for head in lines[at].split(sign)]
    places, faults = placed(path.name, at + 1, heads, wanted)
    faults += row_faults(path, sign, len(heads), at, alphabet)
    if faults:
        raise Refused(faults)
    try:
        chunks = pd.read_csv(
            path, sep=sign, header=None, skiprows=at + 1, names=list(range(len(heads))), usecols=list(places.values()),
            dtype=str, keep_default_na=False, encoding=alphabet, encoding_errors="replace", skip_blank_lines=False,
            chunksize=page, quoting=csv.QUOTE_NONE if sign == "|" else csv.QUOTE_MINIMAL, index_col=False,
        )  # fmt: skip
        for chunk in chunks:
            yield _told(path.name, chunk, places, heads, at)
    except pd.errors.EmptyDataError:
        raise Refused([Fault("territory.no_row", path.name)]) from None


def row_faults(path: Path, sign: str, expected: int, at: int, alphabet: str) -> list[Fault]:
    """Rows with more or fewer cells than the header, or with a quote left open: the first of each, the rest counted."""
    found: dict[str, list[tuple[int, int]]] = {}
    with path.open(encoding=alphabet, errors="replace", newline="") as content:
        for number, line in enumerate(content, start=1):
            if number <= at + 1 or not line.strip():
                continue
            count = line.count(sign) + 1
            if '"' in line and sign != "|":
                if line.count('"') % 2:
                    found.setdefault("bad_quotes", []).append((number, count))
                    continue
                count = len(next(csv.reader([line], delimiter=sign)))
            if count != expected:
                found.setdefault("row_long" if count > expected else "row_short", []).append((number, count))
    return [
        Fault(f"territory.{code}", path.name, rows[0][0],
              details={"value": rows[0][1], "expected": expected, "others": len(rows) - 1 or ""})
        for code, rows in found.items()
    ]  # fmt: skip


def _told(label: str, chunk: pd.DataFrame, places: dict[str, int], heads: list[str], at: int) -> Cells:
    lines = pd.Series(np.asarray(chunk.index) + at + 2, index=chunk.index)
    table = pd.DataFrame({name: chunk[place] for name, place in places.items()})
    table = table.fillna("").apply(lambda column: column.str.strip())
    blank = (table == "").all(axis=1)
    named = {name: heads[place] for name, place in places.items()}
    return Cells(label, table[~blank], lines[~blank], named)


def placed(
    label: str, line: int, heads: list[str], wanted: list[Wanted]
) -> tuple[dict[str, int], list[Fault]]:
    """Where each column wanted stands, and those that lack or come twice."""
    plain = [folded(head) for head in heads]
    places: dict[str, int] = {}
    faults = []
    for column in wanted:
        found = [at for at, head in enumerate(plain) if re.fullmatch(column.heads, head)]
        if not found and column.required:
            faults.append(missing(label, line, column, heads))
        if len(found) > 1 and len({plain[at] for at in found}) == 1:
            faults.append(Fault("territory.same_column", label, line, heads[found[0]]))
        if found:
            places[column.name] = found[0]
    return places, faults


def whole(path: Path, wanted: list[Wanted], titles: int = 1) -> Cells:
    """All the rows of a file."""
    told = list(pages(path, wanted, titles=titles))
    if not told or all(one.table.empty for one in told):
        raise Refused([Fault("territory.no_row", path.name)])
    first = told[0]
    return Cells(first.label, pd.concat([one.table for one in told]), pd.concat([one.lines for one in told]),
                 first.heads)  # fmt: skip
