"""One waiting room (salle d'attente): what a formula says of it, and what the model's own queue does in it.

Arrivals and lengths of visits without memory (M/M/c), so that the formula is exact and only luck parts the two.
"""

from __future__ import annotations

from functools import cache
from math import factorial
from typing import NamedTuple

PEOPLE, BATCHES = 4_000_000, 40
SERVICE = 10_000
"""A mean visit, in tenths of a minute: so many that rounding is nothing."""
SEED = 1917
SURE = 0.9999
"""Luck goes beyond the margin once in ten thousand simulations."""


class Waited(NamedTuple):
    """Mean wait in lengths of a visit, and the margin that luck leaves."""

    mean: float
    margin: float


def expected_wait(servers: int, full: float) -> float:
    """Mean wait by Erlang's formula, in lengths of a visit: chance to wait over what is left of the servers.

    For one server it is full / (1 - full). Source: Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory.
    """
    load = servers * full
    all_busy = load**servers / factorial(servers) / (1 - full)
    chance = all_busy / (sum(load**busy / factorial(busy) for busy in range(servers)) + all_busy)
    return chance / (servers * (1 - full))


@cache
def simulated_wait(servers: int, full: float, seed: int = SEED) -> Waited:
    """Mean wait of millions of people served by the queue of the model, in lengths of a visit.

    Waits of neighbours resemble each other; means of long batches hardly do, so their spread gives the margin
    (Student, one degree of freedom a batch). The first batch, which begins with an empty room, is left out.
    """
    import numpy as np
    from scipy import stats

    from simulation.kernels.queues import serve

    luck = np.random.default_rng(seed)
    services = np.rint(luck.exponential(SERVICE, PEOPLE)).astype(np.int64)
    gaps = luck.exponential(SERVICE / (servers * full), PEOPLE)
    waits = np.empty(PEOPLE, dtype=np.int64)
    serve(np.rint(gaps.cumsum()).astype(np.int64), services, np.zeros(servers, dtype=np.int64), waits)
    batches = waits.reshape(BATCHES, -1).mean(axis=1)[1:] / SERVICE
    error = float(batches.std(ddof=1)) / len(batches) ** 0.5
    return Waited(float(batches.mean()), float(stats.t.isf((1 - SURE) / 2, len(batches) - 1)) * error)
