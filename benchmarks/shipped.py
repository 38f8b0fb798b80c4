"""The scenarios that come with the project."""

from importlib.resources import files
from pathlib import Path

from simulation import Scenario, load


def shipped(name: str) -> Scenario:
    """Read a shipped scenario."""
    folder = Path(str(files("scenarios")))
    return load(folder / f"{name}.yaml", search=[folder])
