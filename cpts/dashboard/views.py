"""The views (vues): Comparer, Ma cible, Mon territoire, Plus; each follows one question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from cpts.cli.doors import own_version
from cpts.cli.faults import sentences
from cpts.dashboard.board import board
from cpts.dashboard.choice import Choice
from cpts.dashboard.drawn_map import drawing
from cpts.dashboard.engine import Progress
from cpts.dashboard.follow import Follower, Results
from cpts.dashboard.question import Question
from cpts.dashboard.service import Service, service
from cpts.dashboard.words import panel, words
from cpts.dashboard.worst import worst
from texts import say

Change = Callable[[Mapping[str, Any]], None]
CROWD = 4
"""Pages waiting for each worker from which one is told that it will take longer."""


@solara.component_vue("levers.vue")
def Levers(m: dict, event_moved: Change) -> None:
    """What can be moved."""


@solara.component_vue("board.vue")
def Board(m: dict, event_worst: Callable[[Any], None]) -> None:
    """What follows."""


@solara.component
def Compare(page: str, choice: Choice, change: Change, after: Callable[..., Any]) -> None:
    """Levers on the left, the answer beside: the home of the dashboard."""
    shared = service()
    asked, told = solara.use_memo(
        lambda: asked_of(shared, choice), [choice.place, choice.levers, choice.from_contract]
    )
    solara.use_memo(
        lambda: shared.foresight.seen(page, choice), [choice.place, choice.levers, choice.from_contract]
    )
    message = followed(shared, f"{page}:compare", asked, choice.lang)
    at_worst = worst(shared, page, asked, choice.lang)
    with solara.Div(classes=["compare"]):
        Levers(m=_levers(shared, choice), event_moved=change)
        with solara.Div():
            Board(
                m={**_board(shared, choice, message, told), "worst": at_worst.told},
                event_worst=at_worst.begin,
            )
            after(page, choice, asked, message["board"], change)


def asked_of(shared: Service, choice: Choice) -> tuple[Question | None, Exception | None]:
    """The question, or why it cannot be asked here."""
    try:
        question = shared.question(choice)
        return question, None
    except Exception as problem:
        if not sentences(problem, choice.lang):
            raise
        return None, problem


def mark_of(shared: Service, choice: Choice) -> str:
    """Identity of the results that the address promises."""
    asked, _ = asked_of(shared, choice)
    return "" if asked is None else next(iter(asked.hashes.values()))[:8]


def followed(shared: Service, page: str, asked: Question | None, lang: str) -> dict[str, Any]:
    """The board of a question as it now stands, and how far it is."""
    message, tell = solara.use_state({"board": {}, "status": "", "over": False})

    def begin() -> Callable[[], None] | None:
        """Follow the question of the page, as futures come."""
        if asked is None:
            return None

        def told(results: Results, progress: Progress) -> None:
            drawn = message["board"] if not results else {}
            if results:
                key = (asked.key, len(results), lang)
                drawn = shared.boards.shared(key, lambda: board(asked, results, lang))
            follower.put(
                tell, {"board": drawn, "status": status(shared, progress, lang), "over": progress.is_over}
            )

        def failed() -> None:
            follower.put(tell, {"board": {}, "status": say("dashboard.failed", lang), "over": True})

        follower = Follower(shared, page, asked.tasks, told, failed)
        return follower.begin()

    solara.use_effect(begin, [None if asked is None else asked.key, lang])
    return message


def status(shared: Service, progress: Progress, lang: str) -> str:
    """How far it is, and why it takes long when it does."""
    if progress.problem is not None and progress.is_over:
        return say("dashboard.failed", lang)
    if progress.is_over:
        return say("dashboard.computed", lang)
    told = say("dashboard.computing", lang, done=progress.done, total=progress.total)
    if progress.waiting > CROWD * len(shared.engine.seats):
        told += " " + say("dashboard.crowded", lang, count=progress.waiting)
    return told


def _levers(shared: Service, choice: Choice) -> dict[str, Any]:
    lang, meeting = choice.lang, choice.meeting
    shown = shared.boards.shared(
        ("panel", choice.place, lang, meeting),
        lambda: panel(shared.places.territories[choice.place], lang, meeting),
    )
    return {
        "words": words(lang),
        "lang": lang,
        "panel": shown,
        "values": {name: list(sizes) for name, sizes in choice.levers},
        "contract": choice.from_contract,
        "meeting": meeting,
    }


def _board(
    shared: Service, choice: Choice, message: Mapping[str, Any], told: Exception | None
) -> dict[str, Any]:
    lang, mark = choice.lang, mark_of(shared, choice)
    refused = (
        "" if told is None else say("dashboard.not_possible", lang, told=" ".join(sentences(told, lang)))
    )
    return {
        **message,
        "board": {} if refused else message["board"],
        "status": refused or message["status"],
        "words": words(lang),
        "meeting": choice.meeting,
        "address": choice.address(mark),
        "correct": f"?{choice._replace(page='territory').address()}",
        "stamp": say("dashboard.stamp", lang, version=own_version(), mark=mark),
        "map": drawn(shared, choice.place),
        "communes": communes_of(shared, choice.place),
    }


def communes_of(shared: Service, place: str) -> list[dict[str, str]]:
    """Every commune with the basin in which it is told."""
    communes = shared.places.territories[place].communes
    inside = communes[communes["inside"]].sort_values("name")
    return [{"name": name, "basin": basin} for name, basin in inside[["name", "basin"]].to_numpy(object)]


def drawn(shared: Service, place: str) -> dict[str, Any]:
    """The outlines of a territory, drawn once."""
    made = shared.boards.shared(("map", place), lambda: drawing(shared.places.territories[place]))
    shapes = [one._asdict() for one in made.shapes]
    return {"shapes": shapes, "width": made.width, "height": made.height}
