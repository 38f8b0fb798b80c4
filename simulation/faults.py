"""What is wrong in an input is told all at once, each fault with its place and its remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LONGEST_SHOWN = 60


class Fault(NamedTuple):
    """One thing to correct: which file, which line (1 is the header), which field, and what was found there."""

    code: str
    file: str = ""
    line: int = 0
    field: str = ""
    details: Mapping[str, object] = {}

    def __str__(self) -> str:
        """Tell the fault as one technical line; the doors write the sentence for the reader."""
        place = ":".join(part for part in (self.file, str(self.line or "")) if part)
        told = ", ".join(
            f"{name}={value!r}" for name, value in self.details.items() if value not in ("", None)
        )
        words = [part for part in (place, self.field, self.code, f"({told})" if told else "") if part]
        return " ".join(words)


class Refused(ValueError):
    """An input that cannot be used, with every fault found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """List the faults, one a line."""
        return "\n".join(str(fault) for fault in self.faults)


def nearest(value: str, names: Iterable[str]) -> str:
    """Find the known name that the writer most likely meant; empty when none is close."""
    by_folded = {name.casefold(): name for name in sorted(names, reverse=True)}
    close = difflib.get_close_matches(value.casefold(), sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def shown(value: object) -> str:
    """Make a foreign value safe to print: one line, no control character, not too long."""
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Sort faults as a reader meets them: file after file, from the top down, each said once."""
    files: dict[str, int] = {}
    kept = [fault for fault in faults if files.setdefault(fault.file, len(files)) >= 0]
    kept.sort(key=lambda fault: (files[fault.file], fault.line))
    unique: list[Fault] = []
    for fault in kept:
        if fault not in unique:
            unique.append(fault)
    return tuple(unique)
