"""Who is within whose reach (bassin): practitioners of a role by commune, nearest first, with their pull."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import Parameters
from simulation.state import Practitioners, Reach
from simulation.territory import Territory, minutes_within

FARTHEST_MINUTES = 90.0
"""Where nobody is within reach, people go this far."""
HALF_A_TENTH = 0.05
MOST_AS_NEAR = 400


def reach_among(
    rows: NDArray[np.int64],
    territory: Territory,
    practitioners: Practitioners,
    parameters: Parameters,
    most: int,
) -> Reach:
    """List these practitioners within reach of each commune, at most so many and those as near as the last.

    Those who will come later are listed besides, without any pull until they do.
    """
    travel, numbers = parameters.travel, practitioners.number[rows]
    first, chosen, tenths, on_foot, nearest = [0], [], [], [], []
    there = practitioners.active[rows] == 1
    for near, row in tenths_within(territory, rows):
        here = there[near]
        order = np.lexsort((numbers[near], row))
        kept = order[row[order] <= limit_of(row[here], travel.reach_minutes)]
        kept = nearest_of(kept, row, here, most)
        chosen.append(rows[near[kept]])
        tenths.append(row[kept])
        on_foot.append(int((row[kept] * travel.no_car_factor <= travel.no_car_minutes * 10).sum()))
        first.append(first[-1] + len(kept))
        nearest.append(next(iter(row[kept][here[kept]]), -1))
    reach = Reach(
        first=np.array(first, dtype=np.int32),
        practitioner=joined(chosen, np.int32),
        minutes=joined(tenths, np.int16),
        weight=np.zeros(first[-1], dtype=np.int64),
        on_foot=np.array(on_foot, dtype=np.int32),
        nearest=np.array(nearest, dtype=np.int16),
    )
    weigh(reach, practitioners, parameters)
    return reach


def nearest_of(
    kept: NDArray[np.int64], tenths: NDArray[np.int64], there: NDArray[np.bool_], most: int
) -> NDArray[np.int64]:
    """Keep the nearest, up to `most` of those who practise today and those as near as the last of them."""
    known = np.flatnonzero(there[kept])
    if len(known) <= most:
        return kept
    last = tenths[kept[known[most - 1]]]
    nearest: NDArray[np.int64] = kept[tenths[kept] <= last][: max(most, MOST_AS_NEAR)]
    return nearest


def weigh(reach: Reach, practitioners: Practitioners, parameters: Parameters) -> None:
    """Cumulate the pull of those who practise, commune by commune; the others pull nobody."""
    decay = parameters.travel.decay_per_minute
    pull = np.maximum(np.rint(2**20 * np.exp(-decay * reach.minutes / 10)).astype(np.int64), 1)
    pull *= practitioners.active[reach.practitioner]
    total = np.concatenate([[0], np.cumsum(pull)])
    before = np.repeat(total[reach.first[:-1]], np.diff(reach.first))
    reach.weight[:] = total[1:] - before


def tenths_within(
    territory: Territory, rows: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For each commune, those of some practitioners whom people may go to at most, and tenths of minutes to each."""
    if not rows.size:
        nobody = np.zeros(0, dtype=np.int64)
        yield from ((nobody, nobody) for _ in range(len(territory.communes)))
        return
    places = territory.practitioners.iloc[rows]
    for near, minutes in minutes_within(territory, places, FARTHEST_MINUTES + HALF_A_TENTH):
        yield near, np.rint(minutes * 10).astype(np.int64)


def limit_of(tenths: NDArray[np.int64], reach_minutes: float) -> float:
    """How far the people of a commune go, in tenths of minutes."""
    near = tenths.size > 0 and tenths.min() <= reach_minutes * 10
    return (reach_minutes if near else FARTHEST_MINUTES) * 10


def joined(parts: list[NDArray[np.int64]], dtype: type) -> NDArray[Any]:
    """Put lists one after another."""
    return np.concatenate([*parts, np.zeros(0, dtype=np.int64)]).astype(dtype)
