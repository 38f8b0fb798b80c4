"""The pages to look things up in (référence), written from the code itself so that they cannot drift from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from scenarios.reference import indicators, parameters, scenario_schema, territory_files

__all__ = ["DOCUMENTS", "ROOT", "stale", "write"]

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "docs/parameters.md": parameters.page,
        "docs/indicators.md": indicators.page,
        "docs/territory-files.md": territory_files.page,
        "scenarios/schema.json": scenario_schema.text,
    }
)
"""Each document by its place in the project, and what writes it."""


def stale(root: Path = ROOT) -> list[str]:
    """Name the documents that no longer say what the code says."""
    return [name for name, render in DOCUMENTS.items() if _read(root / name) != render()]


def write(root: Path = ROOT) -> list[str]:
    """Write again the documents that changed, and name them."""
    changed = stale(root)
    for name in changed:
        with (root / name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(DOCUMENTS[name]())
    return changed


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
