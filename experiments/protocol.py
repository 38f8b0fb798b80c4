"""The protocol of a study (protocole): what is asked and how it will be judged, written down before anything is run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from experiments.effect import GROUPS
from experiments.yaml_file import line_of, opened
from simulation.faults import Fault, Refused, in_order, nearest, shown
from simulation.scenario_checks import FieldPath, Where, checked, fault_at

PROTOCOL = "study.yaml"
Language = Literal["fr", "en"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Subgroup = Literal["basin", "age", "ald", "deprived", "car"]
assert set(Subgroup.__args__) < set(GROUPS)  # type: ignore[attr-defined]


_IN_ONE, _IN_EACH = "in one language", "in each language"
Wording = Annotated[
    Annotated[str, Tag(_IN_ONE)] | Annotated[Mapping[Language, str], Tag(_IN_EACH)],
    Discriminator(lambda told: _IN_EACH if isinstance(told, Mapping) else _IN_ONE),
]
"""A text, or the same in French and in English."""
DAYS_OF_A_YEAR = 364
"""Whole weeks, so that every year has as many Mondays."""
LONGEST = 10
"""Years that may be simulated after the warm-up."""
WTP = (0.0, 20.0, 50.0, 100.0, 200.0)


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

    population: Wording
    contrast: Wording
    outcome: Wording
    summary: Wording


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


class Horizon(Part):
    """How long lives are led: before anything is counted, then how many years, and which of them are told."""

    warm_up_days: int | None = Field(default=None, ge=0, le=3660)
    years: int = Field(default=1, ge=1, le=LONGEST)
    report_years: tuple[Annotated[int, Field(ge=1, le=LONGEST)], ...] = ()
    """Years after the first counted day that the report tells one by one; all when none is named."""

    @property
    def changes(self) -> list[str]:
        """The same as changes to every scenario."""
        told = [f"days={DAYS_OF_A_YEAR * self.years}"]
        return told if self.warm_up_days is None else [*told, f"warm_up_days={self.warm_up_days}"]

    @property
    def told_years(self) -> tuple[int, ...]:
        """The years that are told, in order."""
        return tuple(sorted(set(self.report_years))) or tuple(range(1, self.years + 1))


class Economics(Part):
    """How money is weighed: whose, of which year, what a later year counts for, and what an answer may be worth."""

    perspectives: tuple[Literal["insurer", "carers_time"], ...] = ("insurer",)
    price_year: int | None = Field(default=None, ge=2000, le=2100)
    discount: float = Field(default=0.0, ge=0, le=0.2)
    """What each year after the first counts less, in money and in answers."""
    wtp: tuple[Annotated[float, Field(ge=0, le=1_000_000)], ...] = WTP
    """Euros that one more answered request may be worth (willingness to pay)."""


class Keep(Part):
    """What is kept beyond the whole period: its months."""

    monthly: bool = False


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

    @property
    def decided(self) -> dict[str, Any]:
        """All that was decided; keys that came later are told where they are used only, so that older marks stand."""
        told = self.model_dump(mode="json")
        usual = {name: type(self).model_fields[name].default for name in _CAME_LATER}
        return {
            name: value
            for name, value in told.items()
            if name not in usual or usual[name] != getattr(self, name)
        }

    @property
    def digest(self) -> str:
        """Fingerprint of all that was decided."""
        told = json.dumps(self.decided, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(told.encode("ascii")).hexdigest()


_CAME_LATER = ("territories", "horizon", "economics", "keep")


def worded(text: str | Mapping[Language, str], lang: str) -> str:
    """A text in a language, else in the one in which it was written."""
    if isinstance(text, str):
        return text
    return text.get("fr" if lang == "fr" else "en") or next(iter(text.values()), "")


def read_protocol(folder: Path) -> Protocol:
    """Read `study.yaml` of a folder; every fault is told at once, with its line."""
    label = f"{folder.name}/{PROTOCOL}"
    node = opened(folder / PROTOCOL, label)

    def where(at: FieldPath) -> tuple[str, int]:
        return label, line_of(node, at)

    protocol, faults = checked(Protocol, node.plain(), (), where)
    if protocol is None:
        raise Refused(in_order([fault._replace(field=_written(fault.field)) for fault in faults]))
    unknown = [*_unknown_indicators(protocol, where), *_at_odds(protocol, where)]
    if unknown:
        raise Refused(in_order(unknown))
    return protocol


def place_of(folder: Path, path: FieldPath) -> tuple[str, int]:
    """File and line of a field of a protocol that was read before."""
    label = f"{folder.name}/{PROTOCOL}"
    return label, line_of(opened(folder / PROTOCOL, label), path)


def _written(field: str) -> str:
    """A field as its author wrote it: the two ways of giving a text are one to them."""
    return field.replace(f".{_IN_ONE}", "").replace(f".{_IN_EACH}", "")


def _at_odds(protocol: Protocol, where: Where) -> list[Fault]:
    """What is wrong only because of something else: years beyond the last, the same thing decided twice."""
    faults: list[Fault] = []
    horizon = protocol.horizon
    for at, year in enumerate(horizon.report_years if horizon else ()):
        if horizon and year > horizon.years:
            path = ("horizon", "report_years", at)
            faults.append(fault_at("out_of_range", path, where, value=year, low=1, high=horizon.years))
    elsewhere = {"territory": "territories"} if protocol.territories else {}
    elsewhere |= {"days": "horizon.years", "warm_up_days": "horizon.warm_up_days"} if horizon else {}
    for at, change in enumerate(protocol.changes):
        name = change.partition("=")[0].strip()
        if name in elsewhere:
            faults.append(
                fault_at("said_twice", ("changes", at), where, value=shown(change), other=elsewhere[name])
            )
    for at, name in enumerate(protocol.territories):
        if name in protocol.territories[:at]:
            faults.append(fault_at("named_twice", ("territories", at), where, value=shown(name)))
    return faults


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
