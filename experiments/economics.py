"""What an answer is worth (économie): euros for one more request answered, and for whom it pays at which value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.consequences import MONEY, yearly
from experiments.effect import FEWEST_WORLDS, Comparison

ANSWERED = "answered_48h_per_1000"
VALUES = (0.0, 20.0, 50.0, 100.0, 200.0)
"""Euros that one more answered request may be thought worth."""
_SPREAD = (0.05, 0.95)


class Economics(NamedTuple):
    """Extra answers and euros of a year, euros for each, and futures in which it pays."""

    answers: float
    euros: float
    each: float | None
    """Euros for one more answer; none where the answers may be nil, so that it cannot be computed."""
    pays: dict[float, int]
    """For each value of an answer, the simulated futures in which it is worth more than it costs."""
    worlds: int


def economics(comparison: Comparison) -> Economics | None:
    """Weigh answers against euros, world by world; nothing below twenty worlds or where either was not counted.

    Indemnities of carers' hours are among the euros: their time is not counted twice.
    """
    if not (comparison.has(ANSWERED) and comparison.has(MONEY)) or comparison.worlds < FEWEST_WORLDS:
        return None
    answers, euros = answers_by_world(comparison), comparison.by_world(MONEY).to_numpy(float)
    euros = np.array([yearly(comparison, value) for value in euros])
    low, high = np.quantile(answers, _SPREAD)
    each = float(euros.mean() / answers.mean()) if low > 0 and high > 0 else None
    pays = {value: int((value * answers - euros > 0).sum()) for value in VALUES}
    return Economics(float(answers.mean()), float(euros.mean()), each, pays, len(answers))


def answers_by_world(comparison: Comparison) -> NDArray[np.float64]:
    """Unscheduled requests answered within 48 h besides those of today, in a year of each world."""
    mine = comparison.pairs
    mine = mine[
        (mine["alternative"] == comparison.alternative) & (mine["kind"] == "world")
        & (mine["indicator"] == ANSWERED) & (mine["group"] == "all")
    ].sort_values("number")  # fmt: skip
    extra = (mine["alternative_value"] - mine["baseline"]).to_numpy(float) / 1000 * mine["n"].to_numpy(float)
    return np.array([yearly(comparison, value) for value in extra])
