"""The ledger at its worst (registre au pire): each figure at the ends of its range, when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, NamedTuple

import solara

from cpts.dashboard.board import whole
from cpts.dashboard.known import known
from cpts.dashboard.question import Question, Task
from cpts.dashboard.service import Service
from experiments import assumptions
from experiments.reading import leading_of
from experiments.told_assumptions import at_worst, lines
from experiments.wording import Voice
from texts import say

if TYPE_CHECKING:
    from experiments.assumptions import Ledger

Results = Mapping[tuple[Any, ...], Any]


class Worst(NamedTuple):
    """What the page shows of it, and what begins it."""

    told: Mapping[str, Any]
    begin: Callable[[Any], None]


def worst(shared: Service, page: str, asked: Question | None, lang: str) -> Worst:
    """Nothing is lived before somebody asks; a move of the levers takes it away."""
    wanted, want = solara.use_state("")
    is_asked = asked is not None and wanted == asked.key
    tasks = shared.boards.shared(("worst", asked.key), lambda: tasks_of(asked)) if asked and is_asked else ()
    found, status = known(shared, f"{page}:worst", tasks, "worst_living", lang)
    told: dict[str, Any] = {"rows": [], "told": "", "status": status if tasks else "", "begun": is_asked}
    if asked is not None and tasks and len(found) == len(tasks):
        pairs = shared.engine.found(asked.tasks)
        key = ("worst", asked.key, len(pairs), lang)
        told |= shared.boards.shared(key, lambda: _told(asked, {**pairs, **found}, lang))
    elif tasks and status:
        told["status"] = say("dashboard.worst_far", lang, done=len(found), total=len(tasks))
    return Worst(told, lambda _: want("" if asked is None else asked.key))


def tasks_of(asked: Question) -> tuple[Task, ...]:
    """Each figure at each end of its range, with a few draws of luck: one errand each."""
    baseline = asked.start.scenario
    leading = {name: leading_of(asked.empty.of(name)) for name in asked.empty.actions}
    return tuple(
        Task(_key(asked, one), assumptions.changes_at, (baseline, one, leading))
        for one in assumptions.tasks(baseline, asked.named, asked.empty.actions)
    )


def _key(asked: Question, one: assumptions.Task) -> tuple[Any, ...]:
    return ("worst", asked.start.key, *asked.hashes.values(), one.path, one.at, one.world.number)


class _Lived(Executor):
    """Gives what workers have lived already, in the form in which the ledger asks for it."""

    def __init__(self, asked: Question, results: Results) -> None:
        self.asked, self.results = asked, results

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The answer to a task of the ledger."""
        done: Future[Any] = Future()
        done.set_result(self.results[_key(self.asked, args[1])])
        return done


def ledgers(asked: Question, results: Results) -> dict[str, Ledger] | None:
    """The ledger of each alternative; none while something of it was not lived."""
    tasks = tasks_of(asked)
    if not tasks or not all(one.key in results for one in tasks):
        return None
    found = whole(asked, results)
    if found.luck < assumptions.SEEDS:
        return None
    leading = {name: leading_of(asked.empty.of(name)) for name in asked.empty.actions}
    return assumptions.ledgers(
        asked.start.scenario, asked.named, found, leading, executor=_Lived(asked, results)
    )


def _told(asked: Question, results: Results, lang: str) -> dict[str, Any]:
    lived = ledgers(asked, results)
    if lived is None:
        return {"status": say("dashboard.worst_waits", lang)}
    found = whole(asked, results).with_(ledgers=lived)
    voice = Voice(found, lang, leading_of(found))
    return {
        "rows": [
            [one.label, one.value, one.range, one.result, say(f"cli.grade_{one.grade}", lang)]
            for one in lines(voice)
        ],
        "told": at_worst(voice),
    }
