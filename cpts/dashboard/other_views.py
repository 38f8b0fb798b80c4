"""The other views (autres vues): Ma cible, Plus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import solara

from cpts.cli.doors import own_version
from cpts.dashboard import aims, drawn_answer, errands
from cpts.dashboard.board import mark, whole
from cpts.dashboard.choice import Choice
from cpts.dashboard.engine import Progress
from cpts.dashboard.flows import Flows
from cpts.dashboard.follow import Follower, Results
from cpts.dashboard.live import Year
from cpts.dashboard.question import Question
from cpts.dashboard.service import Service, service
from cpts.dashboard.studies import Studies
from cpts.dashboard.views import asked_of, drawn, status
from cpts.dashboard.words import words
from experiments.told_action import told_scenario
from experiments.wording import Voice
from texts import say

if TYPE_CHECKING:
    from experiments.compare import Comparison

Change = Callable[[Mapping[str, Any]], None]
Make = Callable[[Results], dict[str, Any]]


@solara.component_vue("target.vue")
def TargetSheet(m: dict, event_change: Change) -> None:
    """Efforts and targets."""


@solara.component_vue("more.vue")
def MoreSheet(m: dict, event_change: Change, event_draw: Callable[[Any], None]) -> None:
    """A map of anything, a life lived twice."""


def made(
    shared: Service, page: str, asked: Question, name: tuple[Any, ...], lang: str, make: Make
) -> dict[str, Any]:
    """Something drawn from a question as it goes, made once for all pages that ask it."""
    message, tell = solara.use_state({"made": {}, "status": "", "over": False})

    def begin() -> Callable[[], None]:
        """Follow what a view is made of, as results come."""

        def told(results: Results, progress: Progress) -> None:
            key = (*name, asked.key, len(results), lang)
            drawn_ = shared.boards.shared(key, lambda: make(results)) if results else {}
            follower.put(
                tell, {"made": drawn_, "status": status(shared, progress, lang), "over": progress.is_over}
            )

        def failed() -> None:
            follower.put(tell, {"made": {}, "status": say("dashboard.failed", lang), "over": True})

        follower = Follower(shared, page, asked.tasks, told, failed)
        return follower.begin()

    solara.use_effect(begin, [asked.key, name, lang])
    return message


@solara.component
def Target(page: str, choice: Choice, change: Change) -> None:
    """Which target can be signed."""
    shared, lang = service(), choice.lang
    first = next((name for name in choice.done if name in aims.EFFORTS), next(iter(aims.EFFORTS)))
    mission, aim_at = solara.use_state(first)
    indicator, look_at = solara.use_state("")
    start = shared.places.start(choice.place, choice.from_contract)
    question = solara.use_memo(lambda: aims.question_of(start, mission), [start.key, mission])
    lead = indicator or next(iter(question.empty.actions.values())).leads_on

    def table(results: Results) -> dict[str, Any]:
        return aims.table(question.comparison(results), mission, lead, lang)

    message = made(shared, f"{page}:target", question, ("target", mission, lead), lang, table)

    def moved(told: Mapping[str, Any]) -> None:
        if told.get("mission") in aims.EFFORTS:
            aim_at(told["mission"])
            look_at("")
        if told.get("indicator") in question.empty.indicators:
            look_at(told["indicator"])

    stamp = say("dashboard.stamp", lang, version=own_version(), mark=mark(question))
    m = {
        "words": words(lang),
        "mission": mission,
        "missions": [
            {"name": one, "label": _capital(say(f"reading.lever_{one}", lang))} for one in aims.EFFORTS
        ],
        "indicator": lead,
        "indicators": _indicators(question.empty, dict.fromkeys((lead, *aims.INDICATORS)), lang),
        "table": message["made"],
        "status": "" if message["over"] else message["status"],
        "over": message["over"],
        "stamp": stamp,
    }
    TargetSheet(m=m, event_change=moved)


@solara.component
def More(page: str, choice: Choice, change: Change) -> None:
    """Any indicator on a map; one life in two futures."""
    shared, lang = service(), choice.lang
    asked, _ = asked_of(shared, choice)
    if asked is None:
        asked = shared.question(Choice(choice.place, ()))
    question = asked
    shown, show = solara.use_state(("", "change"))
    indicator = shown[0] or next(iter(question.empty.actions.values())).leads_on

    def basins(results: Results) -> dict[str, Any]:
        return mapped(whole(question, results), indicator, shown[1], lang)

    message = made(shared, f"{page}:more", question, ("map", *shown), lang, basins)

    def moved(told: Mapping[str, Any]) -> None:
        name, kind = told.get("indicator", shown[0]), told.get("show", shown[1])
        if (not name or name in question.empty.indicators) and kind in ("today", "then", "change"):
            show((name, kind))

    draw, again = solara.use_state(0)
    life, living = lived(shared, f"{page}:life", question, draw, lang)
    m = {
        "words": words(lang),
        "scenario": told_scenario(question.empty, lang),
        "indicator": indicator,
        "show": shown[1],
        "indicators": message["made"].get("indicators", _indicators(question.empty, {indicator: None}, lang)),
        "basins": message["made"].get("basins", []),
        "map": drawn(shared, choice.place),
        "status": message["status"],
        "over": message["over"],
        "life": life,
        "living": living,
    }
    MoreSheet(m=m, event_change=moved, event_draw=lambda _: again(draw + 1))
    Flows(page, question, lang)
    Year(page, question, lang)
    Studies(page, lang)


def mapped(found: Comparison, indicator: str, show: str, lang: str) -> dict[str, Any]:
    """An indicator by basin, and the list of those that are counted there."""
    voice = Voice(found, lang, indicator)
    basins = drawn_answer.basins(voice, indicator, show)
    values = [one["number"] for one in basins if one["number"] is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    for one in basins:
        share = 0.5 if one["number"] is None or high == low else (one["number"] - low) / (high - low)
        one["shade"] = round(4 * share)
    named = [
        name
        for name in found.indicators
        if found.has(name) and any(group.startswith("basin:") for group in found.groups(name))
    ]
    return {"basins": basins, "indicators": _indicators(found, dict.fromkeys(named), lang)}


def lived(shared: Service, page: str, question: Question, draw: int, lang: str) -> tuple[dict[str, Any], str]:
    """The life that was drawn, once it has been lived."""
    told, tell = solara.use_state({"life": {}, "status": ""})

    def begin() -> Callable[[], None] | None:
        """Ask for a life, and tell it or say that it failed."""
        if not draw:
            return None
        task = errands.life(question.start.scenario, next(iter(question.named.values())), draw - 1)

        def known(results: Results, progress: Progress) -> None:
            if task.key in results:
                follower.put(tell, {"life": results[task.key][lang], "status": ""})
            elif progress.is_over:
                follower.put(tell, {"life": {}, "status": say("dashboard.failed", lang)})
            else:
                follower.put(tell, {"life": {}, "status": say("dashboard.life_working", lang)})

        def failed() -> None:
            follower.put(tell, {"life": {}, "status": say("dashboard.failed", lang)})

        follower = Follower(shared, page, (task,), known, failed)
        return follower.begin()

    solara.use_effect(begin, [draw, question.key, lang])
    return told["life"], told["status"]


def _indicators(found: Comparison, names: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    return [
        {"name": name, "label": found.indicators[name].label[lang]}
        for name in names
        if name in found.indicators
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
