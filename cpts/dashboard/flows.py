"""Where people are seen (flux): from where they live to where their GPs practise, in a year of one simulated future."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import solara

from cpts.dashboard.drawn_map import Drawing, drawing
from cpts.dashboard.known import known
from cpts.dashboard.question import Question, Task
from cpts.dashboard.service import service
from experiments.effect import FEWEST_PEOPLE, FEWEST_PRACTICES
from texts import number, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.territory import Territory

FEWEST_TOLD = 11
"""People under whom a flow is not told, as the statistics of health insurance do."""
SHARE_DRAWN = 0.01
"""Share of its people under which a flow is in the table only: a drawing of all would be a cloud."""
WORDS = (
    "flows_title flows_about flows_start flows_from flows_to flows_people flows_share flows_note flows_table "
    "flows_here map_show show_today show_then"
).split()
ELSEWHERE = "*"
"""Practices outside the territory, together."""


class Flow(NamedTuple):
    """So many people of a place met a GP of another in the year; a person may have met several."""

    origin: str
    destination: str
    people: int


class Lived(NamedTuple):
    """Flows by commune, before anything is merged: people by commune of residence and of practice."""

    met: pd.DataFrame
    """origin, destination (INSEE codes), people."""
    people: Mapping[str, int]
    gps: Mapping[str, int]


@solara.component_vue("flows.vue")
def FlowsSheet(m: dict, event_begin: Callable[[Any], None], event_show: Callable[[Any], None]) -> None:
    """Lines between places, and the same as a table."""


@solara.component
def Flows(page: str, question: Question, lang: str) -> None:
    """Nothing is simulated before somebody asks."""
    asked, ask = solara.use_state("")
    side, show = solara.use_state("today")
    begun = asked == question.key
    task_ = task(question.start.scenario, next(iter(question.named.values())))
    found, status = known(service(), f"{page}:flows", (task_,) if begun else (), "flows_living", lang)
    sides = found.get(task_.key, {})
    told = sides.get(side) or sides.get("today")
    m = {
        "words": {name: say(f"dashboard.{name}", lang) for name in WORDS},
        "begun": begun,
        "status": status,
        "side": side if side in sides else "today",
        "sides": list(sides),
        **({} if told is None else drawn(question.start.scenario.territory, told, lang)),
    }
    FlowsSheet(m=m, event_begin=lambda _: ask(question.key), event_show=lambda name: show(str(name)))


def task(baseline: Scenario, alternative: Scenario) -> Task:
    """One year of today, and one with the action, with the luck that is stated."""
    return Task(("flows", baseline.content_hash, alternative.content_hash), lived, (baseline, alternative))


def lived(baseline: Scenario, alternative: Scenario) -> dict[str, tuple[Flow, ...]]:
    """Flows between places large enough to be told, by side."""
    sides = {"today": baseline} | ({"then": alternative} if alternative.policies else {})
    return {side: merged(one.territory, met_in(one)) for side, one in sides.items()}


def met_in(scenario: Scenario) -> Lived:
    """Live a year and look, on its last evening but one, at whom everybody met since its first day."""
    from simulation.running import begin

    model = begin(scenario)
    while model.day < model.calendar.last:
        model.step()
    patients, carers, places = model.state.patients, model.state.practitioners, model.state.places
    codes = np.array(scenario.territory.communes["insee_code"], dtype=object)
    here = places.inside.astype(bool)[patients.commune]
    rows, ranks = np.nonzero((patients.seen_gps >= 0) & here[:, None])
    where = carers.commune[patients.seen_gps[rows, ranks]]
    kept = where >= 0
    table = pd.DataFrame({"origin": codes[patients.commune[rows[kept]]], "destination": codes[where[kept]]})
    met = table.value_counts().rename("people").reset_index()
    people = {str(code): int(count) for code, count in zip(codes, places.people, strict=True)}
    return Lived(met, people, gps_there(scenario.territory))


def gps_there(territory: Territory) -> dict[str, int]:
    """GPs by commune as the territory lists them, around it too: whoever comes in the year hides nobody."""
    carers = territory.practitioners
    counted = carers.loc[carers["role"] == "gp", "insee_code"].value_counts()
    return {str(code): int(count) for code, count in counted.items()}


def merged(territory: Territory, found: Lived) -> tuple[Flow, ...]:
    """Places with too few people or practices are told with others, and a flow of a few people is not told."""
    communes = territory.communes
    names = dict(zip(communes["insee_code"], communes["name"], strict=True))
    inside = communes[communes["inside"]]
    origin = _gathered(inside, names, found.people, FEWEST_PEOPLE)
    destination = _gathered(inside, names, found.gps, FEWEST_PRACTICES)
    table = found.met.assign(
        origin=found.met["origin"].map(origin),
        destination=found.met["destination"].map(lambda code: destination.get(code, ELSEWHERE)),
    )
    ring = sum(count for code, count in found.gps.items() if code not in destination)
    if ring < FEWEST_PRACTICES:
        table = table[table["destination"] != ELSEWHERE]
    table = table[(table["origin"] != "") & (table["destination"] != "")]
    summed = table.groupby(["origin", "destination"], sort=True, as_index=False)["people"].sum()
    return tuple(
        Flow(str(one), str(other), int(people))
        for one, other, people in summed.to_numpy(object)
        if people >= FEWEST_TOLD
    )


def _gathered(
    inside: pd.DataFrame, names: Mapping[str, str], sizes: Mapping[str, int], least: int
) -> dict[str, str]:
    """The place under which each commune is told: its own, that of its basin, all small ones, or none."""
    told: dict[str, str] = {}
    small: dict[str, list[str]] = {}
    for code, basin in inside[["insee_code", "basin"]].to_numpy(object):
        if sizes.get(code, 0) >= least:
            told[code] = str(names[code])
        else:
            small.setdefault(str(basin), []).append(code)
    left = []
    for basin, codes in small.items():
        if sum(sizes.get(code, 0) for code in codes) >= least:
            told |= dict.fromkeys(codes, f"basin:{basin}")
        else:
            left += codes
    others = "basin:" if sum(sizes.get(code, 0) for code in left) >= least else ""
    return told | dict.fromkeys(left, others)


def drawn(territory: Territory, flows: tuple[Flow, ...], lang: str) -> dict[str, Any]:
    """Lines and a table, the largest first; positions in the frame of the map."""
    frame = drawing(territory)
    total = sum(one.people for one in flows)
    by_origin = pd.Series({(one.origin, one.destination): one.people for one in flows}, dtype=float)
    of_origin = by_origin.groupby(level=0).sum() if len(by_origin) else by_origin
    lines = []
    for one in sorted(flows, key=lambda flow: -flow.people):
        share = one.people / float(of_origin[one.origin])
        lines.append(
            {
                "origin": place_told(one.origin, "from", lang),
                "destination": place_told(one.destination, "to", lang),
                "people": number(one.people, lang),
                "share": say("reading.percent", lang, value=number(round(share * 100), lang)),
                "short": place_told(one.destination, "short", lang),
                "here": one.origin == one.destination and not one.origin.startswith("basin:"),
                "drawn": one.people >= SHARE_DRAWN * total,
                "from": _at(territory, frame, one.origin),
                "to": _at(territory, frame, one.destination, gps_there(territory)),
                "width": round(3 + 40 * (one.people / max(total, 1)) ** 0.5, 1),
            }
        )
    shapes = [one._asdict() for one in frame.shapes]
    return {"lines": lines, "map": {"shapes": shapes, "width": frame.width, "height": frame.height}}


def _at(
    territory: Territory, frame: Drawing, place: str, gps: Mapping[str, int] | None = None
) -> tuple[int, int]:
    """The town of a commune, the middle of the small ones of a basin, or the corner for what is around."""
    communes = territory.communes
    if gps is not None:
        communes = communes[communes["insee_code"].isin(list(gps))]
    if place == ELSEWHERE:
        return round(frame.width), round(frame.height * 0.05)
    if place.startswith("basin:"):
        basin = place.partition(":")[2]
        mine = communes[communes["inside"] & ((communes["basin"] == basin) | (not basin))]
    else:
        mine = communes[communes["inside"] & (communes["name"] == place)]
    x, y = np.mean([frame.towns[str(code)] for code in mine["insee_code"]], axis=0)
    return round(float(np.clip(x, 20, frame.width - 20))), round(float(np.clip(y, 20, frame.height - 20)))


def place_told(place: str, way: str, lang: str) -> str:
    """A place as it is read: a commune, the small ones of a basin, or outside."""
    if place == ELSEWHERE:
        return say("dashboard.flows_outside", lang)
    if place.startswith("basin:"):
        basin = place.partition(":")[2]
        return say(
            f"dashboard.flows_small_{way}" if basin else f"dashboard.flows_all_small_{way}", lang, basin=basin
        )
    return place
