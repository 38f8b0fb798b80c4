"""The model held against France (repères nationaux): what it finds again, what it misses, and by how much."""

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from calibration.targets import SHOWN, Target, targets

if TYPE_CHECKING:
    import pandas as pd

    from experiments.compare import Comparison
    from simulation.results import Results

Cell = tuple[str, str]
"""An indicator and the group it is read in."""

_TOLERANCE = 1e-9  # a figure on the edge of its range is found, whatever binary fractions say


class Gap(NamedTuple):
    """One national figure beside the model's; nothing is told where the run could not count it."""

    target: Target
    model: float

    @property
    def is_known(self) -> bool:
        """Whether the run counted it: a share of people seen in a year needs a whole year."""
        return math.isfinite(self.model)

    @property
    def is_missed(self) -> bool:
        """Whether the model stands outside the range."""
        edge = _TOLERANCE * max(1.0, abs(self.target.value))
        return self.is_known and not self.target.low - edge <= self.model <= self.target.high + edge

    @property
    def difference(self) -> float:
        """Model minus France, in the unit of the indicator."""
        return self.model - self.target.value

    @property
    def share(self) -> float:
        """The same as a share of the national figure."""
        return self.difference / self.target.value


def against_france(results: "Results") -> tuple[Gap, ...]:
    """Hold the whole period and territory of a run against every national figure."""
    return gaps(figures_of(results.table))


def compared_with_france(comparison: "Comparison", held: Iterable[Target] | None = None) -> tuple[Gap, ...]:
    """Hold the baseline of a comparison against France: central figures and the seed that is stated."""
    pairs = comparison.pairs
    told = pairs[(pairs["kind"] == "luck") & (pairs["number"] == 1)]
    told = told[told["alternative"] == comparison.alternative]
    return gaps(_read(told["indicator"], told["group"], told["baseline"]), held)


def figures_of(table: "pd.DataFrame") -> dict[Cell, float]:
    """Read the whole period and territory of a table of results."""
    whole = table[(table["month"] == "all") & (table["commune"] == "all")]
    return _read(whole["indicator"], whole["group"], whole["value"])


def gaps(figures: Mapping[Cell, float], held: Iterable[Target] | None = None) -> tuple[Gap, ...]:
    """Put each national figure beside the model's; the other uses are told in docs/validation.md."""
    wanted = [one for one in targets() if one.use in SHOWN] if held is None else held
    return tuple(Gap(one, figures.get((one.indicator, one.group), math.nan)) for one in wanted)


def missed(found: Iterable[Gap]) -> dict[str, float]:
    """Name the indicators that are missed, with the gap as a share of the national figure."""
    return {gap.target.indicator: gap.share for gap in found if gap.is_missed}


def _read(indicators: "pd.Series", groups: "pd.Series", values: "pd.Series") -> dict[Cell, float]:
    cells = zip(indicators.astype(str), groups.astype(str), strict=True)
    return dict(zip(cells, values.astype(float), strict=True))
