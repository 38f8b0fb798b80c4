"""Which communes are meant (périmètre demandé): what could be two things is asked back, never guessed."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from scenarios.anywhere.names import PRECISE, Places, plain, spelt
from simulation.faults import Fault, Refused, in_order, nearest, shown

CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
POSTCODE, INSEE = (
    re.compile(r"(?:cp|postcode|code postal)\s*:?\s*(\d{5})", re.IGNORECASE),
    re.compile(r"insee\s*:?\s*((?:\d{2}|2[AB])\d{3})", re.IGNORECASE),
)
WHOLE = "france"
MOST_SHOWN = 8
BETWEEN = re.compile(r"[\n\r;,\t|]+")


class Answer(NamedTuple):
    """Communes that one piece of a list means, or what must be asked."""

    codes: tuple[str, ...]
    fault: Fault | None = None


def pieces(text: str) -> list[str]:
    """The pieces of a list typed or pasted, bullets, quotes and empty lines left out."""
    found = [re.sub(r"^[\s\-•*·]+|[\s\"'.]+$", "", piece.strip().strip('"')) for piece in BETWEEN.split(text)]
    return [piece for piece in found if piece]


def communes_meant(texts: Iterable[str], known: Places, where: str = "--communes") -> list[str]:
    """Codes of the communes of a list, each once, in the order of the list.

    Raises Refused with all that is unknown or ambiguous at once.
    """
    codes: list[str] = []
    faults = []
    listed = [piece for text in texts for piece in pieces(text)]
    kind = kind_of_digits(listed, known)
    for piece in listed:
        answer = meant(piece, known, kind)
        if answer.fault is not None:
            faults.append(answer.fault._replace(file=where))
        codes += [code for code in answer.codes if code not in codes]
    if not codes and not faults:
        faults.append(Fault("territory.nothing_asked", where))
    if faults:
        raise Refused(in_order(faults))
    return codes


def kind_of_digits(listed: list[str], known: Places) -> str:
    """Whether the numbers of a list can only all be codes, or only all be postcodes; empty when both may be."""
    digits = [piece.upper() for piece in listed if CODE.fullmatch(piece.upper())]
    codes = all(one in known.communes.index for one in digits)
    posts = all(one in known.by_postcode for one in digits)
    return "" if codes == posts else "code" if codes else "postcode"


def meant(piece: str, known: Places, kind: str = "") -> Answer:
    """What one piece means: a code, a postcode, a name, or a name with its département."""
    if found := POSTCODE.fullmatch(piece):
        return _of_postcode(found[1], piece, known)
    if found := INSEE.fullmatch(piece):
        return _of_code(found[1].upper(), piece, known)
    digits = piece.upper().replace(" ", "")
    if CODE.fullmatch(digits):
        return {"code": _of_code, "postcode": _of_postcode}.get(kind, _of_digits)(digits, piece, known)
    if re.fullmatch(r"\d{4}", digits):
        return _refused("lost_zero", piece, remedy=f"0{digits}")
    if leading := re.match(r"((?:\d{2}|2[ABab])\d{3})\s+(\D.+)$", piece):
        piece = f"{leading[2]} ({leading[1].upper()})"
    return _of_name(piece, known)


def _of_digits(digits: str, piece: str, known: Places) -> Answer:
    """Five signs may be a code and a postcode: 30140 is Lasalle (code) and Anduze (postcode)."""
    by_post = known.by_postcode.get(digits, ())
    is_code = digits in known.communes.index
    if is_code and set(by_post) - {digits}:
        choices = (f"insee:{digits} = {known.told(digits)}", f"cp:{digits} = {_several(by_post, known)}")
        return _refused("code_or_postcode", piece, choices=choices)
    return _of_code(digits, piece, known) if is_code else _of_postcode(digits, piece, known)


def _several(codes: Iterable[str], known: Places) -> str:
    names = [known.name(code) for code in codes]
    return ", ".join(names[:MOST_SHOWN]) + (", …" if len(names) > MOST_SHOWN else "")


def _of_code(code: str, piece: str, known: Places) -> Answer:
    if code in known.communes.index:
        return Answer((code,))
    return _refused("unknown_code", piece)


def _of_postcode(digits: str, piece: str, known: Places) -> Answer:
    if digits in known.by_postcode:
        return Answer(known.by_postcode[digits])
    return _refused("unknown_code" if known.by_postcode else "no_postcodes", piece)


def _of_name(piece: str, known: Places) -> Answer:
    codes = known.by_name.get(plain(piece), ())
    if not codes and (precise := PRECISE.match(piece)) and precise["name"].strip():
        place = precise["place"].upper()
        named = known.by_name.get(plain(precise["name"]), ())
        codes = tuple(code for code in named if _is_there(code, place, known))
        if named and not codes:
            return _refused("not_there", piece, choices=_choices(named, known))
    if not codes:
        near = nearest(plain(piece), known.by_name)
        offered = _choices(known.by_name.get(near, ()), known)
        return _refused("unknown_name", piece, choices=offered)
    same = [code for code in codes if spelt(known.name(code)) == spelt(piece)]
    if len(codes) > 1 and len(same) == 1:
        return Answer((same[0],))
    if len(codes) > 1:
        return _refused("several_communes", piece, choices=_choices(codes, known))
    return Answer(codes)


def _is_there(code: str, place: str, known: Places) -> bool:
    """Whether a commune is in a département, has a code, or a postcode."""
    return place in (code, known.communes.at[code, "departement"]) or code in known.by_postcode.get(place, ())


def _choices(codes: Iterable[str], known: Places) -> tuple[str, ...]:
    told = [known.told(code) for code in codes]
    return (*told[:MOST_SHOWN], *(("…",) if len(told) > MOST_SHOWN else ()))


def _refused(code: str, piece: str, **details: object) -> Answer:
    return Answer((), Fault(f"territory.{code}", details={"value": shown(piece), "choices": (), **details}))


def departements_meant(texts: Iterable[str], known: Places) -> list[str]:
    """Communes of the départements asked for, by number."""
    there = known.communes["departement"]

    def found(piece: str) -> list[str]:
        if piece.casefold() == WHOLE:
            return known.communes.index.tolist()
        number = piece.upper().zfill(2)
        return known.communes.index[there == number].tolist()

    return _by(texts, "--departement", found, sorted(set(there)))


def federations_meant(texts: Iterable[str], known: Places, labels: dict[str, str]) -> list[str]:
    """Communes of the EPCI asked for, by number (SIREN) or by name when a file tells names."""
    there = known.communes["epci"]
    by_name = {plain(name): number for number, name in labels.items()}

    def found(piece: str) -> list[str]:
        number = piece if piece.isdigit() else by_name.get(plain(piece), "")
        if not number:
            close = [key for key in by_name if plain(piece) in key]
            number = by_name[close[0]] if len(close) == 1 else ""
        return known.communes.index[(there == number) & (number != "")].tolist()

    return _by(texts, "--epci", found, [*labels.values()])


def _by(texts: Iterable[str], where: str, found: Callable[[str], list[str]], names: list[str]) -> list[str]:
    codes: list[str] = []
    faults = []
    for piece in (piece for text in texts for piece in pieces(text)):
        some = found(piece)
        if not some:
            details = {"value": shown(piece), "nearest": nearest(piece, names)}
            faults.append(Fault(f"territory.unknown_{where.strip('-')}", where, details=details))
        codes += some
    if faults:
        raise Refused(faults)
    return codes
