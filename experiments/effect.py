"""A difference between two futures (effet), never told without its spread and its threshold.

What is not known (worlds) and what chance does (luck) are two ranges, kept apart: running more seeds narrows
the second and teaches nothing about the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from experiments.action import Action
from experiments.columns import Columns, Found, found_in, told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.assumptions import Ledger
    from simulation.indicators import Indicator
    from simulation.parameters import Number

FEWEST_PEOPLE = 300  # a smaller group is told with others, never by its own name
FEWEST_PRACTICES = 3  # a basin with fewer is told with others too: its doctors would be recognised
FEWEST_WORLDS = 20  # below, no word may say how sure the answer is
GROUPS = ("basin", "age", "ald", "deprived", "car", "commune")
_SPREAD = (0.05, 0.95)
_ROUNDING = 1e-9  # a difference of exactly the useful size is not beyond it, whatever binary fractions say


@dataclass(frozen=True)
class Effect:
    """What the action changes to one indicator in one group: alternative minus today, in the indicator's unit.

    `low` and `high` hold 90 % of the worlds, `luck_low` and `luck_high` 90 % of the luck pairs. Better, within
    and worse are shares of worlds beyond, inside and beyond the useful difference (seuil utile); `p_backwards`
    is the share where things get worse at all.
    """

    indicator: str
    group: str
    mean: float
    low: float
    high: float
    luck_low: float
    luck_high: float
    p_better: float
    p_within: float
    p_worse: float
    p_backwards: float
    count: int
    threshold: float
    baseline: float
    alternative: float
    n: float

    def futures(self, share: float) -> int:
        """A share of worlds as people hear it: how many of them."""
        return round(share * self.count)


@dataclass(frozen=True)
class Comparison:
    """All pairs of a baseline and its alternatives; questions are about the `chosen` one (else the first)."""

    pairs: pd.DataFrame
    actions: Mapping[str, Action]
    indicators: "Mapping[str, Indicator]"
    days: int = 364
    people: Mapping[str, float] = field(default_factory=dict)
    practices: Mapping[str, int] = field(default_factory=dict)
    ledgers: "Mapping[str, Ledger]" = field(default_factory=dict)
    calibrated: bool = False
    local_figures: tuple[int, int] = (0, 10)
    france: Mapping[str, float] = field(default_factory=dict)
    draws: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    chosen: str = ""

    def with_(self, **changes: object) -> Self:
        """A copy that differs by what is named; where each cell lies is found once for the same pairs."""
        copy = replace(self, **changes)  # type: ignore[arg-type]
        if "pairs" not in changes:
            vars(copy)["_found"] = self._found
        return copy

    def of(self, alternative: str) -> Self:
        """The same comparison, asked about another alternative."""
        if alternative not in self.actions:
            raise KeyError(alternative)
        return self.with_(chosen=alternative)

    @property
    def alternative(self) -> str:
        """The alternative that questions are about."""
        return self.chosen or next(iter(self.actions))

    @property
    def action(self) -> Action:
        """What that alternative does."""
        return self.actions[self.alternative]

    @property
    def ramp(self) -> float | None:
        """Share of the missions in place over the counted days (montée en charge); none at full deployment."""
        return self.action.ramp

    @property
    def money_share(self) -> float | None:
        """Share of what is asked that the budget pays for; none when money sets no limit."""
        return self.action.money_share

    @property
    def assumed(self) -> "list[Number]":
        """Figures under the levers that nobody measured (réglages supposés)."""
        return [number for number in self.action.rests_on if number.grade == "assumed"]

    @cached_property
    def worlds(self) -> int:
        """Futures simulated so far that differ by what is unknown."""
        return self._counted("world")

    @cached_property
    def luck(self) -> int:
        """Pairs simulated so far that differ by chance alone."""
        return self._counted("luck")

    def has(self, indicator: str, group: str = "all") -> bool:
        """Whether something was counted for this indicator and group."""
        return indicator in self.indicators and (self.alternative, indicator, group) in self._found.cells

    def difference(self, indicator: str, group: str | Sequence[str] = "all") -> Effect:
        """What changes; several groups are told as one, each weighing what it counts."""
        groups = [group] if isinstance(group, str) else list(group)
        asked = (self.alternative, indicator, *groups)
        if asked not in self._effects:
            self._effects[asked] = self._difference(indicator, groups)
        return self._effects[asked]

    def _difference(self, indicator: str, groups: list[str]) -> Effect:
        cells = [self._found.cells[self.alternative, indicator, one] for one in groups]
        columns = told(self.pairs, self._found.columns, cells)
        return _effect(indicator, "+".join(groups), columns, self.indicators[indicator])

    def by_world(self, indicator: str, kind: str = "world", group: str = "all") -> pd.Series:
        """The difference in each world, or in each luck pair, by its number."""
        pairs = self.of_all(indicator, kind, group)
        return pairs["alternative_value"] - pairs["baseline"]

    def cases_by_world(self, indicator: str) -> pd.Series:
        """How many cases it rests on in each world, by its number."""
        return self.of_all(indicator, "world")["n"]

    def of_all(self, indicator: str, kind: str, group: str = "all") -> pd.DataFrame:
        """The two futures of each pair of a kind, by its number, everybody together unless a group is named."""
        pairs = self.pairs.iloc[self._found.cells[self.alternative, indicator, group]]
        return pairs[pairs["kind"] == kind].set_index("number")

    def groups(self, indicator: str) -> dict[str, tuple[str, ...]]:
        """Groups large enough to be named; small ones of a kind are one, or nothing if still too few.

        Small communes are already in the figure of their basin, so they are left to it. People of the ring,
        of one role or of no CPTS are no group of the territory.
        """
        named: dict[str, tuple[str, ...]] = {}
        small: dict[str, list[str]] = {}
        mine = (self.alternative, indicator)
        for _, _, group in sorted(key for key in self._found.cells if key[:2] == mine):
            kind = group.partition(":")[0]
            if kind not in GROUPS:
                continue
            if self._is_large(indicator, (group,)):
                named[group] = (group,)
            elif kind != "commune":
                small.setdefault(kind, []).append(group)
        for kind, members in small.items():
            if self._is_large(indicator, members):
                named[f"{kind}:*"] = tuple(members)
        return named

    def years(self, indicator: str) -> list[Effect]:
        """What changes in each year of several, in order; nothing where there is one year only."""
        names = sorted(
            group
            for name, indicated, group in self._found.cells
            if (name, indicated) == (self.alternative, indicator) and group.startswith("year:")
        )
        return [self.difference(indicator, name) for name in names]

    def _is_large(self, indicator: str, members: Sequence[str]) -> bool:
        """Enough people and, where the practices of the place are known, enough of them."""
        practices = [self.practices[group] for group in members if group in self.practices]
        people = sum(self._persons(indicator, group) for group in members)
        return people >= FEWEST_PEOPLE and (not practices or sum(practices) >= FEWEST_PRACTICES)

    def _persons(self, indicator: str, group: str) -> float:
        if group in self.people:
            return self.people[group]
        cases = self.pairs.iloc[self._found.cells[self.alternative, indicator, group]]["n"]
        return float(cases.median())

    def _counted(self, kind: str) -> int:
        mine = (self.pairs["alternative"] == self.alternative) & (self.pairs["kind"] == kind)
        return int(self.pairs.loc[mine, "number"].nunique())

    @cached_property
    def _effects(self) -> dict[tuple[str, ...], Effect]:
        return {}  # sentences, tiles and tables ask the same ones

    @cached_property
    def _found(self) -> Found:
        return found_in(self.pairs)


def _effect(name: str, group: str, pairs: Columns, indicator: "Indicator") -> Effect:
    worlds, luck = pairs.at(pairs.is_world), pairs.at(pairs.is_luck)
    change, by_chance = worlds.after - worlds.before, luck.after - luck.before
    shown = worlds if len(change) else luck
    threshold = indicator.useful_difference or 0.0
    good = {"higher": change, "lower": -change}.get(indicator.better, np.zeros_like(change))
    beyond = threshold + _ROUNDING
    low, high = _range(change if len(change) else by_chance)
    luck_low, luck_high = _range(by_chance)
    better, worse = _share(good > beyond), _share(good < -beyond)
    return Effect(
        indicator=name,
        group=group,
        mean=_mean(shown.after - shown.before),
        low=low,
        high=high,
        luck_low=luck_low,
        luck_high=luck_high,
        p_better=better,
        p_within=_share(np.abs(change) <= beyond),
        p_worse=worse,
        p_backwards=_share(good < -_ROUNDING),
        count=len(change),
        threshold=threshold,
        baseline=_mean(shown.before),
        alternative=_mean(shown.after),
        n=_mean(shown.n),
    )


def _range(values: np.ndarray) -> tuple[float, float]:
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, _SPREAD)
    return float(low), float(high)


def _share(holds: np.ndarray) -> float:
    return float(holds.mean()) if len(holds) else 0.0


def _mean(values: "NDArray[np.float64]") -> float:
    """Of what is known; none when nothing is."""
    known = ~np.isnan(values)
    return float(np.where(known, values, 0.0).sum() / known.sum()) if known.any() else float("nan")
