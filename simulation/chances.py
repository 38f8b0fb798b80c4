"""Probabilities as whole numbers (seuils): a chance is a comparison of integers, the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

QUANTILES = 1024
ONE = 2**32

_Table = NDArray[np.int64]


def threshold(probability: ArrayLike) -> _Table:
    """Turn probabilities into thresholds: luck below the threshold means yes; 0 is never, 1 is always."""
    return np.rint(np.clip(np.asarray(probability, dtype=np.float64), 0.0, 1.0) * ONE).astype(np.int64)


def one(probability: float) -> int:
    """Make one threshold."""
    return min(round(probability * ONE), ONE)


def middles() -> NDArray[np.float64]:
    """The middles of 1 024 equal parts of chance."""
    return (np.arange(QUANTILES) + 0.5) / QUANTILES


def exponential() -> _Table:
    """Quantiles of the exponential law of mean one, times 65 536; the table's own mean is exact."""
    values = -np.log1p(-middles())
    return np.rint(values / values.mean() * 65_536).astype(np.int64)


def log_normal_days(median: float, sigma: float, most: int) -> _Table:
    """Quantiles of a log-normal law in whole days."""
    values = np.rint(median * np.exp(sigma * special.ndtri(middles())))
    return np.minimum(values, most).astype(np.int64)


def log_normal(median: float, sigma: float, most: int, parts: int = 1) -> _Table:
    """Quantiles of a log-normal law in parts of a unit, at most `most` of them."""
    values = np.rint(parts * median * np.exp(sigma * special.ndtri(middles())))
    return np.minimum(values, most).astype(np.int64)


def gamma_thousandths(shape: float) -> _Table:
    """Quantiles of the gamma law of mean one, in thousandths, at least one; the table's own mean is 1 000."""
    values = special.gammaincinv(shape, middles()) / shape
    return np.maximum(np.rint(values / values.mean() * 1000), 1).astype(np.int64)


def normal() -> NDArray[np.float64]:
    """Quantiles of the normal law of mean zero and deviation one."""
    return np.asarray(special.ndtri(middles()), dtype=np.float64)


def beta(mean: float, concentration: float) -> NDArray[np.float64]:
    """Quantiles of the beta law of a mean and a concentration (the sum of its two shapes)."""
    return np.asarray(
        special.betaincinv(mean * concentration, (1 - mean) * concentration, middles()), dtype=np.float64
    )
