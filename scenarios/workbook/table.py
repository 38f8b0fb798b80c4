"""In each sheet the headings are found wherever they stand, and lines are read until the last one written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scenarios.workbook.faults import CellFault
from scenarios.workbook.layout import LISTS, README, TO_CORRECT, Column, columns, folded
from scenarios.workbook.opening import NOTHING, Area, Box, Page
from scenarios.workbook.privacy import FIRST_LINES, safe_title

_OTHER_TITLES = {
    "snp": "Soins non programmés", "soins non programmes": "Soins non programmés", "pros": "Professionnels",
    "professionnel": "Professionnels", "annuaire": "Professionnels", "adherents": "Professionnels",
    "liste des communes": "Communes", "commune": "Communes", "chiffres": "Chiffres du territoire",
    "indicateurs": "Chiffres du territoire", "budget": "Budget et temps", "finances": "Budget et temps",
}  # fmt: skip
_NUMBERING = frozenset({"n", "no", "num", "numero", "ligne"})
_TOTALS = ("total", "sous total", "somme", "ensemble")
_ALIKE, _ALIKE_TITLE = 0.86, 0.8


class Row(NamedTuple):
    """A line written by the coordinator."""

    number: int
    boxes: Mapping[str, Box]

    def box(self, key: str) -> Box:
        """The cell of a column, nothing where the column is absent."""
        return self.boxes.get(key, NOTHING)


class Table(NamedTuple):
    """The lines of a sheet under its headings."""

    sheet: str
    places: Mapping[str, int]
    """Column (from 1) in which each heading stands."""
    rows: tuple[Row, ...]
    totals: int
    """Lines of totals that were passed over."""
    spread: int
    """Cells filled from a merged one above."""


def sheet_of(title: str) -> str:
    """Which sheet of the template a tab is; empty for another one."""
    bare = folded(title)
    known = {folded(name): name for name in columns()} | _OTHER_TITLES
    if bare in known:
        return known[bare]
    beginning = next(
        (name for text, name in known.items() if len(text) > 3 and bare.startswith(f"{text} ")), ""
    )
    close = difflib.get_close_matches(bare, list(known), n=1, cutoff=_ALIKE_TITLE)
    return beginning or (known[close[0]] if close else "")


def tables(pages: Sequence[Page]) -> tuple[dict[str, Table], list[CellFault]]:
    """The tables that a workbook holds, and what keeps the others from being read."""
    found: dict[str, Table] = {}
    faults: list[CellFault] = []
    for number, page in enumerate(pages, start=1):
        sheet = sheet_of(page.title)
        if folded(page.title) in {folded(name) for name in (README, LISTS, TO_CORRECT)} or not page.rows:
            continue
        if not sheet:
            title = safe_title(page.title, number)
            faults.append(CellFault("sheet_unknown", title, details={"choices": list(columns())}))
        elif sheet in found:
            faults.append(CellFault("sheet_twice", sheet))
        else:
            table, wrong = _table(page, sheet)
            faults += wrong
            if table is not None:
                found[sheet] = table
    if not found and not faults:
        faults.append(CellFault("no_sheet", details={"choices": list(columns())}))
    return found, faults


def _table(page: Page, sheet: str) -> tuple[Table | None, list[CellFault]]:
    heading = max(
        range(1, min(FIRST_LINES, len(page.rows)) + 1), key=lambda row: len(_headings(page, row, sheet)[0])
    )
    places, faults = _headings(page, heading, sheet)
    if not places:
        if all(box.is_hidden or box.is_blank for row in page.rows for box in row):
            return None, []
        return None, [
            CellFault("no_headings", sheet, details={"choices": [one.heading for one in columns()[sheet]]})
        ]
    faults += _missing(places, sheet) + _unknown(page, heading, places, sheet)
    rows, merged_faults, spread = _unmerged(page, heading, places, sheet)
    written = [
        Row(number, {key: row[at - 1] if at <= len(row) else NOTHING for key, at in places.items()})
        for number, row in enumerate(rows, start=1)
        if number > heading
    ]
    written = [row for row in written if any(not box.is_blank for box in row.boxes.values())]
    if written and _is_example(written[0], sheet):
        written = written[1:]
    kept = [row for row in written if not _is_total(row, places)]
    return Table(sheet, places, tuple(kept), len(written) - len(kept), spread), faults + merged_faults


def _headings(page: Page, row: int, sheet: str) -> tuple[dict[str, int], list[CellFault]]:
    places: dict[str, int] = {}
    faults = []
    for at, box in enumerate(page.rows[row - 1], start=1):
        column = heading_of(box.text, sheet)
        if column is not None and column.key in places:
            faults.append(CellFault("column_twice", sheet, row, at, column.heading))
        elif column is not None:
            places[column.key] = at
    return places, faults


def heading_of(text: str, sheet: str) -> Column | None:
    """The column that a heading announces, in the words of the template or in others."""
    bare = folded(text)
    if not bare or len(text) > 60:
        return None
    known = {folded(words): one for one in columns()[sheet] for words in (*one.also, one.heading)}
    if bare in known:
        return known[bare]
    close = difflib.get_close_matches(bare, list(known), n=1, cutoff=_ALIKE)
    return known[close[0]] if close and len(bare) > 4 else None


def _missing(places: Mapping[str, int], sheet: str) -> list[CellFault]:
    return [
        CellFault("column_missing", sheet, field=one.heading)
        for one in columns()[sheet]
        if one.required and one.key not in places
    ]


def _unknown(page: Page, heading: int, places: Mapping[str, int], sheet: str) -> list[CellFault]:
    """Columns that nobody asked for: they are not read, so they must not be there."""
    faults = []
    for at in range(1, max(len(row) for row in page.rows) + 1):
        below = [page.box(row, at) for row in range(heading, len(page.rows) + 1)]
        is_numbering = folded(below[0].text) in _NUMBERING
        if at in places.values() or is_numbering or heading_of(below[0].text, sheet):
            continue
        if any(box.is_hidden for box in below) or all(box.is_blank for box in below):
            continue
        faults.append(
            CellFault(
                "column_unknown", sheet, 0, at, details={"choices": [one.heading for one in columns()[sheet]]}
            )
        )
    return faults


def _unmerged(
    page: Page, heading: int, places: Mapping[str, int], sheet: str
) -> tuple[list[list[Box]], list[CellFault], int]:
    """A cell merged downwards holds for all its lines; one merged across holds for no column in particular."""
    rows, faults, spread = [list(row) for row in page.rows], [], 0
    for area in page.merged:
        if area.top <= heading or page.box(area.top, area.left).is_blank:
            continue
        across = [key for key, at in places.items() if area.left <= at <= area.right]
        if len(across) > 1:
            faults.append(CellFault("merged_across", sheet, area.top, area.left))
        elif across:
            spread += _filled_down(rows, area)
    return rows, faults, spread


def _filled_down(rows: list[list[Box]], area: Area) -> int:
    source, done = rows[area.top - 1][area.left - 1], 0
    for row in rows[area.top : area.bottom]:
        if any(not box.is_blank for box in row):
            row.extend([NOTHING] * (area.left - len(row)))
            row[area.left - 1] = source
            done += 1
    return done


def _is_example(row: Row, sheet: str) -> bool:
    """Whether a line is the grey one of the template, untouched."""
    asked = {one.key: one.example for one in columns()[sheet]}
    return all(_alike(row.box(key), asked[key]) for key in asked)


def _alike(box: Box, example: str) -> bool:
    from scenarios.workbook.template import example_value

    return box.value == example_value(example) or box.text == example


def _is_total(row: Row, places: Mapping[str, int]) -> bool:
    first = min((places[key] for key, box in row.boxes.items() if not box.is_blank), default=0)
    text = next((box.text for key, box in row.boxes.items() if places[key] == first), "")
    return folded(text).startswith(_TOTALS) and len(text) < 30
