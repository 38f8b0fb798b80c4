"""A cell of a coordinator is read as she wrote it: comma decimals, months in letters, what is hidden kept hidden."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from scenarios.workbook.faults import Misread
from scenarios.workbook.layout import Column, Figure, by_label, by_word, choices, folded
from scenarios.workbook.opening import Box
from scenarios.workbook.workbook import Amount

MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
FIRST_YEAR, LAST_YEAR = 2000, 2100
HIDDEN = frozenset(
    (
        "nc|n c|ss|s s|nd|n d|na|n a|nr|non communique|non renseigne|non connu|inconnu|inconnue|secret|"
        "secret statistique"
    ).split("|")
)
_THOUSAND = 1000
"""From here on, three figures after a point or a comma may be thousands."""
_LONGEST = 80
"""Letters beyond which a text is no word of a list misspelt."""
_BELOW = re.compile(r"(?:<|inf(?:erieur)?e?s? a|moins de)\s*=?\s*(\d+(?:[.,]\d+)?)\s*(%?)")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_UNIT = re.compile(
    r"(?<=\d)\s*(?:€|eur(?:os?)?|h|heures?|j(?:ours?)?|%|habitants?|hab\.?|personnes?|demi-journ[ée]es?)\.?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:entre\s+)?(\d[\d\s.,]*)\s*(?:%\s*)?(?:à|a|et|-|–|/)\s*(\d[\d\s.,]*)\s*(%?)", re.IGNORECASE
)
_ROUGHLY = re.compile(r"^(?:environ|env\.?|~|≈|à peu près|autour de)\s*|\s*environ$", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2})(?:[/.-]\d{1,2})?")
_NAMED = re.compile(r"(?:fin |debut |mi |courant |\d{1,2} |1er )?([a-z]{3,9}) (\d{4}|\d{2})")
AGES = {
    "moins de 40 ans": 35.0,
    "40 a 49 ans": 45.0,
    "50 a 59 ans": 55.0,
    "60 a 64 ans": 62.0,
    "65 ans et plus": 67.0,
}
"""Middle of each band; a band without end stands at the age where most are."""
YES = frozenset({"oui", "o", "x", "yes", "vrai", "true", "1", "adherent", "adherente", "membre", "ok"})
NO = frozenset(
    {"non", "n", "no", "faux", "false", "0", "pas adherent", "non adherent", "non membre", "aucun", "aucune"}
)
CONDITIONS = frozenset({"sous conditions", "sous condition", "parfois", "selon", "oui sous conditions", "ald seulement",
                        "ald uniquement", "famille seulement", "cas par cas", "au cas par cas"})  # fmt: skip


def chosen(text: str, name: str) -> str:
    """The key of a word of a list, however it is written."""
    known = by_word(name)
    word = known.get(folded(text))
    if word is None:
        labels = [one.label for one in dict.fromkeys(known.values())]
        near = _nearest(folded(text), known)
        raise Misread("unknown_word", value=quoted(text, known), nearest=known[near].label if near else "",
                      choices=[] if near else labels)  # fmt: skip
    return word.key or f"other:{word.label}"


def figure(text: str) -> Figure:
    """The figure that a label names."""
    known = by_label()
    found = known.get(folded(text))
    if found is None:
        near = _nearest(folded(text), known)
        raise Misread("unknown_word", value=quoted(text, known), nearest=known[near].label if near else "",
                      choices=[] if near else [one.label for one in dict.fromkeys(known.values())])  # fmt: skip
    return found


def quoted(text: str, known: Iterable[str]) -> str:
    """The cell as written, when all its words are of the trade; a word that may be a person's name is not repeated."""
    vocabulary = {word for entry in known for word in entry.split()} | _TRADE
    parts = folded(text).split()
    is_ours = parts and all(part in vocabulary or part.isdigit() and len(part) < 7 for part in parts)
    return text if is_ours and len(text) <= 60 else ""


_TRADE = frozenset(
    "liberal liberale liberaux salarie salariee remplacant remplacante retraite retraitee conventionne "
    "conventionnee cabinet temps plein partiel mi peut etre bientot fin debut ete hiver automne printemps annee mois "
    "k m jours heures euros".split()
)


def _nearest(text: str, known: Mapping[str, object]) -> str:
    if len(text) > _LONGEST:
        return ""
    first = text.split()[0] if text.split() else ""
    if first in known:
        return first
    close = difflib.get_close_matches(text, list(known), n=1, cutoff=0.72)
    return close[0] if close else ""


def yes_no(text: str, column: Column) -> bool:
    """Yes or no."""
    bare = folded(text)
    if bare in YES or bare in NO:
        return bare in YES
    raise Misread("not_yes_no", value=quoted(text, (*YES, *NO)), choices=list(choices(column)))


def accepts(text: str, column: Column) -> str:
    """Whether new patients are taken: `yes`, `no`, or `some` when it depends."""
    if folded(text) in CONDITIONS:
        return "some"
    try:
        return "yes" if yes_no(text, column) else "no"
    except Misread as wrong:
        raise Misread(
            "not_yes_no", value=quoted(text, (*YES, *NO, *CONDITIONS)), choices=wrong.details["choices"]
        ) from None


def age(box: Box) -> float:
    """The middle of a band of ages; a single age stands as it is."""
    bare = folded(box.text)
    if bare in AGES:
        return AGES[bare]
    plain = re.fullmatch(r"(\d{2})(?: ans)?", bare)
    if plain and 20 <= int(plain[1]) <= 100:
        return float(plain[1])
    span = re.fullmatch(r"(\d{2}) (?:a )?(\d{2})(?: ans)?", bare)
    if span and 20 <= int(span[1]) < int(span[2]) <= 100:
        return (int(span[1]) + int(span[2])) / 2
    raise Misread(
        "bad_age", choices=["moins de 40 ans", "40 à 49 ans", "50 à 59 ans", "60 à 64 ans", "65 ans et plus"]
    )


def month(box: Box) -> str:
    """Year and month (`2030-06`), from a date, `06/2030` or `juin 2030`."""
    if isinstance(box.value, datetime | date):
        year, number = box.value.year, box.value.month
    else:
        year, number = _month_in(box.text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread("bad_year_of_month", low=FIRST_YEAR, high=LAST_YEAR)
    return f"{year:04d}-{number:02d}"


def _month_in(text: str) -> tuple[int, int]:
    day, two, named = (
        _DAY.fullmatch(text),
        _MONTH.fullmatch(text.split(" ")[0]),
        _NAMED.fullmatch(folded(text)),
    )
    if day:
        number, year = int(day[2]), _full_year(day[3])
        if number > 12 >= int(day[1]):
            raise Misread("month_first")
        if 1 <= number <= 12 and 1 <= int(day[1]) <= 31:
            return year, number
    elif two:
        number = int(two[1] or two[4])
        if 1 <= number <= 12:
            return int(two[2] or two[3]), number
    elif named:
        which = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(named[1])]
        if len(which) == 1:
            return _full_year(named[2]), which[0]
    raise Misread("bad_month", value=quoted(text, (*MONTHS, "prochaine", "retraite")))


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def year(box: Box) -> int:
    """A year in four figures."""
    text = str(box.value.year) if isinstance(box.value, datetime | date) else box.text
    if re.fullmatch(r"\d{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise Misread("bad_year", value=quoted(text, ()), low=FIRST_YEAR, high=LAST_YEAR)


def number(box: Box, low: float, high: float) -> float:
    """A number as French writes it, without its unit."""
    value = _number(box, high)
    if not low <= value <= high:
        raise Misread("out_of_range", value=quoted(box.text, ()), low=low, high=high)
    return value


def _number(box: Box, high: float) -> float:
    if isinstance(box.value, bool | datetime | date):
        raise Misread("not_a_number", value="")
    if isinstance(box.value, int | float):
        return float(box.value)
    text = _UNIT.sub("", _SPACES.sub("", _ROUGHLY.sub("", box.text))).strip()
    if high >= _THOUSAND and re.fullmatch(r"\d{1,3}[.,]\d{3}", text):
        raise Misread("thousands_point", value=text, remedy=re.sub("[.,]", "", text))
    if re.fullmatch(r"\d+(?:[.,]\d+)?\s*k€?", text, re.IGNORECASE):
        raise Misread("thousands_letter", value=text)
    if not _NUMBER.fullmatch(text):
        raise Misread("not_a_number", value=quoted(box.text, ()))
    return float(text.replace(",", "."))


def amount(box: Box, low: float, high: float, whole: bool = False) -> Amount:
    """A count that may be hidden (`<6` is an interval) or not told (`NC`); neither is zero."""
    if folded(box.text) in HIDDEN or box.text in ("-", "–", "?"):
        return Amount(told="NC")
    below = _BELOW.fullmatch(folded_sign(box.text))
    if below:
        bound = float(below[1].replace(",", "."))
        return Amount(None, 0.0, bound, f"<{below[1].replace(',', '.')}")
    span = _BETWEEN.fullmatch(_ROUGHLY.sub("", box.text))
    if span and not isinstance(box.value, int | float | datetime | date):
        least, most = (number(Box(text.strip()), low, high) for text in (span[1], span[2]))
        if least > most:
            raise Misread("interval_backwards", value=quoted(box.text, ("a", "et", "entre")))
        return Amount(None, least, most)
    value = number(box, low, high)
    if whole and not value.is_integer():
        raise Misread("not_whole", value=quoted(box.text, ()))
    return Amount(value)


def folded_sign(text: str) -> str:
    """The cell in small letters, its sign kept."""
    return " ".join(text.casefold().replace("é", "e").replace("à", "a").split())


def measured(box: Box, asked: Figure) -> Amount:
    """A local figure in the unit of its indicator: a percentage becomes a share."""
    if asked.kind != "share":
        if box.is_percent or box.text.endswith("%"):
            raise Misread("percent_unasked")
        found = amount(box, asked.low, asked.high, asked.kind == "count")
        return Amount(told="NC") if asked.kind == "rate" and found.told.startswith("<") else found
    is_percent = box.is_percent or "%" in box.text
    scale = 1.0 if box.is_percent and isinstance(box.value, int | float) else 100.0
    bare = box.text.replace("%", "").strip() if isinstance(box.value, str) else box.value
    found = amount(Box(bare), 0.0, asked.high * scale)
    if found.told.startswith("<") and not is_percent:  # fewer than six people: their share stays unknown
        return Amount(told="NC")
    if found.value is not None and 0 < found.value < 1 and not is_percent:
        raise Misread("share_or_percent", value=quoted(box.text, ()), remedy=round(found.value * 100, 6))
    ends = [None if one is None else round(one / scale, 10) for one in (found.value, found.low, found.high)]
    return Amount(ends[0], ends[1], ends[2], "NC" if found.told == "NC" else "")
