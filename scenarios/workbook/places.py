"""A commune is found under the names people give it: abbreviated, without accents, or by its part of a merger."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scenarios.workbook.faults import Misread
from scenarios.workbook.layout import folded

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}
_SMALL = frozenset("de du des la le les l d et en sur sous au aux a lez".split())
_PLACE = re.compile(r"\(\s*(\d{2,3}|2[abAB])\s*\)|\b(\d{5})\b|(?<=\s)(\d{2}|2[abAB])$")
GENERIC = frozenset(
    "msp mspu maison maisons de du des la le les l d sante pluriprofessionnelle pluridisciplinaire pluri medicale "
    "centre cds pole groupe cabinet universitaire structure".split()
)
"""Words of which the names of houses are made (maison de santé)."""
_LONGEST = 60
CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")


class Commune(NamedTuple):
    """A commune of the territory that the workbook is laid on."""

    code: str
    name: str
    departement: str


class Found(NamedTuple):
    """The commune that was meant; `assumed` when the name was only a part of hers."""

    commune: Commune
    assumed: bool = False


class Gazetteer:
    """The communes that can be named (nomenclature), by every spelling of theirs."""

    def __init__(self, communes: Iterable[Commune], name: str = "") -> None:
        self.communes, self.name = tuple(communes), name
        self._by_code = {one.code: one for one in self.communes}
        self.vocabulary = frozenset(part for one in self.communes for part in spelled(one.name).split())
        self._exact: dict[str, list[Commune]] = {}
        self._loose: dict[str, list[Commune]] = {}
        for one in self.communes:
            self._exact.setdefault(spelled(one.name), []).append(one)
            self._loose.setdefault(_without_small(spelled(one.name)), []).append(one)

    @classmethod
    def of_territory(cls, folder: Path) -> Gazetteer:
        """The communes of the folder of a territory."""
        from simulation.territory import read_territory

        table = read_territory(folder).communes
        rows = zip(table["insee_code"], table["name"], table["departement"], strict=True)
        return cls(
            (Commune(str(code), str(name), str(where)) for code, name, where in rows), folder.resolve().name
        )

    def coded(self, text: str) -> Commune:
        """The commune that bears a code; a spreadsheet may have dropped its first zero."""
        bare = re.sub(r"\s", "", text).upper()
        padded = f"0{bare}" if re.fullmatch(r"\d{4}", bare) else bare
        if not CODE.fullmatch(padded):
            raise Misread("bad_code", value=bare if re.fullmatch(r"[\dAB]{1,8}", bare) else "")
        if padded not in self._by_code:
            raise Misread("unknown_code", value=padded, territory=self.name)
        return self._by_code[padded]

    def named(self, text: str) -> Found:
        """The commune that a name means: one, or the question of which one."""
        if CODE.fullmatch(text.strip()) and text.strip() in self._by_code:
            return Found(self._by_code[text.strip()])
        where = _PLACE.search(text)
        near = (where[1] or where[2] or where[3] or "")[:2].upper() if where else ""
        bare = spelled(_PLACE.sub(" ", text))
        for index, key in ((self._exact, bare), (self._loose, _without_small(bare))):
            some = [
                one for one in index.get(key, ()) if not near or one.departement.startswith(near)
            ] or index.get(key, [])
            if some:
                return Found(self._one(some))
        parts = [one for one in self.communes if bare and _is_part(bare, spelled(one.name))]
        if parts:
            return Found(self._one(parts), assumed=True)
        close = difflib.get_close_matches(bare[:_LONGEST], list(self._exact), n=1, cutoff=0.75)
        if close:
            meant = self._exact[close[0]][0]
            raise Misread("commune_misspelt", value=text[:60], nearest=meant.name, insee=meant.code)
        raise Misread(
            "commune_unknown", value=text[:60] if self._is_toponym(bare) else "", territory=self.name
        )

    def _one(self, some: Sequence[Commune]) -> Commune:
        if len(some) > 1:
            raise Misread("commune_ambiguous", choices=[f"{one.name} ({one.code})" for one in some[:8]])
        return some[0]

    def _is_toponym(self, bare: str) -> bool:
        """Whether a name is surely of a place: a person's is not repeated."""
        return bool({"saint", "sainte"} & set(bare.split()[:1]))


def spelled(name: str) -> str:
    """A name in whole words, without accents, hyphens or a leading article."""
    parts = [
        _SHORT.get(part, part) for part in folded(re.sub(r"\bs/s\b", "ss", name.replace("/", "/ "))).split()
    ]
    if parts[1:] and parts[0] in {"le", "la", "les", "l"}:
        parts = parts[1:]
    return " ".join(parts)


def _without_small(bare: str) -> str:
    return " ".join(part for part in bare.split() if part not in _SMALL)


def _is_part(bare: str, name: str) -> bool:
    """Whether a name is the beginning or the end of a longer one, in whole words that say something."""
    says_something = any(
        part not in _SMALL and part not in _SHORT.values() and len(part) > 3 for part in bare.split()
    )
    before = name.removesuffix(f" {bare}").split()[-1:]  # "Gard" is no part of "Saint-Jean-du-Gard"
    is_end = name.endswith(f" {bare}") and (before == ["et"] or not _SMALL & set(before))
    return says_something and (name.startswith(f"{bare} ") or is_end)
