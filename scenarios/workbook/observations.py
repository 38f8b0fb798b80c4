"""The last three sheets: months of unscheduled care, local figures, money and time, each with its year."""

from __future__ import annotations

from scenarios.workbook import words
from scenarios.workbook.cells import Reader
from scenarios.workbook.faults import CellFault
from scenarios.workbook.layout import Figure, by_word
from scenarios.workbook.opening import Box
from scenarios.workbook.table import Row, Table
from scenarios.workbook.workbook import Amount, Month, Observed, Spending

MOST_A_MONTH, MOST_EUROS, MOST_HOURS = 100_000, 50_000_000, 200_000


def months(reader: Reader, table: Table) -> tuple[Month, ...]:
    """The months of unscheduled care, each once, in order; those that lack are told."""
    first: dict[str, int] = {}
    found = []
    for row in table.rows:
        when = reader.value(table, row, "month", words.month)
        calls, offered, used = (
            reader.amount(table, row, key, MOST_A_MONTH, whole=True) for key in ("calls", "offered", "used")
        )
        if offered.value is not None and used.value is not None and used.value > offered.value:
            reader.blame(table, row, "used", "used_over_offered", value=used.value, high=offered.value)
        if when is None:
            continue
        if when > f"{reader.today:%Y-%m}":
            reader.blame(table, row, "month", "to_come")
        if when in first:
            reader.blame(table, row, "month", "twice", first=_cell(table, "month", first[when]))
        first.setdefault(when, row.number)
        found.append(Month(when, calls, offered, used))
    missing = _gaps(sorted(first))
    if missing:
        reader.note("months_missing", count=len(missing), told=", ".join(missing[:12]))
    return tuple(sorted(found, key=lambda one: one.month))


def _gaps(known: list[str]) -> list[str]:
    """Months that lack between the first and the last."""
    if not known:
        return []
    first, last = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (known[0], known[-1]))
    every = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1)]
    return [f"{text[5:]}/{text[:4]}" for text in every if text not in known]


def figures(reader: Reader, table: Table) -> tuple[Observed, ...]:
    """Local figures, each with its year and source."""
    first: dict[tuple[str, int, str], int] = {}
    found = []
    for row in table.rows:
        asked = reader.value(table, row, "indicator", lambda box: words.figure(box.text))
        value = _measured(reader, table, row, asked)
        when = _year(reader, table, row)
        source = reader.value(table, row, "source", lambda box: words.chosen(box.text, "sources"))
        if asked is None or when is None or source is None:
            continue
        key = (asked.label, when, source)
        if key in first:
            reader.blame(table, row, "indicator", "twice", first=_cell(table, "indicator", first[key]))
        first.setdefault(key, row.number)
        if value is not None:
            found.append(Observed(asked.indicator, asked.label, value, when, _label("sources", source)))
    return tuple(found)


def _measured(reader: Reader, table: Table, row: Row, asked: Figure | None) -> Amount | None:
    """The value of a line; without its indicator, only that something is there can be asked."""
    if asked is None:
        return reader.value(table, row, "value", lambda box: Amount(told="NC"))
    found = reader.value(table, row, "value", lambda box: words.measured(box, asked))
    if (
        found is not None
        and found.value is None
        and row.box("value").text.startswith("<")
        and found.told == "NC"
    ):
        reader.note("hidden_share", cell=_cell(table, "value", row.number), label=asked.label)
    return found


def spending(reader: Reader, table: Table) -> tuple[Spending, ...]:
    """Money and time of each mission, a year a line."""
    first: dict[tuple[str, int], int] = {}
    found = []
    for row in table.rows:
        mission = reader.value(table, row, "mission", lambda box: words.chosen(box.text, "missions"))
        when = _year(reader, table, row)
        planned, spent = (reader.amount(table, row, key, MOST_EUROS) for key in ("planned", "spent"))
        hours = reader.amount(table, row, "hours", MOST_HOURS)
        if mission is None or when is None:
            continue
        if (mission, when) in first:
            reader.blame(table, row, "mission", "twice", first=_cell(table, "mission", first[mission, when]))
        first.setdefault((mission, when), row.number)
        found.append(Spending(_label("missions", mission), when, planned, spent, hours))
    return tuple(found)


def _year(reader: Reader, table: Table, row: Row) -> int | None:
    def read(box: Box) -> int:
        return words.year(box)

    when = reader.value(table, row, "year", read)
    if when is not None and when > reader.today.year:
        reader.blame(table, row, "year", "to_come")
    return when


def _label(name: str, key: str) -> str:
    return next(one.label for one in by_word(name).values() if one.key == key)


def _cell(table: Table, key: str, row: int) -> str:
    return CellFault("", table.sheet, row, table.places.get(key, 1)).cell
