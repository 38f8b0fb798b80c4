"""A protocol may be written at length (formes longues): the same decisions under fuller names.

What was decided is then the same, and so is its fingerprint; a fault is told on the line of the name that was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from experiments.switches import AS_IS, SWITCHES
from simulation.faults import Fault, shown
from simulation.scenario_checks import FieldPath, Where, fault_at

_LONGER: tuple[tuple[FieldPath, FieldPath], ...] = (
    (("uncertainty", "parameters", "from"), ("uncertainty", "figures")),
    (("uncertainty", "parameters", "draws"), ("uncertainty", "draws")),
    (("uncertainty", "parameters"), ("uncertainty", "figures")),
    (("uncertainty", "chance", "stop_when", "half_width"), ("uncertainty", "chance", "half_width")),
    (("uncertainty", "chance", "stop_when", "max_pairs"), ("uncertainty", "chance", "most")),
)
"""The fuller name, and the short one, in the order in which they are read."""
_EMPTIED: tuple[FieldPath, ...] = (
    ("uncertainty", "parameters"), ("uncertainty", "chance", "stop_when"), ("protocol",),
)  # fmt: skip
_SAMPLE = re.compile(r"sample\((\d+)\)")
_SUFFIX = ".yaml"


class Plainly(NamedTuple):
    """A protocol in its short names, and where each was written."""

    given: object
    moved: Mapping[FieldPath, FieldPath]
    doubled: tuple[tuple[FieldPath, FieldPath], ...] = ()
    """The same thing under both names: the fuller one, the short one."""

    def written(self, path: FieldPath) -> FieldPath:
        """Where a field stands in the file."""
        for size in range(len(path), 0, -1):
            if path[:size] in self.moved:
                return (*self.moved[path[:size]], *path[size:])
        return path

    def faults(self, where: Where) -> list[Fault]:
        """Things decided under both names."""
        return [
            fault_at("said_twice", long, where, value=shown(str(long[-1])), other=".".join(map(str, short)))
            for long, short in self.doubled
        ]


def plainly(given: object) -> Plainly:
    """Read a protocol in whichever names it was written."""
    if not isinstance(given, Mapping):
        return Plainly(given, {})
    told: dict[str, Any] = deepcopy(dict(given))
    moved: dict[FieldPath, FieldPath] = {}
    doubled: list[tuple[FieldPath, FieldPath]] = []
    inner = told.get("protocol")
    moves = [((("protocol", name)), ((name,))) for name in inner] if isinstance(inner, Mapping) else []
    for long, short in (*moves, *_LONGER):
        found, value = _taken(told, long, short)
        if not found:
            continue
        if _is_there(told, short):
            doubled.append((long, short))
            continue
        _put(told, short, value)
        moved[short] = Plainly({}, moved).written(long)
    for path in _EMPTIED:
        _forget(told, path)
    _reworded(told)
    return Plainly(told, moved, tuple(doubled))


def _reworded(told: dict[str, Any]) -> None:
    """Words that mean the same: a file for the scenario it holds, a sample for its size, a list of switches."""
    for name in ("baseline", "scenarios", "negative_controls"):
        value = told.get(name)
        if isinstance(value, str):
            told[name] = _stem(value)
        elif isinstance(value, list):
            told[name] = [_stem(one) if isinstance(one, str) else one for one in value]
    if isinstance(told.get("subgroups"), list):
        told["subgroups"] = ["age" if one == "age_group" else one for one in told["subgroups"]]
    keep = told.get("keep")
    if isinstance(keep, dict) and isinstance(keep.get("persons"), str):
        sample = _SAMPLE.fullmatch(keep["persons"].replace(" ", ""))
        keep["persons"] = sample[1] if sample else keep["persons"]
    if told.get("deviations") in ([], None):
        told.pop("deviations", None)  # they are written by the run, each with its date
    uncertainty = told.get("uncertainty")
    structure = uncertainty.get("structure") if isinstance(uncertainty, dict) else None
    if isinstance(structure, dict) and isinstance(structure.get("factorial"), list):
        switches = structure.pop("factorial")
        structure.update({name: [AS_IS, *SWITCHES.get(name, ())] for name in map(str, switches)})
    chance = uncertainty.get("chance") if isinstance(uncertainty, dict) else None
    if isinstance(chance, dict) and chance.get("pairs_per_draw") == "1":
        del chance["pairs_per_draw"]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(_SUFFIX) if name.endswith(_SUFFIX) else name


def _taken(told: dict[str, Any], path: FieldPath, short: FieldPath) -> tuple[bool, object]:
    """Take a value out; a mapping of fuller names is no value."""
    holder: Any = told
    for name in path[:-1]:
        holder = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or path[-1] not in holder:
        return False, None
    if path[-1] == "parameters" and isinstance(holder[path[-1]], dict):
        return False, None
    return True, holder.pop(path[-1])


def _is_there(told: Mapping[str, Any], path: FieldPath) -> bool:
    holder: Any = told
    for name in path:
        if not isinstance(holder, Mapping) or name not in holder:
            return False
        holder = holder[str(name)]
    return True


def _put(told: dict[str, Any], path: FieldPath, value: object) -> None:
    for name in path[:-1]:
        inner = told.setdefault(str(name), {})
        if not isinstance(inner, dict):
            return
        told = inner
    told[str(path[-1])] = value


def _forget(told: dict[str, Any], path: FieldPath) -> None:
    """Drop what holds nothing any more."""
    for name in path[:-1]:
        told = told.get(str(name), {}) if isinstance(told, dict) else {}
    if isinstance(told, dict) and told.get(str(path[-1])) == {}:
        del told[str(path[-1])]
