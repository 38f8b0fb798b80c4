"""A CSV file is read as cells first: nothing is guessed, every cell keeps its line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from simulation.faults import Fault, nearest, shown
from simulation.territory.schema import Column
from simulation.text_files import decoded


class Sheet(NamedTuple):
    """The cells of a file by column, stripped of outer spaces, with the line of each row."""

    file: str
    columns: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]
    digest: str
    """Fingerprint (sha256) of the file; empty when it could not be read to its end."""
    faults: tuple[Fault, ...] = ()


def read_sheet(path: Path, label: str, columns: Sequence[Column]) -> Sheet:
    """Read the cells of a file; what cannot be read is a fault, never a guess."""
    try:
        content = path.read_bytes()
    except OSError:
        return _refused(label, Fault("unreadable_file", label))
    digest = hashlib.sha256(content).hexdigest()
    text, fault = decoded(content, label)
    if fault:
        return _refused(label, fault)
    rows, faults = _rows(text, label)
    cut_short = bool(faults)
    if not rows:
        return _refused(label, *faults or [Fault("empty_file", label)])
    header, body = rows[0][1], rows[1:]
    if len(header) == 1 and len(columns) > 1 and (";" in header[0] or "\t" in header[0]):
        return _refused(label, Fault("wrong_separator", label, 1, details={"value": shown(header[0])}))
    for line, cells in body:
        if len(cells) != len(header):
            details = {"value": len(cells), "expected": len(header)}
            faults.append(Fault("row_length", label, line, details=details))
    width = len(header)
    padded = [(*cells[:width], *[""] * (width - len(cells))) for _, cells in body]
    by_position = list(zip(*padded, strict=True)) if padded else [()] * width
    kept, header_faults = _named(header, by_position, label, columns)
    lines = tuple(line for line, _ in body)
    return Sheet(label, kept, lines, "" if cut_short else digest, (*header_faults, *faults))


def _refused(label: str, *faults: Fault) -> Sheet:
    return Sheet(label, {}, (), "", faults)


def _rows(text: str, label: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """The rows that hold something, each with the line on which it starts."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return rows, []
        except csv.Error:
            return rows, [Fault("csv_syntax", label, line)]
        if any(cells):
            rows.append((line, cells))


def _named(
    header: Sequence[str],
    by_position: Sequence[tuple[str, ...]],
    label: str,
    columns: Sequence[Column],
) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    """Columns under their known names, and what is wrong in the header."""
    known = [column.name for column in columns]
    kept: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name, cells in zip(header, by_position, strict=True):
        if name in kept:
            faults.append(Fault("duplicated_column", label, 1, shown(name)))
        elif name in known:
            kept[name] = cells
        elif name or any(cells):
            details = {"nearest": nearest(name, known), "choices": tuple(known)}
            faults.append(Fault("unknown_column", label, 1, shown(name), details))
    unknown = [name for name in header if name not in known]
    for column in columns:
        if column.required and column.name not in kept:
            details = {"nearest": nearest(column.name, unknown)}
            faults.append(Fault("missing_column", label, 1, column.name, details))
    return kept, faults
