"""What the model would give where it was not lived (émulateur): a smooth surface through the points that were.

Second-degree surfaces with ridge, one for each figure (scikit-learn); what they do not explain, luck included, is the
scatter found on points left out of the fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from calibration.simulated import seed_of
from calibration.truth import Tried

if TYPE_CHECKING:
    from calibration.targets import Target
    from simulation.parameters import Number

FOLDS = 8
STRENGTHS = tuple(10.0**power for power in range(-3, 4))
OBSERVED = 2 / 3
"""Half of an observed range, in standard deviations of what was observed about the truth: 1 / 1.5."""


class Emulator:
    """The figures of a point without living it: smooth part, then a scatter keyed by the point."""

    def __init__(self, table: Tried, numbers: Mapping[str, Number], targets: Sequence[Target]) -> None:
        from sklearn.linear_model import RidgeCV
        from sklearn.model_selection import cross_val_predict
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import PolynomialFeatures, StandardScaler

        self.numbers = dict(numbers)
        self.cells = [one.cell for one in targets]
        self.error = np.array([one.tolerance * OBSERVED for one in targets])
        places = self._places(table.points.to_numpy(float), list(table.points.columns))
        self.figures = table.figures[self.cells].to_numpy(float)
        self.scale = np.where(self.figures.std(axis=0) > 0, self.figures.std(axis=0), 1.0)
        surface: Any = make_pipeline(PolynomialFeatures(2), StandardScaler(), RidgeCV(STRENGTHS))
        scaled = self.figures / self.scale
        left_out = cross_val_predict(surface, places, scaled, cv=min(FOLDS, len(places)))
        self.scatter = (scaled - left_out).std(axis=0) * self.scale
        surface.fit(places, scaled)
        self.powers = surface[0].powers_
        self.slopes = (surface[2].coef_ / surface[1].scale_).T * self.scale
        self.level = surface[2].intercept_ * self.scale - surface[1].mean_ @ self.slopes

    @property
    def explained(self) -> dict[str, float]:
        """Share of the variance of each figure that the surface foretells on points left out."""
        whole = self.figures.var(axis=0)
        share = 1 - np.divide(self.scatter**2, whole, out=np.ones_like(whole), where=whole > 0)
        return dict(zip(self.cells, map(float, share), strict=True))

    def smooth(self, point: Mapping[str, float]) -> np.ndarray:
        """The figures without scatter, in the order of the targets."""
        return np.asarray(self._surface(np.array([list(point.values())], float), list(point))[0])

    def log_likelihood(self, points: pd.DataFrame, targets: Sequence[Target]) -> np.ndarray:
        """How likely what was observed is at each point, scatter and error taken as normal: `(points,)`."""
        told = self._surface(points.to_numpy(float), [str(name) for name in points.columns])
        observed = np.array([one.value for one in targets])
        return np.asarray(-0.5 * (((told - observed) / np.hypot(self.scatter, self.error)) ** 2).sum(axis=1))

    def __call__(self, point: Mapping[str, float]) -> dict[str, float]:
        """The figures with the scatter of the model and that of what was observed."""
        luck = np.random.default_rng(seed_of(point)).normal(size=len(self.cells))
        told = self.smooth(point) + luck * np.hypot(self.scatter, self.error)
        return dict(zip(self.cells, map(float, told), strict=True))

    def _surface(self, values: np.ndarray, names: Sequence[str]) -> np.ndarray:
        """The smooth part at some points: `(points, targets)`."""
        places = self._places(values, names)
        told = np.ones((len(places), len(self.slopes)))
        for column, powers in enumerate(self.powers):
            for at in np.flatnonzero(powers):
                told[:, column] *= places[:, at] ** powers[at]
        return np.asarray(told @ self.slopes + self.level)

    def _places(self, values: np.ndarray, names: Sequence[str]) -> np.ndarray:
        """Where points stand in the ranges, from 0 to 1, in the order of the figures: `(points, figures)`."""
        low = np.array([one.low for one in self.numbers.values()])
        width = np.array([one.high - one.low for one in self.numbers.values()])
        order = [names.index(path) for path in self.numbers]
        return np.asarray((values[:, order] - low) / width)
