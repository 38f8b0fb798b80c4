"""A table that was read goes with its source (provenance)."""

from pathlib import Path

import pandas as pd

from scenarios.official.source import Read, Source, digest, vintage
from scenarios.official.text_table import encoding

TEXT = frozenset({".csv", ".txt"})


def source(kind: str, path: Path, table: pd.DataFrame, *told: str) -> Read:
    """Join a table with the name, fingerprint, year and alphabet of its file."""
    latin = path.suffix.lower() in TEXT and encoding(path) == "cp1252"
    year = vintage(path.name, *told)
    return Read(
        table.reset_index(drop=True), Source(kind, path.name, digest(path), year, "latin" if latin else "")
    )
