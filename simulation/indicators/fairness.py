"""Whom the figures hide (équité): gaps between inhabitants, and people where too few get an answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.answers import UNSCHEDULED
from simulation.indicators.indicator import one_of, ratio, said
from simulation.kernels.codes import IN_48H, MADE, MEASURES_OF_CLASS

_Read = tuple[Values, Whole]
_SOURCE = "docs/odd.md §12"
TARGET = 800
"""Unscheduled requests answered within 48 h, per 1,000, below which a commune is under its target (this project's)."""
FEWEST_REQUESTS = 30


def _requests(measures: Whole, measure: int) -> Whole:
    columns = [one * MEASURES_OF_CLASS + measure for one in UNSCHEDULED]
    total: Whole = measures[:, columns].sum(axis=1)
    return total


def gap(better_off: str, worse_off: str) -> Callable[[Cells], _Read]:
    """Read how much more often some are answered than others; for everybody inside only."""

    def read(cells: Cells) -> _Read:
        if cells.parts is None:
            return np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)
        ends = []
        for name in (better_off, worse_off):
            ends.append(ratio(_requests(cells.parts[name], IN_48H), _requests(cells.parts[name], MADE), 1000))
        return ends[0][0] - ends[1][0], np.minimum(ends[0][1], ends[1][1])

    return read


def below_target(cells: Cells) -> _Read:
    """Share of people in communes where fewer than 800 of 1,000 unscheduled requests are answered within 48 h."""
    value, cases = np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)
    if cells.communes is not None:
        made, answered = _requests(cells.communes.measures, MADE), _requests(cells.communes.measures, IN_48H)
        known = made >= FEWEST_REQUESTS
        people = cells.communes.people[known]
        whole = cells.month == "all"
        if people.sum() > 0:
            below = answered[known] * 1000 < TARGET * made[known]
            value[whole], cases[whole] = people[below].sum() / people.sum(), people.sum()
    return value, cases


FAIRNESS = (
    one_of("deprived_gap_48h_per_1000", "per 1,000 requests", "lower", 10.0,
           said("Écart entre habitants", "Gap between people"),
           said("réponse sous 48 h : les autres moins le cinquième le plus modeste",
                "answered within 48 h: the others less the most deprived fifth"), _SOURCE,
           gap("deprived:no", "deprived:yes")),
    one_of("car_gap_48h_per_1000", "per 1,000 requests", "lower", 10.0,
           said("Écart avec les personnes sans voiture", "Gap with people without a car"),
           said("réponse sous 48 h : avec voiture moins sans voiture", "answered within 48 h: with a car less without"),
           _SOURCE, gap("car:yes", "car:no")),
    one_of("below_target_share", "share of people", "lower", 0.01,
           said("Habitants sous la cible", "People below the target"),
           said("dans une commune où moins de 800 demandes sur 1 000 ont une réponse sous 48 h",
                "in a commune where fewer than 800 of 1,000 requests are answered within 48 h"),
           _SOURCE, below_target),
)  # fmt: skip
