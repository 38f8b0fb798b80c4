"""A scenario file says only what differs from the one that it extends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from simulation.faults import Fault, Refused, nearest, shown
from simulation.text_files import decoded
from simulation.yaml_nodes import Node, Source, compose

MOST_BYTES = 1_000_000
MOST_EXTENDED = 8
TERRITORIES = "territories"
"""Territories may stand in a folder of this name, beside the scenarios."""

FieldPath = tuple[str, ...]


class Removal(NamedTuple):
    """A `null` that takes away nothing: probably a slip in the name."""

    path: FieldPath
    node: Node
    known: tuple[str, ...]


class Asked(NamedTuple):
    """What a file asks once all that it extends is merged in."""

    node: Node
    removals: tuple[Removal, ...]


def read_scenario(path: Path, search: Sequence[Path], sets: Sequence[str]) -> Asked:
    """Read a file, what it extends, and the changes asked on the command line."""
    removals: list[Removal] = []
    top = Source(path.name, path.parent)
    node = _extended(_read(path, top), path, search, ((path.resolve(), path.name),), removals)
    faults: list[Fault] = []
    for text in sets:
        try:
            node = merged(node, _set(text, path.parent), (), removals)
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return Asked(node, tuple(removals))


def _read(path: Path, source: Source) -> Node:
    """One file as a mapping."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        others = _names(path.parent, "*.yaml")
        raise Refused(
            [Fault("missing_file", source.label, details={"nearest": nearest(path.name, others)})]
        ) from None
    except (OSError, ValueError):
        raise Refused([Fault("unreadable_file", source.label)]) from None
    if len(content) > MOST_BYTES:
        raise Refused([Fault("too_large", source.label, details={"high": MOST_BYTES})])
    text, fault = decoded(content, source.label)
    if fault:
        raise Refused([fault])
    node = compose(text, source)
    if node is None:
        raise Refused([Fault("empty_file", source.label)])
    if not isinstance(node.value, Mapping):
        raise Refused([Fault("not_a_mapping", source.label, node.line)])
    return node


def _extended(
    node: Node,
    path: Path,
    search: Sequence[Path],
    trail: tuple[tuple[Path, str], ...],
    removals: list[Removal],
) -> Node:
    """The file laid over the one it extends; each file at most once, eight at most."""
    wanted = node.inside("extends")
    entries = {key: entry for key, entry in _entries(node).items() if key != "extends"}
    above = node._replace(value=entries)
    if wanted is None or wanted.value is None:
        return merged(node._replace(value={}), above, (), removals)
    found = _file_named(wanted, path, search)
    resolved = found.resolve()
    where = (wanted.source.label, wanted.line, "extends")
    seen = [earlier for earlier, _ in trail]
    if resolved == seen[-1]:
        raise Refused([Fault("extends_itself", *where, {"value": found.name})])
    if resolved in seen:
        circle = tuple(name for _, name in trail[seen.index(resolved) :])
        raise Refused([Fault("extends_in_circle", *where, {"circle": (*circle, found.name)})])
    if len(trail) > MOST_EXTENDED:
        raise Refused([Fault("extends_too_deep", *where, {"high": MOST_EXTENDED})])
    below = _read(found, Source(found.name, found.parent))
    below = _extended(below, found, search, (*trail, (resolved, found.name)), removals)
    return merged(below, above, (), removals)


def _file_named(wanted: Node, path: Path, search: Sequence[Path]) -> Path:
    where = (wanted.source.label, wanted.line, "extends")
    if not isinstance(wanted.value, str):
        raise Refused([Fault("not_text", *where)])
    roots = [path.parent, *search]
    found = _inside(wanted.value, roots, where)
    if found is not None and found.is_file():
        return found
    others = {name for root in roots for name in _names(root, "*.yaml")} - {path.name}
    details = {"value": shown(wanted.value), "nearest": nearest(wanted.value, others)}
    raise Refused([Fault("extends_missing", *where, details)])


def territory_folder(wanted: Node, search: Sequence[Path]) -> Path:
    """The folder of a territory: beside the file that names it, then among the shipped ones."""
    where = (wanted.source.label, wanted.line, "territory")
    if not isinstance(wanted.value, str):
        raise Refused([Fault("not_text", *where)])
    near = [wanted.source.folder, *search]
    roots = [folder for root in near for folder in (root, root / TERRITORIES)]
    found = _inside(wanted.value, roots, where)
    if found is not None and found.is_dir():
        return found
    others = {name.parent.name for root in roots for name in _paths(root, "*/communes.csv")}
    details = {
        "value": shown(wanted.value),
        "nearest": nearest(wanted.value, others),
        "choices": tuple(sorted(others)),
    }
    raise Refused([Fault("territory_missing", *where, details)])


def _inside(name: str, roots: Iterable[Path], where: tuple[str, int, str]) -> Path | None:
    """The first root that holds this name; a name may not lead out of its root."""
    outside = False
    for root in roots:
        try:
            path = root / name
            if not path.resolve().is_relative_to(root.resolve()) or Path(name).is_absolute():
                outside = True
            elif path.exists() and path.resolve() != root.resolve():
                return path
        except (OSError, ValueError):
            return None
    if outside:
        raise Refused([Fault("outside_folder", *where, {"value": shown(name)})])
    return None


def _paths(root: Path, pattern: str) -> list[Path]:
    try:
        return sorted(root.glob(pattern))
    except OSError:
        return []


def _names(root: Path, pattern: str) -> list[str]:
    return [path.name for path in _paths(root, pattern)]


def _entries(node: Node) -> Mapping[str, Node]:
    return node.value if isinstance(node.value, Mapping) else {}


def merged(below: Node, above: Node, path: FieldPath, removals: list[Removal]) -> Node:
    """Mappings merge key by key, anything else replaces, `null` removes (a vain one joins `removals`)."""
    if not isinstance(above.value, Mapping):
        return above
    entries = dict(_entries(below))
    for key, node in above.value.items():
        here = (*path, key)
        if node.value is None:
            if entries.pop(key, None) is None:
                removals.append(Removal(here, node, tuple(_entries(below))))
        elif isinstance(node.value, Mapping):
            beneath = entries.get(key, node._replace(value={}))
            entries[key] = merged(beneath, node, here, removals)
        else:
            entries[key] = node
    return above._replace(value=entries)


def _set(text: str, folder: Path) -> Node:
    """A change asked as `policies.unscheduled_care.gps=5`."""
    source = Source("--set", folder, has_lines=False)
    name, equals, value = text.partition("=")
    keys = [key.strip() for key in name.split(".")]
    if not equals or not all(re.fullmatch(r"[^\s=:{}\[\],#&*!|>'\"%@`]+", key) for key in keys):
        raise Refused([Fault("bad_set", "--set", details={"value": shown(text)})])
    if keys[0] == "extends":
        raise Refused([Fault("set_extends", "--set", 0, "extends")])
    try:
        node = compose(value.strip(), source) or Node(None, source, 0, 0)
    except Refused as refused:
        at = ".".join(keys)
        raise Refused(
            fault._replace(field=f"{at}.{fault.field}" if fault.field else at) for fault in refused.faults
        ) from None
    for key in reversed(keys):
        node = Node({key: node}, source, 0, 0)
    return node
