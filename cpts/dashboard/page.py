"""The page (page): what is asked, kept in its address; each view is drawn from one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solara

from cpts.cli.doors import own_version
from cpts.cli.faults import sentences
from cpts.dashboard import learn, other_views, own_view, views
from cpts.dashboard.aside import Aside
from cpts.dashboard.choice import (
    PAGES,
    Choice,
    coded,
    lesson_numbered,
    placed,
    read_address,
    student_numbered,
)
from cpts.dashboard.levers import OPENING
from cpts.dashboard.places import Place
from cpts.dashboard.question import Question
from cpts.dashboard.same import Same
from cpts.dashboard.service import Service, service
from cpts.dashboard.words import place_named, words
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from simulation.territory import Territory

Change = Callable[[Mapping[str, Any]], None]
Levers = tuple[tuple[str, tuple[float, ...]], ...]


@solara.component_vue("frame.vue")
def Frame(m: dict, event_change: Change) -> None:
    """Title, territory, language, pages."""


@solara.component
def Layout(children: list) -> None:
    """Nothing around the page."""
    solara.Div(children=children, classes=["cpts"])


@solara.component
def Page() -> None:
    """Whatever goes wrong inside, a sentence and no traceback."""
    problem, forget = solara.use_exception()
    page = solara.get_kernel_id()
    is_in = solara.use_memo(lambda: service().enter(page), [])
    solara.use_effect(lambda: lambda: service().leave(page), [])
    with solara.Div():
        solara.Style(Path(__file__).with_name("dashboard.css"))
        if problem is not None or not is_in:
            Sorry("failed" if problem is not None else "full")
        else:
            Dashboard(page)


@solara.component
def Sorry(key: str) -> None:
    """Why there is nothing to see, in both languages: which one is read is not known any more."""
    told = " / ".join(say(f"dashboard.{key}", lang) for lang in LANGUAGES)
    solara.HTML(tag="p", unsafe_innerHTML=escape(told), classes=["wait"])


@solara.component
def Dashboard(page: str) -> None:
    """All pages, one at a time."""
    shared = service()
    router = solara.use_router()
    first = solara.use_memo(
        lambda: read_address(router.search or "", shared.places.territories, shared.settings.scenario), []
    )
    choice, choose = solara.use_state(first)
    solara.use_memo(lambda: shared.owned.hold(page, choice.place), [choice.place])
    promised = solara.use_memo(lambda: _broken_promise(shared, first), [])

    def change(told: Mapping[str, Any]) -> None:
        choose(changed(shared, choice, told))

    Frame(m=_frame(shared, page, choice, promised), event_change=change)
    if choice.page == "compare":
        views.Compare(page, choice, change, After).key("compare")
    else:
        view = {
            "target": other_views.Target,
            "territory": own_view.Territory,
            "learn": learn.Learn,
            "more": other_views.More,
        }
        view[choice.page](page, choice, change).key(choice.page)


@solara.component
def After(
    page: str, choice: Choice, asked: Question | None, first: Mapping[str, Any], change: Change
) -> None:
    """Under the answer: what was kept aside, then the same money elsewhere."""
    Aside(page, choice, asked, first, change)
    Same(page, choice, asked, first)


def changed(shared: Service, choice: Choice, told: Mapping[str, Any]) -> Choice:
    """What is asked after a move; a page may send anything, and only what can be is kept."""
    territories = shared.places.territories
    place = told.get("place", choice.place)
    lang, view = told.get("lang", choice.lang), told.get("page", choice.page)
    levers = dict(choice.done)
    if "levers" in told:
        levers = dict(OPENING) if told["levers"] is None else told["levers"]
    given = {str(name): ",".join(map(str, sizes)) for name, sizes in levers.items()}
    place = place if place in territories else choice.place
    return choice._replace(
        place=place,
        levers=placed(given, territories[place]),
        from_contract=bool(told.get("contract", choice.from_contract)),
        lang=lang if lang in LANGUAGES else choice.lang,
        page=view if view in PAGES else choice.page,
        meeting=bool(told.get("meeting", choice.meeting)),
        mark="",
        lesson=lesson_numbered(told.get("lesson", choice.lesson)),
        code=coded(told.get("code", choice.code)),
        student=student_numbered(told.get("student", choice.student)),
        kept=_kept(told, choice, territories[place]),
    )


def _kept(told: Mapping[str, Any], choice: Choice, territory: Territory) -> Levers:
    """What is kept aside: the present levers, what was, or nothing."""
    present = choice.done if told.get("keep") else {}
    levers = present if "keep" in told else dict(choice.kept)
    return placed({name: ",".join(map(str, sizes)) for name, sizes in levers.items()}, territory)


def _broken_promise(shared: Service, choice: Choice) -> bool:
    """Whether an address comes from another version of the model or of the data."""
    if not choice.mark:
        return False
    try:
        return next(iter(shared.question(choice).hashes.values()))[:8] != choice.mark[:8]
    except Exception as problem:
        if sentences(problem, choice.lang):
            return True
        raise


def _place_named(place: Place, lang: str) -> str:
    source = "" if place.origin is None else place.origin.source
    return place_named(place.name, place.scenario.territory.name, lang, source)


def _frame(shared: Service, page: str, choice: Choice, promised: bool) -> dict[str, Any]:
    lang = choice.lang
    return {
        "words": words(lang),
        "lang": lang,
        "page": choice.page,
        "pages": [{"name": one, "label": say(f"dashboard.page_{one}", lang)} for one in PAGES],
        "place": choice.place,
        "places": [
            {"name": name, "label": _place_named(one, lang)}
            for name, one in shared.places.by_name.items()
            if shared.owned.is_held(page, name)
        ],
        "meeting": choice.meeting,
        "notice": say("dashboard.other_mark", lang) if promised else "",
        "address": choice.address(views.mark_of(shared, choice)),
        "version": own_version(),
    }
