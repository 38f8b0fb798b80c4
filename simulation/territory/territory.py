"""A territory (territoire) is communes with their people, the carers who work there and the roads between."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import pandas as pd

SORTED_BY: Mapping[str, tuple[str, ...]] = {
    "communes": ("insee_code",),
    "ages": ("insee_code", "sex", "age"),
    "practitioners": ("id",),
    "structures": ("id",),
    "hospitals": ("finess_et",),
    "travel": ("origin", "destination"),
    "observed": ("indicator", "year", "source"),
}


def in_row_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Sort the rows by what identifies them, so that the order of lines in a file never matters."""
    return frame.sort_values(list(SORTED_BY[table]), kind="stable", ignore_index=True)


@dataclass(frozen=True, eq=False)
class Territory:
    """Tables of a territory, rows sorted by code; two territories are the same when their data are.

    Text is never missing (`""` when empty), numbers left empty are NaN, `inside` is true for the communes
    that the indicators count and false for the ring around them.
    """

    name: str
    communes: pd.DataFrame
    practitioners: pd.DataFrame
    structures: pd.DataFrame
    hospitals: pd.DataFrame
    ages: pd.DataFrame | None
    travel: pd.DataFrame | None
    observed: pd.DataFrame | None
    sources: Mapping[str, str]
    """Fingerprint (sha256) of each data file; never a path."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Territory) and dict(self.sources) == dict(other.sources)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.sources.items())))

    def with_(self, **tables: pd.DataFrame | None) -> Territory:
        """Copy with other tables; their fingerprint is that of what they hold."""
        unknown = set(tables) - set(SORTED_BY)
        if unknown:
            raise TypeError(f"no such table: {', '.join(sorted(unknown))}")
        sources = dict(self.sources)
        kept: dict[str, pd.DataFrame | None] = {}
        for table, frame in tables.items():
            sources.pop(f"{table}.csv", None)
            kept[table] = None if frame is None else in_row_order(table, frame)
            if frame is not None:
                content = in_row_order(table, frame).to_csv(index=False, lineterminator="\n")
                sources[f"{table}.csv"] = hashlib.sha256(content.encode()).hexdigest()
        return replace(self, sources=sources, **kept)  # type: ignore[arg-type]

    def without_ring(self) -> Territory:
        """Only the communes that are counted, with their carers (an artificial island: results say so)."""
        return self._island

    @cached_property
    def _island(self) -> Territory:
        if bool(self.communes["inside"].all()):
            return self
        inside = self.communes[self.communes["inside"]]
        codes = inside["insee_code"]
        structures = self.structures[self.structures["insee_code"].isin(codes)]
        practitioners = self.practitioners[self.practitioners["insee_code"].isin(codes)]
        kept_msp = practitioners["msp"].where(practitioners["msp"].isin(structures["id"]), "")
        tables: dict[str, pd.DataFrame | None] = {
            "communes": inside,
            "structures": structures,
            "practitioners": practitioners.assign(msp=kept_msp),
        }
        if self.ages is not None:
            tables["ages"] = self.ages[self.ages["insee_code"].isin(codes)]
        if self.travel is not None:
            both = self.travel["origin"].isin(codes) & self.travel["destination"].isin(codes)
            tables["travel"] = self.travel[both]
        return self.with_(**tables)

    def tables(self) -> Sequence[tuple[str, pd.DataFrame]]:
        """The tables that this territory has, by name."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [(name, table) for name, table in named if isinstance(table, pd.DataFrame)]
