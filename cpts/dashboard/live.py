"""A year live (une année en direct): played day after day; the same drawing serves any model under Mesa's SolaraViz.

from mesa.visualization import SolaraViz
SolaraViz(model, components=[Evening])
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from cpts.dashboard import errands
from cpts.dashboard.daily import Day, day_of, drawn
from cpts.dashboard.known import known
from cpts.dashboard.question import Question
from cpts.dashboard.service import service
from simulation.model import PrimaryCare
from simulation.records import copied
from simulation.running import calendar_of, warm
from simulation.scenario import Scenario
from simulation.territory import Territory
from texts import say

WORDS = "live_title live_about live_start live_play live_pause live_step live_day live_seeking live_booked".split()
WORDS += (
    "live_seen live_unserved live_emergency live_since live_evening live_chart live_small today then".split()
)
FEWEST_PEOPLE = 300
"""Below so many people nothing is told of a territory day by day."""


class Watched(PrimaryCare):
    """A territory on its first counted morning, which SolaraViz can begin again from the scenario alone."""

    def __init__(self, asked: Scenario) -> None:
        built, day = warm(asked)
        super().__init__(asked, replace(built, state=copied(built.state), calendar=calendar_of(asked)))
        self.day = day


@solara.component_vue("year.vue")
def YearSheet(m: dict, event_begin: Any = None) -> None:
    """Days that go by, with figures and one curve."""


@solara.component
def Year(page: str, question: Question, lang: str) -> None:
    """The year of today beside the year of the action, same luck, lived by a worker."""
    shared = service()
    begun, begin = solara.use_state(False)
    small = is_small(question.start.scenario.territory)
    solara.use_effect(lambda: begin(False), [question.key])
    task = errands.year(question.start.scenario, next(iter(question.named.values())))
    found, status = known(shared, f"{page}:year", (task,) if begun and not small else (), "live_living", lang)
    m = {
        "words": {name: say(f"dashboard.{name}", lang) for name in WORDS},
        "lang": lang,
        "years": found.get(task.key, {}),
        "status": say("dashboard.live_small", lang) if small else status,
        "live": False,
        "begun": begun or small,
    }
    YearSheet(m=m, event_begin=lambda _: begin(True))


@solara.component
def Evening(model: PrimaryCare, lang: str = "fr") -> None:
    """The evening of a model and those before it; SolaraViz plays and steps, this follows.

    Nothing is drawn of a territory of fewer than 300 people.
    """
    from mesa.visualization.utils import update_counter

    update_counter.get()
    history: Any = solara.use_ref([])
    kept = [day for day in history.current if day.date < model.date.isoformat()]
    history.current = with_evening(kept, model)
    m = {
        "words": {name: say(f"dashboard.{name}", lang) for name in WORDS},
        "lang": lang,
        "years": {"today": drawn(history.current)} if history.current else {},
        "status": "" if history.current else say("dashboard.live_small", lang),
        "live": True,
        "begun": True,
    }
    YearSheet(m=m)


def is_small(territory: Territory) -> bool:
    """Whether so few people live there that no day of theirs is shown."""
    communes = territory.communes
    return int(communes.loc[communes["inside"], "population"].sum()) < FEWEST_PEOPLE


def with_evening(days: list[Day], model: PrimaryCare) -> list[Day]:
    """The days already seen, and the last one lived; another model begins anew."""
    if is_small(model.territory):
        return []
    last = day_of(model)
    return [*(day for day in days if day.date < last.date), last]
