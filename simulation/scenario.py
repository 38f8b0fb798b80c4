"""A scenario is what is asked: a territory, a time, what is believed of the world, and what is decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, field_validator, model_validator

from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.parameters import Parameters
from simulation.plugins import load_installed, marks
from simulation.policies import LEVERS, Policy
from simulation.scenario_changes import changed_policies, laid_over, lever_of, nested
from simulation.scenario_checks import (
    FieldPath,
    Where,
    checked,
    checked_policy,
    fault_at,
    possible,
    timely,
    unknown_key,
)
from simulation.scenario_files import Removal, read_scenario, territory_folder
from simulation.territory import Territory, read_territory
from simulation.territory.links import reach_faults
from simulation.yaml_nodes import Node

Language = Literal["fr", "en"]
Breakdown = Literal[
    "age by ald", "age by deprived", "age by car", "ald by deprived", "ald by car", "deprived by car"
]
EARLIEST, LATEST = date(2011, 1, 1), date(2075, 1, 1)


class Terms(BaseModel):
    """The terms of a scenario: its words, its calendar, its chance and who takes part."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True)

    title: dict[Language, str] = {}
    question: dict[Language, str] = {}
    start: date = Field(default=date(2027, 1, 4), ge=EARLIEST, le=LATEST)
    """First counted day; the warm-up runs before it."""
    days: int = Field(default=364, ge=1, le=3660)
    warm_up_days: int = Field(default=364, ge=0, le=3660)
    seed: int = Field(default=20270104, ge=0, le=2**63 - 1)
    breakdowns: tuple[Breakdown, ...] = ()
    """Crossings of groups told in the results, besides each group alone."""
    ring: bool = True
    """Whether the communes around live too, without being counted."""
    clock: Literal["full_deployment", "from_contract"] = "full_deployment"
    joining: Literal["fixed", "behaviour"] = "fixed"
    """Whether membership stays as it is, or GPs join and leave month by month."""
    members: float | None = Field(default=None, ge=0, le=100_000)
    """GPs who are members of each CPTS: a share up to 1, else how many; none keeps those that the territory names."""

    @field_validator("breakdowns")
    @classmethod
    def _each_once(cls, breakdowns: tuple[Breakdown, ...]) -> tuple[Breakdown, ...]:
        return tuple(sorted(set(breakdowns)))


class Scenario(Terms):
    """One future to simulate; two scenarios are the same when they would give the same results."""

    territory: Territory
    parameters: Parameters = Field(default_factory=Parameters)
    policies: dict[str, SerializeAsAny[Policy]] = {}
    """The levers by key, in the order of the keys, whatever that of the file."""

    @field_validator("policies")
    @classmethod
    def _in_order_of_keys(cls, policies: dict[str, Policy]) -> dict[str, Policy]:
        return dict(sorted(policies.items()))

    @model_validator(mode="after")
    def _possible_here(self) -> Scenario:
        faults = _crossed(self, self.territory, self.policies, _nowhere)
        if faults:
            raise Refused(faults)
        return self

    @cached_property
    def simulated_territory(self) -> Territory:
        """The territory with its ring, or without when the ring is off."""
        return self.territory if self.ring else self.territory.without_ring()

    @cached_property
    def content_hash(self) -> str:
        """Identity of the results: what is asked, the data and the code; never a title nor a path."""
        from simulation.kernels import code_mark  # the compiler is slow to load, and only this needs it

        told = {
            **self.model_dump(mode="json", include=set(Terms.model_fields) - {"title", "question"}),
            "parameters": self.parameters.model_dump(mode="json"),
            "policies": {
                key: {"lever": lever_of(policy), **policy.model_dump(mode="json")}
                for key, policy in self.policies.items()
            },
            "territory": dict(self.territory.sources),
            "code": code_mark(),
        }
        elsewhere = marks(self.policies.values())
        if elsewhere:
            told["levers"] = elsewhere
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def with_(self, **changes: object) -> Scenario:
        """Validated copy; mappings merge as in files, `None` removes, parameters may be dotted."""
        given: dict[str, Any] = {name: getattr(self, name) for name in Terms.model_fields}
        given["parameters"] = self.parameters.model_dump()
        given["policies"] = dict(self.policies)
        territory = changes.pop("territory", self.territory)
        for name, change in changes.items():
            if name == "parameters" and change is not None:
                given[name] = laid_over(given[name], nested(change))
            elif name == "policies" and isinstance(change, Mapping):
                given[name] = changed_policies(self.policies, change)
            elif change is None:
                given.pop(name, None)
            else:
                given[name] = change
        if not isinstance(territory, Territory):
            raise Refused([Fault("not_a_territory", field="territory")])
        return _built(given, territory, _nowhere, [])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)


def load(path: str | Path, search: Iterable[str | Path] = (), sets: Sequence[str] = ()) -> Scenario:
    """Read a scenario file; every fault of the file, of its territory and of `sets` is told at once."""
    load_installed()
    folders = [Path(folder) for folder in search]
    asked = read_scenario(Path(path), folders, sets)
    node = asked.node
    faults: list[Fault] = []
    territory = None
    wanted = node.inside("territory")
    if wanted is None:
        faults.append(Fault("no_territory", node.source.label, 0, "territory"))
    else:
        try:
            territory = read_territory(territory_folder(wanted, folders))
        except Refused as refused:
            faults += refused.faults
    where = _places(node)
    given = node.plain()
    assert isinstance(given, dict)
    given.pop("territory", None)
    faults += _vain_removals(asked.removals)
    return _built(given, territory, where, faults)


def _nowhere(path: FieldPath) -> tuple[str, int]:
    """Values given in Python have no file."""
    return "", 0


def _places(node: Node) -> Where:
    """Where each field of the merged files was written."""

    def where(path: FieldPath) -> tuple[str, int]:
        at, line = node, 0
        for name in path:
            inner = at.inside(name)
            if inner is None:
                break
            at, line = inner, inner.line
        return at.source.label, line

    return where


def _vain_removals(removals: Iterable[Removal]) -> list[Fault]:
    """A `null` takes something away; on a name that nobody knows it is a slip."""
    faults = []
    for removal in removals:
        path, node = removal.path, removal.node
        place = (node.source.label, node.line)

        def where(_: FieldPath, place: tuple[str, int] = place) -> tuple[str, int]:
            return place

        if path[0] not in Scenario.model_fields:
            faults.append(unknown_key(path, Scenario, where))
        elif path[0] == "policies" and len(path) == 2 and path[1] not in LEVERS:
            likely = nearest(path[1], (*removal.known, *LEVERS))
            faults.append(fault_at("nothing_to_remove", path, where, value=shown(path[1]), nearest=likely))
        elif path[0] in {"parameters", "policies"} and len(path) > 1:
            holder = _holder(path)
            if holder is not None and path[-1] not in {*holder.model_fields, "lever"}:
                faults.append(unknown_key(path, holder, where))
    return faults


def _holder(path: tuple[str, ...]) -> type[BaseModel] | None:
    """The class whose field a path names, when its group or its lever is known."""
    if len(path) == 2:
        return Parameters if path[0] == "parameters" else None
    if path[0] == "policies":
        return LEVERS.get(path[1])
    return type(getattr(Parameters(), path[1])) if path[1] in Parameters.model_fields else None


def _built(given: dict[str, Any], territory: Territory | None, where: Where, faults: list[Fault]) -> Scenario:
    """The scenario, or all that is wrong with it."""
    strange = [name for name in given if name not in Scenario.model_fields]
    faults = [*faults, *(unknown_key((name,), Scenario, where) for name in strange)]
    terms, wrong = checked(
        Terms, {name: given[name] for name in Terms.model_fields if name in given}, (), where
    )
    faults += wrong
    parameters, wrong = checked(Parameters, given.get("parameters", {}), ("parameters",), where)
    faults += wrong
    policies: dict[str, Policy] = {}
    asked = given.get("policies", {})
    if isinstance(asked, Mapping):
        for key, lever in asked.items():
            policy, wrong = checked_policy(key, lever, where)
            faults += wrong
            if policy is not None and not wrong:
                policies[key] = policy
            elif policy is not None and territory is not None and policy.model_fields_set:
                faults += possible(key, policy, territory, where, sorted(policy.model_fields_set))
    else:
        faults.append(fault_at("not_a_mapping", ("policies",), where, value=shown(asked)))
    faults += _crossed(terms, territory, policies, where)
    if faults or terms is None or territory is None or parameters is None:
        raise Refused(in_order(faults))
    values = {name: getattr(terms, name) for name in Terms.model_fields}
    return Scenario(**values, territory=territory, parameters=parameters, policies=policies)


def _crossed(
    terms: Terms | None, territory: Territory | None, policies: Mapping[str, Policy], where: Where
) -> list[Fault]:
    """What is wrong only because of something else: places, sizes and dates that do not fit together."""
    faults: list[Fault] = []
    if territory is not None:
        here = territory if terms is None or terms.ring else territory.without_ring()
        for key, policy in policies.items():
            faults += possible(key, policy, here, where)
        if here is not territory:
            if not (here.practitioners["role"] == "gp").any():
                faults.append(fault_at("no_gp_without_ring", ("ring",), where))
            faults += reach_faults(here, {})
    if terms is not None:
        if terms.members is not None and terms.members > 1 and terms.members != int(terms.members):
            faults.append(fault_at("bad_members", ("members",), where, value=terms.members))
        faults += timely(policies, terms.start, terms.days, terms.warm_up_days, where)
    return faults
