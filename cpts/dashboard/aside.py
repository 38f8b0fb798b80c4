"""Garder B: a scenario is kept aside, and every later one is read beside it, future by future."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import solara

from cpts.dashboard.board import mark
from cpts.dashboard.choice import Choice
from cpts.dashboard.question import Question
from cpts.dashboard.service import service
from cpts.dashboard.views import asked_of, followed
from cpts.dashboard.words import words
from experiments.effect import FEWEST_WORLDS
from experiments.wording import Voice
from texts import say

if TYPE_CHECKING:
    from experiments.compare import Comparison

Change = Callable[[Mapping[str, Any]], None]
WORDS = (
    "aside_title aside_about aside_keep aside_keep_again aside_back aside_forget aside_now aside_then".split()
)


@solara.component_vue("aside.vue")
def AsideSheet(m: dict, event_change: Change) -> None:
    """The present scenario and the one that was kept."""


@solara.component
def Aside(
    page: str, choice: Choice, asked: Question | None, first: Mapping[str, Any], change: Change
) -> None:
    """A button while nothing is kept; then two columns and what separates them."""
    shared, lang = service(), choice.lang
    other, _ = asked_of(shared, choice._replace(levers=choice.kept)) if choice.kept else (None, None)
    message = followed(shared, f"{page}:aside", other, lang)
    is_apart = other is not None and choice.kept != choice.levers
    now, then = of(asked, first), of(other, message["board"])
    told = ""
    if is_apart and asked is not None and other is not None and now and then:
        results = shared.engine.found((*asked.tasks, *other.tasks))
        key = ("aside", asked.key, other.key, len(results), lang)
        told = shared.boards.shared(key, lambda: between(asked, other, results, lang))
    m = {
        "words": words(lang) | {name: say(f"dashboard.{name}", lang) for name in WORDS},
        "shown": bool(first) and bool(choice.levers or choice.kept),
        "kept": bool(choice.kept),
        "apart": is_apart,
        "told": told,
        "status": message["status"] if is_apart and not message["over"] else "",
        "sides": _sides(then, now) if is_apart else [],
        "levers": {name: list(sizes) for name, sizes in choice.kept},
    }
    AsideSheet(m=m, event_change=change)


def of(asked: Question | None, board: Mapping[str, Any]) -> Mapping[str, Any]:
    """A board, unless it still answers what was asked before."""
    return board if asked is not None and board and board["mark"] == mark(asked) else {}


def between(asked: Question, other: Question, results: Mapping[tuple[Any, ...], Any], lang: str) -> str:
    """What the present action does more than the other in the same futures, on the leading indicator of the first."""
    name = next(iter(asked.empty.actions.values())).leads_on
    indicators = frozenset({name})
    now, then = (one.comparison(results, indicators) for one in (asked, other))
    return apart(now, then, name, lang)


def apart(now: Comparison, then: Comparison, name: str, lang: str) -> str:
    """The mean of the differences world by world, and in how many the present one is ahead by a useful amount."""
    if not (now.has(name) and then.has(name)):
        return ""
    both = (now.by_world(name, "world") - then.by_world(name, "world")).dropna()
    if len(both) < FEWEST_WORLDS:
        return say("dashboard.aside_early", lang)
    voice = Voice(now, lang, name)
    indicator = now.indicators[name]
    sign = -1.0 if indicator.better == "lower" else 1.0
    threshold = indicator.useful_difference or 0.0
    ahead, behind = (int((way * sign * both > threshold).sum()) for way in (1, -1))
    return say(
        "dashboard.aside_between",
        lang,
        label=voice.label(name),
        change=voice.change(name, float(both.mean())),
        ahead=ahead,
        behind=behind,
        worlds=len(both),
        threshold=voice.amount(name, threshold),
    )


def _sides(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was kept, then what is asked now; nothing before both have something to say."""
    if not (then and now):
        return []
    return [
        {
            "scenario": told["scenario"],
            "headline": told["headline"],
            "tiles": [f"{one['label']} : {one['today']} → {one['then']}" for one in told["tiles"]],
        }
        for told in (then, now)
    ]
