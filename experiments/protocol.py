"""The protocol of a study (protocole): what is asked and how it will be judged, written down before anything is run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from experiments.effect import GROUPS
from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.scenario_checks import FieldPath, checked
from simulation.text_files import decoded
from simulation.yaml_nodes import Node, Source, compose

PROTOCOL = "study.yaml"
Language = Literal["fr", "en"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Subgroup = Literal["basin", "age", "ald", "deprived", "car"]
assert set(Subgroup.__args__) < set(GROUPS)  # type: ignore[attr-defined]


class Part(BaseModel):
    """A part of a protocol: frozen, every key known."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Author(Part):
    """Somebody who answers for the study."""

    name: str
    orcid: str = Field(default="", pattern=r"^(\d{4}-){3}\d{3}[\dX]$|^$")
    affiliation: str = ""


class Estimand(Part):
    """What is to be estimated: of whom, between what, on which outcome, summed up how."""

    population: str
    contrast: str
    outcome: str
    summary: str


class Chance(Part):
    """How many pairs that differ by luck alone: a pilot, then as many as the precision asked for needs."""

    pilot: int = Field(default=8, ge=2, le=1000)
    half_width: Mapping[str, float] = {}
    """Indicator → half of the 90 % interval of the mean over luck pairs at which to stop."""
    most: int = Field(default=64, ge=2, le=10_000)


class Uncertainty(Part):
    """What is not known: draws of the figures, other ways the world may work, and luck."""

    draws: int = Field(default=20, ge=0, le=100_000)
    structure: Mapping[str, tuple[str, ...]] = {}
    """What is replaced (as in `--set`) → the values it may take; all are crossed."""
    chance: Chance = Chance()


class Protocol(Part):
    """A study as it was decided: question, estimand, outcomes, what is compared, and how unknowns are treated."""

    study: Slug
    title: Mapping[Language, str]
    question: Mapping[Language, str]
    authors: tuple[Author, ...] = ()
    estimand: Estimand
    primary: str
    secondary: tuple[str, ...] = ()
    useful_difference: Mapping[str, float] = {}
    hypothesis: str = ""
    baseline: str = "baseline"
    scenarios: tuple[str, ...] = Field(min_length=1)
    negative_controls: tuple[str, ...] = ()
    multiplicity: Literal["holm", "fdr", "none"] = "holm"
    subgroups: tuple[Subgroup, ...] = ()
    changes: tuple[str, ...] = ()
    """Changes to every scenario, baseline included, as in `--set` (`days=182`, `ring=off`)."""
    uncertainty: Uncertainty = Uncertainty()

    @property
    def digest(self) -> str:
        """Fingerprint of all that was decided."""
        told = json.dumps(
            self.model_dump(mode="json"), sort_keys=True, ensure_ascii=True, separators=(",", ":")
        )
        return hashlib.sha256(told.encode("ascii")).hexdigest()


def read_protocol(folder: Path) -> Protocol:
    """Read `study.yaml` of a folder; every fault is told at once, with its line."""
    path = folder / PROTOCOL
    label = f"{folder.name}/{PROTOCOL}"
    try:
        content = path.read_bytes()
    except OSError:
        raise Refused([Fault("missing_file", label)]) from None
    text, fault = decoded(content, label)
    if fault:
        raise Refused([fault])
    node = compose(text, Source(label, folder))
    if node is None or not isinstance(node.value, Mapping):
        raise Refused([Fault("not_a_mapping" if node else "empty_file", label, node.line if node else 0)])

    def where(at: FieldPath) -> tuple[str, int]:
        return label, line_of(node, at)

    protocol, faults = checked(Protocol, node.plain(), (), where)
    if protocol is None:
        raise Refused(in_order(faults))
    unknown = _unknown_indicators(protocol, where)
    if unknown:
        raise Refused(in_order(unknown))
    return protocol


def line_of(node: Node, path: FieldPath) -> int:
    """The line of a field, or of the nearest that holds it."""
    line = node.line
    for name in path:
        inner = node.inside(name)
        if inner is None:
            break
        node, line = inner, inner.line
    return line


def _unknown_indicators(protocol: Protocol, where: Any) -> list[Fault]:
    from simulation.indicators import INDICATORS

    named: list[tuple[FieldPath, str]] = [(("primary",), protocol.primary)]
    named += [(("secondary", at), name) for at, name in enumerate(protocol.secondary)]
    named += [(("useful_difference", name), name) for name in protocol.useful_difference]
    chance = protocol.uncertainty.chance.half_width
    named += [(("uncertainty", "chance", "half_width", name), name) for name in chance]
    faults = []
    for path, name in named:
        if name not in INDICATORS:
            file, line = where(path)
            field, near = ".".join(map(str, path)), nearest(name, INDICATORS)
            faults.append(
                Fault("unknown_indicator", file, line, field, {"value": shown(name), "nearest": near})
            )
    return faults
