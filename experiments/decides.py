"""What decides an answer (ce qui décide): which unknown figure moves it most, and under what conditions it is of use.

Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 1991, with the
absolute means of Campolongo et al., 2007; Sobol's indices by Saltelli's scheme, 2010; both computed by SALib.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.batch import Watch, run_many
from experiments.designs import Planned
from experiments.store import Store
from simulation.faults import Fault, Refused
from texts import number, say

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.scenario import Scenario

Method = Literal["morris", "sobol"]
LEVELS, DEPTH, FEWEST_IN_A_LEAF = 4, 2, 0.1
"""Levels of Morris's grid; conditions joined in a sentence, and the share of points that each must hold."""


class Weight(NamedTuple):
    """How much one figure moves the difference: mean absolute effect (Morris) or total index (Sobol), and its error."""

    figure: Number
    size: float
    error: float


class Condition(NamedTuple):
    """Where in the ranges an action is of use: bounds on some figures, and the share of points there that are."""

    bounds: tuple[tuple[Number, float, float], ...]
    share: float
    points: int


class Decided(NamedTuple):
    """The points tried, the difference at each, and what both say."""

    points: NDArray[np.float64]
    differences: NDArray[np.float64]
    weights: tuple[Weight, ...]
    conditions: tuple[Condition, ...]


def decide(
    baseline: Scenario,
    alternative: Scenario,
    figures: Mapping[str, Number],
    indicator: str,
    *,
    method: Method = "morris",
    size: int = 10,
    threshold: float = 0.0,
    better: float = 1.0,
    executor: Executor | Callable[[], Executor] | None = None,
    store: Store | None = None,
    watch: Watch | None = None,
) -> Decided:
    """Live both futures at points spread over the ranges of some figures, with one luck; read what moves the answer.

    `size` is the number of trajectories (Morris) or a power of two (Sobol); `better` is −1 where less is better.
    """
    if not figures:
        raise Refused([Fault("nothing_unknown")])
    problem = {
        "num_vars": len(figures), "names": list(figures), "bounds": [(one.low, one.high) for one in figures.values()],
    }  # fmt: skip
    points = sampled(problem, method, size, baseline.seed)
    planned = [
        Planned(scenario.with_(parameters=at_point(figures, point)), {"point": nth, "future": future})
        for nth, point in enumerate(points)
        for future, scenario in (("today", baseline), ("then", alternative))
    ]
    table = run_many(planned, executor, store, watch=watch)
    if (table["error"] != "").any():
        raise RuntimeError(table.loc[table["error"] != "", "error"].iloc[0])
    told = table[(table["indicator"] == indicator) & (table["group"] == "all")]
    wide = told.pivot(index="point", columns="future", values="value").sort_index()
    differences = (wide["then"] - wide["today"]).to_numpy(dtype=np.float64)
    weights = weighed(problem, figures, method, points, differences)
    return Decided(
        points, differences, weights, conditions(figures, points, better * differences >= threshold)
    )


def sampled(problem: Mapping[str, Any], method: Method, size: int, seed: int) -> NDArray[np.float64]:
    """Points over the ranges, the same for the same seed."""
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, size, num_levels=LEVELS, seed=seed % 2**32))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, size, calc_second_order=False, seed=seed % 2**32))


def at_point(figures: Mapping[str, Number], point: Sequence[float]) -> dict[str, float]:
    """The figures at one point; a whole one is rounded, and none leaves its range by a last digit."""
    held = (
        min(max(float(value), one.low), one.high) for one, value in zip(figures.values(), point, strict=True)
    )
    return {
        path: round(value) if figure.whole else value
        for (path, figure), value in zip(figures.items(), held, strict=True)
    }


def weighed(
    problem: Mapping[str, Any],
    figures: Mapping[str, Number],
    method: Method,
    points: NDArray[np.float64],
    differences: NDArray[np.float64],
) -> tuple[Weight, ...]:
    """Weigh each figure, the heaviest first; where nothing moves the answer, none has any weight."""
    if not np.ptp(differences) > 0:
        return tuple(Weight(figure, 0.0, 0.0) for figure in figures.values())
    if method == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem, points, differences, num_levels=LEVELS, seed=0)
        sizes, errors = found["mu_star"], found["mu_star_conf"]
    else:
        from SALib.analyze import sobol

        found = sobol.analyze(problem, differences, calc_second_order=False, seed=0)
        sizes, errors = found["ST"], found["ST_conf"]
    weights = [
        Weight(figure, float(size), float(error))
        for figure, size, error in zip(figures.values(), sizes, errors, strict=True)
    ]
    return tuple(sorted(weights, key=lambda one: -one.size))


def conditions(
    figures: Mapping[str, Number], points: NDArray[np.float64], useful: NDArray[np.bool_]
) -> tuple[Condition, ...]:
    """Part the ranges where the action is of use from those where it is not: a short tree, its leaves in words."""
    if useful.all() or not useful.any():
        return ()
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(
        max_depth=DEPTH, min_samples_leaf=max(2, int(FEWEST_IN_A_LEAF * len(points))), random_state=0
    ).fit(points, useful)
    leaves, found = tree.apply(points), []
    names = list(figures.values())
    for leaf in np.unique(leaves):
        here = leaves == leaf
        bounds = _path_to(tree.tree_, int(leaf), names)
        found.append(Condition(bounds, float(useful[here].mean()), int(here.sum())))
    return tuple(sorted(found, key=lambda one: -one.share))


def _path_to(tree: Any, leaf: int, names: Sequence[Number]) -> tuple[tuple[Number, float, float], ...]:
    """The bounds that lead to a leaf, figure after figure."""
    low = {figure.path: figure.low for figure in names}
    high = {figure.path: figure.high for figure in names}
    node = leaf
    while node != 0:
        left, right = np.flatnonzero(tree.children_left == node), np.flatnonzero(tree.children_right == node)
        parent = int(left[0] if left.size else right[0])
        path, cut = names[tree.feature[parent]].path, float(tree.threshold[parent])
        if left.size:
            high[path] = min(high[path], cut)
        else:
            low[path] = max(low[path], cut)
        node = parent
    return tuple(
        (figure, low[figure.path], high[figure.path])
        for figure in names
        if (low[figure.path], high[figure.path]) != (figure.low, figure.high)
    )


def told_condition(one: Condition, lang: str) -> str:
    """One condition in words."""
    parts = []
    for figure, low, high in one.bounds:
        kind = "under" if low == figure.low else "over" if high == figure.high else "between"
        told = {"label": figure.label[lang], "low": number(low, lang, 2), "high": number(high, lang, 2)}
        parts.append(say(f"decides.{kind}", lang, **told))
    where = f" {say('decides.and', lang)} ".join(parts)
    return say("decides.condition", lang, where=where, share=round(10 * one.share), points=one.points)


def told_weight(one: Weight, among: Sequence[Weight], lang: str) -> str:
    """The figure that decides, and by how much it leads; nothing decides where nothing moves."""
    if not one.size > 0:
        return say("decides.nobody", lang)
    second = max((other.size for other in among if other is not one), default=0.0)
    clear = one.size - one.error > second
    return say("decides.first" if clear else "decides.first_among", lang, label=one.figure.label[lang])
