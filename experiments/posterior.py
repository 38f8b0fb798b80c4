"""What is believed once the model has met France (réglages calés): points that fit, each with its weight.

A point gives all fitted figures at once: drawn one by one they would lose what binds them, and fit no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.faults import Fault, Refused

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from simulation.parameters import Number

WEIGHT = "weight"
DIGITS = 4
"""Significant digits of a fitted figure: more would tell nothing."""
_LOCAL = "local_figures"
_PLACE = "territory"
SHIPPED = "posterior.parquet"
FEWEST_FIGURES = 3
"""Local figures under which one reads the direction, not the size."""


class Posterior(NamedTuple):
    """Points that fit: one row each, one column for each fitted figure; weights sum to one."""

    points: pd.DataFrame
    weights: np.ndarray
    local_figures: int = 0
    """Observed figures of a territory that the points were fitted to, beside those of France."""
    territory: str = ""
    """Fingerprint of that territory; empty for France."""

    @property
    def is_of_here(self) -> bool:
        """Whether enough was observed on a territory for its sizes, and not only their direction, to be read."""
        return self.local_figures >= FEWEST_FIGURES

    @property
    def paths(self) -> tuple[str, ...]:
        """Dotted paths of the fitted figures."""
        return tuple(str(name) for name in self.points.columns)

    def at(self, share: float) -> dict[str, float]:
        """The point under which this share of the weight lies, in the order of the table."""
        row = int(np.searchsorted(np.cumsum(self.weights), share, side="right"))
        chosen = self.points.iloc[min(row, len(self.points) - 1)]
        return {path: float(chosen[path]) for path in self.paths}

    def quantile(self, path: str, share: float) -> float:
        """The value of one figure that this share of the weight does not exceed."""
        values = self.points[path].to_numpy(float)
        order = np.argsort(values, kind="stable")
        row = int(np.searchsorted(np.cumsum(self.weights[order]), share))
        return float(values[order][min(row, len(values) - 1)])

    def spread(self, path: str) -> float:
        """Standard deviation of one figure, in its unit."""
        values = self.points[path].to_numpy(float)
        return float(np.sqrt(np.average((values - self.mean(path)) ** 2, weights=self.weights)))

    def contraction(self, number: Number) -> float:
        """1 − spread after the fit over spread before it: 0 when nothing was learned of a figure, or not sought."""
        if number.path not in self.paths:
            return 0.0
        return 1 - self.spread(number.path) / prior_spread(number)

    def centre(self, path: str) -> float:
        """The value of one figure in `calibrated.yaml`: its weighted mean, in a few digits."""
        return float(f"{self.mean(path):.{DIGITS}g}")

    def mean(self, path: str) -> float:
        """Weighted mean of one figure, in its unit."""
        return float(np.average(self.points[path].to_numpy(float), weights=self.weights))


def prior_spread(number: Number) -> float:
    """Standard deviation of the law of a figure before any fit: triangular, its best guess the mode, in its unit."""
    low, high, mode = number.low, number.high, number.default
    return float(np.sqrt((low**2 + high**2 + mode**2 - low * high - low * mode - high * mode) / 18))


def read_posterior(path: Path | Traversable) -> Posterior:
    """Read the points that a calibration has kept; refuses a file that holds none."""
    try:
        with path.open("rb") as file:
            table = pq.read_table(file)
    except OSError:
        raise Refused([Fault("missing_file", path.name)]) from None
    except pa.ArrowInvalid:
        raise Refused([Fault("not_a_posterior", path.name)]) from None
    if WEIGHT not in table.column_names or not table.num_rows:
        raise Refused([Fault("not_a_posterior", path.name)])
    told = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
    frame = table.to_pandas()
    weights = frame[WEIGHT].to_numpy(float)
    return Posterior(
        frame.drop(columns=WEIGHT), weights / weights.sum(), int(told.get(_LOCAL, 0)), told.get(_PLACE, "")
    )


def write_posterior(posterior: Posterior, path: Path) -> None:
    """Write the points beside, then rename: a reader never sees half a table."""
    table = pa.Table.from_pandas(posterior.points.assign(**{WEIGHT: posterior.weights}), preserve_index=False)
    told = {_LOCAL: str(posterior.local_figures), _PLACE: posterior.territory}
    beside = path.with_name(path.name + ".part")
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **told}), beside)
    beside.replace(path)


def mark(sources: Mapping[str, str]) -> str:
    """Fingerprint of a territory, from those of its files."""
    return hashlib.sha256(json.dumps(dict(sorted(sources.items()))).encode()).hexdigest()


def posterior_for(path: Path, sources: Mapping[str, str]) -> Posterior:
    """Read points that may be used in a territory: those of France, or those fitted to its own figures."""
    found = read_posterior(path)
    if found.territory and found.territory != mark(sources):
        raise Refused([Fault("other_territory", path.name)])
    return found


@cache
def shipped_posterior() -> Posterior | None:
    """The points fitted to France that travel with the scenarios; none before a first calibration."""
    path = resources.files("scenarios") / SHIPPED
    return read_posterior(path) if path.is_file() else None
