"""The first two sheets (Communes, Professionnels): where, and who by role, never by name."""

from __future__ import annotations

import re
from collections import Counter

from scenarios.workbook import words
from scenarios.workbook.cells import Reader, column_of
from scenarios.workbook.faults import CellFault, Misread
from scenarios.workbook.layout import folded
from scenarios.workbook.opening import Box
from scenarios.workbook.places import GENERIC, Commune
from scenarios.workbook.table import Row, Table
from scenarios.workbook.workbook import Carer, Listed

MOST_HALF_DAYS, MOST_SLOTS = 14, 20_000
_RING = frozenset({"couronne", "autour", "voisine", "hors territoire", "limitrophe"})
_INSIDE = frozenset({"territoire", "dedans", "oui", "cpts", "dans le territoire", ""})


def communes(reader: Reader, table: Table) -> tuple[Listed, ...]:
    """The communes listed, each once."""
    first: dict[str, int] = {}
    listed = []
    for row in table.rows:
        inside = reader.value(table, row, "place", _is_inside)
        commune = _commune(reader, table, row)
        if commune is None:
            continue
        if commune.code in first:
            if (table.sheet, row.number) not in reader.assumed:  # both parts of a merger may be listed
                reader.blame(
                    table, row, "commune", "twice", first=_cell(table, "commune", first[commune.code])
                )
            continue
        first.setdefault(commune.code, row.number)
        listed.append(Listed(commune.code, inside is not False))
    return tuple(listed)


def _commune(reader: Reader, table: Table, row: Row) -> Commune | None:
    """The commune of a line: its code decides, its name must agree."""
    if row.box("code").is_blank:
        return reader.commune(table, row)
    coded = reader.value(table, row, "code", lambda box: reader.gazetteer.coded(box.text))
    if coded is None:
        return None
    reader.found_communes += 1
    try:
        named = reader.gazetteer.named(row.box("commune").text) if row.box("commune").text else None
    except Misread:
        named = None  # the code says which: a spelling of one's own is no fault beside it
    if named is not None and named.commune.code != coded.code:
        reader.blame(
            table,
            row,
            "code",
            "code_disagrees",
            name=coded.name,
            other=f"{named.commune.name} ({named.commune.code})",
        )
        return None
    return coded


def is_around(box: Box) -> bool:
    """Whether a commune is written as one of the ring."""
    return folded(box.text) in _RING


def _is_inside(box: Box) -> bool:
    bare = folded(box.text)
    if bare not in _INSIDE | _RING:
        raise Misread("unknown_word", value="", nearest="", choices=["territoire", "couronne"])
    return bare in _INSIDE


def carers(reader: Reader, table: Table) -> tuple[Carer, ...]:
    """The practitioners listed; professions that are not simulated are counted and set apart."""
    found = []
    for row in table.rows:
        one = _carer(reader, table, row)
        if one is not None:
            found.append(one)
    beside = Counter(one.role.removeprefix("other:") for one in found if one.role.startswith("other:"))
    if beside:
        told = ", ".join(f"{label} ({count})" for label, count in sorted(beside.items()))
        reader.note("role_beside", count=beside.total(), told=told)
    unsaid = sum(one.member is None for one in found)
    if unsaid:
        reader.note("member_unknown", count=unsaid)
    return tuple(one for one in found if not one.role.startswith("other:"))


def _carer(reader: Reader, table: Table, row: Row) -> Carer | None:
    sheet = table.sheet
    role = reader.value(table, row, "role", lambda box: words.chosen(box.text, "roles"))
    commune = reader.commune(table, row)
    member = reader.value(
        table, row, "member", lambda box: words.yes_no(box.text, column_of(sheet, "member"))
    )
    house = reader.value(table, row, "house", lambda box: box.text) or ""
    half_days = reader.value(table, row, "half_days", _half_days)
    _name_kept_back(reader, table, row, house)
    slots = reader.value(table, row, "slots", lambda box: words.number(box, 0, MOST_SLOTS))
    age = reader.value(table, row, "age", words.age)
    accepts = reader.value(
        table, row, "accepts", lambda box: words.accepts(box.text, column_of(sheet, "accepts"))
    )
    leaving = reader.value(table, row, "leaving", words.month) or ""
    if leaving and leaving < f"{reader.today:%Y-%m}":
        reader.blame(table, row, "leaving", "already_left")
    if accepts == "some":
        reader.note("some_conditions")
    if role is None or commune is None:
        return None
    bare = folded(house)
    is_centre = "centre de sante" in bare or "cds" in bare.split()
    key = "" if bare in words.NO else "yes" if bare in words.YES else bare
    return Carer(role, commune.code, member, key, is_centre, half_days, slots, age,
                 accepts if accepts in ("yes", "no") else "", leaving)  # fmt: skip


def _name_kept_back(reader: Reader, table: Table, row: Row, house: str) -> None:
    """A house that is not called after its commune may be called after somebody."""
    bare = folded(house)
    ours = words.YES | words.NO | GENERIC | reader.gazetteer.vocabulary
    if all(part in ours or (part.isdigit() and len(part) < 4) for part in bare.split()):
        return
    rank = reader.houses.setdefault(bare, len(reader.houses) + 1)
    reader.renamed[table.sheet, row.number, table.places["house"]] = f"structure {rank}"


def _half_days(box: Box) -> float:
    days = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:j|jours?)(?:/semaine)?", box.text, re.IGNORECASE)
    if days:
        raise Misread("days_not_half_days", value=box.text, remedy=2 * float(days[1].replace(",", ".")))
    return words.number(box, 0, MOST_HALF_DAYS)


def _cell(table: Table, key: str, row: int) -> str:
    return CellFault("", table.sheet, row, table.places.get(key, 1)).cell
