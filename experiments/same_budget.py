"""For the same money, or the same carers' time (à budget égal): each action is sized until it costs as much.

Costs are those of the central future: the scenario's own seed and figures. The target is what the first
alternative costs as it was asked; what a whole number of people or a bound forbids is said, never hidden.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulation.faults import Fault, Refused

if TYPE_CHECKING:
    from simulation.policies import Policy
    from simulation.results import Results
    from simulation.scenario import Scenario

Run = Callable[["Scenario"], "Results"]

CLOSE = 0.05
"""Costs that differ by no more are called the same."""
_TRIES = 8
_LARGEST = 1000.0
_LEAST = 1e-3


class Sized(NamedTuple):
    """One alternative at the size that costs the same, and what it then really costs."""

    scenario: "Scenario"
    factor: float
    reached: float
    is_equal: bool


class SameCost(NamedTuple):
    """All alternatives at one cost: which cost, how much (that of the first), and each as it was sized."""

    indicator: str
    target: float
    sized: tuple[Sized, ...]


def same_cost(
    baseline: "Scenario",
    alternatives: "Sequence[Scenario]",
    indicator: str,
    run: Run | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> SameCost:
    """Scale the levers of each alternative so that all cost what the first one costs, in the central future."""
    _refuse_unscalable(baseline, alternatives, indicator)
    live = run or _model()
    today = _cost(live(baseline), indicator)
    asked = [_cost(live(one), indicator) - today for one in alternatives]
    free = [one for one, cost in zip(alternatives, asked, strict=True) if not cost > 0]
    if free:
        raise Refused([_fault("costs_nothing", one, indicator) for one in free])
    sized = [Sized(alternatives[0], 1.0, asked[0], True)]
    for done, (one, cost) in enumerate(zip(alternatives[1:], asked[1:], strict=True), start=1):
        if watch is not None:
            watch(done, len(alternatives) - 1)
        sized.append(_sized(baseline, one, cost, asked[0], lambda at: _cost(live(at), indicator) - today))
    return SameCost(indicator, asked[0], tuple(sized))


def scaled(baseline: "Scenario", alternative: "Scenario", factor: float) -> "Scenario":
    """The alternative with what it decides made so many times larger; what it suffers stays as it is."""
    changes = {key: policy.scaled(factor) for key, policy in _decided(baseline, alternative).items()}
    return alternative.with_(policies=changes) if changes else alternative


def _decided(baseline: "Scenario", alternative: "Scenario") -> "Mapping[str, Policy]":
    return {
        key: policy
        for key, policy in alternative.policies.items()
        if baseline.policies.get(key) != policy and policy.size and not policy.is_shock and not policy.is_void
    }


def _refuse_unscalable(baseline: "Scenario", alternatives: "Sequence[Scenario]", indicator: str) -> None:
    """The first is the target and keeps its size; every other one needs a size that can move."""
    faults = [
        _fault("not_scalable", one, indicator) for one in alternatives[1:] if not _decided(baseline, one)
    ]
    if faults:
        raise Refused(faults)


def _fault(code: str, scenario: "Scenario", indicator: str) -> Fault:
    title = scenario.title.get("fr") or next(iter(scenario.title.values()), "")
    if code == "costs_nothing":
        return Fault("costs_nothing", field=indicator, details={"value": title})
    return Fault("not_scalable", field="policies", details={"value": title})


def _cost(results: "Results", indicator: str) -> float:
    table = results.table
    whole = table[
        (table["month"] == "all") & (table["commune"] == "all") & (table["group"] == "all")
        & (table["indicator"] == indicator)
    ]  # fmt: skip
    return float(whole["value"].iloc[0]) if len(whole) else 0.0


def _sized(
    baseline: "Scenario",
    alternative: "Scenario",
    cost: float,
    target: float,
    cost_of: "Callable[[Scenario], float]",
) -> Sized:
    """Secant steps kept between a size that costs too little and one that costs too much."""
    tried = [Sized(alternative, 1.0, cost, _is_close(cost, target))]
    known = {_sizes(alternative): cost}
    under, over = (0.0, 0.0), (_LARGEST, float("inf"))
    factor = 1.0
    for _ in range(_TRIES):
        under, over = ((factor, cost), over) if cost <= target else (under, (factor, cost))
        if _is_close(cost, target):
            break
        factor = _next(under, over, target)
        if not _LEAST <= factor < _LARGEST:
            break
        candidate = scaled(baseline, alternative, factor)
        if _sizes(candidate) not in known:
            known[_sizes(candidate)] = 0.0 if _is_void(baseline, candidate) else cost_of(candidate)
        cost = known[_sizes(candidate)]
        if cost > 0:
            tried.append(Sized(candidate, factor, cost, _is_close(cost, target)))
    return min(tried, key=lambda one: abs(one.reached - target))


def _next(under: tuple[float, float], over: tuple[float, float], target: float) -> float:
    """Straight between the two; while nothing costs too much yet, in proportion and a little more."""
    if over[1] == float("inf"):
        return under[0] * min(max(target / under[1], 1.02) * 1.02, 10.0)
    share = (target - under[1]) / (over[1] - under[1])
    return under[0] + min(max(share, 0.05), 0.95) * (over[0] - under[0])


def _is_close(cost: float, target: float) -> bool:
    return abs(cost - target) <= CLOSE * target


def _is_void(baseline: "Scenario", scenario: "Scenario") -> bool:
    return not _decided(baseline, scenario)


def _sizes(scenario: "Scenario") -> tuple[object, ...]:
    return tuple((key, getattr(policy, policy.size, None)) for key, policy in scenario.policies.items())


def _model() -> Run:
    from simulation import run

    return run
