"""Mon territoire: what the model knows of the place, beside what was observed; one's own may be brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import solara

from cpts.dashboard import received
from cpts.dashboard.choice import Choice
from cpts.dashboard.correcting import correcting
from cpts.dashboard.facts import facts
from cpts.dashboard.known import known
from cpts.dashboard.packed import MOST_BYTES, Trouble
from cpts.dashboard.places import OWN, OWN_FILE
from cpts.dashboard.received import Received
from cpts.dashboard.service import Service, service
from cpts.dashboard.views import asked_of, followed
from cpts.dashboard.words import place_named, words
from texts import LANGUAGES, say

Change = Callable[[Mapping[str, Any]], None]
SOURCES = ("chataigne-micocoule", "canton", "national", "two-valleys", "village")
"""Territories that a workbook may be laid on: it names communes of theirs."""


class Sent(NamedTuple):
    """A file that was sent: how many came before, what it holds, what it is laid on."""

    rank: int
    content: bytes
    source: str


class Outcome(NamedTuple):
    """What it came to, in each language, and a file to take away."""

    rank: int = 0
    faults: Mapping[str, tuple[str, ...]] = {}
    notes: Mapping[str, tuple[str, ...]] = {}
    token: str = ""
    is_taken: bool = False


@solara.component_vue("territory.vue")
def TerritorySheet(
    m: dict, event_given: Change, event_correct: Change, event_undo: Callable[[Any], None]
) -> None:
    """The territory beside France and beside itself."""


@solara.component
def Territory(page: str, choice: Choice, change: Change) -> None:
    """What the model knows of the place."""
    shared, lang = service(), choice.lang
    asked, _ = asked_of(shared, choice)
    message = followed(shared, f"{page}:territory", asked, lang)
    place = shared.places.by_name[choice.place]
    scenario = place.scenario
    sending = sent(shared, page, lang, change)
    putting = correcting(shared, page, place, lang, change)
    named = "" if place.origin is None else place.origin.source
    m = {
        "words": words(lang),
        "name": place_named(choice.place, scenario.territory.name, lang, named),
        "facts": facts(scenario.territory, lang),
        "france": message["board"].get("france", {"rows": []}),
        "local": message["board"].get("local", {"rows": []}),
        "status": message["status"],
        "model": message["board"].get("model", {}),
        "own": choice.place.startswith(OWN) and place.origin is None,
        "sources": [{"name": one, "label": _source_named(one, lang)} for one in SOURCES],
        "template": f"take/workbook?lang={lang}",
        "most": MOST_BYTES,
        **sending.told,
        **putting.told,
    }
    TerritorySheet(m=m, event_given=sending.given, event_correct=putting.correct, event_undo=putting.undo)


class Sending(NamedTuple):
    """What the page shows of a file that is sent, and what is called once it has come."""

    told: Mapping[str, Any]
    given: Change


def sent(shared: Service, page: str, lang: str, change: Change) -> Sending:
    """Follow a file from the letter box to a territory of this page, or to its faults."""
    ticket = solara.use_memo(lambda: shared.inbox.open(page), [])
    file, put = solara.use_state(Sent(0, b"", SOURCES[0]))
    outcome, tell = solara.use_state(Outcome())
    task = received.task(f"{page}:{file.rank}", file.content, file.source, lang)
    waiting = bool(file.content) and outcome.rank < file.rank
    found, status = known(shared, f"{page}:received", (task,) if waiting else (), "own_reading", lang)

    def given(told: Mapping[str, Any]) -> None:
        content, source = shared.inbox.taken(ticket), told.get("source")
        rank = file.rank + 1
        if content is None:
            tell(refused(rank, Trouble("give_large", {"high": MOST_BYTES // 1_000_000})))
        put(Sent(rank, content or b"", source if source in SOURCES else SOURCES[0]))
        if content == b"":
            tell(refused(rank, Trouble("give_empty")))

    def arrived() -> None:
        if waiting and task.key in found:
            came = found[task.key]
            shared.engine.leave(f"{page}:received")
            shared.engine.forget(lambda key: key == task.key)
            tell(settled(shared, page, file.rank, came, change))

    solara.use_effect(arrived, [waiting and task.key in found])
    return Sending(
        {
            "ticket": ticket,
            "status_own": status if waiting else "",
            "faults": list(outcome.faults.get(lang, ())),
            "notes": list(outcome.notes.get(lang, ())),
            "handed": f"handed/{outcome.token}" if outcome.token else "",
            "taken": outcome.is_taken,
        },
        given,
    )


def settled(shared: Service, page: str, rank: int, came: Received, change: Change) -> Outcome:
    """Make it the territory of this page, else say what is wrong and hand back the copy to correct."""
    if came.scenario is None:
        token = shared.inbox.keep(page, f"{OWN_FILE}-a-corriger.xlsx", came.copy)
        return Outcome(rank, came.faults, came.notes, token)
    name = shared.owned.keep(page, came.scenario)
    if not name:
        return refused(rank, Trouble("own_full"))
    token = shared.inbox.keep(page, f"{OWN_FILE}.zip", came.folder)
    change({"place": name})
    return Outcome(rank, {}, came.notes, token, True)


def refused(rank: int, trouble: Trouble) -> Outcome:
    """A file of which nothing is read."""
    return Outcome(rank, {lang: (received.told(trouble, lang),) for lang in LANGUAGES})


def _source_named(folder: str, lang: str) -> str:
    return say(f"dashboard.place_{'baseline' if folder == SOURCES[0] else folder}", lang)
