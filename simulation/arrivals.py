"""GPs who will arrive during a run (installations): known to the draw, not to anybody before their day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from simulation.calendar import Calendar, date_of, number_of
from simulation.chances import one
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.parameters import Parameters
from simulation.places import number_of_name
from simulation.territory import Territory

AGE_ON_ARRIVAL = 35


def with_arrivals(territory: Territory, parameters: Parameters, calendar: Calendar) -> Territory:
    """Add the GPs who will come, each near one who practises already, so that no other place matters.

    Successors are counted among arrivals: only the others are drawn here.
    """
    given, table = parameters.workforce, territory.practitioners
    yearly = max(given.arrivals_per_year - given.exits_per_year * given.successor_share, 0.0)
    chance = one(yearly / 12)
    rows = []
    for _, gp in table[table["role"] == "gp"].iterrows():
        who = number_of_name(str(gp["id"]))
        for day in first_days(calendar):
            if draw(calendar.seed, decisions.ARRIVES, day, who, 0) < chance:
                rows.append(newcomer(gp, day, parameters))
    if not rows:
        return territory.with_(practitioners=table.assign(arrives=-1))
    arrivals = pd.DataFrame(rows).astype(table.dtypes.to_dict())
    days = np.concatenate([np.full(len(table), -1), [row["arrives"] for row in rows]])
    return territory.with_(
        practitioners=pd.concat([table, arrivals[table.columns]], ignore_index=True).assign(arrives=days)
    )


def first_days(calendar: Calendar) -> list[int]:
    """First days of the counted months, those before the first counted day left out."""
    starts = [number_of(date.fromisoformat(f"{month}-01")) for month in calendar.months]
    return [day for day in starts if day >= calendar.first]


def newcomer(near: pd.Series, day: int, parameters: Parameters) -> dict[str, object]:
    """Describe a GP who opens a practice of his own near another."""
    slots = parameters.supply.slots_per_gp * parameters.workforce.arrivals_hours_ratio
    told = {str(name): value for name, value in near.items()}
    return told | {
        "id": f"arrival-{date_of(day):%Y-%m}-{near['id']}", "age": AGE_ON_ARRIVAL, "slots_per_year": slots,
        "half_days_per_week": np.nan, "msp": "", "cpts": "", "accepts_new": "yes", "leaving": "", "arrives": day,
    }  # fmt: skip
