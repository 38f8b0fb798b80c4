"""What has been observed in France and a run can be held against (repères), each with its year and its source."""

import csv
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

Use = Literal["fitted", "held", "informed", "follows"]
SHOWN = frozenset({"fitted", "follows"})
"""Uses of the figures that a run is held against on the screen; the others are told in docs/validation.md."""


class Target(NamedTuple):
    """One national figure and the range that counts as found again.

    The range is the one that the source gives; where it gives a single figure, that figure give or take the
    smallest difference of use for the indicator (half a day, one point, 3 passages per 1,000).
    """

    indicator: str
    group: str
    value: float
    low: float
    high: float
    unit: str
    year: str
    population: str
    source: str
    confidence: str
    use: Use = "held"
    """Fitted, held for validation, informed (a figure of the same source goes in), or following from what goes in."""
    why: str = ""

    @property
    def cell(self) -> str:
        """The name of the figure in tables: its indicator and the group it is read in."""
        return f"{self.indicator}|{self.group}"

    @property
    def tolerance(self) -> float:
        """Half the width of the range, in the unit of the indicator."""
        return (self.high - self.low) / 2


@cache
def targets() -> tuple[Target, ...]:
    """All figures, in the order in which they are read."""
    text = (resources.files(__package__) / "targets.csv").read_text(encoding="utf-8")
    return tuple(_target(row) for row in csv.DictReader(text.splitlines()))


def used_as(use: Use) -> tuple[Target, ...]:
    """Figures of one use: a figure that is fitted proves nothing when it is found again."""
    return tuple(one for one in targets() if one.use == use)


def _target(row: dict[str, str]) -> Target:
    figures = {name: float(row[name]) for name in ("value", "low", "high")}
    texts = {name: row[name] for name in Target._fields if name not in figures}
    return Target(**texts, **figures)  # type: ignore[arg-type]
