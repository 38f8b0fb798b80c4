"""The best mix under a budget (bouquet d'actions): which sizes of several levers no other mix beats.

Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", 2002, by Optuna. Each mix is lived in the
same few futures; a mix is kept when no other answers more for as little money and as few hours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from experiments.consequences import HOURS, MONEY
from experiments.totals import counted
from experiments.worlds import World
from simulation.faults import Fault, Refused, shown

if TYPE_CHECKING:
    from experiments.batch import Run
    from simulation.scenario import Scenario

Watch = Callable[[int, int], None]


class Range(NamedTuple):
    """Sizes that one setting of a lever may take, whole or not."""

    lever: str
    setting: str
    low: float
    high: float

    @property
    def name(self) -> str:
        """How it is written: `unscheduled_care.gps`."""
        return f"{self.lever}.{self.setting}"


class Mix(NamedTuple):
    """One mix: its sizes, what it changes to the indicator on average, and what it costs in a year."""

    sizes: Mapping[str, float]
    change: float
    money: float
    hours: float


def read_range(text: str) -> Range:
    """Read `unscheduled_care.gps=0:10`; a fault says how it is written."""
    name, _, bounds = text.partition("=")
    lever, _, setting = name.strip().partition(".")
    low, colon, high = bounds.partition(":")
    try:
        found = Range(lever, setting, float(low), float(high))
    except ValueError:
        found = None
    if found is None or not colon or not setting or not found.low < found.high:
        raise Refused([Fault("bad_range", details={"value": shown(text)})])
    return found


def best_mixes(
    baseline: Scenario,
    ranges: Sequence[Range],
    indicator: str,
    budget: float,
    *,
    futures: Sequence[World],
    trials: int = 40,
    better: float = 1.0,
    watch: Watch | None = None,
    run: Run | None = None,
) -> list[Mix]:
    """Search the ranges for mixes within a budget (euros a year); give those that no other beats, the best first."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    live = run or _model()
    today = [measured(live, baseline, world, indicator) for world in futures]
    lived: dict[tuple[tuple[str, float], ...], Mix] = {}

    def value(trial: optuna.Trial) -> tuple[float, float, float]:
        """What one mix gains, and what it costs in euros and in hours."""
        sizes = {one.name: _suggested(trial, one, baseline) for one in ranges}
        key = tuple(sorted(sizes.items()))
        if key not in lived:
            lived[key] = mix_of(live, with_sizes(baseline, sizes), sizes, indicator, futures, today)
        mix = lived[key]
        trial.set_constraint("money", mix.money - budget)
        if watch is not None:
            watch(trial.number + 1, trials)
        return better * mix.change, mix.money, mix.hours

    population = max(4, trials // 4)
    sampler = optuna.samplers.NSGAIISampler(seed=baseline.seed % 2**32, population_size=population)
    study = optuna.create_study(directions=["maximize", "minimize", "minimize"], sampler=sampler)
    study.enqueue_trial({one.name: one.low for one in ranges})
    study.optimize(value, n_trials=trials)
    return unbeaten([mix for mix in lived.values() if mix.money <= budget], better)


def with_sizes(baseline: Scenario, sizes: Mapping[str, float]) -> Scenario:
    """The baseline with these sizes of levers."""
    policies: dict[str, dict[str, float]] = {}
    for name, size in sizes.items():
        lever, _, setting = name.partition(".")
        policies.setdefault(lever, {})[setting] = size
    return baseline.with_(policies=policies)


def measured(live: Run, scenario: Scenario, world: World, indicator: str) -> dict[str, float]:
    """The indicator, the money and the hours of one future."""
    rows = counted(live(scenario.with_(seed=world.seed, parameters=dict(world.parameters)))).rows
    whole = rows[rows["group"] == "all"].set_index("indicator")["value"]
    return {name: float(whole.get(name, 0.0)) for name in (indicator, MONEY, HOURS)}


def mix_of(
    live: Run,
    scenario: Scenario,
    sizes: Mapping[str, float],
    indicator: str,
    futures: Sequence[World],
    today: Sequence[Mapping[str, float]],
) -> Mix:
    """Live a mix in every future and hold it against today."""
    then = [measured(live, scenario, world, indicator) for world in futures]
    mean = {
        name: sum(after[name] - before[name] for after, before in zip(then, today, strict=True)) / len(then)
        for name in (indicator, MONEY, HOURS)
    }
    a_year = 364 / scenario.days
    return Mix(dict(sizes), mean[indicator], mean[MONEY] * a_year, mean[HOURS] * a_year)


def unbeaten(mixes: Sequence[Mix], better: float = 1.0) -> list[Mix]:
    """Mixes that no other equals or betters on all three counts, and betters on one."""

    def counts(mix: Mix) -> tuple[float, float, float]:
        return better * mix.change, -mix.money, -mix.hours

    def beaten(mix: Mix) -> bool:
        mine = counts(mix)
        return any(
            all(other >= own for other, own in zip(counts(one), mine, strict=True)) and counts(one) != mine
            for one in mixes
        )

    kept = [mix for mix in mixes if not beaten(mix)]
    return sorted(kept, key=lambda mix: (-better * mix.change, mix.money, sorted(mix.sizes.items())))


def _suggested(trial: object, one: Range, baseline: Scenario) -> float:
    import optuna

    assert isinstance(trial, optuna.Trial)
    if _is_whole(one, baseline):
        return trial.suggest_int(one.name, int(one.low), int(one.high))
    return trial.suggest_float(one.name, one.low, one.high)


def _is_whole(one: Range, baseline: Scenario) -> bool:
    """Whether a setting counts people or calls: half a doctor gives nothing."""
    from simulation.policies import LEVERS

    kind = LEVERS.get(one.lever)
    if kind is None or one.setting not in kind.model_fields:
        settings = ", ".join(kind.model_fields) if kind else ", ".join(LEVERS)
        raise Refused(
            [Fault("no_such_lever", field=one.name, details={"value": one.name, "choices": settings})]
        )
    return kind.model_fields[one.setting].annotation is int


def _model() -> Run:
    from simulation import run

    return run
