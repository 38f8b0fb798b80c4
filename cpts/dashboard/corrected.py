"""A place once its coordinator has corrected it (territoire corrigé): made by a worker, read as any folder is."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import yaml

from cpts.dashboard.corrections import Correction, is_share
from cpts.dashboard.places import OWN, OWN_FILE
from cpts.dashboard.question import Task
from cpts.dashboard.received import Received, faulty, packed
from cpts.dashboard.staffed import restaffed
from simulation.territory.schema import schema
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.territory import Territory


def task(name: str, source: str, scenario: Scenario, corrections: Sequence[Correction]) -> Task:
    """To be made by a worker: a place that cannot be simulated breaks no page."""
    return Task(("received", name), corrected, (source, scenario, tuple(corrections)))


def corrected(source: str, scenario: Scenario, corrections: Sequence[Correction]) -> Received:
    """The scenario of a source once corrected, with its folder packed; else why it cannot be simulated."""
    from simulation.territory import read_territory

    parameters = _parameters(corrections)
    with tempfile.TemporaryDirectory(prefix="cpts-") as place:
        folder = Path(place) / OWN_FILE
        folder.mkdir()
        written(retold(scenario, corrections), folder)
        asked = Path(place) / f"{OWN_FILE}.yaml"
        asked.write_text(_scenario_file(source, parameters), encoding="utf-8")
        try:
            changes = {"territory": read_territory(folder), "parameters": parameters}
            made = scenario.with_(**changes)
        except ValueError as problem:
            return faulty(problem, [])
        return Received(made, {}, {}, folder=packed([*sorted(folder.iterdir()), asked], Path(place)))


def retold(scenario: Scenario, corrections: Sequence[Correction]) -> Territory:
    """The tables of a place with what was put right in them."""
    return scenario.territory.with_(
        practitioners=restaffed(scenario, corrections), observed=_observed(scenario.territory, corrections)
    )


def written(territory: Territory, folder: Path) -> None:
    """Write the tables as a folder that anybody can read again."""
    for name, frame in territory.tables():
        columns = [one.name for one in schema()[f"{name}.csv"]]
        table = frame.reindex(columns=columns)
        if name == "communes":
            table["inside"] = table["inside"].map({True: "indicator", False: "ring"})
        for column in columns:
            if pd.api.types.is_numeric_dtype(table[column]):
                table[column] = [_figure(one) for one in table[column]]
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


def _figure(value: float) -> str:
    """As short as it can be and still be the same."""
    if pd.isna(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _observed(territory: Territory, corrections: Sequence[Correction]) -> pd.DataFrame | None:
    """The figures that were given, then those that they do not replace."""
    given = [one for one in corrections if one.kind == "observed"]
    before = territory.observed
    if not given:
        return before
    rows = pd.DataFrame(
        [
            {
                "indicator": one.where,
                "value": one.value / 100 if is_share(one.where) else one.value,
                "year": float(one.year),
                "source": one.also,
                "note": "",
            }
            for one in given
        ]
    )
    columns = [one.name for one in schema()["observed.csv"]]
    mine = rows.reindex(columns=columns).astype({"low": float, "high": float})
    if before is None:
        return mine
    left = before[~before["indicator"].isin(mine["indicator"])]
    return mine if left.empty else pd.concat([mine, left[columns]], ignore_index=True)


def _parameters(corrections: Sequence[Correction]) -> dict[str, dict[str, float]]:
    kept = [one.value for one in corrections if one.kind == "same_day"]
    return {"supply": {"same_day_share": kept[-1] / 100}} if kept else {}


def _scenario_file(source: str, parameters: dict[str, dict[str, float]]) -> str:
    """What the command line simulates, beside the folder."""
    told: dict[str, object] = {
        "title": {one: say("dashboard.own_name", one) for one in LANGUAGES},
        "extends": "calibrated.yaml" if source.startswith(OWN) else f"{Path(source).stem}.yaml",
        "territory": OWN_FILE,
    }
    if parameters:
        told["parameters"] = parameters
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False))
