"""Workbooks filled in as a coordinator would, for tests that break one thing in them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from scenarios.workbook import Gazetteer, read_workbook, write_template
from scenarios.workbook.layout import EXAMPLE_ROW, HEADING_ROW, README, columns
from scenarios.workbook.places import Commune

CEVENNES_FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "territories" / "chataigne-micocoule"
TODAY = date(2026, 11, 27)
FIRST = EXAMPLE_ROW + 1
GOOD: dict[str, list[list[Any]]] = {
    "Communes": [["Saint-Jean-du-Gard"], ["Lasalle", "30140", "territoire"], ["Anduze", None, "couronne"]],
    "Professionnels": [
        [
            "médecin généraliste",
            "Lasalle",
            "oui",
            "MSP de Lasalle",
            8,
            4500,
            "50 à 59 ans",
            "oui",
            datetime(2030, 6, 30),
        ],
        ["MG", "St-Jean du Gard", "non", None, "7,5", None, None, "non", None],
        ["IDEL", "Lasalle"],
        ["kiné", "lasalle", "x", "oui"],
    ],
    "Soins non programmés": [[datetime(2025, 1, 1), 120, 96, 71], ["février 2025", "NC", 90, 80]],
    "Chiffres du territoire": [
        ["Habitants de 17 ans et plus sans médecin traitant (%)", "11,2", 2025, "Rézone-CPTS"]
    ],
    "Budget et temps": [["SNP", 2025, 65000, "41 250,50", 60]],
}
CEVENNES = Gazetteer(
    [
        Commune("30140", "Lasalle", "30"),
        Commune("30269", "Saint-Jean-du-Gard", "30"),
        Commune("30265", "Saint-Jean-de-Crieulon", "30"),
        Commune("30246", "Sainte-Croix-de-Caderle", "30"),
        Commune("48144", "Sainte-Croix-Vallée-Française", "48"),
        Commune("30329", "Thoiras-Corbès", "30"),
        Commune("30010", "Anduze", "30"),
        Commune("30058", "La Cadière-et-Cambo", "30"),
        Commune("30283", "Vabres", "30"),
        Commune("12293", "Vabres", "12"),
    ],
    "cévennes",
)


def bare():
    """A workbook with the sheets and headings of the template, without its clothes: quick to make by the hundred."""
    book = Workbook()
    book.active.title = README
    for sheet, some in columns().items():
        page = book.create_sheet(sheet)
        for at, one in enumerate(some, start=1):
            page.cell(HEADING_ROW, at, one.heading)
    return book


def template(path):
    """The workbook that a coordinator is given."""
    write_template(path)
    return load_workbook(path)


def filled(path, sheets=GOOD, change=None, book=None):
    """Write lines under the example; `change` may do anything to the workbook before it is saved."""
    book = bare() if book is None else book
    for sheet, rows in sheets.items():
        for at, row in enumerate(rows):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    book[sheet].cell(FIRST + at, column, value)
    if change is not None:
        change(book)
    book.save(path)
    return path


def put(sheet, cell, value):
    """A change of one cell."""

    def change(book):
        book[sheet][cell] = value

    return change


def read(path, gazetteer=CEVENNES):
    return read_workbook(path, gazetteer, TODAY)


def told(path, lang="fr"):
    return [fault.told(lang) for fault in read(path).faults]
