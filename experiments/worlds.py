"""Simulated futures (futurs simulés): each is one draw of what nobody knows, with one seed.

What is not known is drawn; what is luck is the seed. A *world* changes both, a *luck* pair the seed alone,
so that ignorance and chance can be told apart when their differences are laid side by side.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple
from zlib import crc32

import numpy as np
from scipy.stats import qmc

from experiments.posterior import shipped_posterior

if TYPE_CHECKING:
    from experiments.posterior import Posterior
    from simulation.parameters import Number
    from simulation.scenario import Scenario

Kind = Literal["world", "luck", "point"]

_STREAMS: Mapping[str, int] = {
    "world": 1,
    "luck": 2,
    "draw": 3,
    "apart": 4,
}  # never reused: apart whatever the seed
_SEED_BITS = 31
FITTED = "fitted"
"""The name of the factor by which all fitted figures vary together."""


class World(NamedTuple):
    """One future, the same under every scenario: a seed, and the values it gives to unknown figures."""

    number: int
    seed: int
    parameters: Mapping[str, float]
    kind: Kind = "world"


class Law(NamedTuple):
    """How what is unknown is drawn: each figure alone by its own law, those that were fitted together."""

    alone: "tuple[Number, ...]"
    modes: tuple[float, ...]
    fitted: frozenset[str]
    posterior: "Posterior | None"

    @property
    def factors(self) -> tuple[str, ...]:
        """What varies by itself: the fitted figures as one, first, then the path of every other."""
        return (*([FITTED] if self.fitted else ()), *(number.path for number in self.alone))

    def at(self, point: Sequence[float]) -> dict[str, float]:
        """The figures at a point, each coordinate being the share of a factor's law that lies under it."""
        values = {
            number.path: _value(number, mode, float(at))
            for number, mode, at in zip(self.alone, self.modes, point[bool(self.fitted) :], strict=True)
        }
        if self.posterior is not None and self.fitted:
            together = self.posterior.at(float(point[0]))
            values |= {path: value for path, value in together.items() if path in self.fitted}
        return dict(sorted(values.items()))


def worlds(
    scenario: "Scenario",
    count: int,
    *,
    seeds_from: int | None = None,
    registry: "Mapping[str, Number] | None" = None,
    posterior: "Posterior | None" = None,
) -> list[World]:
    """Draw the first `count` futures of a baseline; asking for more adds to the list and changes none.

    The points are those of a Sobol sequence scrambled by the seed (`seeds_from`, else the scenario's own):
    unlike a Latin hypercube it does not depend on how many are asked. They are keyed by the seed and by the
    set of unknown figures, so a figure added to the registry gives other worlds, unless it is drawn `apart`: such a
    figure has luck of its own, keyed by its path.

    Each figure follows a triangular law: its central value is the best guess, hence the mode; its range is
    all that is admitted, hence the ends. Nothing more is known, and a flat law would give the ends as much
    credit as the best guess.

    Figures that have been fitted (`posterior`, else the points fitted to France, for the registry of the model) come
    together from one point that fits; one that the author of the scenario states otherwise follows its own law.
    """
    source = scenario.seed if seeds_from is None else seeds_from
    law = law_of(scenario, registry, posterior)
    return [
        World(rank, _seed(source, "world", rank), law.at(point))
        for rank, point in enumerate(_points(law, count, source), start=1)
    ]


def law_of(
    scenario: "Scenario",
    registry: "Mapping[str, Number] | None" = None,
    posterior: "Posterior | None" = None,
) -> Law:
    """How what is unknown of a scenario is drawn."""
    if posterior is None and registry is None:
        posterior = shipped_posterior()
    fitted = frozenset() if posterior is None else as_fitted(scenario, posterior)
    free = [number for number in _unknown(_registered(registry)) if number.path not in fitted]
    alone = tuple(sorted(free, key=lambda number: number.apart))  # those drawn apart after the others
    return Law(alone, tuple(central(scenario, number) for number in alone), fitted, posterior)


def as_fitted(scenario: "Scenario", posterior: "Posterior") -> frozenset[str]:
    """Figures that the scenario leaves at what was fitted: to its own figures, or to France before them.

    A figure fitted to France at its very default tells nothing: alone, it takes no scenario to a fit nobody named.
    """
    figures, national = _registered(None), shipped_posterior()
    fits = [posterior] if national is None else [posterior, national]
    same = frozenset(
        path
        for path in posterior.paths
        if central(scenario, figures[path]) in {one.centre(path) for one in fits if path in one.paths}
    )
    named = posterior is not national
    met = any(central(scenario, figures[path]) != figures[path].default for path in same)
    return same if named or met else frozenset()


def points_under(scenario: "Scenario", posterior: "Posterior | None" = None) -> "Posterior | None":
    """The points that fit (those of France unless given), for the figures that the scenario leaves to them."""
    found = shipped_posterior() if posterior is None else posterior
    if found is None:
        return None
    mine = as_fitted(scenario, found)
    return found._replace(points=found.points[[path for path in found.paths if path in mine]])


def luck(scenario: "Scenario", count: int, *, seeds_from: int | None = None) -> list[World]:
    """Futures that differ by chance alone; the first is the scenario with the very seed it states."""
    source = scenario.seed if seeds_from is None else seeds_from
    seeds = [source, *(_seed(source, "luck", rank) for rank in range(2, count + 1))]
    return [World(rank, seed, {}, "luck") for rank, seed in enumerate(seeds[:count], start=1)]


def _registered(registry: "Mapping[str, Number] | None") -> "Mapping[str, Number]":
    if registry is not None:
        return registry
    from simulation.parameters import registry as figures

    return figures()


def _unknown(registry: "Mapping[str, Number]") -> "list[Number]":
    """Figures left in doubt, sorted by path: the order of declaration must not choose the dimension."""
    return [registry[path] for path in sorted(registry) if registry[path].is_unknown]


def _points(law: Law, count: int, source: int) -> np.ndarray:
    """Where each world lies in the law of each factor, [world, factor]."""
    apart = [number for number in law.alone if number.apart]
    together = _spread(len(law.factors) - len(apart), count, source)
    return np.column_stack([together, *(_beside(number, count, source) for number in apart)])


def _beside(number: "Number", count: int, source: int) -> np.ndarray:
    """The points of a figure drawn apart: plain luck, for one-line sequences would go together."""
    key = [source, _STREAMS["apart"], crc32(number.path.encode())]
    return np.random.default_rng(np.random.SeedSequence(key)).random(count)


def _spread(dimensions: int, count: int, source: int) -> np.ndarray:
    if not dimensions or not count:
        return np.empty((count, dimensions))
    chance = np.random.default_rng(np.random.SeedSequence([source, _STREAMS["draw"]]))
    sequence = qmc.Sobol(dimensions, scramble=True, rng=chance)
    # Whole powers of two are what the sequence is balanced for; the first ones are the same in all of them.
    return sequence.random_base2(max(count - 1, 1).bit_length())[:count]


def _seed(source: int, kind: Kind, number: int) -> int:
    state = np.random.SeedSequence([source, _STREAMS[kind], number]).generate_state(1)
    return int(state[0]) >> (32 - _SEED_BITS)


def central(scenario: "Scenario", number: "Number") -> float:
    """The scenario's own value (fitted, or stated by its author) where it has one, else the registry's."""
    value: object = getattr(scenario, "parameters", None)
    for name in number.path.split("."):
        value = getattr(value, name, None)
    return float(value) if isinstance(value, int | float) else number.default


def _value(number: "Number", mode: float, at: float) -> float:
    """Quantile `at` of the triangular law; a whole figure to the nearest admitted whole."""
    width = number.high - number.low
    if at * width < mode - number.low:
        value = number.low + (at * width * (mode - number.low)) ** 0.5
    else:
        value = number.high - ((1.0 - at) * width * (number.high - mode)) ** 0.5
    value = min(max(value, number.low), number.high)
    return round(value) if number.whole else value
