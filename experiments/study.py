"""A study (étude): a protocol, its scenarios, and every future in which they are to be replayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.action import changed_figures
from experiments.compare import refuse_other_lives
from experiments.designs import Planned
from experiments.posterior import SHIPPED, Posterior, posterior_for, read_posterior, shipped_posterior
from experiments.protocol import PROTOCOL, Protocol, place_of, read_protocol
from experiments.protocol_parts import FITTED, REGISTRY
from experiments.switches import changes_of, crossed
from experiments.worlds import World, luck, worlds
from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.scenario_files import territory_folder
from simulation.yaml_nodes import Node, Source

if TYPE_CHECKING:
    from simulation.scenario import Scenario

AS_IT_IS = ""
"""The structure of the model when nothing of it is replaced."""


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
        refuse_unknown_groups(self)
        if self.protocol.uncertainty.figures not in (FITTED, REGISTRY):
            refuse_lost_points(self)
        for structure in self.structures[1:]:
            self.with_structure(structure)

    @property
    def names(self) -> tuple[str, ...]:
        """What is compared with the baseline: scenarios, then negative controls."""
        controls = (one.scenario for one in self.protocol.controls)
        return tuple(dict.fromkeys((*self.protocol.scenarios, *controls)))

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
        return (AS_IT_IS, *crossed(self.protocol.uncertainty.structure))

    @cached_property
    def posterior(self) -> Posterior | None:
        """The points that worlds are drawn from: those that lie beside the shipped scenarios, or a file of the study;
        none when its protocol asks for the ranges of the registry.
        """
        figures = self.protocol.uncertainty.figures
        if figures == REGISTRY:
            return None
        if figures != FITTED:
            return posterior_for(self.folder / figures, self.baseline.territory.sources)
        beside = self.shipped / SHIPPED
        return read_posterior(beside) if beside.is_file() else shipped_posterior()

    def worlds(self) -> list[World]:
        """Its futures: each draws what is unknown, and has a seed."""
        from simulation.parameters import registry

        known = registry() if self.posterior is None else None
        return worlds(
            self.baseline, self.protocol.uncertainty.draws, registry=known, posterior=self.posterior
        )

    def with_structure(self, structure: str) -> dict[str, Scenario]:
        """Read every scenario under one structure; the faults of all are told at once."""
        from simulation.scenario import load

        horizon = self.protocol.horizon
        changes = [
            *self.protocol.changes, *(horizon.changes if horizon else ()),
            *([f"territory={self.territory}"] if self.territory else ()),
            *([] if self.protocol.run.seed is None else [f"seed={self.protocol.run.seed}"]),
            *changes_of(structure),
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


def refuse_unknown_groups(study: Study) -> None:
    """A negative control is looked at in a basin that exists."""
    basins = sorted({f"basin:{one}" for one in study.baseline.territory.communes["basin"]})
    faults = []
    for at, one in enumerate(study.protocol.controls):
        if one.group.startswith("basin:") and one.group not in basins:
            file, line = place_of(study.folder, ("negative_controls", at))
            told = {"value": shown(one.group.removeprefix("basin:")), "nearest": nearest(one.group, basins)}
            told["nearest"] = told["nearest"].removeprefix("basin:")
            faults.append(Fault("unknown_basin", file, line, f"negative_controls.{at}", told))
    if faults:
        raise Refused(in_order(faults))


def refuse_lost_points(study: Study) -> None:
    """A file of points lies in the folder of the study, so that it travels with it."""
    path = ("uncertainty", "figures")
    file, line = place_of(study.folder, path)
    asked = (study.folder / study.protocol.uncertainty.figures).resolve()
    if not asked.is_relative_to(study.folder.resolve()):
        raise Refused([Fault("outside", file, line, ".".join(path), {"value": shown(asked.name)})])
    try:
        assert study.posterior is not None
    except Refused as refused:
        raise Refused(
            [one._replace(file=file, line=line, field=".".join(path)) for one in refused.faults]
        ) from None


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


def luck_pairs(study: Study, count: int) -> list[Planned]:
    """Pairs that differ by chance alone."""
    return list(replayed_pairs(study, study.scenarios, luck(study.baseline, count), AS_IT_IS))


def world_pairs(study: Study) -> list[Planned]:
    """Pairs that differ by what is unknown, and by chance."""
    return list(replayed_pairs(study, study.scenarios, study.worlds(), AS_IT_IS))


def structure_pairs(study: Study) -> list[Planned]:
    """The pilot's pairs under every other structure."""
    count = study.protocol.uncertainty.chance.pilot
    return [
        one
        for structure in study.structures[1:]
        for one in replayed_pairs(
            study, study.with_structure(structure), luck(study.baseline, count), structure
        )
    ]


def replayed_pairs(
    study: Study,
    scenarios: Mapping[str, Scenario],
    futures: Sequence[World],
    structure: str,
    names: Sequence[str] | None = None,
) -> Iterator[Planned]:
    """Each scenario and today in each future; figures that a scenario itself changes are drawn in neither."""
    today = scenarios[study.protocol.baseline]
    asked = study.names if names is None else names
    held = {name: frozenset(changed_figures(today, scenarios[name])) for name in asked}
    for world in futures:
        at: dict[str, object] = {"territory": study.territory} if study.territory else {}
        at |= {"structure": structure, "kind": world.kind, "number": world.number, "seed": world.seed}
        for kept in sorted(set(held.values()), key=sorted):
            yield Planned(_future(today, world, kept), {**at, "held": ";".join(sorted(kept)), "scenario": ""})
        for name in asked:
            told = {**at, "held": ";".join(sorted(held[name])), "scenario": name}
            yield Planned(_future(scenarios[name], world, held[name]), told)


def _future(scenario: Scenario, world: World, held: frozenset[str]) -> Scenario:
    figures = {path: value for path, value in world.parameters.items() if path not in held}
    return scenario.with_(seed=world.seed, parameters=figures)
