"""A scenario is written in YAML, of which only mappings, lists and text are kept, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from simulation.faults import Fault, Refused, shown

MOST_ALIASES = 100
MOST_NODES = 20_000
"""Aliases of aliases multiply: counted as if written in full."""
DEEPEST = 20
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class Source(NamedTuple):
    """Where a text was read: the name to tell, and the folder in which it looks for others."""

    label: str
    folder: Path
    has_lines: bool = True


class Node(NamedTuple):
    """A value with its place; text stays text (`01004` is a code, `no` a word) until a field gives its type."""

    value: str | None | tuple[Node, ...] | Mapping[str, Node]
    source: Source
    line: int
    column: int
    size: int = 1

    def inside(self, name: object) -> Node | None:
        """The value under a key, or at a rank in a list."""
        if isinstance(self.value, tuple) and isinstance(name, int):
            return self.value[name] if 0 <= name < len(self.value) else None
        return self.value.get(str(name)) if isinstance(self.value, Mapping) else None

    def plain(self) -> object:
        """The same without places."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


def compose(text: str, source: Source) -> Node | None:
    """Read one YAML document; none when it says nothing. Doubled keys, tags and bombs are refused."""
    composer = _Composer(source)
    try:
        node = composer.document(iter(yaml.parse(text, Loader=yaml.BaseLoader)))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Refused([composer.fault("yaml_syntax", line)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        details = {"problem": error.problem or "", "column": mark.column + 1 if mark else 0}
        raise Refused([*composer.faults, composer.fault("yaml_syntax", line, details=details)]) from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused([*composer.faults, composer.fault("yaml_syntax", 0)]) from None
    if composer.faults:
        raise Refused(composer.faults)
    return node


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _column(event: yaml.Event) -> int:
    return event.start_mark.column + 1 if event.start_mark else 0


class _Composer:
    """Builds the tree from the parser's events and remembers what must be refused."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0

    def fault(
        self, code: str, line: int, field: str = "", details: Mapping[str, object] | None = None
    ) -> Fault:
        """A fault of this text."""
        return Fault(code, self.source.label, line if self.source.has_lines else 0, field, details or {})

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The tree of the only document."""
        found: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found is not None:
                    self.faults.append(self.fault("several_documents", _line(event)))
                    return None
                found = self.node(next(events), events, ())
        return None if found is None or found.value is None else found

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> Node:
        """The tree that starts with an event."""
        line = _line(event)
        if len(path) > DEEPEST:
            raise Refused([*self.faults, self.fault("too_deep", line, details={"high": DEEPEST})])
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", line, path)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.tag is not None:
            self.faults.append(self.fault("tag_refused", line, ".".join(path), {"value": shown(event.tag)}))
        if isinstance(event, yaml.MappingStartEvent):
            made = self._mapping(event, events, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            made = self._list(event, events, path)
        else:
            assert isinstance(event, yaml.ScalarEvent)
            nothing = event.style is None and event.value in NOTHING
            made = self._made(event, None if nothing else event.value)
        if made.size > MOST_NODES:
            raise Refused([*self.faults, self.fault("too_many_values", line, details={"high": MOST_NODES})])
        if event.anchor:
            self.anchors[event.anchor] = made
        return made

    def _made(
        self, event: yaml.Event, value: str | None | tuple[Node, ...] | Mapping[str, Node], size: int = 1
    ) -> Node:
        line = _line(event) if self.source.has_lines else 0
        return Node(value, self.source, line, _column(event), size)

    def _alias(self, name: str, line: int, path: tuple[str, ...]) -> Node:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise Refused(
                [*self.faults, self.fault("too_many_aliases", line, details={"high": MOST_ALIASES})]
            )
        if name not in self.anchors:
            fault = self.fault("unknown_alias", line, ".".join(path), {"value": shown(name)})
            raise Refused([*self.faults, fault])
        return self.anchors[name]

    def _list(self, start: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> Node:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, (*path, str(len(items)))))
        return self._made(start, tuple(items), 1 + sum(item.size for item in items))

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> Node:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, (*path, "?"))
            line = _line(event)
            name = key.value if isinstance(key.value, str) else ""
            field = ".".join((*path, shown(name)))
            value = self.node(next(events), events, (*path, name))
            if not name:
                self.faults.append(self.fault("key_not_text", line, ".".join(path)))
            elif name in entries:
                details = {"first": entries[name].line}
                self.faults.append(self.fault("duplicated_key", line, field, details))
            else:
                shown_line = line if self.source.has_lines else 0
                entries[name] = value._replace(line=shown_line, column=_column(event))
        return self._made(start, entries, 1 + sum(entry.size for entry in entries.values()))
