"""The studies that come with the project (études): what was asked and found, and what did not hold; nothing is run."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solara

from cpts.dashboard.choice import Choice
from cpts.dashboard.held import held
from cpts.dashboard.known import known
from cpts.dashboard.levers import BY_NAME, acted
from cpts.dashboard.places import SHIPPED
from cpts.dashboard.question import Task
from cpts.dashboard.service import service
from experiments.compare import PEOPLE_FROM
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from experiments.effect import Effect
    from experiments.outcome import Outcome
    from simulation.scenario import Scenario

WORDS = (
    "studies_title studies_about studies_open studies_head studies_change studies_futures studies_figure "
    "studies_try studies_report head_word"
).split()
_RATHER = 12
"""Futures of twenty in which a difference is of use before one speaks of an effect."""


@solara.component_vue("studies.vue")
def StudiesSheet(m: dict) -> None:
    """Studies one under the other."""


def folder() -> Path:
    """Where the shipped studies are."""
    import experiments

    return Path(str(experiments.__file__)).parent / "studies"


def shipped() -> tuple[str, ...]:
    """The studies that come with the project, by the name of their folder."""
    return tuple(sorted(one.parent.name for one in folder().glob("*/study.yaml")))


@solara.component
def Studies(page: str, lang: str) -> None:
    """Every study as soon as a worker has read it."""
    names = solara.use_memo(shipped, [])
    tasks = tuple(task(name) for name in names)
    found, status = known(service(), f"{page}:studies", tasks, "studies_reading", lang)
    m = {
        "words": {name: say(f"dashboard.{name}", lang) for name in WORDS},
        "studies": [found[one.key][lang] for one in tasks if one.key in found],
        "status": status,
    }
    StudiesSheet(m=m)


def task(name: str) -> Task:
    """To be read by a worker: tables of a million figures are no work for a page."""
    return Task(("study", name), told, (name,))


def told(name: str) -> dict[str, dict[str, Any]]:
    """A study as it is shown, in each language."""
    from cpts.cli import shipped as files
    from experiments.archive import kept
    from experiments.study import Study

    outcome = _short(kept(Study(folder() / name, files.folder())))
    return {lang: _told(outcome, name, lang) for lang in LANGUAGES}


def _short(outcome: Outcome) -> Outcome:
    """The primary outcome of everybody, which is all that is shown: a fiftieth of the table."""
    pairs, primary = outcome.pairs, outcome.study.protocol.primary
    shown = pairs["indicator"].isin([primary, PEOPLE_FROM]) & (pairs["group"] == "all")
    return replace(outcome, pairs=pairs[shown].reset_index(drop=True))


def _told(outcome: Outcome, name: str, lang: str) -> dict[str, Any]:
    from experiments.protocol_parts import worded
    from experiments.report.figures import futures

    protocol, found = outcome.study.protocol, outcome.comparison
    figure = futures(found, protocol.primary, lang)
    holds = held(name, outcome)
    return {
        "name": name,
        "title": worded(protocol.title, lang),
        "question": worded(protocol.question, lang),
        "answer": answer(found, protocol.primary, protocol.scenarios, lang),
        "hypothesis": say("dashboard.studies_hypothesis", lang, text=_hypothesis(name, outcome, lang)),
        "held": "" if holds is None else say(f"dashboard.studies_{'held' if holds else 'not_held'}", lang),
        "missed": holds is False,
        "label": found.indicators[protocol.primary].label[lang],
        "rows": [_row(outcome, one, lang) for one in outcome.study.names],
        "figure": "data:image/svg+xml;base64," + base64.b64encode(figure.svg.encode()).decode(),
        "caption": figure.caption,
        "command": f"cpts study report experiments/studies/{name}",
    }


def answer(found: Comparison, primary: str, scenarios: tuple[str, ...] | list[str], lang: str) -> str:
    """The largest difference, and whether it is one at all."""
    from experiments.report.contents import titled
    from experiments.wording import Voice

    largest = max(scenarios, key=lambda name: abs(found.of(name).difference(primary).mean))
    effect = found.of(largest).difference(primary)
    voice = Voice(found.of(largest), lang, primary)
    title = titled(found, largest, lang)
    return say(
        f"dashboard.studies_{'some' if _useful(effect) >= _RATHER else 'none'}",
        lang,
        title=title,
        change=voice.change(primary, effect.mean),
        futures=_useful(effect),
        worlds=effect.count,
        threshold=voice.amount(primary, effect.threshold),
    )


def _useful(effect: Effect) -> int:
    """Futures in which the difference is of use, in the direction in which it mostly is."""
    return effect.futures(max(effect.p_better, effect.p_worse))


def _hypothesis(name: str, outcome: Outcome, lang: str) -> str:
    """What was held true before anything was run; protocols are written in English."""
    try:
        return say(f"dashboard.hypothesis_{name}", lang)
    except KeyError:
        from experiments.protocol_parts import worded

        return worded(outcome.study.protocol.hypothesis, lang)


def _row(outcome: Outcome, name: str, lang: str) -> dict[str, str]:
    """One alternative: what it changes, in how many futures it is of use, and where to try it."""
    from experiments.report.contents import titled
    from experiments.wording import Voice, level

    protocol, found = outcome.study.protocol, outcome.comparison.of(name)
    effect = found.difference(protocol.primary)
    voice = Voice(found, lang, protocol.primary)
    stands = level(effect)
    word = {"same": "none", "better": "better", "worse": "worse", "unknown": "unknown"}[stands.side]
    return {
        "label": titled(outcome.comparison, name, lang),
        "control": say("dashboard.studies_control", lang) if name in protocol.negative_controls else "",
        "change": voice.change(protocol.primary, effect.mean),
        "futures": say("dashboard.who_of", lang, futures=_useful(effect), worlds=effect.count),
        "word": say(f"dashboard.legend_{word}", lang),
        "side": stands.side,
        "open": _address(outcome.study.scenarios[name], lang),
    }


def _address(scenario: Scenario, lang: str) -> str:
    """The same action under the levers of the dashboard, when they can hold it exactly."""
    stated: Mapping[str, Any] = scenario.policies
    levers = {}
    for key, policy in stated.items():
        lever = BY_NAME.get(key)
        sizes = [] if lever is None else [getattr(policy, one.field, None) for one in lever.sliders]
        if lever is None or None in sizes:
            return ""
        levers[key] = tuple(float(one) for one in sizes if one is not None)
    if not levers or acted(scenario.with_(policies=dict.fromkeys(stated)), levers, {}).policies != stated:
        return ""
    return "?" + Choice(SHIPPED[0], tuple(levers.items()), lang=lang).address()
