"""Est-ce bien chez vous ? — figures are corrected where they are shown, the answer follows, each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import solara

from cpts.cli.france import unit
from cpts.cli.speaker import Speaker
from cpts.dashboard import corrected
from cpts.dashboard.corrections import COUNTS, GIVERS, OBSERVED, WHOLE, Correction, checked, is_share
from cpts.dashboard.known import known
from cpts.dashboard.packed import Trouble
from cpts.dashboard.places import Origin, Place
from cpts.dashboard.service import Service
from cpts.dashboard.staffed import counts, half_days_mean
from simulation.indicators import INDICATORS
from texts import number, say

Change = Callable[[Mapping[str, Any]], None]


class Work(NamedTuple):
    """What is to be made: how many times something was asked before, of which source, with what put right."""

    rank: int = 0
    source: str = ""
    corrections: tuple[Correction, ...] = ()


class Outcome(NamedTuple):
    """What it came to; faults are kept as they are, for either language."""

    rank: int = 0
    troubles: tuple[Trouble, ...] = ()
    refused: Mapping[str, tuple[str, ...]] = {}


class Correcting(NamedTuple):
    """What the page shows of corrections, and what is called when one is made or taken back."""

    told: Mapping[str, Any]
    correct: Change
    undo: Callable[[Any], None]


def correcting(shared: Service, page: str, place: Place, lang: str, change: Change) -> Correcting:
    """Follow corrections from the page to a territory of its own, or to their faults."""
    origin = place.origin
    source = shared.places.by_name[shared.places.source(place.name)]
    before = () if origin is None else origin.corrections
    work, put = solara.use_state(Work())
    outcome, tell = solara.use_state(Outcome())
    task = corrected.task(f"{page}:correct:{work.rank}", work.source, source.scenario, work.corrections)
    waiting = work.rank > outcome.rank and work.source == source.name
    found, status = known(shared, f"{page}:correct", (task,) if waiting else (), "fix_working", lang)

    def ask(corrections: tuple[Correction, ...]) -> None:
        """Have corrections tried, or the territory given back when none is left."""
        if corrections == before:
            tell(Outcome(work.rank, (Trouble("fix_nothing"),)))
        elif corrections:
            put(Work(work.rank + 1, source.name, corrections))
            tell(Outcome(work.rank))
        else:
            shared.owned.let_go(page, place.name)
            change({"place": source.name})

    def correct(told: Mapping[str, Any]) -> None:
        corrections, troubles = checked(told, source.scenario, before)
        if troubles:
            tell(Outcome(work.rank, troubles))
        else:
            ask(corrections)

    def arrived() -> None:
        if waiting and task.key in found:
            came = found[task.key]
            shared.engine.leave(f"{page}:correct")
            shared.engine.forget(lambda key: key == task.key)
            tell(settled(shared, page, work, came, place, change))

    solara.use_effect(arrived, [waiting and task.key in found])
    told = {
        "fix_status": status if waiting else "",
        "fix_faults": [_told(one, source, lang) for one in outcome.troubles]
        + list(outcome.refused.get(lang, ())),
        "fixed": [{"key": one.key, "text": said(one, source, lang)} for one in before],
        "fix_folder": "" if origin is None else f"take/corrected?place={place.name}&lang={lang}",
        "sheet": sheet(place, before, lang),
    }
    return Correcting(
        told, correct, lambda key: ask(tuple(one for one in before if key is not True and one.key != key))
    )


def settled(shared: Service, page: str, work: Work, came: Any, place: Place, change: Change) -> Outcome:
    """Make it the territory of this page, in the place of the one that was looked at."""
    if came.scenario is None:
        return Outcome(work.rank, refused=came.faults)
    name = shared.owned.keep(page, came.scenario, Origin(work.source, work.corrections, came.folder))
    if not name:
        return Outcome(work.rank, (Trouble("own_full"),))
    if place.origin is not None:
        shared.owned.let_go(page, place.name)
    shared.owned.hold(page, name)
    change({"place": name})
    return Outcome(work.rank)


def said(one: Correction, source: Place, lang: str) -> str:
    """A correction as a sentence: where, what, from how many to how many."""
    named: dict[str, object] = {"where": _where(one.where, source), "value": number(one.value, lang)}
    if one.kind in COUNTS:
        named["before"] = number(counts(source.scenario.territory, one.kind).get(one.where, 0), lang)
    elif one.kind == "half_days":
        named["before"] = number(round(half_days_mean(source.scenario), 1), lang)
    elif one.kind == "same_day":
        named["before"] = number(round(source.scenario.parameters.supply.same_day_share * 100, 1), lang)
    elif one.kind == "observed":
        named |= {"what": observed_named(one.where, lang), "year": one.year}
        named["where"] = one.also
        named["value"] = _amount(one.where, one.value, lang)
    return say(f"dashboard.fixed_{one.kind}", lang, **named, month=one.also)


def _amount(indicator: str, value: float, lang: str) -> str:
    told = number(value, lang)
    return Speaker(lang).say("percent", value=told) if is_share(indicator) else told


def observed_named(indicator: str, lang: str) -> str:
    """An indicator with its unit in a few letters."""
    one, speaker = INDICATORS[indicator], Speaker(lang)
    if is_share(indicator):
        return f"{one.label[lang]} (%)"
    letters = _told_if(lambda: unit(speaker, one.unit)) or _told_if(
        lambda: say(f"dashboard.unit_{indicator}", lang)
    )
    return f"{one.label[lang]} ({letters})" if letters else one.label[lang]


def _told_if(make: Callable[[], str]) -> str:
    """A sentence, where there is one."""
    try:
        return make()
    except KeyError:
        return ""


def _told(trouble: Trouble, source: Place, lang: str) -> str:
    """A fault: where, what, and the remedy."""
    named = dict(trouble.details)
    kind, where = str(named.pop("kind", "")), str(named.pop("where", ""))
    if kind == "observed":
        named["what"] = observed_named(where, lang)
    elif kind:
        what = say(f"dashboard.fix_{kind}", lang)
        name = _where(where, source)
        named["what"] = f"{name}, {what[:1].lower()}{what[1:]}" if name else what
    return say(f"dashboard.{trouble.code}", lang, **named)


def _where(code: str, source: Place) -> str:
    communes = source.scenario.territory.communes
    names = communes.loc[communes["insee_code"] == code, "name"]
    return "" if names.empty else str(names.iloc[0])


def sheet(place: Place, before: tuple[Correction, ...], lang: str) -> dict[str, Any]:
    """What can be typed over: observed figures, means of the territory, counts of its communes."""
    fixed = {one.key: one for one in before}
    scenario = place.scenario
    communes = scenario.territory.communes
    inside = communes[communes["inside"]].sort_values("name")
    staff = {kind: counts(scenario.territory, kind) for kind in COUNTS}
    means = {
        "half_days": half_days_mean(scenario),
        "same_day": scenario.parameters.supply.same_day_share * 100,
    }
    return {
        "of": place.name,
        "year": date.today().year - 1,
        "givers": list(GIVERS),
        "observed": [_observed(place, name, lang) for name in OBSERVED],
        "means": [
            {
                "key": f"{kind}:",
                "label": say(f"dashboard.fix_{kind}", lang),
                "value": _typed(
                    fixed[f"{kind}:"].value if f"{kind}:" in fixed else round(means[kind], 1), lang
                ),
            }
            for kind in WHOLE
        ],
        "communes": [
            {
                "code": code,
                "name": name,
                "people": number(float(people), lang),
                **{kind: str(staff[kind].get(code, 0)) for kind in COUNTS},
                **_leaving(fixed, code, lang),
            }
            for code, name, people in inside[["insee_code", "name", "population"]].to_numpy(object)
        ],
    }


def _leaving(fixed: Mapping[str, Correction], code: str, lang: str) -> dict[str, str]:
    """Only what this page typed: nothing is told of doctors who are there."""
    closed, leaving = fixed.get(f"closed:{code}"), fixed.get(f"leaving:{code}")
    return {
        "closed": "" if closed is None else _typed(closed.value, lang),
        "leaving": "" if leaving is None else _typed(leaving.value, lang),
        "month": "" if leaving is None else leaving.also,
    }


def _observed(place: Place, name: str, lang: str) -> dict[str, Any]:
    """The latest figure that is known of the place, if any."""
    table = place.scenario.territory.observed
    mine = None if table is None else table[(table["indicator"] == name) & table["value"].notna()]
    told = {"name": name, "label": observed_named(name, lang), "value": "", "year": "", "source": ""}
    if mine is None or mine.empty:
        return told
    last = mine.sort_values("year", na_position="first").iloc[-1]
    value = float(last["value"]) * (100 if is_share(name) else 1)
    year = "" if last["year"] != last["year"] else str(int(last["year"]))
    return {**told, "value": _typed(round(value, 3), lang), "year": year, "source": str(last["source"])}


def _typed(value: float, lang: str) -> str:
    """A figure as one would type it."""
    return f"{value:g}".replace(".", "," if lang == "fr" else ".")
