"""What is asked in a file (fichier YAML): keys and values, each with its line, so that a fault says where it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from simulation.faults import Fault, Refused
from simulation.scenario_checks import FieldPath
from simulation.text_files import decoded
from simulation.yaml_nodes import Node, Source, compose


def opened(path: Path, label: str) -> Node:
    """Read a file of keys and values; one that is missing, empty or of another kind is refused, under this label."""
    try:
        content = path.read_bytes()
    except OSError:
        raise Refused([Fault("missing_file", label)]) from None
    text, fault = decoded(content, label)
    if fault:
        raise Refused([fault])
    node = compose(text, Source(label, path.parent))
    if node is None:
        raise Refused([Fault("empty_file", label)])
    if not isinstance(node.value, Mapping):
        raise Refused([Fault("not_a_mapping", label, node.line)])
    return node


def line_of(node: Node, path: FieldPath) -> int:
    """The line of a field, or of the nearest that holds it."""
    line = node.line
    for name in path:
        inner = node.inside(name)
        if inner is None:
            break
        node, line = inner, inner.line
    return line
