"""The protocol of a study (protocole): what is asked and how it will be judged, written down before anything is run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from experiments.protocol_faults import faults_between
from experiments.protocol_forms import plainly
from experiments.protocol_parts import (
    IN_EACH,
    IN_ONE,
    PRIMARY,
    Author,
    Deposit,
    Economics,
    Estimand,
    Horizon,
    Keep,
    Language,
    Leaving,
    Means,
    Part,
    Sensitivity,
    Slug,
    Subgroup,
    Uncertainty,
    Wording,
)
from experiments.yaml_file import line_of, opened
from simulation.faults import Refused, in_order
from simulation.scenario_checks import FieldPath, checked

PROTOCOL = "study.yaml"


class Control(NamedTuple):
    """A negative control: a scenario that must change nothing, or nothing for one group of people."""

    scenario: str
    group: str = "all"
    """`scenario@Valley` is looked at in one basin, `scenario@ring` around the territory."""


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
    hypothesis: Wording = ""
    baseline: str = "baseline"
    scenarios: tuple[str, ...] = Field(min_length=1)
    negative_controls: tuple[str, ...] = ()
    multiplicity: Literal["holm", "fdr", "none"] = "holm"
    subgroups: tuple[Subgroup, ...] = ()
    changes: tuple[str, ...] = ()
    """Changes to every scenario, baseline included, as in `--set` (`days=182`, `ring=off`)."""
    uncertainty: Uncertainty = Uncertainty()
    territories: tuple[str, ...] = ()
    """Folders of territories: every scenario is lived on each; none leaves each scenario on its own."""
    horizon: Horizon | None = None
    economics: Economics | None = None
    keep: Keep = Keep()
    sensitivity: Sensitivity | None = None
    run: Means = Means()
    report: Leaving = Leaving()
    archive: Deposit = Deposit()

    @property
    def controls(self) -> tuple[Control, ...]:
        """Negative controls, each with the people among whom it is looked at."""
        return tuple(_control(text) for text in self.negative_controls)

    @property
    def weighed_on(self) -> tuple[str, ...]:
        """Outcomes on which unknown figures are weighed."""
        on = self.sensitivity.on if self.sensitivity else ()
        return tuple(dict.fromkeys(self.primary if name == PRIMARY else name for name in on))

    @property
    def decided(self) -> dict[str, Any]:
        """All that was decided; with what it is run and how it leaves change neither an answer nor a judgement.

        Keys that came later are told where they are used only, so that older marks stand.
        """
        aside: Any = {"report": True, "archive": True, "run": {"executor", "workers", "scheduler"}}
        told = self.model_dump(mode="json", exclude=aside)
        for path, usual in _CAME_LATER:
            holder: Any = told
            for name in path[:-1]:
                holder = holder.get(name) or {}
            if path[-1] in holder and holder[path[-1]] == usual:
                del holder[path[-1]]
        return told

    @property
    def digest(self) -> str:
        """Fingerprint of all that was decided."""
        told = json.dumps(self.decided, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(told.encode("ascii")).hexdigest()


_CAME_LATER: tuple[tuple[tuple[str, ...], object], ...] = (
    (("territories",), []), (("horizon",), None), (("economics",), None), (("sensitivity",), None),
    (("keep", "persons"), 0), (("keep", "events"), False), (("keep",), {"monthly": False}),
    (("uncertainty", "figures"), "posterior"), (("run",), {"seed": None}),
)  # fmt: skip
"""Where each key that came later stands, and what is held when nobody wrote it."""


def _control(text: str) -> Control:
    scenario, _, place = text.partition("@")
    if not place:
        return Control(scenario)
    return Control(scenario, place if ":" in place or place == "ring" else f"basin:{place}")


def read_protocol(folder: Path) -> Protocol:
    """Read `study.yaml` of a folder; every fault is told at once, with its line."""
    label = f"{folder.name}/{PROTOCOL}"
    node = opened(folder / PROTOCOL, label)
    told = plainly(node.plain())

    def where(at: FieldPath) -> tuple[str, int]:
        return label, line_of(node, told.written(at))

    protocol, faults = checked(Protocol, told.given, (), where)
    faults += told.faults(where)
    if protocol is not None and not faults:
        faults = faults_between(protocol, where)
    if protocol is None or faults:
        raise Refused(in_order([fault._replace(field=_as_written(fault.field)) for fault in faults]))
    return protocol


def place_of(folder: Path, path: FieldPath) -> tuple[str, int]:
    """File and line of a field of a protocol that was read before."""
    label = f"{folder.name}/{PROTOCOL}"
    node = opened(folder / PROTOCOL, label)
    return label, line_of(node, plainly(node.plain()).written(path))


def _as_written(field: str) -> str:
    """A field as its author wrote it: the two ways of giving a text are one to them."""
    return field.replace(f".{IN_ONE}", "").replace(f".{IN_EACH}", "")
