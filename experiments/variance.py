"""Where a spread comes from (parts de variance): luck, figures that nobody knows, the way the world is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from experiments.effect import Comparison


class Parts(NamedTuple):
    """The variance of a difference, in squared units of the indicator, part by part; none where not looked at.

    `luck` is that of one pair; it shrinks with pairs and teaches nothing about the rest. `parameters` is what worlds
    add to it, `structure` what other structures add to the mean of the pilot's pairs; both may be nought by rounding.
    """

    luck: float
    parameters: float | None
    structure: float | None

    @property
    def shares(self) -> dict[str, float]:
        """Each part of the whole that is known."""
        known = {name: value for name, value in self._asdict().items() if value is not None}
        total = sum(known.values())
        return {name: value / total if total > 0 else 0.0 for name, value in known.items()}


class Ratio(NamedTuple):
    """How much less two futures of the same people differ by chance than two of strangers: a ratio of variances."""

    value: float
    low: float
    high: float
    pairs: int


def parted(comparison: Comparison, others: Mapping[str, Comparison], indicator: str) -> Parts:
    """Part the variance of an effect; `others` are the comparisons under other structures, over the same luck."""
    luck = comparison.by_world(indicator, "luck").dropna()
    chance = float(luck.var(ddof=1)) if len(luck) > 1 else 0.0
    over_worlds = comparison.by_world(indicator, "world").dropna()
    parameters = max(float(over_worlds.var(ddof=1)) - chance, 0.0) if len(over_worlds) > 1 else None
    structure = None
    if others:
        effects = [one.by_world(indicator, "luck").dropna() for one in others.values()]
        mine = luck[
            luck.index.isin(effects[0].index)
        ]  # the same pairs as under the others: those of the pilot
        means = np.array([mine.mean(), *(one.mean() for one in effects)])
        shared = chance / max(min(map(len, effects)), 1)
        structure = max(float(means.var(ddof=1)) - shared, 0.0)
    return Parts(chance, parameters, structure)


def pairing(comparison: Comparison, indicator: str, confidence: float = 0.9) -> Ratio:
    """How much pairing gains: variance between strangers over that of pairs, with the interval of Fisher's law.

    Strangers are two futures of unlike luck: their difference has the variances of both added up. The two samples are
    of the same runs, which the interval (of independent ones) does not know: it is an order of magnitude.
    """
    pairs = comparison.of_all(indicator, "luck").dropna(subset=["baseline", "alternative_value"])
    count = len(pairs)
    apart = float(pairs["baseline"].var(ddof=1) + pairs["alternative_value"].var(ddof=1))
    together = float((pairs["alternative_value"] - pairs["baseline"]).var(ddof=1))
    value = apart / together if together > 0 else float("inf")
    law = stats.f(count - 1, count - 1)
    tail = (1 - confidence) / 2
    return Ratio(value, value / float(law.ppf(1 - tail)), value / float(law.ppf(tail)), count)


def chance_alone(comparison: Comparison, indicator: str, group: str | Sequence[str] = "all") -> float:
    """How often chance would show as large a mean over luck pairs if the action did nothing (test de Student)."""
    return by_chance(together(comparison, indicator, group, "luck").dropna().to_numpy())


def together(
    comparison: Comparison, indicator: str, groups: str | Sequence[str], kind: str = "world"
) -> pd.Series:
    """The difference in each pair of a kind, several groups told as one, each weighing its cases."""
    if isinstance(groups, str):
        return comparison.by_world(indicator, kind, groups)
    parts = [comparison.of_all(indicator, kind, group) for group in groups]
    parts = [part.dropna(subset=["baseline", "alternative_value"]) for part in parts]
    cases = pd.concat([part["n"] for part in parts]).groupby(level="number").sum()
    changes = [(part["alternative_value"] - part["baseline"]) * part["n"] for part in parts]
    return pd.concat(changes).groupby(level="number").sum() / cases


def by_chance(luck: np.ndarray) -> float:
    """The same of differences, one for each luck pair."""
    if len(luck) < 2 or not luck.any():
        return 1.0
    if luck.std() == 0:
        return 0.0
    return float(stats.ttest_1samp(luck, 0.0).pvalue)


def adjusted(levels: Mapping[str, float], method: str) -> dict[str, float]:
    """The same for several outcomes looked at together: Holm (1979), or the false discovery rate (1995)."""
    names, given = list(levels), np.array(list(levels.values()))
    if method == "none" or not names:
        return dict(levels)
    if method == "fdr":
        found = stats.false_discovery_control(given)
    else:
        order = np.argsort(given, kind="stable")
        steps = np.maximum.accumulate(given[order] * np.arange(len(given), 0, -1))
        found = np.empty_like(given)
        found[order] = np.minimum(steps, 1.0)
    return dict(zip(names, map(float, found), strict=True))
