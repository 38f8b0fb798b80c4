"""The empty workbook: six French sheets, drop-downs, one grey example line a sheet, ready to print."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from scenarios.workbook.faults import letters
from scenarios.workbook.layout import (
    EXAMPLE_ROW,
    HEADING_ROW,
    LISTS,
    NOTE_ROW,
    README,
    TITLE_ROW,
    Column,
    choices,
    columns,
)
from texts import say

LINES = {
    "Communes": 83,
    "Professionnels": 250,
    "Soins non programmés": 26,
    "Chiffres du territoire": 26,
    "Budget et temps": 26,
}
"""Lines laid out with their borders and drop-downs; more can be added."""
COLOURS = {"Communes": "2E7D6B", "Professionnels": "1F5A7A", "Soins non programmés": "B3672B",
           "Chiffres du territoire": "6A4C93", "Budget et temps": "8A6D1F"}  # fmt: skip
INK, GREY, PALE, RULE, NIGHT = "22313A", "8A949A", "F3F5F6", "D5DBDF", "22313A"
README_LINES = (
    "how_1",
    "how_2",
    "how_3",
    "how_4",
    "how_5",
    "never_1",
    "never_2",
    "write_1",
    "write_2",
    "write_3",
    "write_4",
    "write_5",
    "after_1",
    "after_2",
)
_FORMATS = {"leaving": "dd/mm/yyyy", "month": "dd/mm/yyyy", "code": "@", "euros": '#,##0.00 "€"', "count": "#,##0",
            "slots": "#,##0", "hours": "#,##0", "half_days": "0.#", "year": "0"}  # fmt: skip
_NUMBERS = frozenset({"half_days", "slots", "count", "euros", "hours", "figure"})
_CENTRED = frozenset({"yes_no", "accepts", "place", "year", "code", "age", "leaving", "month"})


def write_template(path: Path, lang: str = "fr") -> None:
    """Write the workbook to be filled in: French sheets and columns, a first page in the reader's language."""
    template(lang).save(path)


def template(lang: str = "fr") -> Any:
    """The workbook to be filled in."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = "", say("workbook.title", "fr")
    _readme(book.active, lang)
    for sheet in columns():
        page = book.create_sheet(sheet)
        dress(
            page, sheet, lang, HEADING_ROW, {one.key: at for at, one in enumerate(columns()[sheet], start=1)}
        )
        _example(page, sheet)
    lists(book)
    return book


def example_value(example: str) -> str | int | float | datetime:
    """What the example cell holds: a date, a number, a percentage or words."""
    if re.fullmatch(r"\d{2}/\d{2}/\d{4}", example):
        return datetime.strptime(example, "%d/%m/%Y")
    if re.fullmatch(r"\d+", example):
        return int(example)
    plain = re.fullmatch(r"(\d+),(\d+)( %)?", example)
    if plain:
        return float(f"{plain[1]}.{plain[2]}") / (100 if plain[3] else 1)
    return example


def lists(book: Any) -> None:
    """The hidden sheet from which the long drop-downs are fed."""
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    for at, one in enumerate(_listed(), start=1):
        for row, word in enumerate(choices(one), start=1):
            page.cell(row, at, word)


def font(**asked: Any) -> Any:
    """A font that every spreadsheet has."""
    from openpyxl.styles import Font

    return Font(name="Arial", **asked)


def _listed() -> list[Column]:
    return [
        one for some in columns().values() for one in some if one.choices.startswith("@") and choices(one)
    ]


def dress(page: Any, sheet: str, lang: str, heading: int, places: dict[str, int], lines: int = 0) -> None:
    """Titles, headings, widths, drop-downs, borders and print setup of a sheet, its headings standing where told."""
    from openpyxl.styles import Alignment

    width = max(places.values())
    first_lines = {TITLE_ROW: (sheet, font(bold=True, size=18, color=COLOURS[sheet])),
                   NOTE_ROW: (say(f"workbook.intro_{_slug(sheet)}", lang), font(size=10, color=INK))}  # fmt: skip
    for row, (text, letters_of) in first_lines.items():
        if row < heading:
            page.cell(row, 1, text).font = letters_of
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(width, 2))
            page.cell(row, 1).alignment = Alignment(
                wrap_text=True, vertical="top" if row == NOTE_ROW else "center"
            )
            total = sum(one.width for one in columns()[sheet])
            page.row_dimensions[row].height = (
                30 if row == TITLE_ROW else 15 * (1 + len(text) * 1.05 // total) + 4
            )
    for one in columns()[sheet]:
        if one.key in places:
            _column(page, one, heading, places[one.key], lines or LINES[sheet])
    page.row_dimensions[heading].height = 40
    if heading == HEADING_ROW:
        page.row_dimensions[heading - 1].height = 8
    page.freeze_panes = page.cell(heading + 1, 1)
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = COLOURS[sheet]
    _printed(page, sheet, heading)


def _column(page: Any, one: Column, heading: int, at: int, lines: int) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    head = page.cell(heading, at, f"{one.heading} *" if one.required else one.heading)
    head.font = font(bold=True, color="FFFFFF", size=10)
    head.fill = PatternFill("solid", fgColor=COLOURS[one.sheet])
    head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    page.column_dimensions[letters(at)].width = one.width
    for row in range(heading + 1, heading + 2 + lines):
        page.row_dimensions[row].height = 17
    line = Border(
        bottom=Side(style="thin", color=RULE),
        right=Side(style="hair", color=RULE),
        left=Side(style="hair", color=RULE),
    )
    for row in range(heading + 1, heading + 2 + lines):
        cell = page.cell(row, at)
        cell.border, cell.font = line, font(size=10, color=INK)
        cell.number_format = _FORMATS.get(one.kind, "General")
        cell.alignment = Alignment(
            horizontal=_side(one), vertical="center", indent=int(_side(one) != "center")
        )
    _drop_down(page, one, heading + 1, heading + 1 + lines, at)


def _side(one: Column) -> str:
    if one.kind in _CENTRED:
        return "center"
    return "right" if one.kind in _NUMBERS else "left"


def _drop_down(page: Any, one: Column, first: int, last: int, at: int) -> None:
    """The list of a cell, and the message shown beside it; a word of one's own is warned about, never blocked."""
    from openpyxl.worksheet.datavalidation import DataValidation

    source = ""
    if one.choices == "@communes":
        source = f"Communes!$A${EXAMPLE_ROW + 1}:$A${EXAMPLE_ROW + LINES['Communes']}"
    elif one.choices.startswith("@"):
        letter = letters(1 + _listed().index(one))
        source = f"{LISTS}!${letter}$1:${letter}${len(choices(one))}"
    elif one.choices:
        source = '"' + ",".join(choices(one)) + '"'
    asked = DataValidation(type="list" if source else None, formula1=source or None, allow_blank=True)
    asked.showInputMessage, asked.promptTitle, asked.prompt = True, one.heading[:32], one.note[:255]
    asked.showErrorMessage = bool(source) and not one.choices.startswith("@")
    asked.errorStyle, asked.errorTitle, asked.error = "warning", one.heading[:32], one.note[:255]
    letter = letters(at)
    asked.add(f"{letter}{first}:{letter}{last}")
    page.add_data_validation(asked)


def _printed(page: Any, sheet: str, heading: int) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{heading}:{heading}"
    page.oddFooter.left.text, page.oddFooter.right.text = f"{sheet}", "&P / &N"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.4, 0.7, 0.3


def _example(page: Any, sheet: str) -> None:
    for at, one in enumerate(columns()[sheet], start=1):
        cell = page.cell(EXAMPLE_ROW, at, one.example if one.kind == "code" else example_value(one.example))
        greyed(cell, one)


def greyed(cell: Any, one: Column) -> None:
    """The clothes of an example, which is not read."""
    from openpyxl.styles import PatternFill

    cell.font, cell.fill = font(italic=True, size=10, color=GREY), PatternFill("solid", fgColor=PALE)
    if one.kind == "figure":
        cell.number_format = "0.0%"


def _readme(page: Any, lang: str) -> None:
    from openpyxl.styles import Alignment, PatternFill

    page.title = README
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 2, 104
    page.cell(1, 2, say("workbook.title", lang)).font = font(bold=True, size=20, color=NIGHT)
    page.cell(2, 2, say("workbook.subtitle", lang)).font = font(size=10, color=GREY)
    row, section = 3, ""
    for name in README_LINES:
        if name.rpartition("_")[0] != section:
            section = name.rpartition("_")[0]
            row += 1
            head = page.cell(row, 2, say(f"workbook.readme_{section}", lang))
            head.font, head.fill = (
                font(bold=True, size=12, color="FFFFFF"),
                PatternFill("solid", fgColor=_section_colour(section)),
            )
            page.row_dimensions[row].height = 22
            head.alignment = Alignment(vertical="center", indent=1)
            row += 1
        text = say(f"workbook.readme_{name}", lang)
        cell = page.cell(row, 2, text)
        cell.font = font(size=11, color=INK)
        cell.alignment = Alignment(wrap_text=True, vertical="center", indent=1)
        page.row_dimensions[row].height = 15 * (1 + len(text) // 100) + 6
        row += 1
    page.sheet_properties.tabColor = NIGHT
    page.page_setup.orientation, page.page_setup.paperSize = "portrait", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _section_colour(section: str) -> str:
    return {"never": "A33B2E", "write": "6A4C93", "after": "2E7D6B"}.get(section, "1F5A7A")


def _slug(sheet: str) -> str:
    return {"Communes": "communes", "Professionnels": "carers", "Soins non programmés": "months",
            "Chiffres du territoire": "figures", "Budget et temps": "spending"}[sheet]  # fmt: skip
