"""A figure is worth what its file is worth: its name, its fingerprint and its year go with it (provenance)."""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from simulation.faults import Fault, Refused

YEAR = re.compile(r"(?<![0-9])(20[0-4][0-9])(?![0-9])")
COMPACT_DAY = re.compile(r"(?<![0-9])(20[0-4][0-9])[01][0-9][0-3][0-9](?:[0-9]{4}|[0-9]{6})?(?![0-9])")
SHORT_YEAR = re.compile(r"(?:bpe|cog|epcicom|v_commune_)_?([0-9]{2})(?![0-9])", re.IGNORECASE)
BLOCK = 1 << 20


class Source(NamedTuple):
    """Where a figure was read: never a path, so that no folder of a machine is told."""

    kind: str
    file: str
    digest: str
    """Fingerprint (sha256) of the file."""
    vintage: str
    """Year that the file tells, empty when it tells none."""
    note: str = ""
    """What its reader should know (`latin`: letters were those of Windows)."""


class Read(NamedTuple):
    """What a file says, in our columns, and where it was read."""

    table: pd.DataFrame
    source: Source


def digest(path: Path) -> str:
    """Fingerprint of a file, block by block: the directory of carers has 800 MB."""
    found = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def vintage(*told: str) -> str:
    """The year told by the name of a file, or by one of its first cells."""
    for text in told:
        match = COMPACT_DAY.search(text) or YEAR.search(text)
        if match:
            return match[1]
        if short := SHORT_YEAR.search(text):
            return f"20{short[1]}"
    return ""


def refuse(faults: list[Fault]) -> None:
    """Stop when anything is wrong, and tell all of it."""
    if faults:
        raise Refused(faults)
