"""What an answer rests on (registre des hypothèses): each figure under the levers, and the answer with it at its worst.

One figure at a time is put at each end of its range, in today's future and in the action's, with the same luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.action import action_of, changed_figures
from experiments.worlds import luck

if TYPE_CHECKING:
    from simulation.indicators import Indicator
    from simulation.parameters import Number
    from simulation.scenario import Scenario

SEEDS = 2
"""Pairs lived for each end of each range: the scenario's own luck first."""
_ROUNDING = 1e-9


class Assumption(NamedTuple):
    """A figure, the end of its range at which the action does worst, and the difference that is left there."""

    figure: Number
    central: float
    worst_at: float
    difference: float
    is_better: bool
    """Whether things still get better there."""
    is_useful: bool
    """Whether they still do by the useful difference."""


def rests_on(baseline: Scenario, alternative: Scenario) -> list[Number]:
    """List the figures under an action that are in doubt, but for those that the action itself sets."""
    set_by_it = set(changed_figures(baseline, alternative))
    figures = action_of(baseline, alternative).rests_on
    return [figure for figure in figures if figure.is_unknown and figure.path not in set_by_it]


def assumptions(
    baseline: Scenario,
    alternative: Scenario,
    indicator: Indicator,
    *,
    executor: Executor | None = None,
    seeds: int = SEEDS,
) -> list[Assumption]:
    """Put each figure at its worst; the answer is the same in any executor."""
    figures = rests_on(baseline, alternative)
    draws = [world.seed for world in luck(baseline, seeds)]
    asked = [
        (baseline, alternative, indicator.name, figure.path, end, tuple(draws))
        for figure in figures
        for end in (figure.low, figure.high)
    ]
    found = [difference_at(*one) for one in asked] if executor is None else gathered(executor, asked)
    sign = -1.0 if indicator.better == "lower" else 1.0
    return [
        _worst(
            baseline, figure, found[2 * rank], found[2 * rank + 1], sign, indicator.useful_difference or 0.0
        )
        for rank, figure in enumerate(figures)
    ]


def gathered(
    executor: Executor, asked: Sequence[tuple[Scenario, Scenario, str, str, float, tuple[int, ...]]]
) -> list[float]:
    """Live the pairs elsewhere, and give what they found in the order in which it was asked."""
    waiting = [executor.submit(difference_at, *one) for one in asked]
    try:
        return [one.result() for one in waiting]
    finally:
        for one in waiting:
            one.cancel()


def difference_at(
    baseline: Scenario, alternative: Scenario, indicator: str, path: str, value: float, seeds: tuple[int, ...]
) -> float:
    """Mean difference over some seeds with one figure at a value, in both futures."""
    from simulation import run

    changes = []
    for seed in seeds:
        before, after = (
            run(one.with_(seed=seed, parameters={path: value})) for one in (baseline, alternative)
        )
        changes.append(after.value(indicator) - before.value(indicator))
    return float(np.mean(changes))


def _worst(
    baseline: Scenario, figure: Number, at_low: float, at_high: float, sign: float, useful: float
) -> Assumption:
    low_is_worse = sign * at_low <= sign * at_high
    difference = at_low if low_is_worse else at_high
    group, _, name = figure.path.partition(".")
    return Assumption(
        figure=figure,
        central=float(getattr(getattr(baseline.parameters, group), name)),
        worst_at=figure.low if low_is_worse else figure.high,
        difference=difference,
        is_better=sign * difference > _ROUNDING,
        is_useful=sign * difference >= useful - _ROUNDING,
    )
