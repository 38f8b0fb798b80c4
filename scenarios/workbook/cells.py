"""A line is read cell by cell; what cannot be read is told with the others, and the line goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from scenarios.workbook.faults import CellFault, Misread, Note
from scenarios.workbook.layout import Column, columns
from scenarios.workbook.opening import Box
from scenarios.workbook.places import Commune, Gazetteer
from scenarios.workbook.table import Row, Table
from scenarios.workbook.workbook import Amount

_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#NOM?", "#VALEUR!", "#N/D")


class Reader:
    """Reads cells one after the other and keeps the faults and the notes met on the way."""

    def __init__(self, gazetteer: Gazetteer, today: date) -> None:
        self.gazetteer, self.today = gazetteer, today
        self.faults: list[CellFault] = []
        self.notes: list[Note] = []
        self.found_communes = 0
        self.houses: dict[str, int] = {}
        self.renamed: dict[tuple[str, int, int], str] = {}
        """What stands in the copy for a name that may be a person's, the same wherever it is given."""
        self.assumed: set[tuple[str, int]] = set()
        """Lines whose commune was told by a part of its name."""
        self.unreadable: set[tuple[str, int, int]] = set()
        """Cells whose words are not known, which may be a person's name: the copy handed back leaves them empty."""

    def value[Told](self, table: Table, row: Row, key: str, read: Callable[[Box], Told]) -> Told | None:
        """What a cell says; nothing when it is empty, or when it is wrong, which is noted."""
        column = column_of(table.sheet, key)
        box = row.box(key)
        if box.is_hidden:
            return None
        if box.is_blank:
            if column.required and key in table.places:
                self.blame(table, row, key, "missing")
            return None
        try:
            return read(checked(box))
        except Misread as wrong:
            if not wrong.details.get("value"):
                self.unreadable.add((table.sheet, row.number, table.places[key]))
            self.blame(table, row, key, wrong.code, **wrong.details)
            return None

    def blame(self, table: Table, row: Row, key: str, code: str, **details: object) -> None:
        """Note a fault of a cell."""
        column = column_of(table.sheet, key)
        at = table.places.get(key, 1)
        self.faults.append(CellFault(code, table.sheet, row.number, at, column.heading, details))

    def commune(self, table: Table, row: Row, key: str = "commune") -> Commune | None:
        """The commune that a cell names."""
        found = self.value(table, row, key, lambda box: self.gazetteer.named(box.text))
        if found is None:
            return None
        self.found_communes += 1
        if found.assumed:
            where = CellFault("", table.sheet, row.number, table.places[key]).cell
            details = {
                "sheet": table.sheet,
                "cell": where,
                "name": found.commune.name,
                "code": found.commune.code,
            }
            self.assumed.add((table.sheet, row.number))
            self.notes.append(Note("commune_assumed", details))
        return found.commune

    def amount(self, table: Table, row: Row, key: str, high: float, whole: bool = False) -> Amount:
        """A count from zero, hidden or not; nothing for an empty cell."""
        from scenarios.workbook.words import amount

        return self.value(table, row, key, lambda box: amount(box, 0.0, high, whole)) or Amount()

    def note(self, code: str, **details: object) -> None:
        """Keep something that the reader should know."""
        self.notes.append(Note(code, details))


def column_of(sheet: str, key: str) -> Column:
    """A column by its key."""
    return next(one for one in columns()[sheet] if one.key == key)


def checked(box: Box) -> Box:
    """A cell that says something by itself: formulae are not computed, their errors are no values."""
    if box.text in _ERRORS:
        raise Misread("error_value", value=box.text)
    if not isinstance(box.value, str | int | float | date | bool) or box.text.startswith("="):
        raise Misread("formula")
    return box
