"""The ledger of assumptions (registre des hypothèses): what the answer becomes when each figure is at its worst.

The figures are those under the levers, one at a time, the others at the value the scenario gives them. Both
futures of a pair hold the same value, over the same few draws of luck: nothing is left of chance but its mean,
and this says nothing of how likely the worst is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from typing import TYPE_CHECKING, NamedTuple

from experiments.action import Action
from experiments.compare import Run, run_world
from experiments.effect import Comparison
from experiments.worlds import World, central, luck, points_under

if TYPE_CHECKING:
    from experiments.posterior import Posterior
    from simulation.parameters import Number
    from simulation.scenario import Scenario

SEEDS = 3
"""Draws of luck at each end: the scenario's own seed first, then those of the first luck pairs."""
_ROUNDING = 1e-9

Watch = Callable[[int, int], None]


class Entry(NamedTuple):
    """One figure: its value, and what the answer becomes at the end of its range that is worst for it."""

    figure: "Number"
    value: float
    at: float | None = None
    """The end that is worst; none when it was not simulated, or when neither end is worse than the value."""
    difference: float | None = None
    right_way: bool | None = None
    useful: bool | None = None
    contraction: float = 0.0
    """1 − spread after the fit over spread before it: 0 when what was observed teaches nothing of the figure."""


class Ledger(NamedTuple):
    """Every figure under one alternative; `central` is the difference when all hold the scenario's values."""

    indicator: str
    seeds: tuple[int, ...]
    central: float | None
    entries: tuple[Entry, ...]

    @property
    def worst(self) -> Entry | None:
        """The figure that can do most harm to the answer, if any was simulated."""
        known = [one for one in self.entries if one.difference is not None and self.central is not None]
        return max(known, key=lambda one: abs((one.difference or 0.0) - (self.central or 0.0)), default=None)


class Task(NamedTuple):
    """One figure at one end with one seed, and the alternatives that rest on it."""

    path: str
    at: float
    world: World
    alternatives: "Mapping[str, Scenario]"


def tasks(
    baseline: "Scenario",
    named: "Mapping[str, Scenario]",
    actions: Mapping[str, Action],
    seeds: int = SEEDS,
) -> list[Task]:
    """All that is to be lived: each figure at each end of its range, under the alternatives that rest on it."""
    figures = {one.path: one for action in actions.values() for one in action.rests_on}
    found = []
    for path, figure in sorted(figures.items()):
        mine = {name: one for name, one in named.items() if path in actions[name].paths}
        for at in dict.fromkeys((figure.low, figure.high)):
            if mine and at != central(baseline, figure):
                found += [
                    Task(path, at, world._replace(parameters={path: at}), mine)
                    for world in luck(baseline, seeds)
                ]
    return found


def ledgers(
    baseline: "Scenario",
    named: "Mapping[str, Scenario]",
    comparison: Comparison,
    leading: Mapping[str, str],
    *,
    executor: Executor | None = None,
    watch: Watch | None = None,
    run: Run | None = None,
    seeds: int = SEEDS,
    posterior: "Posterior | None" = None,
) -> dict[str, Ledger]:
    """Live every figure at its ends, in any executor and any order: the answer is the same."""
    seeds = min(seeds, comparison.luck)
    asked = tasks(baseline, named, comparison.actions, seeds)
    values: dict[tuple[str, str, float], list[float]] = {}
    lived: dict[int, dict[str, float]] = {}
    for done, (rank, changes) in enumerate(_lived(baseline, asked, leading, executor, run), start=1):
        lived[rank] = changes
        if watch is not None:
            watch(done, len(asked))
    for rank in sorted(lived):  # the order in which they ended is forgotten
        for name, change in lived[rank].items():
            values.setdefault((name, asked[rank].path, asked[rank].at), []).append(change)
    means = {key: sum(all_) / len(all_) for key, all_ in values.items()}
    return {
        name: _ledger(
            baseline,
            comparison.of(name),
            leading[name],
            means,
            tuple(one.seed for one in luck(baseline, seeds)),
            posterior,
        )
        for name in named
    }


def ranges_only(
    baseline: "Scenario",
    comparison: Comparison,
    leading: Mapping[str, str],
    posterior: "Posterior | None" = None,
) -> dict[str, Ledger]:
    """The same list when nothing was lived at the ends: values and ranges, no result."""
    return {
        name: _ledger(baseline, comparison.of(name), leading[name], {}, (), posterior)
        for name in comparison.actions
    }


def changes_at(
    baseline: "Scenario", task: Task, leading: Mapping[str, str], run: Run | None = None
) -> dict[str, float]:
    """What each alternative changes to its leading indicator in one future of the ledger."""
    rows = run_world(baseline, task.alternatives, task.world, run).rows
    told = {}
    for name in task.alternatives:
        mine = rows[
            (rows["alternative"] == name) & (rows["group"] == "all") & (rows["indicator"] == leading[name])
        ]
        told[name] = float((mine["alternative_value"] - mine["baseline"]).iloc[0])
    return told


def _lived(
    baseline: "Scenario",
    asked: Sequence[Task],
    leading: Mapping[str, str],
    executor: Executor | None,
    run: Run | None,
) -> Iterator[tuple[int, dict[str, float]]]:
    if executor is None:
        for rank, task in enumerate(asked):
            yield rank, changes_at(baseline, task, leading, run)
        return
    waiting = {
        executor.submit(changes_at, baseline, task, leading, run): rank for rank, task in enumerate(asked)
    }
    try:
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        for one in waiting:
            one.cancel()


def _ledger(
    baseline: "Scenario",
    asked: Comparison,
    indicator: str,
    means: Mapping[tuple[str, str, float], float],
    seeds: tuple[int, ...],
    posterior: "Posterior | None",
) -> Ledger:
    """Gather the ends; a figure that stands at one end already has its result there in the luck pairs."""
    middle = None
    if seeds:
        middle = float(asked.by_world(indicator, "luck").loc[: len(seeds)].mean())
    entries = []
    points = points_under(baseline, posterior)
    for figure in asked.action.rests_on:
        if figure.path not in asked.action.paths:
            continue
        value = central(baseline, figure)
        ends = {at: means.get((asked.alternative, figure.path, at)) for at in (figure.low, figure.high)}
        learned = 0.0 if points is None else points.contraction(figure)
        entries.append(_entry(asked, indicator, Entry(figure, value, contraction=learned), ends, middle))
    return Ledger(indicator, seeds, middle, tuple(entries))


def _entry(
    asked: Comparison, indicator: str, bare: Entry, ends: Mapping[float, float | None], middle: float | None
) -> Entry:
    if middle is None:
        return bare
    sign = -1.0 if asked.indicators[indicator].better == "lower" else 1.0
    worst: tuple[float, float | None] = (middle, None)
    for at, change in ends.items():
        if change is not None and sign * change < sign * worst[0] - _ROUNDING:
            worst = (change, at)
    good, threshold = sign * worst[0], asked.indicators[indicator].useful_difference or 0.0
    return bare._replace(
        at=worst[1], difference=worst[0], right_way=good > _ROUNDING, useful=good > threshold + _ROUNDING
    )
