"""Supply within reach, shared among those who would use it (accessibilité potentielle localisée, APL).

Two floating catchments: what each place offers is shared among all the people it is near to, then the people of
each commune add up their shares. It knows of no delay and of no refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Whole = NDArray[np.int64]
Weights = Callable[[Values], Values]

BANDS = ((5.0, 1.0), (10.0, 0.3), (15.0, 0.1))
"""Weight of a place under so many minutes (IRDES, DT 70: median rates of use 100, 30.4 and 10.8 %); 0 beyond."""
END_MINUTES = 20.0
"""Where the other variant ends: the order of 13 November 2017 says "decreasing between 0 and 20 minutes"."""


class Near(NamedTuple):
    """Pairs of a commune and a place that is not too far, and the minutes between them, [pair]."""

    commune: Whole
    place: Whole
    minutes: Values


def two_step(supply: Values, demand: Values, near: Near, weights: Weights) -> Values:
    """Supply that one unit of demand of each commune can reach, [commune].

    `supply` is [place], `demand` [commune]. What is offered where nobody can go is in nobody's reach; a commune that
    reaches no place has 0.
    """
    weight = weights(near.minutes)
    asked = np.bincount(near.place, weights=weight * demand[near.commune], minlength=len(supply))
    shared = np.divide(supply, asked, out=np.zeros(len(asked)), where=asked > 0)
    return np.bincount(near.commune, weights=weight * shared[near.place], minlength=len(demand))


def dt70_weights(minutes: Values) -> Values:
    """Weigh places by bands of travel time, each without its upper end."""
    return np.select([minutes < end for end, _ in BANDS], [weight for _, weight in BANDS], 0.0)


def linear_weights(minutes: Values) -> Values:
    """Weigh places by a straight line from 1 on the spot to 0 at twenty minutes: this project's choice of curve."""
    return np.maximum(1.0 - minutes / END_MINUTES, 0.0)


def apl_dt70(supply: Values, demand: Values, near: Near) -> Values:
    """Supply within reach of each commune by the bands of DT 70, [commune]."""
    return two_step(supply, demand, near, dt70_weights)


def apl_20min(supply: Values, demand: Values, near: Near) -> Values:
    """Supply within reach of each commune by the straight line to twenty minutes, [commune]."""
    return two_step(supply, demand, near, linear_weights)
