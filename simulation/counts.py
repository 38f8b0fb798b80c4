"""The counts of a run folded into the margins that tables are made of (marges), before any division."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.kernels.codes import DEDICATED_LAID, GROUPS, LAID, PEOPLE

AGE_NAMES = ("0-17", "18-29", "30-49", "50-69", "70-79", "80+")
FEWEST_PRACTICES = 3
"""Below so many practices, what practices do is not told (nobody is ranked)."""


class Offer(NamedTuple):
    """What GPs offer in a year within reach of each commune, for one inhabitant of average use (see `apl`)."""

    people: Values  # [commune] counted by the use of their age
    apl_dt70: Values  # [commune]
    apl_20min: Values  # [commune]


class Counts(NamedTuple):
    """What a run counted, as plain arrays; tables and files hold nothing else.

    `place` is [month or 1, commune, measure], `group` [month, profile, measure], `delay` [clock, kind, profile,
    days], `practice` [month, practitioner, measure], `carers` [month, cpts, item]; the rest names the axes.
    """

    place: Whole
    group: Whole
    delay: Whole
    practice: Whole
    carers: Whole
    months: tuple[str, ...]
    days: Whole  # [month] counted days
    communes: tuple[str, ...]
    inside: Whole  # [commune]
    basins: tuple[str, ...]  # [commune]
    cpts: tuple[str, ...]  # [commune]
    practice_commune: Whole  # [practitioner], -1 outside
    offer: Offer


@dataclass(frozen=True, kw_only=True)
class Offered(Cells):
    """Rows of counts of some communes, beside what is offered there."""

    offer: Offer  # of these communes


GROUP_MASKS = {
    **{f"age:{name}": (np.arange(GROUPS) // 8 == band) for band, name in enumerate(AGE_NAMES)},
    "age:18-69": np.isin(np.arange(GROUPS) // 8, (1, 2, 3)),
    "ald:yes": (np.arange(GROUPS) >> 2 & 1) == 1,
    "ald:no": (np.arange(GROUPS) >> 2 & 1) == 0,
    "deprived:yes": (np.arange(GROUPS) >> 1 & 1) == 1,
    "deprived:no": (np.arange(GROUPS) >> 1 & 1) == 0,
    "car:yes": (np.arange(GROUPS) & 1) == 1,
    "car:no": (np.arange(GROUPS) & 1) == 0,
}


def by_month(counts: Counts, values: Whole, months: int) -> Whole:
    """Put the whole period before its months, [1 + months, ...]; the period alone where months are unknown."""
    total = values.sum(axis=0, keepdims=True)
    return np.concatenate([total, values]) if months > 1 and len(values) == months else total


def cells_of(
    counts: Counts,
    measures: Whole,
    *,
    commune: str = "all",
    group: str = "all",
    delays: Whole | None = None,
    practice: Whole | None = None,
    carers: Whole | None = None,
    offer: Offer | None = None,
) -> Cells:
    """Lay out one place or group: the period, then its months. Delays are known for the period only."""
    months = len(counts.months)
    rows = by_month(counts, measures.astype(np.int64), months)
    names = ["all", *counts.months][: len(rows)]
    days = np.concatenate([[counts.days.sum()], counts.days])[: len(rows)]
    people = measures[:, PEOPLE]
    if len(people) == months:
        years = people * counts.days / 365
        person_years = np.concatenate([[years.sum()], years])[: len(rows)]
    else:
        person_years = np.array([people.sum() / months * counts.days.sum() / 365])
    spread = None
    if delays is not None:
        spread = np.zeros((len(rows), *delays.shape), dtype=np.int64)
        spread[0] = delays
    told = Cells(
        month=np.array(names), commune=np.full(len(rows), commune), group=np.full(len(rows), group), days=days,
        measures=rows, person_years=person_years,
        whole_years=np.array([days[0] % 364 == 0] + [False] * (len(rows) - 1)), delays=spread,
        practice=None if practice is None else by_month(counts, practice, months),
        carers=None if carers is None else by_month(counts, carers, months),
    )  # fmt: skip
    return told if offer is None else Offered(**vars(told), offer=offer)


def practices_in(counts: Counts, communes: Whole) -> Whole | None:
    """Add up the practices of some communes, [month, measure]; nothing when they are too few to tell."""
    rows = np.isin(counts.practice_commune, communes)
    offering = counts.practice[:, :, [LAID, DEDICATED_LAID]].sum(axis=(0, 2)) > 0
    if (rows & offering).sum() < FEWEST_PRACTICES:
        return None
    total: Whole = counts.practice[:, rows].sum(axis=1).astype(np.int64)
    return total


def offer_in(counts: Counts, communes: Whole) -> Offer:
    """What is offered to some communes."""
    return Offer(*(column[communes] for column in counts.offer))


def whole_territory(counts: Counts) -> Cells:
    """Everybody inside the territory."""
    inside = np.flatnonzero(counts.inside)
    return cells_of(
        counts,
        counts.group[:, :GROUPS].sum(axis=1),
        delays=counts.delay[:, :, :GROUPS].sum(axis=2),
        practice=practices_in(counts, inside),
        carers=counts.carers.sum(axis=1),
        offer=offer_in(counts, inside),
    )


def groups(counts: Counts) -> list[Cells]:
    """People inside by age, long-term condition, deprivation and car: one group at a time."""
    return [
        cells_of(
            counts,
            counts.group[:, :GROUPS][:, mask].sum(axis=1),
            group=name,
            delays=counts.delay[:, :, :GROUPS][:, :, mask].sum(axis=2),
        )
        for name, mask in GROUP_MASKS.items()
    ]


def ring(counts: Counts) -> list[Cells]:
    """Those who live around: not in any other figure, told to see what spills over."""
    if counts.inside.all():
        return []
    measures = counts.group[:, GROUPS:].sum(axis=1)
    return [cells_of(counts, measures, group="ring", delays=counts.delay[:, :, GROUPS:].sum(axis=2))]


def places(counts: Counts) -> list[Cells]:
    """Communes inside, then their basins and whether a CPTS covers them."""
    inside = np.flatnonzero(counts.inside)
    told = [
        cells_of(
            counts, counts.place[:, c], commune=counts.communes[c], offer=offer_in(counts, np.array([c]))
        )
        for c in inside
    ]
    basins, cpts = np.array(counts.basins), np.array([name or "" for name in counts.cpts])
    parts = {f"basin:{name}": basins == name for name in sorted(set(basins[inside]))}
    parts |= {"cpts:yes": cpts != "", "cpts:no": cpts == ""}
    for name, mask in parts.items():
        chosen = np.flatnonzero(mask & (counts.inside == 1))
        if chosen.size:
            measures = counts.place[:, chosen].sum(axis=1)
            practice, offer = practices_in(counts, chosen), offer_in(counts, chosen)
            told.append(cells_of(counts, measures, group=name, practice=practice, offer=offer))
    return told
