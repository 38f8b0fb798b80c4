"""Territories of any size: the national-average one laid side by side, or a part of France from its tables."""

from __future__ import annotations

import tempfile
from math import ceil, isqrt
from pathlib import Path

import pandas as pd

from benchmarks.shipped import shipped
from scenarios.compile.france import compile_territory
from simulation import Scenario, load
from simulation.territory import Territory

DEGREES_APART = 2.0
"""Too far for anybody to go from one copy to the next."""
FIRST_CODE = 10_000
NATIONAL_PEOPLE = 82_000


def side_by_side(people: int) -> Scenario:
    """The national-average territory as often as makes so many people, or its smallest part that does."""
    scenario = shipped("national")
    copies = ceil(people / NATIONAL_PEOPLE)
    side = isqrt(copies - 1) + 1
    places = [(nth % side, nth // side) for nth in range(copies)]
    territory = scenario.territory
    tables = {
        name: pd.concat(
            [moved(name, table, nth, *place) for nth, place in enumerate(places)], ignore_index=True
        )
        for name, table in territory.tables()
    }
    return scenario.with_(territory=thinned(territory.with_(**tables), people))


def moved(name: str, table: pd.DataFrame, nth: int, east: int, north: int) -> pd.DataFrame:
    """One copy of a table, elsewhere and under names of its own."""
    moved = table.copy()
    for column in ("id", "msp", "name", "basin", "epci", "cpts", "finess_et"):
        if column in moved and name != "observed":
            moved[column] = moved[column].where(moved[column] == "", moved[column] + f"~{nth}")
    if "insee_code" in moved:
        moved["insee_code"] = (moved["insee_code"].astype(int) - 99_400 + FIRST_CODE + 100 * nth).astype(str)
    if "lat" in moved:
        moved["lat"] += (north - 5) * DEGREES_APART
        moved["lon"] += (east - 5) * DEGREES_APART
    return moved


def thinned(territory: Territory, people: int) -> Territory:
    """The same with fewer people and as much fewer practitioners, when even one copy is too many."""
    share = people / int(territory.communes["population"].sum())
    if share > 0.99:
        return territory
    communes, carers = territory.communes.copy(), territory.practitioners
    communes["population"] = (communes["population"] * share).round().astype(int)
    kept = carers.groupby("role").cumcount() < (
        carers["role"].map(carers["role"].value_counts()) * share
    ).clip(1)
    return territory.with_(communes=communes, practitioners=carers[kept])


def part_of_france(data: Path, departements: list[str]) -> Scenario:
    """Some départements, or all France when none is named, with today's organisation of care."""
    with tempfile.TemporaryDirectory() as folder:
        compile_territory(data, Path(folder) / "territory", departements)
        told = Path(folder) / "france.yaml"
        told.write_text("title: {fr: France, en: France}\nterritory: territory\n", encoding="utf-8")
        return load(told)
