"""What the model would give where it was not lived (émulateur): a smooth surface through the points that were.

Second-degree surfaces with ridge, one for each figure (scikit-learn); what they do not explain, luck included, is the
scatter found on points left out of the fit. The scatter of one figure goes with that of another (a year with long
delays has few visits the same day): it is a covariance, since taken one by one the same luck would count several times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from calibration.runs import Tried
    from calibration.targets import Target
    from simulation.parameters import Number

FOLDS = 8
STRENGTHS = tuple(10.0**power for power in range(-3, 4))
SPREAD = "gamma shape"
"""Unit of a spread of which the variance is one over it: by the shape itself, second degree bends too little."""
OBSERVED = 2 / 3
"""Half of an observed range, in standard deviations of what was observed about the truth: 1 / 1.5."""


class Emulator:
    """The figures of a point without living it: a smooth part, and how far the model scatters about it.

    `near` counts the last rows of the table, those lived where the truth may be: the scatter is read there, since
    elsewhere (an overloaded territory) it may be many times larger. All rows count when they are too few.
    """

    def __init__(
        self, table: Tried, numbers: Mapping[str, Number], targets: Sequence[Target], near: int = 0
    ) -> None:
        from sklearn.covariance import ledoit_wolf
        from sklearn.linear_model import RidgeCV
        from sklearn.model_selection import cross_val_predict
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import PolynomialFeatures, StandardScaler

        self.numbers = dict(numbers)
        self.cells = [one.cell for one in targets]
        self.error = np.array([one.tolerance * OBSERVED for one in targets])
        places = self._places(table.points[list(self.numbers)].to_numpy(float))
        self.figures = table.figures[self.cells].to_numpy(float)
        self.scale = np.where(self.figures.std(axis=0) > 0, self.figures.std(axis=0), 1.0)
        surface: Any = make_pipeline(PolynomialFeatures(2), StandardScaler(), RidgeCV(STRENGTHS))
        scaled = self.figures / self.scale
        left_out = cross_val_predict(surface, places, scaled, cv=min(FOLDS, len(places)))
        left_out = scaled - left_out.reshape(scaled.shape)  # one figure alone comes back flat
        last = left_out[-near:] if near > len(targets) else left_out
        self.scatter = ledoit_wolf(last, assume_centered=True)[0] * np.outer(self.scale, self.scale)
        surface.fit(places, scaled)
        self.factors = _factors(surface[0].powers_)
        self.slopes = (surface[2].coef_.reshape(len(targets), -1) / surface[1].scale_).T * self.scale
        self.level = surface[2].intercept_ * self.scale - surface[1].mean_ @ self.slopes

    @property
    def explained(self) -> dict[str, float]:
        """Share of the variance of each figure, over all points, that the scatter leaves to the surface."""
        whole = self.figures.var(axis=0)
        share = 1 - np.divide(np.diag(self.scatter), whole, out=np.ones_like(whole), where=whole > 0)
        return dict(zip(self.cells, map(float, share), strict=True))

    def smooth(self, points: np.ndarray) -> np.ndarray:
        """The figures of `(points, figures fitted)` without scatter: `(points, targets)`."""
        places = np.column_stack([self._places(points), np.ones(len(points))])
        terms = places[:, self.factors[0]] * places[:, self.factors[1]]
        return np.asarray(terms @ self.slopes + self.level)

    def log_likelihood(self, points: np.ndarray, targets: Sequence[Target]) -> np.ndarray:
        """How likely what was observed is at each point, scatter and error taken as normal: `(points,)`."""
        observed = np.array([one.value for one in targets])
        unit = np.linalg.cholesky(self.scatter + np.diag(self.error**2))
        gaps = np.linalg.solve(unit, (self.smooth(points) - observed).T)
        return np.asarray(-0.5 * (gaps**2).sum(axis=0))

    def _places(self, points: np.ndarray) -> np.ndarray:
        """Where points stand in the ranges, from 0 to 1."""
        numbers = self.numbers.values()
        low = self._felt(np.array([one.low for one in numbers]))
        high = self._felt(np.array([one.high for one in numbers]))
        return np.asarray((self._felt(points) - low) / (high - low))

    def _felt(self, points: np.ndarray) -> np.ndarray:
        """Figures by what the model feels of them: a spread by its variance."""
        spreads = [one.unit == SPREAD for one in self.numbers.values()]
        return np.where(spreads, 1 / np.where(spreads, points, 1.0), points)


def _factors(powers: np.ndarray) -> np.ndarray:
    """The two places that each term of the surface multiplies; one that is missing is the last, which is always 1."""
    count = powers.shape[1]
    pairs = [[at for at, power in enumerate(row) for _ in range(power)] for row in powers]
    return np.array([[*pair, count, count][:2] for pair in pairs]).T
