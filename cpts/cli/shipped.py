"""What comes with the project (scénarios fournis), and how a scenario is named on the line."""

import difflib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from cpts.cli.faults import Misused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.faults import Fault
    from simulation.scenario import Scenario

BASELINE, ACTION = "baseline", "unscheduled_care"
THEMES = ("territories", "missions", "governance", "others", "shocks")
MISSIONS = frozenset(
    "gp_access unscheduled_care care_pathways prevention fit_kits outreach_days falls_prevention city_hospital "
    "crisis_response quality support empty_shell".split()
)
"""Levers that a CPTS carries out."""
GOVERNANCE = frozenset(("coordinator", "white_zone", "pooling"))
"""Levers that say how it lives."""
_SUFFIXES = (".yaml", ".yml")


class Shipped(NamedTuple):
    """A scenario that comes with the project, as it presents itself."""

    name: str
    title: dict[str, str]
    question: dict[str, str]
    theme: str
    """Under which heading it is listed (see `THEMES`)."""


def folder() -> Path:
    """Where the shipped files are."""
    return Path(str(files("scenarios")))


@cache
def shipped() -> tuple[Shipped, ...]:
    """The scenarios that can be run as they are; they say a title, what only serves to extend does not."""
    found = []
    for path in sorted(folder().glob("*.yaml")):
        told = _presented(path)
        if told:
            found.append(Shipped(path.stem, told["title"], told.get("question", {}), _theme(told)))
    return tuple(found)


def _presented(path: Path) -> dict[str, Any]:
    """What a file says, when it presents itself as a scenario."""
    told: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return told if isinstance(told, dict) and told.get("title") else {}


def _theme(told: "Mapping[str, Any]") -> str:
    """What a scenario is about: where, what the CPTS does, how it lives, what else is done, or what befalls."""
    from simulation.policies import LEVERS

    if "territory" in told:
        return "territories"
    if {"clock", "members", "joining"} & set(told):
        return "governance"
    asked = told.get("policies") or {}
    kinds = {(one or {}).get("lever", key) if isinstance(one, dict) else key for key, one in asked.items()}
    known = [LEVERS[name] for name in kinds if name in LEVERS]
    if any(kind.is_shock for kind in known):
        return "shocks"
    if kinds & MISSIONS:
        return "missions"
    if kinds and kinds <= GOVERNANCE:
        return "governance"
    parent = folder() / str(told.get("extends", ""))
    if known or not parent.is_file():
        return "others"
    above = yaml.load(parent.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return "missions" if "territory" in above else _theme(above)


def located(asked: str) -> Path:
    """The file of a scenario: a shipped name or a path."""
    path = Path(asked)
    direct = folder() / f"{asked}.yaml"
    if path.name == asked and exists(direct) and _presented(direct):  # without reading all the others
        return direct
    names = [one.name for one in shipped()]
    if asked in names:
        return folder() / f"{asked}.yaml"
    if asked.removesuffix(".yaml") in names and not exists(path):
        return folder() / asked
    if exists(path) and path.is_dir():
        raise Misused("scenario_is_folder", value=asked)
    if path.suffix not in _SUFFIXES and not exists(path) and path.name == asked:
        near = next(iter(difflib.get_close_matches(asked.lower(), names, n=1, cutoff=0.5)), "")
        raise Misused("unknown_scenario", value=asked, nearest=near, choices=names)
    return path


def exists(path: Path) -> bool:
    """Whether something is there; a name that no disk would take is nowhere."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def read(asked: "Sequence[str]", sets: "Sequence[Sequence[str]]") -> "list[Scenario]":
    """Read scenarios, each with its changes; the faults of all are told at once."""
    from simulation.faults import Refused, in_order
    from simulation.scenario import load

    paths = [located(one) for one in asked]
    read_: list[Scenario] = []
    faults: list[Fault] = []
    for path, changes in zip(paths, sets, strict=True):
        try:
            read_.append(load(path, [folder()], changes))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(in_order(faults))
    return read_
