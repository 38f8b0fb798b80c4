"""A study (étude): a protocol, its scenarios, every future in which they are replayed, and what comes out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from experiments.action import changed_figures
from experiments.batch import Run, Watch, run_many
from experiments.compare import Lived, empty_comparison, gathered, refuse_other_lives
from experiments.designs import Planned
from experiments.effect import Comparison
from experiments.protocol import PROTOCOL, Protocol, place_of, read_protocol
from experiments.store import Store
from experiments.worlds import World, luck, worlds
from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.scenario_files import territory_folder
from simulation.yaml_nodes import Node, Source

if TYPE_CHECKING:
    from simulation.scenario import Scenario

AS_IT_IS = ""
"""The structure of the model when nothing of it is replaced."""
NINE_IN_TEN = 1.645
"""Half-widths of a normal law that hold nine tenths of it."""
_FUTURE = ["territory", "structure", "kind", "number", "seed", "held"]
_ORDER = ["territory", "structure", "indicator", "group", "scenario", "kind", "number"]
"""Like beside like: a table that is kept takes less room."""


class Study:
    """What a folder with a `study.yaml` asks, on one of its territories: scenarios are beside it, or shipped."""

    def __init__(self, folder: Path, shipped: Path, territory: str | None = None) -> None:
        self.folder, self.shipped = folder, shipped
        self.protocol: Protocol = read_protocol(folder)
        self.territory = territory or next(iter(self.protocol.territories), "")
        """The territory on which it is looked at; empty when each scenario stays on its own."""
        if territory is None:
            refuse_unknown_territories(self)
        self.scenarios = self.with_structure(AS_IT_IS)
        for structure in self.structures[1:]:
            self.with_structure(structure)

    @property
    def names(self) -> tuple[str, ...]:
        """What is compared with the baseline: scenarios, then negative controls."""
        return (*self.protocol.scenarios, *self.protocol.negative_controls)

    @property
    def baseline(self) -> Scenario:
        """Today, as the study sees it."""
        return self.scenarios[self.protocol.baseline]

    @cached_property
    def places(self) -> tuple[Study, ...]:
        """The study on each of its territories, this one first; itself alone when it names none."""
        others = [name for name in self.protocol.territories if name != self.territory]
        return (self, *(Study(self.folder, self.shipped, name) for name in others))

    @cached_property
    def structures(self) -> tuple[str, ...]:
        """The model as it is, then every combination of what may be replaced in it."""
        levels = self.protocol.uncertainty.structure
        crossed = product(*([f"{name}={value}" for value in values] for name, values in levels.items()))
        return (AS_IT_IS, *(", ".join(one) for one in crossed)) if levels else (AS_IT_IS,)

    def with_structure(self, structure: str) -> dict[str, Scenario]:
        """Read every scenario under one structure; the faults of all are told at once."""
        from simulation.scenario import load

        horizon = self.protocol.horizon
        changes = [
            *self.protocol.changes, *(horizon.changes if horizon else ()),
            *([f"territory={self.territory}"] if self.territory else ()),
            *(structure.split(", ") if structure else ()),
        ]  # fmt: skip
        found: dict[str, Scenario] = {}
        faults: list[Fault] = []
        for name in (self.protocol.baseline, *self.names):
            try:
                found[name] = load(self._path(name), [self.folder, self.shipped], changes)
            except Refused as refused:
                faults += refused.faults
        if faults:
            raise Refused(in_order(faults))
        refuse_other_lives(found[self.protocol.baseline], list(found.values()))
        return found

    def _path(self, name: str) -> Path:
        for folder in (self.folder, self.shipped):
            if (folder / f"{name}.yaml").is_file() and name != Path(PROTOCOL).stem:
                return folder / f"{name}.yaml"
        known = [path.stem for folder in (self.folder, self.shipped) for path in folder.glob("*.yaml")]
        details = {"value": shown(name), "nearest": nearest(name, known)}
        raise Refused([Fault("no_such_scenario", f"{self.folder.name}/{PROTOCOL}", 0, "scenarios", details)])


def refuse_unknown_territories(study: Study) -> None:
    """A territory that is nowhere is told where the protocol names it."""
    faults = []
    for at, name in enumerate(study.protocol.territories):
        file, line = place_of(study.folder, ("territories", at))
        try:
            territory_folder(Node(name, Source(file, study.folder), line, 0), [study.shipped])
        except Refused as refused:
            faults += [one._replace(field=f"territories.{at}") for one in refused.faults]
    if faults:
        raise Refused(in_order(faults))


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


def planned(study: Study, pairs: int, *, pilot: bool = False) -> list[Planned]:
    """Every run of a study on each of its territories, with so many luck pairs; with `pilot`, these only."""
    return [
        one
        for place in study.places
        for one in (
            *luck_pairs(place, pairs),
            *(() if pilot else (*world_pairs(place), *structure_pairs(place))),
        )
    ]


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


def luck_pairs(study: Study, count: int) -> list[Planned]:
    """Pairs that differ by chance alone."""
    return list(_pairs(study, study.scenarios, luck(study.baseline, count), AS_IT_IS))


def world_pairs(study: Study) -> list[Planned]:
    """Pairs that differ by what is unknown, and by chance."""
    return list(
        _pairs(study, study.scenarios, worlds(study.baseline, study.protocol.uncertainty.draws), AS_IT_IS)
    )


def structure_pairs(study: Study) -> list[Planned]:
    """The pilot's pairs under every other structure."""
    count = study.protocol.uncertainty.chance.pilot
    return [
        one
        for structure in study.structures[1:]
        for one in _pairs(study, study.with_structure(structure), luck(study.baseline, count), structure)
    ]


def _pairs(
    study: Study, scenarios: Mapping[str, Scenario], futures: Sequence[World], structure: str
) -> Iterator[Planned]:
    """Each scenario and today in each future; figures that a scenario itself changes are drawn in neither."""
    today = scenarios[study.protocol.baseline]
    held = {name: frozenset(changed_figures(today, scenarios[name])) for name in study.names}
    for world in futures:
        at: dict[str, object] = {"territory": study.territory} if study.territory else {}
        at |= {"structure": structure, "kind": world.kind, "number": world.number, "seed": world.seed}
        for kept in sorted(set(held.values()), key=sorted):
            yield Planned(_future(today, world, kept), {**at, "held": ";".join(sorted(kept)), "scenario": ""})
        for name in study.names:
            told = {**at, "held": ";".join(sorted(held[name])), "scenario": name}
            yield Planned(_future(scenarios[name], world, held[name]), told)


def _future(scenario: Scenario, world: World, held: frozenset[str]) -> Scenario:
    figures = {path: value for path, value in world.parameters.items() if path not in held}
    return scenario.with_(seed=world.seed, parameters=figures)


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
    drawn = {one.number: one for one in worlds(today, study.protocol.uncertainty.draws)}
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
