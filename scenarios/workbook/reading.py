"""A workbook is read whole: it gives what it says, or every fault at once, sheet by sheet and cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from scenarios.workbook import carers, observations
from scenarios.workbook.cells import Reader
from scenarios.workbook.faults import CellFault, Note, in_reading_order
from scenarios.workbook.layout import columns
from scenarios.workbook.opening import Page, opened
from scenarios.workbook.places import Gazetteer
from scenarios.workbook.privacy import screened
from scenarios.workbook.table import Table, tables
from scenarios.workbook.workbook import Workbook

_COMMUNE_FAULTS = frozenset({"commune_unknown", "unknown_code"})
_FEW = 2


@dataclass(frozen=True)
class Reading:
    """What came out of a file: a workbook, or faults; notes tell how it was understood."""

    workbook: Workbook | None
    faults: tuple[CellFault, ...]
    notes: tuple[Note, ...]
    pages: tuple[Page, ...]
    """The sheets as they were, personal data taken out; for the copy that is handed back."""
    renamed: Mapping[tuple[str, int, int], str] = MappingProxyType({})
    unreadable: frozenset[tuple[str, int, int]] = frozenset()
    """Sheet, line and column of cells that may hold a name."""


def read_workbook(path: Path, gazetteer: Gazetteer, today: date | None = None) -> Reading:
    """Read the workbook of a coordinator; nothing is stored, and personal data are dropped before anything else."""
    file = opened(path)
    day = today or date.today()
    clean = screened(file.pages, day)
    found, faults = tables(clean.pages)
    reader = Reader(gazetteer, day)
    workbook = _read(reader, found, file.digest)
    if file.faults and not file.pages:
        faults = []
    every = [*file.faults, *clean.faults, *faults, *_gathered(reader)]
    if not every and not any(
        (workbook.communes, workbook.carers, workbook.figures, workbook.months, workbook.spending)
    ):
        every.append(CellFault("nothing_filled"))
    for table in found.values():
        if table.totals:
            reader.note("totals", sheet=table.sheet, count=table.totals)
        if table.spread:
            reader.note("spread", sheet=table.sheet, count=table.spread)
    told = in_reading_order(every, columns())
    notes = tuple(dict.fromkeys((one.code, tuple(one.details.items())) for one in reader.notes))
    kept = tuple(Note(code, dict(details)) for code, details in notes)
    return Reading(
        None if told else workbook, told, kept, clean.pages, reader.renamed, frozenset(reader.unreadable)
    )


def communes_written(path: Path, today: date | None = None) -> tuple[str, ...]:
    """The communes counted that the first sheet lists, by code else by name: what to build a territory of."""
    found, _ = tables(screened(opened(path).pages, today or date.today()).pages)
    table = found.get(next(iter(columns())))
    rows = () if table is None else table.rows
    around = [carers.is_around(row.box("place")) for row in rows]
    told = [row.box("code").text or row.box("commune").text for row in rows]
    return tuple(text for text, ring in zip(told, around, strict=True) if text and not ring)


def _read(reader: Reader, found: dict[str, Table], digest: str) -> Workbook:
    """Every sheet in turn; an absent one says nothing."""
    nothing = Table("", {}, (), 0, 0)
    communes, people, months, figures, spending = (found.get(sheet, nothing) for sheet in columns())
    return Workbook(
        communes=carers.communes(reader, communes),
        carers=carers.carers(reader, people),
        months=observations.months(reader, months),
        figures=observations.figures(reader, figures),
        spending=observations.spending(reader, spending),
        digest=digest,
    )


def _gathered(reader: Reader) -> list[CellFault]:
    """The faults of cells; when no commune at all is known, the territory is the wrong one, and that is said once."""
    lost = [one for one in reader.faults if one.code in _COMMUNE_FAULTS]
    if len(lost) < _FEW or reader.found_communes:
        return reader.faults
    others = [one for one in reader.faults if one.code not in _COMMUNE_FAULTS]
    first = lost[0]
    details = {"count": len(lost), "territory": reader.gazetteer.name}
    return [
        CellFault("no_commune_known", first.sheet, first.row, first.column, first.field, details),
        *others,
    ]
