"""How long lives must be led before they are counted (mise en route): the months of a warm-up, looked at.

Today is lived again with its warm-up counted, over the first luck seeds. Two looks: a moving mean (Welch, 1983), and
the number of first months whose loss makes the mean of the rest most precise (MSER, White 1997). Seasons move both.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.batch import Run, run_many
from experiments.designs import Planned
from experiments.store import Store
from experiments.study import Study
from experiments.totals import MONTH
from experiments.worlds import luck

MONTHS = "warm-up.csv"
SEEDS = 4
"""Luck seeds over which months are averaged: chance shrinks, the warm-up does not."""
LONGEST_AFTER = 364
"""Counted days that are looked at after the warm-up."""
WINDOW = 5
"""Months of a moving mean, centred."""
FEWEST_MONTHS = 6


class WarmUp(NamedTuple):
    """Months of today with its warm-up: the mean over seeds, and how many first months belong to the warm-up."""

    months: pd.Series
    warm_up: int

    @property
    def smooth(self) -> pd.Series:
        """The moving mean; narrower at the ends."""
        return self.months.rolling(WINDOW, center=True, min_periods=1).mean()

    @property
    def mser(self) -> int | None:
        """First months that are better dropped, at most half; none where there are too few to say."""
        values = self.months.to_numpy(float)
        count = len(values)
        if count < FEWEST_MONTHS:
            return None
        errors = [
            float(((values[first:] - values[first:].mean()) ** 2).sum()) / (count - first) ** 2
            for first in range(count // 2 + 1)
        ]
        return int(np.argmin(errors))

    @property
    def is_long_enough(self) -> bool | None:
        """Whether the warm-up drops at least as many months as the rule asks for."""
        return None if self.mser is None else self.warm_up >= self.mser


def watched(study: Study) -> list[Planned]:
    """Today, with its warm-up counted, on each territory and each of the first seeds."""
    planned = []
    for place in study.places:
        today = place.baseline
        counted = today.with_(
            start=today.start - timedelta(days=today.warm_up_days), warm_up_days=0,
            days=today.warm_up_days + min(today.days, LONGEST_AFTER),
        )  # fmt: skip
        for world in luck(today, min(SEEDS, study.protocol.uncertainty.chance.pilot)):
            at = {"territory": place.territory, "number": world.number}
            planned.append(Planned(counted.with_(seed=world.seed), at))
    return planned


def keep_months(
    study: Study,
    folder: Path,
    executor: Executor | Callable[[], Executor] | None = None,
    run: Run | None = None,
) -> pd.DataFrame:
    """Live the warm-up and write its months beside the protocol: `territory, number, month, indicator, value`."""
    found = run_many(watched(study), executor, Store(folder, months=True), run=run)
    found = found[(found["error"] == "") & found["group"].str.startswith(MONTH)]
    asked = [study.protocol.primary, *study.protocol.secondary]
    found = found[found["indicator"].isin(asked)].assign(month=found["group"].str.removeprefix(MONTH))
    table = found[["territory", "number", "month", "indicator", "value"]].reset_index(drop=True)
    table.to_csv(study.folder / MONTHS, index=False, lineterminator="\n")
    return table


def months_of(study: Study, indicator: str) -> WarmUp | None:
    """The months of one indicator on the territory at which a study is looked at; nothing if none were lived."""
    path = study.folder / MONTHS
    if not path.exists():
        return None
    table = pd.read_csv(
        path, dtype={"territory": str, "month": str}, keep_default_na=False, na_values={"value": [""]}
    )
    mine = table[(table["territory"] == study.territory) & (table["indicator"] == indicator)]
    means = mine.groupby("month")["value"].mean().dropna()
    if means.empty:
        return None
    first = study.baseline.start.strftime("%Y-%m")
    return WarmUp(means, int((means.index < first).sum()))
