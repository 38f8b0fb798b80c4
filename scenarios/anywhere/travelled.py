"""Times of a territory come from a file or from the formula; INSEE's own minutes tell how wrong they are."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from scenarios.official.source import Read
from simulation.faults import Fault, Refused, shown
from simulation.territory import Territory, nearest_places
from simulation.territory.links import minutes_to_nearest, reach_faults

TRAVEL = "travel.csv"
TYPES: Mapping[str, tuple[str, ...]] = {"gp": ("D265", "D201"), "ed": ("D106",)}
"""Codes of equipment (BPE) of what is compared."""
FAR = 5.0
FEWEST_PEOPLE = 300


class Compared(NamedTuple):
    """Minutes to the nearest of a kind, by the territory and by INSEE, people weighing the means."""

    kind: str
    communes: int
    model: float
    insee: float
    median_gap: float
    """Median of the absolute differences, minutes."""
    far: float
    """Share of the communes more than five minutes apart."""
    worst: tuple[tuple[str, float, float], ...]
    """Communes farthest from INSEE: name, minutes of the territory, of INSEE."""


def fitted(times: pd.DataFrame, territory: Territory, label: str) -> pd.DataFrame:
    """Keep the pairs of the territory; raises Refused when a commune has none, or no GP within reach."""
    codes = set(territory.communes["insee_code"])
    here = times[times["origin"].isin(codes) & times["destination"].isin(codes)]
    here = here[here["origin"] != here["destination"]].drop_duplicates(["origin", "destination"])
    if here.empty:
        example = shown(times["origin"].iloc[0]) if len(times) else ""
        raise Refused([Fault("territory.unknown_ids", label, details={"value": example})])
    seen = set(here["origin"]) | set(here["destination"])
    lonely = [code for code in territory.communes["insee_code"] if code not in seen]
    if lonely and len(codes) > 1:
        raise Refused(
            [Fault("territory.no_pair", label, details={"value": lonely[0], "others": len(lonely)})]
        )
    told = here.assign(minutes=here["minutes"].round(2)).sort_values(
        ["origin", "destination"], ignore_index=True
    )
    faults = reach_faults(territory.with_(travel=told), {})
    if faults:
        raise Refused(fault._replace(file=label) for fault in faults)
    return told


def write(folder: Path, times: pd.DataFrame) -> None:
    """Write beside, then rename."""
    aside = folder / f".{TRAVEL}.part"
    try:
        times.to_csv(aside, index=False, lineterminator="\n")
        aside.replace(folder / TRAVEL)
    finally:
        aside.unlink(missing_ok=True)


def compared(territory: Territory, insee: Read) -> tuple[Compared, ...]:
    """Put minutes to the nearest GP and ED beside those of INSEE, commune by commune."""
    communes = territory.communes.reset_index(drop=True)
    carers, hospitals = territory.practitioners, territory.hospitals
    places = {"gp": carers[carers["role"] == "gp"], "ed": hospitals[hospitals["emergency"] == "yes"]}
    found = []
    for kind, codes in TYPES.items():
        table = insee.table[insee.table["type"].isin(codes)].groupby("insee_code")["minutes"].min()
        told = communes["insee_code"].map(table)
        if places[kind].empty or told.notna().sum() == 0:
            continue
        minutes = (
            minutes_to_nearest(territory) if kind == "gp" else nearest_places(territory, places[kind])[1]
        )
        rows = communes.assign(model=minutes, insee=told)[told.notna()]
        found.append(_compared(kind, rows))
    if not found:
        raise Refused([Fault("territory.no_minutes_here", insee.source.file)])
    return tuple(found)


def _compared(kind: str, rows: pd.DataFrame) -> Compared:
    gap = (rows["model"] - rows["insee"]).to_numpy()
    people = np.maximum(rows["population"].to_numpy(), 1)
    large = rows[rows["population"] >= FEWEST_PEOPLE].assign(
        gap=lambda some: (some["model"] - some["insee"]).abs()
    )
    worst = large.sort_values("gap", ascending=False).head(4)
    return Compared(
        kind, len(rows), float(np.average(rows["model"], weights=people)),
        float(np.average(rows["insee"], weights=people)), float(np.median(np.abs(gap))),
        float((np.abs(gap) > FAR).mean()),
        tuple(zip(worst["name"], worst["model"].astype(float), worst["insee"].astype(float), strict=True)),
    )  # fmt: skip
