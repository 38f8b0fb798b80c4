"""A workbook holds no personal datum (donnée personnelle): what looks like one is taken out before all else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from scenarios.workbook.faults import CellFault
from scenarios.workbook.layout import README, TO_CORRECT, columns, folded
from scenarios.workbook.opening import Box, Page

FIRST_LINES = 15
"""Lines among which headings are looked for."""
NOMINATIVE_ROWS = 200
"""Beyond so many lines, births or NIR numbers make a list of patients."""
LONGEST_HEADING = 60
LONGEST_TEXT = 500
"""Beyond it nobody could tell at a glance what a cell holds."""
BORN_BEFORE = 20
"""Years: whoever works was born earlier; a date so old among others is taken for a birth."""
_FEW = 3

_HEADINGS = (
    ("birth", re.compile(r"(date de |annee de )?naissance|nee? le|ddn|date naiss.*|date de nais.*|.*\bnaissance")),
    ("nir", re.compile(r".*\b(nir|nss|ins)\b.*|.*securite sociale.*|.*\bsecu\b.*|.*immatriculation.*|numero vitale")),
    ("rpps", re.compile(r".*\b(rpps|adeli|am)\b.*|.*(numero|no|n) (d )?(ordre|praticien|professionnel).*")),
    ("phone", re.compile(r".*\b(tel|tels|telephones?|portables?|mobiles?|gsm|fax)\b.*")),
    ("mail", re.compile(r".*\b(e ?mails?|mails?|courriels?|mel|adresse electronique)\b.*")),
    ("address", re.compile(
        r"adresses?|adresse (postale|personnelle|du cabinet|professionnelle)|rue|domicile|adresse \d"
    )),
    ("name", re.compile(
        r"(noms?|prenoms?)( et prenoms?| prenoms?| et noms?| noms?)?|nom (de famille|d usage|de naissance|"
        r"patronymique|complet|usuel|"
        r"(du )?(praticien|professionnel|medecin|patient|titulaire))|"
        r"prenom.*|.*\bnom prenom\b.*|identite|patients?|praticiens?|praticienne|titulaire|civilite|signature|contact|"
        r"nom exercice|nom d exercice|noms? des? .*(professionnels?|praticiens?|medecins?|adherents?|patients?)"
    )),
)  # fmt: skip
_MAIL = re.compile(r"[\w.+-]{1,64}\s?(@|\(at\)|\[at\])\s?[\w-]+\.\w+")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)33[\s.()-]*(?:0[\s.()-]*)?[1-9]|0[\s.-]?[1-9])(?:[\s.\-/]*\d{2}){4}(?!\d)"
)
_LONG = re.compile(r"\d(?:[\s.\-/]?\d){8,}")
_CORSE = re.compile(r"[12]\s?\d{2}\s?\d{2}\s?2[AB]\s?\d{3}\s?\d{3}", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:[Dd]rs?|DR|[Dd]octeure?|DOCTEUR|[Mm]me|MME|[Mm]lle|[Mm]adame|[Mm]onsieur|M\.|Pr|[Mm]aître)\b\.?\s*(?!en\b|de\b|d['’])[A-ZÉÈÀÇ][\w'’-]+"
)
_DATED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2})")


class Screened(NamedTuple):
    """The pages without what looked personal, and what was found, told without showing it."""

    pages: tuple[Page, ...]
    faults: tuple[CellFault, ...]


def screened(pages: Sequence[Page], today: date) -> Screened:
    """Take out of every sheet, hidden ones too, what looks like a personal datum."""
    kept, faults = [], []
    for number, page in enumerate(pages, start=1):
        cleaned, found = _screened_page(page, number, today)
        faults += found
        kept.append(cleaned)
    return Screened(tuple(kept), tuple(faults))


def safe_title(title: str, number: int) -> str:
    """A sheet is called by its name when the template gave it, else by its rank: a tab may bear a name."""
    known = {folded(name): name for name in (*columns(), README, TO_CORRECT)}
    return known.get(folded(title), f"n° {number}")


def _screened_page(page: Page, number: int, today: date) -> tuple[Page, list[CellFault]]:
    title = safe_title(page.title, number)
    ours = {folded(text) for one in columns().get(title, ()) for text in (one.heading, *one.also)}
    width = max((len(row) for row in page.rows), default=0)
    found: list[CellFault] = []
    rows = [list(row) for row in page.rows]
    is_nominative = False
    for column in range(width):
        kind, from_row = _personal_heading(page, column, ours)
        by_kind = _personal_cells(page, column, today)
        written = sum(not page.box(row, column + 1).is_blank for row in range(1, len(page.rows) + 1))
        births = by_kind.get("birth", [])
        listed = kind in ("birth", "nir") or len(by_kind.get("nir", [])) >= _FEW or len(births) >= _FEW
        is_nominative = is_nominative or (written > NOMINATIVE_ROWS and listed)
        if kind:
            found.append(CellFault("personal_column", title, from_row, column + 1, details={"kind": kind}))
            _blank(rows, column, range(from_row, len(rows)))
            by_kind = {one: [row for row in some if row < from_row] for one, some in by_kind.items()}
        for one, some in by_kind.items():
            if some:
                details = {"kind": one, "others": len(some) - 1 or ""}
                found.append(CellFault("personal_cells", title, some[0], column + 1, details=details))
                _blank(rows, column, [row - 1 for row in some])
    if is_nominative:
        details = {"number": number, "high": NOMINATIVE_ROWS}
        return Page(page.title, [], ()), [CellFault("personal_list", title, details=details)]
    return Page(page.title, rows, page.merged), found


def _blank(rows: list[list[Box]], column: int, which: Sequence[int]) -> None:
    for row in which:
        if column < len(rows[row]) and not rows[row][column].is_blank:
            rows[row][column] = Box(is_hidden=True)


def _personal_heading(page: Page, column: int, ours: set[str]) -> tuple[str, int]:
    """The kind of personal datum that a heading announces, and its line."""
    for row in range(1, min(FIRST_LINES, len(page.rows)) + 1):
        text = page.box(row, column + 1).text
        bare = folded(text)
        if not bare or len(text) > LONGEST_HEADING or bare in ours:
            continue
        for kind, pattern in _HEADINGS:
            if pattern.fullmatch(bare):
                return kind, row
    return "", 0


def _personal_cells(page: Page, column: int, today: date) -> dict[str, list[int]]:
    """Lines of a column whose cell looks personal, by kind; dates count only where births are many."""
    found: dict[str, list[int]] = {}
    for row in range(1, len(page.rows) + 1):
        box = page.box(row, column + 1)
        if box.is_blank:
            continue
        is_date = isinstance(box.value, datetime | date)
        kind = "" if is_date else next((kind for kind, looks in _LOOKS if looks(box.text)), "")
        if not kind and _is_birth(box, today):
            kind = "birth"
        if kind:
            found.setdefault(kind, []).append(row)
    return found


def _is_birth(box: Box, today: date) -> bool:
    """A day so long past that nothing in the workbook can have happened then."""
    if isinstance(box.value, datetime | date):
        return box.value.year <= today.year - BORN_BEFORE
    match = _DATED.search(box.text)
    if not match:
        return False
    year = match[3] or match[4]
    if len(year) == 4:
        return 1900 <= int(year) <= today.year - BORN_BEFORE
    return int(year) > (today.year + BORN_BEFORE) % 100


def _digits(text: str) -> Iterator[str]:
    for match in _LONG.finditer(text):
        yield re.sub(r"\D", "", match[0])


def _long(lengths: Sequence[int]) -> Callable[[str], bool]:
    return lambda text: any(len(found) in lengths for found in _digits(text))


_LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("text", lambda text: len(text) > LONGEST_TEXT),
    ("mail", lambda text: bool(_MAIL.search(text))),
    ("phone", lambda text: bool(_PHONE.search(text))),
    ("nir", lambda text: bool(_CORSE.search(text)) or _long((13, 15))(text)),
    ("rpps", _long((11,))),
    ("number", _long(range(9, 400))),
    ("name", lambda text: bool(_TITLED.search(text))),
)
