"""A question (question): today, what is done, and how many futures are lived to answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.action import named_by_title
from experiments.compare import Comparison, Lived, empty_comparison, gathered, run_pair
from experiments.worlds import World, luck, worlds
from simulation.scenario import Scenario

MOST_WORLDS = 64
"""Everybody is given the same futures, the first of these."""
LUCK = 8
FIRST = 20
"""Worlds that are lived before luck is looked at any further."""
_KINDS_LEFT = ("commune:", "role:")
"""Groups of results that no page tells: they would only make answers heavy."""


Cells = tuple[tuple[str, str], ...]
_VALUES = ("baseline", "n", "alternative_value")
_WORDS = ("alternative", "kind", "indicator", "group")
"""Columns of words: kept as plain objects, which are several times faster to pick from than Arrow's."""


class Start(NamedTuple):
    """Where a comparison begins (point de départ): a baseline, and the futures that everybody shares."""

    scenario: Scenario
    key: str
    futures: tuple[World, ...]


class Task(NamedTuple):
    """The smallest thing a worker is asked: its name says all that the result depends on."""

    key: tuple[Any, ...]
    call: Any
    args: tuple[Any, ...]
    today: tuple[str, str, int] | None = None
    """Under which name the baseline of this future is shared between questions; none for other errands."""
    can_pause: bool = False
    """Whether it lets go of its worker, between two days, for what cannot wait."""


def start_of(scenario: Scenario) -> Start:
    """The futures of a baseline, in the order in which they are lived: the stated one, worlds, then luck."""
    chance, drawn = luck(scenario, LUCK), worlds(scenario, MOST_WORLDS)
    order = (chance[0], *drawn[:FIRST], *chance[1:], *drawn[FIRST:])
    return Start(scenario, scenario.content_hash, order)


class Question:
    """One baseline and its alternatives, over the first so many futures."""

    def __init__(
        self,
        start: Start,
        alternatives: Sequence[Scenario],
        count: int = FIRST,
        groups: tuple[str, ...] = (),
    ) -> None:
        self.start, self.count, self.groups = start, min(count, MOST_WORLDS), groups
        self.named = named_by_title(alternatives)
        self.hashes = {name: one.content_hash for name, one in self.named.items()}
        lucky = LUCK if len(self.named) == 1 else 1
        self.futures = tuple(
            one
            for one in start.futures
            if one.number <= (self.count if one.kind == "world" else min(lucky, self.count))
        )

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """What the answer depends on."""
        return (self.start.key, tuple(self.hashes.values()), self.count)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Every pair, world after world."""
        return tuple(self._task(name, world) for world in self.futures for name in self.named)

    def _task(self, name: str, world: World) -> Task:
        shared = (self.start.key, world.kind, world.number)
        key = ("pair", self.start.key, self.hashes[name], world.kind, world.number)
        return Task(key, lived_pair, (self.start.scenario, self.named[name], world), shared, can_pause=True)

    @cached_property
    def empty(self) -> Comparison:
        """The comparison before its first world."""
        return empty_comparison(self.start.scenario, self.named)

    def comparison(
        self, results: Mapping[tuple[Any, ...], Any], indicators: frozenset[str] = frozenset()
    ) -> Comparison:
        """What the pairs lived so far say; a world that lacks one of its alternatives waits for it.

        When indicators are named, nothing else is gathered: a first look is told in a fraction of the time.
        """
        lived = []
        for world in self.futures:
            tasks = {name: self._task(name, world).key for name in self.named}
            if not all(key in results for key in tasks.values()):
                continue
            found = {name: results[key] for name, key in tasks.items()}
            rows = [pair.rows(name, world, indicators, self.groups) for name, pair in found.items()]
            told = {name: pair.told for name, pair in found.items()}
            lived.append(Lived(world, pd.concat(rows, ignore_index=True), told))
        empty = self.empty
        if indicators:
            kept = {name: one for name, one in empty.indicators.items() if name in indicators}
            empty = empty.with_(indicators=kept)
        whole = gathered(empty, lived, None)
        return whole.with_(pairs=whole.pairs.astype(dict.fromkeys(_WORDS, object)))


class Pair(NamedTuple):
    """What one pair taught, light enough to be kept by the thousand: its words are those of most others."""

    cells: Cells
    """Indicator and group of each column of `values`."""
    values: NDArray[np.float64]
    """A row for each of `_VALUES`."""
    told: Mapping[str, Any]
    today: pd.DataFrame | None
    """The baseline of this future, when it was not known before."""

    def rows(
        self, name: str, world: World, indicators: frozenset[str], groups: tuple[str, ...]
    ) -> pd.DataFrame:
        """The same as a comparison gathers it; only these indicators and groups, unless none is named."""
        indicated, grouped, wanted = _picked(self.cells, indicators, groups)
        return pd.DataFrame(
            {
                "alternative": np.full(len(wanted), name, object),
                "indicator": indicated,
                "group": grouped,
                **dict(zip(_VALUES, self.values[:, wanted], strict=True)),
                "kind": np.full(len(wanted), world.kind, object),
                "number": world.number,
                "seed": world.seed,
            }
        )


@lru_cache(maxsize=200)
def _picked(
    cells: Cells, indicators: frozenset[str], groups: tuple[str, ...]
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.int64]]:
    """Words of the cells that are wanted, and where they are: the same for most pairs of a territory."""
    wanted = [
        rank
        for rank, (indicator, group) in enumerate(cells)
        if (not indicators or indicator in indicators) and (not groups or group in groups)
    ]
    words = np.array([cells[rank] for rank in wanted], object).reshape(-1, 2)
    return words[:, 0].copy(), words[:, 1].copy(), np.array(wanted, np.int64)


def lived_pair(
    baseline: Scenario,
    alternative: Scenario,
    world: World,
    today: pd.DataFrame | None = None,
    pause: Callable[[object], None] | None = None,
) -> Pair:
    """Live one future with the action, and without when nobody has yet; `pause` is called every evening."""
    from simulation import run

    held: frozenset[str] = frozenset()  # levers change no figure
    shared = {} if today is None else {held: today}
    rows, told = run_pair(baseline, alternative, world, today=shared, run=partial(run, watch=pause))
    kept = rows[~rows["group"].str.startswith(_KINDS_LEFT)]
    cells = tuple(zip(kept["indicator"].tolist(), kept["group"].tolist(), strict=True))
    values = np.array([kept[name].to_numpy(float) for name in _VALUES])
    return Pair(cells, values, told, shared.get(held) if today is None else None)
