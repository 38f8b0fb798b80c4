"""What a study found (issue d'une étude): pairs by structure, and more of them until their mean is precise enough."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import cast

import pandas as pd

from experiments.batch import Run, Watch, run_many
from experiments.compare import Lived, empty_comparison, gathered
from experiments.designs import Planned
from experiments.effect import Comparison
from experiments.store import Store
from experiments.study import AS_IT_IS, Study, planned
from experiments.worlds import World

NINE_IN_TEN = 1.645
"""Half-widths of a normal law that hold nine tenths of it."""
_FUTURE = ["territory", "structure", "kind", "number", "seed", "held"]
_ORDER = ["territory", "structure", "indicator", "group", "scenario", "kind", "number"]
"""Like beside like: a table that is kept takes less room."""


@dataclass(frozen=True)
class Outcome:
    """What a study found: pairs by structure, and what could not be lived."""

    study: Study
    pairs: pd.DataFrame
    """structure, scenario, kind, number, seed, indicator, group, baseline, alternative_value, n; territory if many."""
    failed: pd.DataFrame
    """structure, scenario, kind, number, seed, error; territory if many."""

    @cached_property
    def comparison(self) -> Comparison:
        """The pairs under the model as it is, asked as any comparison is."""
        return self.under(AS_IT_IS)

    @cached_property
    def places(self) -> tuple[Outcome, ...]:
        """What was found on each territory."""
        return tuple(replace(self, study=place) for place in self.study.places)

    def under(self, structure: str) -> Comparison:
        """The pairs under another structure."""
        mine = self.pairs["structure"] == structure
        if self.study.territory:
            mine &= self.pairs["territory"] == self.study.territory
        return compared(self.study, self.pairs[mine], structure)


def run_study(
    study: Study,
    store: Store,
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    watch: Watch | None = None,
    run: Run | None = None,
    pilot: bool = False,
) -> Outcome:
    """Live a study: its pilot of luck pairs, then more of them until the means are as precise as asked, then the rest.

    With `pilot`, the first pairs only.
    """
    chance = study.protocol.uncertainty.chance
    pairs = chance.pilot
    found = outcome_of(study, lived(study, planned(study, pairs, pilot=True), store, executor, watch, run))
    if pilot:
        return found
    while (wanted := pairs_wanted(found, pairs)) > pairs:
        pairs = wanted
        found = outcome_of(
            study, lived(study, planned(study, pairs, pilot=True), store, executor, watch, run)
        )
    return outcome_of(study, lived(study, planned(study, pairs), store, executor, watch, run))


def lived(
    study: Study,
    planned: Sequence[Planned],
    store: Store,
    executor: Executor | Callable[[], Executor] | None = None,
    watch: Watch | None = None,
    run: Run | None = None,
) -> pd.DataFrame:
    """Live what the store does not hold yet."""
    return run_many(planned, executor, store, watch=watch, run=run)


def outcome_of(study: Study, table: pd.DataFrame) -> Outcome:
    """Put the two futures of each pair side by side."""
    well = table[table["error"] == ""]
    today = well[well["scenario"] == ""].rename(columns={"value": "baseline"})
    then = well[well["scenario"] != ""].rename(columns={"value": "alternative_value"})
    future, order = ([name for name in some if name in table] for some in (_FUTURE, _ORDER))
    keys = [*future, "indicator", "group"]
    pairs = then[[*keys, "scenario", "alternative_value", "told"]].merge(
        today[[*keys, "baseline", "n"]], on=keys, how="left", validate="many_to_one"
    )
    pairs = pairs.sort_values(order, ignore_index=True)
    failed = table[table["error"] != ""]
    return Outcome(study, pairs, failed[[*future[:-1], "scenario", "error"]].reset_index(drop=True))


def compared(study: Study, pairs: pd.DataFrame, structure: str) -> Comparison:
    """Make a comparison of pairs that were lived."""
    scenarios = study.scenarios if structure == AS_IT_IS else study.with_structure(structure)
    today = scenarios[study.protocol.baseline]
    named = {name: scenarios[name] for name in study.names}
    drawn = {one.number: one for one in study.worlds()}
    done = []
    for future, rows in pairs.groupby(["kind", "number", "seed"], sort=True):
        kind, number, seed = cast(tuple[str, int, int], future)
        world = drawn[number] if kind == "world" else World(int(number), int(seed), {}, "luck")
        told = {
            str(name): json.loads(next(filter(None, some), "{}"))
            for name, some in rows.groupby("scenario")["told"]
        }
        told = {name: told.get(name, {}) for name in named}
        laid = rows.rename(columns={"scenario": "alternative"}).drop(columns=["structure", "held", "told"])
        done.append(Lived(world, laid, told))
    comparison = gathered(empty_comparison(today, named), done, None)
    wanted = study.protocol.useful_difference
    indicators = {
        name: one._replace(useful_difference=wanted.get(name, one.useful_difference))
        for name, one in comparison.indicators.items()
    }
    return comparison.with_(indicators=indicators)


def pairs_wanted(found: Outcome, pairs: int) -> int:
    """How many luck pairs the precision asked for needs, going by those that were lived; never beyond `most`."""
    chance = found.study.protocol.uncertainty.chance
    wanted = pairs
    for indicator, half_width in chance.half_width.items():
        for place, name in product(found.places, found.study.names):
            spread = float(place.comparison.of(name).by_world(indicator, "luck").std(ddof=1))
            if math.isfinite(spread) and half_width > 0:
                wanted = max(wanted, math.ceil((NINE_IN_TEN * spread / half_width) ** 2))
    return min(wanted, chance.most)
