"""The workbook is handed back with its cells to correct coloured and explained, rid of personal data."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from scenarios.workbook.cells import column_of
from scenarios.workbook.faults import CellFault, letters
from scenarios.workbook.layout import HEADING_ROW, TO_CORRECT, columns
from scenarios.workbook.opening import Box, Page
from scenarios.workbook.privacy import FIRST_LINES
from scenarios.workbook.reading import Reading
from scenarios.workbook.table import heading_of, sheet_of
from scenarios.workbook.template import dress, example_value, font, greyed, lists
from texts import say

RED, ORANGE = "F6B8A8", "FCE3B6"
"""Wrong, and taken out."""
_AUTHOR = "CPTS"
MOST_TOLD = 500
"""Faults listed, and explained in a sheet; beyond, cells are coloured only."""
_MORE = 10
"""Lines left to be written in below those that are there."""


def corrected_copy(reading: Reading, target: Path, lang: str = "fr") -> None:
    """Write the copy: same cells at the same places, each fault coloured with its sentence, and a list of them all."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = ""
    _summary(book.active, reading, lang)
    done = {}
    for page in reading.pages:
        sheet = sheet_of(page.title)
        if sheet and sheet not in done and page.rows:
            done[sheet] = _copied(book, page, sheet, reading, lang)
    for sheet, made in done.items():
        _marked(made, [one for one in reading.faults if one.sheet == sheet and one.column], lang)
    lists(book)
    book.save(target)


def _summary(page: Any, reading: Reading, lang: str) -> None:
    from openpyxl.styles import Alignment, PatternFill

    page.title = TO_CORRECT
    page.cell(1, 1, say("workbook.summary_title", lang, count=len(reading.faults))).font = font(
        bold=True, size=16, color="A33B2E"
    )
    page.cell(2, 1, say("workbook.summary_note", lang)).font = font(size=10)
    for at, (key, width) in enumerate((("sheet", 28), ("cell", 12), ("what", 110)), start=1):
        head = page.cell(HEADING_ROW, at, say(f"workbook.summary_{key}", lang))
        head.font, head.fill = font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="A33B2E")
        page.column_dimensions[letters(at)].width = width
    for row, one in enumerate(reading.faults[:MOST_TOLD], start=HEADING_ROW + 1):
        page.cell(row, 1, one.sheet).font = font(size=10)
        link = page.cell(row, 2, one.cell or letters(one.column))
        if one.cell and one.sheet in columns():
            link.hyperlink, link.font = f"#'{one.sheet}'!{one.cell}", font(underline="single", color="1F5A7A")
        what = page.cell(row, 3, one.told(lang))
        what.alignment, what.font = Alignment(wrap_text=True, vertical="top"), font(size=10)
    page.freeze_panes, page.sheet_view.showGridLines = page.cell(HEADING_ROW + 1, 1), False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_properties.tabColor = "A33B2E"


def _copied(book: Any, page: Page, sheet: str, reading: Reading, lang: str) -> Any:
    """A sheet with what could be kept of it: the columns that are known, without formulae."""
    made = book.create_sheet(sheet)
    heading, places = _places(page, sheet)
    if places:
        dress(made, sheet, lang, heading, places, max(len(page.rows) - heading, 0) + _MORE)
    for row in range(heading + 1, len(page.rows) + 1):
        for key, at in places.items():
            box = page.box(row, at)
            value = reading.renamed.get((sheet, row, at), kept(box))
            if (sheet, row, at) not in reading.unreadable and value is not None:
                cell = made.cell(row, at, value)
                one = column_of(sheet, key)
                if row == heading + 1 and value in (one.example, example_value(one.example)):
                    greyed(cell, one)
                if box.is_percent:
                    cell.number_format = "0.0%"
    return made


def _places(page: Page, sheet: str) -> tuple[int, dict[str, int]]:
    """Where the headings stand; the line that holds most of them."""
    best: tuple[int, dict[str, int]] = (HEADING_ROW, {})
    for row in range(1, min(FIRST_LINES, len(page.rows)) + 1):
        found: dict[str, int] = {}
        for at, box in enumerate(page.rows[row - 1], start=1):
            column = heading_of(box.text, sheet)
            if column is not None:
                found.setdefault(column.key, at)
        if len(found) > len(best[1]):
            best = (row, found)
    return best


def kept(box: Box) -> str | int | float | bool | datetime | date | None:
    """What a cell may hand over: data, never a formula nor a personal datum."""
    if box.is_blank or box.is_hidden or not isinstance(box.value, str | int | float | bool | datetime | date):
        return None
    return (
        None if isinstance(box.value, str) and box.value.lstrip().startswith(("=", "+", "@")) else box.value
    )


def _marked(page: Any, faults: list[CellFault], lang: str) -> None:
    """Colour each cell with the sentences that concern it; a whole column is marked at its top."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    told: dict[tuple[int, int], list[CellFault]] = {}
    for one in faults:
        told.setdefault((one.row or HEADING_ROW, one.column), []).append(one)
    for at, ((row, column), some) in enumerate(told.items()):
        cell = page.cell(row, column)
        if isinstance(cell, MergedCell):  # the titles above the headings lie across all columns
            cell = page.cell(row, 1)
        is_personal = any(one.code.startswith("personal") for one in some)
        cell.fill = PatternFill("solid", fgColor=ORANGE if is_personal else RED)
        if at >= MOST_TOLD:
            continue
        comment = Comment("\n".join(one.told(lang) for one in some), _AUTHOR)
        comment.width, comment.height = 360, 60 + 40 * len(some)
        cell.comment = comment
