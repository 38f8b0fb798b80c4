"""A territory at a glance (diagnostic): its people and its supply, beside those of France by the same rules."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from scenarios.anywhere.building import Built
from scenarios.anywhere.ground import successors
from scenarios.compile.france import GPS_OF_FRANCE
from scenarios.compile.national import ROLES
from scenarios.compile.need import need
from scenarios.compile.practitioners import SLOTS_PER_GP
from scenarios.official.source import Read
from simulation.territory import Territory, minutes_to_places, nearest_places
from simulation.territory.links import minutes_to_nearest

FEWEST_PEOPLE, FEWEST_PRACTICES = 300, 3
"""Under these nothing is told by inhabitant."""
PER_100_000 = 100_000
SITES_OF_FRANCE = 719


class Figure(NamedTuple):
    """One line: what it is (`territory.figure_<name>`), here, in France, and how it is written."""

    name: str
    here: float
    france: float = float("nan")
    decimals: int = 0
    unit: str = ""


class Diagnosis(NamedTuple):
    """The figures of a territory, with the EDs people reach and what is told of zoning."""

    figures: tuple[Figure, ...]
    emergencies: tuple[tuple[str, float], ...]
    """Name of an ED, minutes by car from the middle inhabitant."""
    zoning: tuple[tuple[str, int], ...]
    is_small: bool
    """Too few people or practices to tell anything by inhabitant."""


def diagnosis(built: Built, territory: Territory, files: Mapping[str, Read]) -> Diagnosis:
    """Count a territory; people weigh the minutes."""
    communes = territory.communes
    inside = communes[communes["inside"]]
    carers = territory.practitioners
    ours = carers[carers["insee_code"].isin(inside["insee_code"])]
    gps = ours[ours["role"] == "gp"]
    people = float(inside["population"].sum())
    small = people < FEWEST_PEOPLE or len(gps) < FEWEST_PRACTICES
    figures = [*of_people(inside, communes, built.france)]
    if not small:
        figures += of_supply(ours, people, _need(inside), built.france["people"])
    figures += of_access(territory, inside, small)
    figures += of_official(inside, files)
    return Diagnosis(tuple(figures), emergencies(territory), zoning(inside, files), small)


def of_people(inside: pd.DataFrame, communes: pd.DataFrame, france: Mapping[str, float]) -> list[Figure]:
    """Count people, communes and ages, beside those of France."""
    people = inside["population"].sum()
    ring = communes[~communes["inside"]]
    young, old = (_mean(inside, name) for name in ("share_0_14", "share_65_plus"))
    return [
        Figure("people", float(people), france["people"]),
        Figure("communes", len(inside)),
        Figure("ring", float(ring["population"].sum())),
        Figure("young", young * 100, france["share_0_14"] * 100, 1, "%"),
        Figure("old", old * 100, france["share_65_plus"] * 100, 1, "%"),
    ]


def of_supply(ours: pd.DataFrame, people: float, need_here: float, france: float) -> list[Figure]:
    """GPs, what they offer by inhabitant (standardised by age), and the other roles."""
    gps = ours[ours["role"] == "gp"]
    slots = float(gps["slots_per_year"].sum())
    national = GPS_OF_FRANCE * SLOTS_PER_GP / france
    roles = ours["role"].value_counts()
    others = [
        Figure(role, float(roles[role]) / people * PER_100_000, number / 82_000 * PER_100_000, 0)
        for role, number in ROLES.items()
        if role in roles
    ]
    return [
        Figure("gps", len(gps), GPS_OF_FRANCE),
        Figure("gp_density", len(gps) / people * PER_100_000, GPS_OF_FRANCE / france * PER_100_000, 0),
        Figure("slots", slots / people, national, 2),
        Figure("slots_by_need", slots / people / need_here, national, 2),
        *others,
    ]


def of_access(territory: Territory, inside: pd.DataFrame, small: bool) -> list[Figure]:
    """Minutes by car to the nearest GP and to the nearest ED."""
    found = []
    gps = territory.practitioners[territory.practitioners["role"] == "gp"]
    hospitals = territory.hospitals[territory.hospitals["emergency"] == "yes"]
    people = inside["population"].to_numpy()
    rows = territory.communes["inside"].to_numpy()
    for name, places, far in (("gp", gps, 15), ("ed", hospitals, 30)):
        if places.empty or not people.sum():
            continue
        minutes = minutes_to_nearest(territory) if name == "gp" else nearest_places(territory, places)[1]
        here = minutes[rows]
        found.append(
            Figure(f"minutes_{name}", float(np.average(here, weights=people)), decimals=1, unit="min")
        )
        far_share = float(people[here > far].sum() / people.sum()) * 100
        if not small:
            national = 8.0 if name == "ed" else float("nan")  # 6 to 10 % of people (AMRF 2021, DREES 2017)
            found.append(Figure(f"far_{name}", far_share, national, 0, "%"))
    houses = territory.structures[territory.structures["insee_code"].isin(inside["insee_code"])]
    return [*found, Figure("houses", float((houses["kind"] == "msp").sum()))]


def of_official(inside: pd.DataFrame, files: Mapping[str, Read]) -> list[Figure]:
    """The official measure of accessibility (APL), when its file is there."""
    if "apl" not in files:
        return []
    table = files["apl"].table.dropna(subset=["apl", "people"])
    former = successors(files)
    codes = table["insee_code"].map(lambda code: former.get(code, code))
    here = table[codes.isin(inside["insee_code"])]
    if here.empty:
        return []
    means = [float(np.average(some["apl"], weights=some["people"])) for some in (here, table)]
    return [Figure("apl", means[0], means[1], 2)]


def emergencies(territory: Territory, most: int = 4) -> tuple[tuple[str, float], ...]:
    """The EDs nearest to the inhabitants, with the mean minutes."""
    hospitals = territory.hospitals[territory.hospitals["emergency"] == "yes"]
    if hospitals.empty:
        return ()
    rows = territory.communes["inside"].to_numpy()
    people = territory.communes["population"].to_numpy()[rows]
    near = hospitals
    if len(near) * len(rows) > 4_000_000:  # a country has no middle
        return ()
    minutes = minutes_to_places(territory, near)[rows]
    means = np.average(minutes, axis=0, weights=np.maximum(people, 1))
    order = np.argsort(means)[:most]
    return tuple((str(near["name"].iloc[at]), float(means[at])) for at in order)


def zoning(inside: pd.DataFrame, files: Mapping[str, Read]) -> tuple[tuple[str, int], ...]:
    """How many communes are in each zone of the agreements."""
    if "zoning" not in files:
        return ()
    table = files["zoning"].table
    here = table[table["insee_code"].isin(inside["insee_code"])]
    counts = here["zone"].value_counts()
    return tuple((str(zone), int(count)) for zone, count in counts.items())


def _need(inside: pd.DataFrame) -> float:
    return need(_mean(inside, "share_0_14"), _mean(inside, "share_65_plus"))


def _mean(communes: pd.DataFrame, name: str) -> float:
    people = communes["population"].to_numpy()
    return float(np.average(communes[name], weights=people)) if people.sum() else float(communes[name].mean())
