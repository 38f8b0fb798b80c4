"""Equal means (à budget égal, à temps égal): levers grow or shrink until every action costs what the first one does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from experiments.consequences import HOURS, MONEY
from simulation.faults import Fault, Refused

if TYPE_CHECKING:
    from simulation.scenario import Scenario

CLOSE = 0.05
"""Two costs are equal when they differ by no more than this share: whole sizes rarely meet."""
STEPS = 8
MEANS = {"budget": MONEY, "hours": HOURS}


class Equalled(NamedTuple):
    """An action brought to the cost of the first one, how many times its size that is, and what it then costs."""

    scenario: Scenario
    factor: float
    cost: float
    wanted: float

    @property
    def is_close(self) -> bool:
        """Whether the costs are equal, as far as whole sizes allow."""
        return abs(self.cost - self.wanted) <= CLOSE * self.wanted


def equalled(alternatives: Sequence[Scenario], means: str) -> list[Equalled]:
    """Bring every action to the money (`budget`) or the hours of the first one, in the central world.

    Whoever has nothing to scale, or costs nothing, is refused.
    """
    indicator = MEANS[means]
    wanted = cost_of(alternatives[0], indicator)
    if wanted <= 0:
        raise Refused([Fault("costs_nothing", field=means, details={"value": title_of(alternatives[0])})])
    first = Equalled(alternatives[0], 1.0, wanted, wanted)
    return [first, *(brought(one, indicator, wanted, means) for one in alternatives[1:])]


def brought(scenario: Scenario, indicator: str, wanted: float, means: str) -> Equalled:
    """Scale an action until it costs what is wanted: proportion first, then halving between the nearest two."""
    cost = cost_of(scenario, indicator)
    if cost <= 0 or not any(policy.size for policy in scenario.policies.values()):
        raise Refused([Fault("costs_nothing", field=means, details={"value": title_of(scenario)})])
    best = Equalled(scenario, 1.0, cost, wanted)
    low, high, factor = 0.0, float("inf"), wanted / cost
    for _ in range(STEPS):
        if best.is_close:
            break
        now = scaled(scenario, factor)
        cost = cost_of(now, indicator)
        if abs(cost - wanted) < abs(best.cost - wanted):
            best = Equalled(now, factor, cost, wanted)
        low, high = (factor, high) if cost < wanted else (low, factor)
        factor = (low + high) / 2 if high < float("inf") else 2 * factor
    return best


def scaled(scenario: Scenario, factor: float) -> Scenario:
    """Give a scenario whose levers are so many times as large."""
    changed = {key: policy.scaled(factor) for key, policy in scenario.policies.items() if not policy.is_shock}
    return scenario.with_(policies=changed)


def cost_of(scenario: Scenario, indicator: str) -> float:
    """What an action costs in the central world."""
    from simulation import run

    return float(run(scenario).value(indicator))


def title_of(scenario: Scenario) -> str:
    """How a scenario is called."""
    return scenario.title.get("fr") or next(iter(scenario.title.values()), "scenario")
