"""For the same money (à budget égal): another action at the size at which it costs as much, beside the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from cpts.cli.faults import sentences
from cpts.dashboard import errands
from cpts.dashboard.board import board
from cpts.dashboard.choice import Choice
from cpts.dashboard.engine import Progress
from cpts.dashboard.follow import Follower, Results
from cpts.dashboard.levers import BY_NAME, acted, offered, stepped
from cpts.dashboard.places import titles
from cpts.dashboard.question import FIRST, Question
from cpts.dashboard.service import Service, service
from cpts.dashboard.views import status
from cpts.dashboard.words import words
from simulation.faults import Refused
from simulation.scenario import Scenario
from texts import number, say

OTHERS = (
    "medical_assistant",
    "health_centre",
    "mobile_unit",
    "transport",
    "telecare_booth",
    "protocols",
    "unscheduled_care",
)
"""Actions whose size can follow a budget."""


@solara.component_vue("same.vue")
def SameSheet(m: dict, event_pick: Callable[[str], None]) -> None:
    """Two actions that cost the same."""


@solara.component
def Same(page: str, choice: Choice, asked: Question | None, first: Mapping[str, Any]) -> None:
    """Another action for the same euros."""
    shared, lang = service(), choice.lang
    other, pick = solara.use_state("")
    sized, size = solara.use_state({"found": None, "status": "", "of": None})
    beside, tell = solara.use_state({"board": {}, "status": ""})
    names = [one.name for one in offered(shared.places.territories[choice.place]) if one.name in OTHERS]
    is_asked = asked is not None and other in names
    wanted = (asked.key, other) if asked is not None and is_asked else None

    def find() -> Callable[[], None] | None:
        size({"found": None, "status": "", "of": wanted})
        tell({"board": {}, "status": ""})
        if asked is None or not is_asked:
            return None
        return _sizing(
            shared, f"{page}:size", choice, asked, other, lambda told: size({**told, "of": wanted})
        )

    solara.use_effect(find, [wanted])
    found = sized["found"] if sized["of"] == wanted else None

    def compare() -> Callable[[], None] | None:
        """Follow the comparison at the same means, as futures come."""
        if asked is None or found is None:
            return None
        question = Question(asked.start, [found[1]], FIRST)

        def told(results: Results, progress: Progress) -> None:
            drawn = board(question, results, lang) if results else {}
            follower.put(
                tell, {"board": drawn, "status": "" if progress.is_over else status(shared, progress, lang)}
            )

        follower = Follower(shared, f"{page}:same", question.tasks, told, lambda: None)
        return follower.begin()

    solara.use_effect(compare, [wanted, None if found is None else found[1].content_hash, lang])
    m = {
        "words": words(lang),
        "shown": bool(choice.levers) and not choice.meeting and bool(first),
        "others": [{"name": name, "label": _label(name, lang)} for name in names if name not in choice.done],
        "other": other,
        "status": beside["status"] or sized["status"] or _unequal(found, lang),
        "sides": _sides(found, first, beside["board"], lang),
    }
    SameSheet(m=m, event_pick=lambda name: pick(str(name)))


def _sizing(
    shared: Service,
    page: str,
    choice: Choice,
    asked: Question,
    other: str,
    tell: Callable[[dict[str, Any]], None],
) -> Callable[[], None]:
    """Have the size looked for by a worker."""
    lang, task = (
        choice.lang,
        errands.same_budget(
            asked.start.scenario, next(iter(asked.named.values())), usual(asked.start.scenario, other, choice)
        ),
    )

    def told(results: Results, progress: Progress) -> None:
        if task.key in results:
            follower.put(tell, {"found": results[task.key], "status": ""})
        elif progress.is_over:
            follower.put(tell, {"found": None, "status": _why(progress.problem, lang)})
        else:
            follower.put(tell, {"found": None, "status": say("dashboard.same_working", lang)})

    follower = Follower(shared, page, (task,), told, lambda: None)
    return follower.begin()


def _unequal(found: tuple[float, Scenario, float, bool] | None, lang: str) -> str:
    """Whole people and bounds forbid some sizes: said, never hidden."""
    from experiments.same_budget import CLOSE

    if found is None or found[3]:
        return ""
    return say("dashboard.same_missed", lang, share=round(CLOSE * 100))


def _why(problem: Exception | None, lang: str) -> str:
    if isinstance(problem, Refused):
        if any(fault.code == "costs_nothing" for fault in problem.faults):
            return say("dashboard.same_free", lang)
        return " ".join(sentences(problem, lang))
    return say("dashboard.failed", lang)


def usual(baseline: Scenario, name: str, choice: Choice) -> Scenario:
    """The other action at the size at which it is usually shown."""
    sizes = tuple(stepped(one, one.usual, baseline.territory) for one in BY_NAME[name].sliders)
    levers = {name: sizes}
    return acted(baseline, levers, titles(choice._replace(levers=tuple(levers.items()))))


def _sides(
    found: tuple[float, Scenario, float, bool] | None,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    lang: str,
) -> list[dict[str, Any]]:
    if found is None or not second:
        return []
    target, _, reached, _ = found
    return [_side(one, cost, lang) for one, cost in ((first, target), (second, reached))]


def _side(told: Mapping[str, Any], cost: float, lang: str) -> dict[str, Any]:
    euros = say("cli.same_money_eur", lang, value=number(round(cost), lang))
    return {
        "cost": say("dashboard.same_cost", lang, cost=euros),
        "scenario": told["scenario"],
        "headline": told["headline"],
        "tiles": [f"{one['label']} : {one['today']} → {one['then']}" for one in told["tiles"][:3]],
    }


def _label(name: str, lang: str) -> str:
    text = say(f"reading.lever_{name}", lang)
    return text[:1].upper() + text[1:]
