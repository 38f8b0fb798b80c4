"""The points of a grid are lived (points de la grille): each against today, in the same futures as any comparison."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, cast

import pandas as pd

from experiments.batch import Run, Watch, run_many
from experiments.compare import Lived, empty_comparison, gathered, paired, refuse_other_lives
from experiments.designs import Planned, replayed
from experiments.effect import Comparison
from experiments.explorer.grid import Grid, points
from experiments.store import Store
from experiments.totals import ROWS
from experiments.worlds import World, luck, worlds

if TYPE_CHECKING:
    from simulation.scenario import Scenario

TODAY = ""
"""The name under which the baseline stands among what is done."""


At = tuple[str, int]
"""The kind and the number of a future."""


class Unlived(Exception):
    """Futures that could not be lived: a page with holes would be believed whole."""

    def __init__(self, failed: pd.DataFrame) -> None:
        super().__init__(str(failed["error"].iloc[0]))
        self.count = len(failed)


def futures(grid: Grid, baseline: Scenario) -> list[World]:
    """Luck pairs, then worlds: those of a comparison, so that the page says what it would say."""
    return [*luck(baseline, grid.luck), *worlds(baseline, grid.worlds)]


def planned(grid: Grid, baseline: Scenario) -> list[Planned]:
    """Today and every point in every future."""
    return replayed({TODAY: baseline, **points(grid, baseline)}, futures(grid, baseline))


def lived(
    grid: Grid,
    baseline: Scenario,
    store: Store,
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    watch: Watch | None = None,
    run: Run | None = None,
) -> Iterator[tuple[str, Comparison]]:
    """Live what the store does not hold yet, then give each point compared with today, in the order of the grid."""
    named = points(grid, baseline)
    refuse_other_lives(baseline, list(named.values()))
    table = run_many(planned(grid, baseline), executor, store, watch=watch, run=run)
    failed = table[table["error"] != ""]
    if len(failed):
        raise Unlived(failed)
    known: dict[At, World] = {(one.kind, one.number): one for one in futures(grid, baseline)}
    of_scenario = {str(name): rows for name, rows in table.groupby("scenario", sort=False)}
    today = _by_future(of_scenario[TODAY])
    for name, scenario in named.items():
        yield name, _compared(baseline, name, scenario, _by_future(of_scenario[name]), today, known)


def _by_future(rows: pd.DataFrame) -> dict[At, pd.DataFrame]:
    return {cast(At, at): some for at, some in rows.groupby(["kind", "number"])}


def _compared(
    baseline: Scenario,
    name: str,
    scenario: Scenario,
    then: Mapping[At, pd.DataFrame],
    today: Mapping[At, pd.DataFrame],
    known: Mapping[At, World],
) -> Comparison:
    done = []
    for at, rows in then.items():
        pair = paired(today[at][list(ROWS)], rows[list(ROWS)], known[at])
        told = json.loads(next(filter(None, rows["told"]), "{}"))
        done.append(Lived(known[at], pair.assign(alternative=name), {name: told}))
    return gathered(empty_comparison(baseline, {name: scenario}), done, None)
