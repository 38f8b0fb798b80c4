"""Carers of a place as counts (effectifs): how many of a role in each commune, and the same once corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from cpts.dashboard.corrections import Correction
    from simulation.scenario import Scenario
    from simulation.territory import Territory

ROLE: Mapping[str, str] = {"gps": "gp", "nurses": "nurse"}
WEEKS, MOST_HALF_DAYS = 47, 14
"""Weeks that a GP works in a year; half-days of a week."""


def counts(territory: Territory, kind: str) -> dict[str, int]:
    """How many there are in each commune that is counted."""
    communes, carers = territory.communes, territory.practitioners
    inside = set(communes.loc[communes["inside"], "insee_code"])
    mine = carers[(carers["role"] == ROLE[kind]) & carers["insee_code"].isin(inside)]
    return {str(code): int(count) for code, count in mine["insee_code"].value_counts().items()}


def half_days_mean(scenario: Scenario) -> float:
    """Half-days of a week, the mean of the GPs who are counted; found from their slots where nobody says."""
    from simulation.practices import SLOTS_OF_HALF_DAY

    territory = scenario.territory
    gps = territory.practitioners[_counted_gps(territory.practitioners, territory)]
    slots = gps["slots_per_year"].fillna(scenario.parameters.supply.slots_per_gp)
    found = (slots / (WEEKS * SLOTS_OF_HALF_DAY)).round().clip(1, MOST_HALF_DAYS)
    return float(gps["half_days_per_week"].fillna(found).mean()) if len(gps) else 0.0


def restaffed(scenario: Scenario, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The practitioners once corrected; a GP who comes is a mean one, alone; the eldest go first."""
    territory = scenario.territory
    carers = territory.practitioners
    for one in corrections:
        if one.kind in ROLE:
            carers = _sized(carers, territory, one)
    for one in corrections:
        if one.kind == "half_days":
            carers = _paced(carers, scenario, one.value)
        elif one.kind in ("closed", "leaving"):
            carers = _marked(carers, one)
    return carers.reset_index(drop=True)


def _counted_gps(carers: pd.DataFrame, territory: Territory) -> pd.Series:
    communes = territory.communes
    inside = communes.loc[communes["inside"], "insee_code"]
    return (carers["role"] == "gp") & carers["insee_code"].isin(inside)


def _eldest(carers: pd.DataFrame, role: str, commune: str) -> list[object]:
    """Rows of a role in a commune, the eldest first; those whose age nobody knows come last."""
    mine = carers[(carers["role"] == role) & (carers["insee_code"] == commune)]
    return list(mine.sort_values(["age", "id"], ascending=[False, True], na_position="last").index)


def _sized(carers: pd.DataFrame, territory: Territory, asked: Correction) -> pd.DataFrame:
    role, there = ROLE[asked.kind], _eldest(carers, ROLE[asked.kind], asked.where)
    missing = int(asked.value) - len(there)
    if missing <= 0:
        return carers.drop(index=there[: len(there) - int(asked.value)])
    communes = territory.communes
    lat, lon = communes.loc[communes["insee_code"] == asked.where, ["lat", "lon"]].to_numpy(float)[0]
    columns: dict[str, object] = {
        name: float("nan") if pd.api.types.is_numeric_dtype(carers[name]) else "" for name in carers.columns
    }
    columns |= {"role": role, "insee_code": asked.where, "lat": lat, "lon": lon}
    columns["id"] = [f"{role}-{asked.where}-plus-{rank:02d}" for rank in range(1, missing + 1)]
    come = pd.DataFrame(columns)
    return pd.concat([carers, come.astype(carers.dtypes.to_dict())], ignore_index=True)


def _paced(carers: pd.DataFrame, scenario: Scenario, asked: float) -> pd.DataFrame:
    """Every GP offers more or fewer slots in the same proportion; half-days are whole."""
    rows = _counted_gps(carers, scenario.territory)
    times = asked / half_days_mean(scenario)
    slots = carers.loc[rows, "slots_per_year"].fillna(scenario.parameters.supply.slots_per_gp) * times
    paced = carers.copy()
    paced.loc[rows, "slots_per_year"] = slots.round()
    paced.loc[rows, "half_days_per_week"] = (
        (carers.loc[rows, "half_days_per_week"] * times).round().clip(1, MOST_HALF_DAYS)
    )
    return paced


def _marked(carers: pd.DataFrame, asked: Correction) -> pd.DataFrame:
    """So many GPs of a commune leave, or take nobody new: the eldest; the others stay, or are open."""
    there = _eldest(carers, "gp", asked.where)
    some, others = there[: int(asked.value)], there[int(asked.value) :]
    column, yes, no = ("accepts_new", "no", "yes") if asked.kind == "closed" else ("leaving", asked.also, "")
    marked = carers.copy()
    marked.loc[some, column] = yes
    marked.loc[others, column] = no
    return marked
