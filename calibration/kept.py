"""What a calibration leaves (ce qu'il en reste): a scenario file, the points, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml

from experiments.posterior import Posterior, write_posterior
from experiments.report.document import Document
from experiments.report.html import page

CALIBRATED = "calibrated.yaml"
POINTS = "posterior.parquet"
_HEAD = "# The fitted parameters and nothing else: weighted means of the points of `posterior.parquet`.\n"


def centres(posterior: Posterior) -> dict[str, float]:
    """The value of each fitted figure that stands for all points."""
    return {path: posterior.centre(path) for path in posterior.paths}


def scenario_file(values: Mapping[str, float]) -> str:
    """What a scenario extends to hold fitted figures."""
    groups: dict[str, dict[str, float]] = {}
    for path, value in sorted(values.items()):
        group, name = path.split(".")
        groups.setdefault(group, {})[name] = value
    return _HEAD + yaml.safe_dump({"parameters": groups}, sort_keys=True)


def keep(posterior: Posterior, reports: Mapping[Literal["fr", "en"], Document], folder: Path) -> None:
    """Write all that a calibration leaves; nothing is half written."""
    folder.mkdir(parents=True, exist_ok=True)
    write_posterior(posterior, folder / POINTS)
    _put(folder / CALIBRATED, scenario_file(centres(posterior)))
    for lang, report in reports.items():
        _put(folder / f"report.{lang}.html", page(report))


def _put(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
