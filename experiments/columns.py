"""The figures of pairs as arrays (colonnes): each cell is found once, then many small questions are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Columns(NamedTuple):
    """The figures of pairs, row by row: a hundred small questions are asked of them, each faster of an array."""

    is_world: NDArray[np.bool_]
    is_luck: NDArray[np.bool_]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    n: NDArray[np.float64]

    def at(self, rows: NDArray[Any]) -> Columns:
        """Some of them."""
        return Columns(*(column[rows] for column in self))


class Found(NamedTuple):
    """Where each alternative, indicator and group lies, and the figures there."""

    cells: dict[tuple[str, str, str], NDArray[np.int64]]
    columns: Columns


def found_in(pairs: pd.DataFrame) -> Found:
    """Look once through pairs."""
    return Found(places_of(pairs), columns_of(pairs))


def columns_of(pairs: pd.DataFrame) -> Columns:
    """The figures of pairs, in their order."""
    kinds = pairs["kind"].to_numpy(object)
    figures = (pairs[name].to_numpy(float) for name in ("baseline", "alternative_value", "n"))
    return Columns(kinds == "world", kinds == "luck", *figures)


def places_of(pairs: pd.DataFrame) -> dict[tuple[str, str, str], np.ndarray]:
    """The rows of each alternative, indicator and group."""
    places = np.zeros(len(pairs), np.int64)
    named: list[list[str]] = []
    for column in ("alternative", "indicator", "group"):
        codes, words = pd.factorize(pairs[column].to_numpy(object))
        named.append([str(word) for word in words])
        places = places * max(len(words), 1) + codes
    order = np.argsort(places, kind="stable")
    found, begins = np.unique(places[order], return_index=True)
    at = np.unravel_index(found, [max(len(words), 1) for words in named])
    alternatives, indicators, groups = (
        [words[code] for code in codes] for words, codes in zip(named, at, strict=True)
    )
    cells = zip(alternatives, indicators, groups, strict=True)
    return dict(zip(cells, np.split(order, begins[1:]), strict=True)) if len(found) else {}


def merged(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a world, each group weighing its cases."""
    values = ["baseline", "alternative_value"]
    weighed = pairs.assign(**{name: pairs[name] * pairs["n"] for name in values})
    totals = weighed.groupby(["kind", "number"], as_index=False)[[*values, "n"]].sum()
    return totals.assign(**{name: totals[name] / totals["n"] for name in values})


def told(pairs: pd.DataFrame, columns: Columns, cells: list[NDArray[np.int64]]) -> Columns:
    """The pairs of some cells that have both futures; several cells are one, each weighing its cases."""
    rows = np.concatenate(cells)
    if len(cells) > 1:
        return columns_of(merged(pairs.iloc[rows].dropna(subset=["baseline", "alternative_value"])))
    columns = columns.at(rows)
    return columns.at(~np.isnan(columns.before) & ~np.isnan(columns.after))
