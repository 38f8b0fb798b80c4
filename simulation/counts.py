"""The counts of a run folded into the margins that tables are made of (marges), before any division."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.cells import Cells, Communes, Offer, Values, Whole
from simulation.kernels.codes import DEDICATED_LAID, GP, GROUPS, LAID, PEOPLE, ROLE_NAMES

AGE_NAMES = ("0-17", "18-29", "30-49", "50-69", "70-79", "80+")
FEWEST_PRACTICES = 3
"""Below so many practices, what practices do is not told (nobody is ranked)."""
FEWEST_PEOPLE = 300
"""Below so many people nothing is told of a group; communes are told together by basin."""
LONGEST_YEAR = 366
MERGED = "small:"
"""How the small communes of a basin are named in tables."""


class Counts(NamedTuple):
    """What a run counted, as plain arrays; tables and files hold nothing else.

    `place` is [month or 1, commune, measure], `group` [month, profile, measure], `delay` [clock, kind, profile,
    days], `practice` [month, practitioner, measure], `carers` [month, cpts, item]; the rest names the axes.
    """

    place: Whole
    group: Whole
    delay: Whole
    stay: Whole  # [home again or to a ward, half-hours]
    practice: Whole
    carers: Whole
    months: tuple[str, ...]
    days: Whole  # [month] counted days
    communes: tuple[str, ...]
    inside: Whole  # [commune]
    basins: tuple[str, ...]  # [commune]
    cpts: tuple[str, ...]  # [commune]
    practice_commune: Whole  # [practitioner], -1 outside
    practice_role: Whole  # [practitioner]
    offer: Offer
    breakdowns: tuple[str, ...] = ()  # crossings of groups that were asked


OVERLAPPING = "age:18-69"
"""Ages of a published figure, which meet the bands of the others."""
GROUP_MASKS = {
    **{f"age:{name}": (np.arange(GROUPS) // 8 == band) for band, name in enumerate(AGE_NAMES)},
    OVERLAPPING: np.isin(np.arange(GROUPS) // 8, (1, 2, 3)),
    "ald:yes": (np.arange(GROUPS) >> 2 & 1) == 1,
    "ald:no": (np.arange(GROUPS) >> 2 & 1) == 0,
    "deprived:yes": (np.arange(GROUPS) >> 1 & 1) == 1,
    "deprived:no": (np.arange(GROUPS) >> 1 & 1) == 0,
    "car:yes": (np.arange(GROUPS) & 1) == 1,
    "car:no": (np.arange(GROUPS) & 1) == 0,
}


def masks_of(counts: Counts) -> dict[str, NDArray[np.bool_]]:
    """Every group told alone, then the crossings that were asked: `age by car` parts each age by who has a car."""
    masks = dict(GROUP_MASKS)
    for crossing in counts.breakdowns:
        sides = [
            [name for name in GROUP_MASKS if name.startswith(f"{side}:") and name != OVERLAPPING]
            for side in crossing.split(" by ")
        ]
        masks |= {f"{one} & {two}": GROUP_MASKS[one] & GROUP_MASKS[two] for one, two in product(*sides)}
    return masks


def by_month(counts: Counts, values: Any, months: int) -> Any:
    """Put the whole period before its months, and after these the years of a run of several (see `years_of`).

    The period alone is left where months are unknown.
    """
    total = values.sum(axis=0, keepdims=True)
    if months <= 1 or len(values) != months:
        return total
    years = [values[year].sum(axis=0, keepdims=True) for year in years_of(counts)]
    return np.concatenate([total, values, *years])


def years_of(counts: Counts) -> list[slice]:
    """Part the counted months into years of twelve, the last longer by a month begun; none where there is but one."""
    if counts.days.sum() <= LONGEST_YEAR:
        return []
    months = len(counts.months)
    firsts = [first for first in range(0, months, 12) if months - first > 1]
    return [slice(first, end) for first, end in zip(firsts, [*firsts[1:], months], strict=True)]


def cells_of(
    counts: Counts,
    measures: Whole,
    *,
    commune: str = "all",
    group: str = "all",
    delays: Whole | None = None,
    practice: Practices | None = None,
    carers: Whole | None = None,
    offer: Offer | None = None,
    **more: Any,
) -> Cells:
    """Lay out one place or group: the period, then its months. Delays are known for the period only."""
    months = len(counts.months)
    rows = by_month(counts, measures.astype(np.int64), months)
    parts = years_of(counts)
    names = ["all", *counts.months, *(f"year:{nth}" for nth in range(1, len(parts) + 1))][: len(rows)]
    days = by_month(counts, counts.days, months)[: len(rows)]
    people = measures[:, PEOPLE]
    if len(people) == months:
        person_years = by_month(counts, people * counts.days / 365, months)[: len(rows)]
    else:
        person_years = np.array([people.sum() / months * counts.days.sum() / 365])
    spread = None
    if delays is not None:
        spread = np.zeros((len(rows), *delays.shape), dtype=np.int64)
        spread[0] = delays
    return Cells(
        month=np.array(names), commune=np.full(len(rows), commune), group=np.full(len(rows), group), days=days,
        measures=rows, person_years=person_years,
        whole_years=np.array([days[0] % 364 == 0] + [False] * (len(rows) - 1)), delays=spread,
        practice=None if practice is None else by_month(counts, practice.measures, months)[: len(rows)],
        practices=None if practice is None else np.full(len(rows), practice.number),
        stocks=by_month(counts, np.ones(months, dtype=np.int64), months)[: len(rows)], **more,
        carers=None if carers is None else by_month(counts, carers, months)[: len(rows)],
        offer=None if offer is None else Offer(*(of_period(total, len(rows)) for total in offer)),
    )  # fmt: skip


def of_period(total: Values, rows: int) -> Values:
    """Tell something of the whole period, which is the first row, and of no month."""
    told = np.zeros(rows)
    told[0] = total[0]
    return told


class Practices(NamedTuple):
    """What some practices did together, and how many they are."""

    measures: Whole  # [month, measure]
    number: int


def practices_in(counts: Counts, communes: Whole, role: int = GP) -> Practices | None:
    """Add up the practices of some communes; nothing when they are too few to tell."""
    rows = np.isin(counts.practice_commune, communes) & (counts.practice_role == role)
    offering = rows & (counts.practice[:, :, [LAID, DEDICATED_LAID]].sum(axis=(0, 2)) > 0)
    if offering.sum() < FEWEST_PRACTICES:
        return None
    total: Whole = counts.practice[:, rows].sum(axis=1).astype(np.int64)
    return Practices(total, int(offering.sum()))


def offer_in(counts: Counts, communes: Whole) -> Offer:
    """Add up what is offered to the people of some communes."""
    people = counts.offer.people[communes]
    offered = (people * column[communes] for column in counts.offer[1:])
    return Offer(people.sum(keepdims=True), *(column.sum(keepdims=True) for column in offered))


def whole_territory(counts: Counts) -> Cells:
    """Everybody inside the territory."""
    inside = np.flatnonzero(counts.inside)
    parts = {
        name: by_month(counts, counts.group[:, :GROUPS][:, mask].sum(axis=1), len(counts.months))
        for name, mask in GROUP_MASKS.items()
        if name.startswith(("deprived:", "car:"))
    }
    measures = counts.place[:, inside].sum(axis=0)
    return cells_of(
        counts,
        counts.group[:, :GROUPS].sum(axis=1),
        delays=counts.delay[:, :, :GROUPS].sum(axis=2),
        practice=practices_in(counts, inside),
        carers=counts.carers.sum(axis=1),
        offer=offer_in(counts, inside),
        stays=counts.stay,
        parts=parts,
        communes=Communes(people_of(counts)[inside], measures),
    )


def people_of(counts: Counts) -> Whole:
    """People of each commune, on average over the months."""
    return np.rint(counts.place[:, :, PEOPLE].sum(axis=0) / len(counts.months)).astype(np.int64)


def groups(counts: Counts) -> list[Cells]:
    """People inside by age, long-term condition, deprivation and car, and what is crossed: those large enough."""
    return [
        cells_of(
            counts,
            counts.group[:, :GROUPS][:, mask].sum(axis=1),
            group=name,
            delays=counts.delay[:, :, :GROUPS][:, :, mask].sum(axis=2),
        )
        for name, mask in masks_of(counts).items()
        if counts.group[:, :GROUPS][:, mask, PEOPLE].sum() >= FEWEST_PEOPLE * len(counts.months)
    ]


def too_small(counts: Counts) -> list[str]:
    """Name the groups of which nothing is told, for they hold fewer than 300 people."""
    told = {str(cells.group[0]) for cells in groups(counts)}
    return [name for name in masks_of(counts) if name not in told]


def roles(counts: Counts) -> list[Cells]:
    """What practitioners of each role but GPs do together inside, when they are three or more."""
    inside = np.flatnonzero(counts.inside)
    told = []
    for role, name in enumerate(ROLE_NAMES[1:], start=1):
        practice = practices_in(counts, inside, role)
        if practice is not None:
            nothing = np.zeros_like(counts.group[:, 0])
            told.append(cells_of(counts, nothing, group=f"role:{name}", practice=practice))
    return told


def ring(counts: Counts) -> list[Cells]:
    """Those who live around: not in any other figure, told to see what spills over."""
    if counts.inside.all():
        return []
    around = slice(GROUPS, 2 * GROUPS)
    measures = counts.group[:, around].sum(axis=1)
    return [cells_of(counts, measures, group="ring", delays=counts.delay[:, :, around].sum(axis=2))]


def parts_of(counts: Counts) -> dict[str, Whole]:
    """Part the communes inside for telling: those of 300 people or more alone, the others of a basin together.

    When these are fewer than 300 the smallest of the others joins them; a basin that is too small is not parted.
    """
    inside, people = np.flatnonzero(counts.inside), people_of(counts)
    parts: dict[str, Whole] = {}
    for basin in sorted({counts.basins[c] for c in inside}):
        here = sorted((c for c in inside if counts.basins[c] == basin), key=lambda c: people[c])
        together: list[Any] = []
        while here and (people[here[0]] < FEWEST_PEOPLE or 0 < people[together].sum() < FEWEST_PEOPLE):
            together.append(here.pop(0))
        if together and people[together].sum() >= FEWEST_PEOPLE:
            parts[f"{MERGED}{basin}"] = np.sort(together)
        parts |= {counts.communes[c]: np.array([c]) for c in here}
    return dict(sorted(parts.items()))


def merged(counts: Counts) -> dict[str, list[str]]:
    """Name the communes that are told together, by the name under which they are."""
    return {
        name: [counts.communes[c] for c in rows]
        for name, rows in parts_of(counts).items()
        if name.startswith(MERGED)
    }


def places(counts: Counts) -> list[Cells]:
    """Communes inside, small ones together, then their basins and whether a CPTS covers them."""
    told = [
        cells_of(counts, counts.place[:, rows].sum(axis=1), commune=name, offer=offer_in(counts, rows))
        for name, rows in parts_of(counts).items()
    ]
    inside = np.flatnonzero(counts.inside)
    basins, cpts = np.array(counts.basins), np.array([name or "" for name in counts.cpts])
    wholes = {f"basin:{name}": basins == name for name in sorted(set(basins[inside]))}
    wholes |= {"cpts:yes": cpts != "", "cpts:no": cpts == ""}
    for name, mask in wholes.items():
        chosen = np.flatnonzero(mask & (counts.inside == 1))
        if people_of(counts)[chosen].sum() >= FEWEST_PEOPLE:
            measures = counts.place[:, chosen].sum(axis=1)
            practice, offer = practices_in(counts, chosen), offer_in(counts, chosen)
            told.append(cells_of(counts, measures, group=name, practice=practice, offer=offer))
    return told
