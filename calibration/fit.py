"""Calibration (calage): points of the admitted ranges are kept when what they give resembles what was observed.

Sequential Monte Carlo without a likelihood (Toni et al., J R Soc Interface 6, 2009) by pyABC, with the adaptive
distance of Prangle (Bayesian Analysis 12, 2017): each figure weighs by how much it varies among the points tried.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from calibration.prior import prior
from calibration.targets import Target
from experiments.posterior import Posterior

if TYPE_CHECKING:
    from pyabc import ABCSMC

    from simulation.parameters import Number

    Live = Callable[[Mapping[str, float]], dict[str, float]]

BUDGET = 1_500
"""Simulated years of a calibration, unless said."""
POPULATION = 100
"""Points kept at each round."""
FEWEST_ACCEPTED = 0.03
"""Share of points accepted under which a round costs more than it teaches."""
ROUNDS = 12
HISTORY = "history.db"


class Fitted(NamedTuple):
    """What a calibration has kept: the points of its last round, and what each gave."""

    posterior: Posterior
    figures: pd.DataFrame
    """One row for each point, one column for each target (`indicator|group`)."""
    rounds: pd.DataFrame
    """One row for each round: tolerance, points kept, years simulated."""


class Fit:
    """One calibration and its history on disk: what is done is not done again when it goes on."""

    def __init__(
        self,
        live: Live,
        numbers: Mapping[str, Number],
        targets: Sequence[Target],
        folder: Path,
        *,
        population: int = POPULATION,
        seed: int = 1,
        executor: Executor | None = None,
    ) -> None:
        self.seed = seed
        self.targets = tuple(targets)
        self.names = [one.cell for one in self.targets]
        self.file = folder / HISTORY
        self.smc = _smc(live, numbers, population, executor)

    def begin(self, resume: bool = False) -> None:
        """Open the history: a new one, or the last one where it stopped."""
        observed = {one.cell: one.value for one in self.targets}
        address = f"sqlite:///{self.file}"
        random.seed(self.seed)
        np.random.seed(self.seed)  # noqa: NPY002 — pyABC draws from this one
        if resume and self.file.is_file():
            self.smc.load(address, observed_sum_stat=observed)
        else:
            self.file.unlink(missing_ok=True)
            self.smc.new(address, observed)

    def advance(
        self, budget: int, rounds: int = ROUNDS, watch: Callable[[int, int], None] | None = None
    ) -> None:
        """Live round after round until the budget is spent or almost nothing is accepted any more."""
        smc = self.smc
        number = smc.initialize_components_before_run(
            minimum_epsilon=0.0, max_nr_populations=rounds - smc.history.max_t - 1,
            min_acceptance_rate=FEWEST_ACCEPTED, max_total_nr_simulations=budget, max_walltime=None, min_eps_diff=0.0,
        )  # fmt: skip
        while number < rounds and smc.history.total_nr_simulations < budget:
            ended = smc.run_generation(number)
            if watch is not None:
                watch(min(int(smc.history.total_nr_simulations), budget), budget)
            if not ended["successful"] or smc.check_terminate(number, ended["acceptance_rate"]):
                return
            number += 1

    def kept(self) -> Fitted:
        """The points of the last round that was finished, in an order that does not depend on who lived them."""
        history = self.smc.history
        points, weights = history.get_distribution(t=history.max_t)
        sums = pd.DataFrame(list(history.get_weighted_sum_stats(t=history.max_t)[1]))
        order = np.lexsort(tuple(points[name].to_numpy() for name in sorted(points.columns, reverse=True)))
        points = points[sorted(points.columns)].iloc[order].reset_index(drop=True)
        points.columns.name = None
        return Fitted(
            Posterior(points.astype(float), np.asarray(weights)[order]),
            sums[self.names].iloc[order].reset_index(drop=True),
            history.get_all_populations(),
        )


def _smc(live: Live, numbers: Mapping[str, Number], population: int, executor: Executor | None) -> ABCSMC:
    from pyabc import ABCSMC, AdaptivePNormDistance, MedianEpsilon, SingleCoreSampler
    from pyabc.sampler import ConcurrentFutureSampler

    logging.getLogger("ABC").setLevel(logging.ERROR)
    sampler: Any = SingleCoreSampler()
    if executor is not None:
        sampler = ConcurrentFutureSampler(cfuture_executor=executor, client_max_jobs=64)
    return ABCSMC(
        partial(_lived_as_plain, live), prior(numbers), AdaptivePNormDistance(p=2), population,
        eps=MedianEpsilon(), sampler=sampler,
    )  # fmt: skip


def _lived_as_plain(live: Live, point: Mapping[str, float]) -> dict[str, float]:
    return live({str(name): float(value) for name, value in point.items()})
