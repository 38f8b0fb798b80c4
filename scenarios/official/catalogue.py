"""What can be downloaded, where, and under which name a file is recognised (catalogue des sources)."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scenarios.official.source import Read
from simulation.faults import Fault, Refused, in_order, nearest, shown

READERS: Mapping[str, str] = {
    "national": "national_table", "sites": "sites", "postcodes": "postcodes", "populations": "populations",
    "cog": "cog", "epci": "federations", "bands": "bands", "ages": "ages", "bpe": "equipment", "rpps": "carers",
    "finess": "establishments", "apl": "accessibility", "zoning": "zoning",
}  # fmt: skip
"""Modules that read each kind; perimeters and minutes are given by name, and read when asked."""


class Kind(NamedTuple):
    """A kind of file."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    keep_as: str
    page: str
    needed: bool
    told: Mapping[str, str]


@cache
def catalogue() -> tuple[Kind, ...]:
    """Every kind, the needed first."""
    text = (resources.files(__package__) / "catalogue.yaml").read_text(encoding="utf-8")
    told: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return tuple(
        Kind(name, tuple(re.compile(one) for one in each["names"]), each["keep_as"], each["page"],
             bool(each.get("needed")), {"fr": each["fr"], "en": each["en"]})
        for name, each in told.items()
    )  # fmt: skip


def kind_of(file: str) -> str:
    """The kind that a name tells, empty for none."""
    for kind in catalogue():
        if any(pattern.fullmatch(file) for pattern in kind.patterns):
            return kind.name
    return ""


def reader(kind: str) -> Callable[[Path], Read]:
    """The function that reads a kind of file."""
    read: Callable[[Path], Read] = import_module(f"scenarios.official.{READERS[kind]}").read
    return read


def found(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The newest file (by name) of each kind in a folder, and files that nobody reads."""
    if not folder.is_dir():
        raise Refused([Fault("territory.no_sources", shown(folder.name))])
    by_kind: dict[str, Path] = {}
    others = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        kind = kind_of(path.name)
        if kind:
            by_kind[kind] = path
        elif path.suffix.lower() in (".csv", ".xlsx", ".parquet", ".txt", ".zip", ".geojson", ".json"):
            others.append(path.name)
    if "national" not in by_kind:
        near = nearest("france_communes.parquet", others)
        raise Refused([Fault("territory.no_national", shown(folder.name), details={"nearest": near})])
    return by_kind, others


def gathered(folder: Path, without: frozenset[str] = frozenset()) -> tuple[dict[str, Read], list[str]]:
    """Read every file of a folder; the faults of all are told at once."""
    paths, others = found(folder)
    files: dict[str, Read] = {}
    faults: list[Fault] = []
    for kind, path in paths.items():
        if kind in READERS and kind not in without:
            try:
                files[kind] = reader(kind)(path)
            except Refused as refused:
                faults += refused.faults
    if faults:
        raise Refused(in_order(faults))
    return derived(files), others


def derived(files: dict[str, Read]) -> dict[str, Read]:
    """The base of equipment tells three things: carers, houses, EDs."""
    if "bpe" not in files:
        return files
    table, source = files["bpe"]
    whole = dict(files)
    whole["bpe"] = Read(table[table["what"] == "carer"], source)
    houses = table[table["what"] == "house"]
    if len(houses):
        whole["bpe_houses"] = Read(houses, source)
    emergencies = table[table["what"] == "emergency"].dropna(subset=["lat", "lon"])
    if len(emergencies):
        whole["bpe_emergency"] = Read(emergencies, source)
    return whole
