"""Which unknown figures decide a study's answer (sensibilité): its effect at points spread over what is not known.

Every factor is a share of its own law, so that points weigh what is plausible and not the ends of a range; figures
that were fitted together vary together, as one factor. Luck is the same at every point: what is left is ignorance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.action import changed_figures
from experiments.batch import Run, Watch, run_many
from experiments.decides import Condition, Weight, conditions, sampled, weighed
from experiments.designs import LARGEST_DESIGN, Planned
from experiments.outcome import outcome_of
from experiments.protocol import place_of
from experiments.store import Store
from experiments.study import AS_IT_IS, Study, replayed_pairs
from experiments.totals import Counted, counted
from experiments.worlds import FITTED, Law, World, central, law_of
from simulation.faults import Fault, Refused
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.scenario import Scenario

POINTS = "sensitivity.parquet"
RUNS = "sensitivity"
"""Folder of the runs, beside those of the pairs."""
_LAID = ["territory", "scenario", "indicator", "point", "seed", "difference"]


class Decided(NamedTuple):
    """What decides one outcome of one scenario: every factor by its weight, and where the action is of use."""

    weights: tuple[Weight, ...]
    conditions: tuple[Condition, ...]
    points: int


def law(study: Study) -> Law:
    """The factors that vary: all that worlds draw, or the figures that the protocol names, each by its own law."""
    from simulation.parameters import registry

    figures, asked = registry(), study.protocol.sensitivity
    if asked is not None and asked.figures:
        alone = tuple(figures[path] for path in sorted(set(asked.figures)))
        return Law(alone, tuple(central(study.baseline, one) for one in alone), frozenset(), None)
    known = figures if study.posterior is None else None
    return law_of(study.baseline, known, study.posterior)


def points(study: Study) -> NDArray[np.float64]:
    """Where the factors stand, [point, factor], shares from 0 to 1; the same for the same seed."""
    asked = study.protocol.sensitivity
    factors = law(study).factors
    if asked is None or not factors:
        return np.empty((0, len(factors)))
    return sampled(_problem(factors), asked.method, asked.n, study.baseline.seed)


def runs_of(study: Study) -> tuple[int, int]:
    """How many points, and how many runs they ask for, all territories together; more than a design holds is refused.

    Today is lived anew for scenarios that change different figures themselves, for these are drawn in neither.
    """
    asked, many, runs = study.protocol.sensitivity, 0, 0
    for place in study.places if asked else ():
        assert asked is not None
        added = asked.n * (len(law(place).factors) + (2 if asked.method == "sobol" else 1))
        today, names = place.baseline, place.protocol.scenarios
        apart = {frozenset(changed_figures(today, place.scenarios[name])) for name in names}
        many += added
        runs += added * (len(names) + len(apart))
    if runs > LARGEST_DESIGN:
        file, line = place_of(study.folder, ("sensitivity",))
        told = {"value": runs, "high": LARGEST_DESIGN}
        raise Refused([Fault("too_many_points", file, line, "sensitivity", told)])
    return many, runs


def planned_points(study: Study) -> list[Planned]:
    """Today and every scenario at every point, on each territory; negative controls are left out."""
    runs_of(study)
    planned: list[Planned] = []
    for place in study.places:
        drawn = law(place)
        futures = [
            World(rank, place.baseline.seed, drawn.at(point), "point")
            for rank, point in enumerate(points(place), start=1)
        ]
        planned += replayed_pairs(place, place.scenarios, futures, AS_IT_IS, place.protocol.scenarios)
    return planned


def keep_points(
    study: Study,
    store: Store,
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    watch: Watch | None = None,
    run: Run | None = None,
) -> pd.DataFrame:
    """Live the points and write what each outcome changes at them: `territory … difference`, then every factor."""
    table = run_many(planned_points(study), executor, store, watch=watch, run=run or everybody)
    pairs = outcome_of(study, table).pairs
    pairs = pairs[(pairs["group"] == "all") & pairs["indicator"].isin(study.protocol.weighed_on)]
    pairs = pairs.assign(
        territory=pairs.get("territory", ""),
        difference=pairs["alternative_value"] - pairs["baseline"],
    )
    told = pairs.rename(columns={"number": "point"})[_LAID]
    parts = [
        told[told["territory"] == place.territory].merge(_laid(place), on="point") for place in study.places
    ]
    found = pd.concat(parts).sort_values(_LAID[:4], ignore_index=True)
    beside = study.folder / f".{POINTS}"
    found.to_parquet(beside, index=False)
    beside.replace(study.folder / POINTS)
    return found


def everybody(scenario: Scenario) -> Counted:
    """Live a run and keep what is told of everybody together: points are many, and groups are not looked at."""
    from simulation import run

    lived = counted(run(scenario))
    return lived._replace(rows=lived.rows[lived.rows["group"] == "all"].reset_index(drop=True))


def decided(study: Study, scenario: str, indicator: str, threshold: float, better: float) -> Decided | None:
    """What decides, from the points that were kept; none where they were not lived, or not all of them could be."""
    asked, path = study.protocol.sensitivity, study.folder / POINTS
    if asked is None or not path.exists():
        return None
    table = pd.read_parquet(path)
    mine = table[
        (table["territory"] == study.territory) & (table["scenario"] == scenario) & (table["indicator"] == indicator)
    ].sort_values("point")  # fmt: skip
    drawn, at = law(study), points(study)
    if not {*drawn.factors} <= {*table.columns}:
        return None
    differences = mine["difference"].to_numpy(dtype=np.float64)
    if len(differences) != len(at) or not np.isfinite(differences).all():
        return None
    figures = {name: _figure(name, drawn) for name in drawn.factors}
    weights = weighed(_problem(drawn.factors), figures, asked.method, at, differences)
    values = [drawn.at(point) for point in at]
    named = _figures(sorted(values[0]))
    spread = np.array([[one[path] for path in named] for one in values])
    useful = better * differences >= threshold
    return Decided(weights, conditions(named, spread, useful), len(at))


def _problem(factors: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(factors), "names": list(factors), "bounds": [(0.0, 1.0)] * len(factors)}


def _laid(study: Study) -> pd.DataFrame:
    found = pd.DataFrame(points(study), columns=list(law(study).factors))
    return found.assign(point=range(1, len(found) + 1))


def _figures(paths: Sequence[str]) -> dict[str, Number]:
    from simulation.parameters import registry

    known = registry()
    return {path: known[path] for path in paths}


def _figure(name: str, drawn: Law) -> Number:
    """A factor as a figure; those that were fitted together have one name."""
    from simulation.parameters.number import Number

    if name != FITTED:
        return next(one for one in drawn.alone if one.path == name)
    label = {lang: say("decides.fitted", lang, count=len(drawn.fitted)) for lang in LANGUAGES}
    return Number(FITTED, 0.5, 0.0, 1.0, "share", "derived", "calibration", label, False)
