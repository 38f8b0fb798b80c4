"""The same lives twice (comparaison appariée): today and with the action, in every simulated future.

Two futures of one world share seed and figures, so that only the action parts them. Worlds tell what is not
known, luck pairs what chance alone would do; the two are never mixed in one interval.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from experiments.action import Action, Lever, action_of, changed_figures, named_by_title
from experiments.effect import Comparison, Effect
from experiments.totals import Counted, counted
from experiments.worlds import World, luck, worlds
from simulation.faults import Fault, Refused

if TYPE_CHECKING:
    from experiments.posterior import Posterior
    from simulation.indicators import Indicator
    from simulation.parameters import Number
    from simulation.results import Results
    from simulation.scenario import Scenario

__all__ = [
    "Action",
    "Comparison",
    "Effect",
    "Lever",
    "Lived",
    "compare",
    "local_figures",
    "run_pair",
    "run_world",
]

Run = Callable[["Scenario"], "Results | Counted"]
Watch = Callable[[Comparison, int], None]

LOCAL_FIGURES_WANTED = 10
PEOPLE_FROM = "acts_per_inhabitant"  # the indicator whose cases are the inhabitants of each group
_SHARED = ("start", "days", "warm_up_days", "ring")  # what two futures of the same people have in common
_ORDER = ["alternative", "kind", "number", "indicator", "group"]
_COLUMNS = [*_ORDER, "seed", "baseline", "alternative_value", "n"]


class Lived(NamedTuple):
    """What one world taught: a row for each alternative, indicator and group, and how each run was made."""

    world: World
    rows: pd.DataFrame
    provenance: Mapping[str, Mapping[str, Any]]


def compare(
    baseline: "Scenario",
    alternatives: "Sequence[Scenario]",
    *,
    worlds: int = 20,
    luck: int = 8,
    executor: Executor | None = None,
    watch: Watch | None = None,
    indicators: "Mapping[str, Indicator] | None" = None,
    registry: "Mapping[str, Number] | None" = None,
    run: Run | None = None,
    calibrated: bool | None = None,
    france: Mapping[str, float] | None = None,
    posterior: "Posterior | None" = None,
) -> Comparison:
    """Replay each world under the baseline and every alternative, in any executor: the answer is the same.

    `watch(so_far, total)` is called after each world with the comparison as it then stands; raising from it
    stops the whole. `france` holds the national figures that the baseline misses, as a share of the figure;
    `calibrated` is taken from the results unless said; `posterior` holds other fitted points than those of France.
    """
    refuse_other_lives(baseline, alternatives)
    named = named_by_title(alternatives)
    futures = _futures(baseline, worlds, luck, registry, posterior)
    lived: list[Lived] = []
    empty = empty_comparison(baseline, named, indicators, registry, calibrated, france)
    for one in _lived(baseline, named, futures, executor, run):
        lived.append(one)
        if watch is not None:
            watch(gathered(empty, lived, calibrated), len(futures))
    return gathered(empty, lived, calibrated)


def run_world(
    baseline: "Scenario", alternatives: "Mapping[str, Scenario]", world: World, run: Run | None = None
) -> Lived:
    """One world under every scenario; today is lived once for all the alternatives that can share it."""
    today: dict[frozenset[str], pd.DataFrame] = {}
    rows, provenance = [], {}
    for name, alternative in alternatives.items():
        pair, provenance[name] = run_pair(baseline, alternative, world, run=run, today=today)
        rows.append(pair.assign(alternative=name))
    return Lived(world, pd.concat(rows, ignore_index=True), provenance)


def run_pair(
    baseline: "Scenario",
    alternative: "Scenario",
    world: World,
    *,
    run: Run | None = None,
    today: dict[frozenset[str], pd.DataFrame] | None = None,
) -> tuple[pd.DataFrame, Mapping[str, Any]]:
    """The two futures of one pair; figures that the alternative itself changes are not drawn in it."""
    live = run or _model()
    today = {} if today is None else today
    held = frozenset(changed_figures(baseline, alternative))
    if held not in today:
        today[held] = counted(live(_future(baseline, world, held))).rows
    then = counted(live(_future(alternative, world, held)))
    return paired(today[held], then.rows, world), then.told


def paired(before: pd.DataFrame, after: pd.DataFrame, world: World) -> pd.DataFrame:
    """The totals of two futures of one world, side by side: `indicator, group, baseline, n, alternative_value`."""
    then = after[["indicator", "group", "value"]].rename(columns={"value": "alternative_value"})
    pair = before.rename(columns={"value": "baseline"}).merge(then, on=["indicator", "group"], how="outer")
    return pair.assign(kind=world.kind, number=world.number, seed=world.seed)


def _model() -> Run:
    from simulation import run

    return run


def local_figures(scenario: "Scenario") -> tuple[int, int]:
    """How many facts of the place itself are given (repères locaux), of those a territory should bring."""
    observed = scenario.territory.observed
    if observed is None:
        return 0, LOCAL_FIGURES_WANTED
    known = observed.dropna(subset=["value", "low", "high"], how="all")["indicator"].nunique()
    return min(int(known), LOCAL_FIGURES_WANTED), LOCAL_FIGURES_WANTED


def practices(scenario: "Scenario") -> dict[str, int]:
    """GP practices of each basin: where they are few, a figure of the basin would be theirs."""
    communes, carers = scenario.territory.communes, scenario.territory.practitioners
    inside = communes[communes["inside"]].set_index("insee_code")["basin"]
    found = carers[carers["role"] == "gp"]["insee_code"].map(inside).value_counts()
    return {f"basin:{basin}": int(found.get(basin, 0)) for basin in sorted(set(inside))}


def refuse_other_lives(baseline: "Scenario", alternatives: "Sequence[Scenario]") -> None:
    """Other people or other dates would be counted as an effect of the action."""
    others = [
        Fault("not_comparable", field=name, details={"value": str(getattr(one, name))})
        for one in alternatives
        for name in _SHARED
        if getattr(one, name) != getattr(baseline, name)
    ]
    for one in alternatives:
        if one.territory.sources != baseline.territory.sources:
            others.append(Fault("not_comparable", field="territory", details={"value": one.territory.name}))
    if others:
        raise Refused(tuple(others))


def _futures(
    baseline: "Scenario",
    count: int,
    lucky: int,
    registry: "Mapping[str, Number] | None",
    posterior: "Posterior | None",
) -> list[World]:
    return [*luck(baseline, lucky), *worlds(baseline, count, registry=registry, posterior=posterior)]


def _lived(
    baseline: "Scenario",
    alternatives: "Mapping[str, Scenario]",
    futures: Sequence[World],
    executor: Executor | None,
    run: Run | None,
) -> Iterator[Lived]:
    if executor is None:
        for world in futures:
            yield run_world(baseline, alternatives, world, run)
        return
    waiting = [executor.submit(run_world, baseline, alternatives, world, run) for world in futures]
    try:
        for done in as_completed(waiting):
            yield done.result()
    finally:
        for one in waiting:
            one.cancel()


def _future(scenario: "Scenario", world: World, held: frozenset[str]) -> "Scenario":
    figures = {path: value for path, value in world.parameters.items() if path not in held}
    return scenario.with_(seed=world.seed, parameters=figures)


def empty_comparison(
    baseline: "Scenario",
    named: "Mapping[str, Scenario]",
    indicators: "Mapping[str, Indicator] | None" = None,
    registry: "Mapping[str, Number] | None" = None,
    calibrated: bool | None = None,
    france: Mapping[str, float] | None = None,
) -> Comparison:
    """The comparison before its first world: what is asked is known, what follows is not."""
    if indicators is None:
        from simulation.indicators import INDICATORS

        indicators = INDICATORS
    return Comparison(
        pairs=pd.DataFrame(columns=_COLUMNS),
        actions={name: action_of(baseline, scenario, registry) for name, scenario in named.items()},
        indicators=indicators,
        days=baseline.days,
        calibrated=bool(calibrated),
        local_figures=local_figures(baseline),
        practices=practices(baseline),
        france=dict(france or {}),
    )


def gathered(empty: Comparison, lived: Sequence[Lived], calibrated: bool | None) -> Comparison:
    """Sorted, so that the order in which worlds end is forgotten."""
    if not lived:
        return empty
    ordered = sorted(lived, key=lambda one: (one.world.kind, one.world.number))
    pairs = pd.concat([one.rows for one in ordered], ignore_index=True)[_COLUMNS]
    told = ordered[0].provenance  # the first luck pair: central figures and the seed that is stated
    people = pairs[pairs["indicator"] == PEOPLE_FROM].groupby("group")["n"].first()
    actions = {
        name: action._replace(
            ramp=told[name].get("deployed_share"),
            year=told[name].get("contract_year", 1),
            money_share=told[name].get("money_share"),
        )
        for name, action in empty.actions.items()
    }
    fitted = [bool(one.get("calibrated")) for one in told.values()]
    return empty.with_(
        pairs=pairs.sort_values(_ORDER, ignore_index=True),
        actions=actions,
        people={str(group): float(count) for group, count in people.items()},
        calibrated=all(fitted) if calibrated is None else calibrated,
        draws={one.world.number: one.world.parameters for one in ordered if one.world.kind == "world"},
    )
