"""Every form of a document in one folder (fichiers): a page, a text, a workbook, its tables and its figures."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from experiments.report import docx
from experiments.report.document import Document, Table
from experiments.report.html import page

TABLES, FIGURES = ("csv", "tex", "docx", "xlsx"), ("svg", "png", "pdf")
"""Forms in which a document leaves beside its page."""
LONGEST_SHEET = 31
NUMBER = re.compile(r"[+\-−]?\d[\d\s\u202f,.]*")
FORMULA = tuple("=+-@\t\r")
"""What makes a spreadsheet take a text for a formula."""


def write(
    document: Document,
    folder: Path,
    name: str,
    tables: Collection[str] = TABLES,
    figures: Collection[str] = FIGURES,
) -> list[Path]:
    """Write `name`.html, .docx and .xlsx, tables/*.csv and .tex, figures/*.svg, .png and .pdf; give the paths.

    The page is always written; of the rest, the forms that are asked for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{name}.html"]
    made[0].write_text(page(document), encoding="utf-8")
    if "docx" in tables:
        made.append(folder / f"{name}.docx")
        docx.write(document, made[-1])
    if "xlsx" in tables:
        made.append(folder / f"{name}.xlsx")
        workbook(document, made[-1])
    for table in document.tables:
        made += _table(table, folder / "tables", tables)
    for figure in document.figures:
        for suffix, content in (("svg", figure.svg.encode()), ("png", figure.png), ("pdf", figure.pdf)):
            if suffix in figures:
                (folder / "figures").mkdir(exist_ok=True)
                made.append(folder / "figures" / f"{figure.name}.{suffix}")
                made[-1].write_bytes(content)
    return made


def workbook(document: Document, target: Path) -> None:
    """Write a sheet for each table."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for table in document.tables:
        sheet = book.create_sheet(_sheet_name(table.name, book.sheetnames))
        sheet.append([table.caption])
        sheet.append([document.stamp])
        sheet.append(list(table.heads))
        for row in table.rows:
            sheet.append([valued(cell) for cell in row])
        for cell in (*sheet[1], *sheet[3]):
            cell.font = Font(bold=True)
        for at in range(1, len(table.heads) + 1):
            longest = max([len(table.heads[at - 1]), *(len(row[at - 1]) for row in table.rows)], default=8)
            sheet.column_dimensions[get_column_letter(at)].width = min(max(longest + 2, 10), 60)
        sheet.freeze_panes = "A4"
    book.save(target)


def valued(cell: str) -> float | str:
    """A number as a number, in either language; a text that a spreadsheet would run as a formula is kept a text."""
    text = cell.strip()
    if NUMBER.fullmatch(text):
        plain = re.sub(r"\s", "", text).replace("−", "-")
        if plain.count(",") == 1 and "." not in plain and len(plain.rpartition(",")[2]) != 3:
            plain = plain.replace(",", ".")
        try:
            return float(plain.replace(",", ""))
        except ValueError:
            pass
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _sheet_name(name: str, taken: Iterable[str]) -> str:
    short = re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_SHEET]
    rank, free = 1, short
    while free in taken:
        rank += 1
        free = f"{short[: LONGEST_SHEET - 4]} ({rank})"
    return free


def _table(table: Table, folder: Path, forms: Collection[str]) -> list[Path]:
    made = [folder / f"{table.name}.{form}" for form in ("csv", "tex") if form in forms]
    for path, wrote in ((path, {"csv": _csv, "tex": _latex}[path.suffix[1:]]) for path in made):
        folder.mkdir(exist_ok=True)
        wrote(table, path)
    return made


def _csv(table: Table, target: Path) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([table.heads, *table.rows])


def _latex(table: Table, target: Path) -> None:
    rows = [" & ".join(map(_tex, row)) + r" \\" for row in (table.heads, *table.rows)]
    lines = [
        r"\begin{table}", rf"\caption{{{_tex(table.caption)}}}", rf"\begin{{tabular}}{{{'l' * len(table.heads)}}}",
        r"\hline", rows[0], r"\hline", *rows[1:], r"\hline", r"\end{tabular}", r"\end{table}", "",
    ]  # fmt: skip
    target.write_text("\n".join(lines), encoding="utf-8")


def _tex(text: str) -> str:
    for letter, written in (("\\", r"\textbackslash "), ("&", r"\&"), ("%", r"\%"), ("_", r"\_"), ("#", r"\#"),
                            ("$", r"\$"), ("{", r"\{"), ("}", r"\}")):  # fmt: skip
        text = text.replace(letter, written)
    return text
