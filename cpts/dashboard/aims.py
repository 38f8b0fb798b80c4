"""Which target can be signed (ma cible): efforts of one mission, and in how many futures each target is held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cpts.dashboard.levers import BY_NAME, acted, gps_of
from cpts.dashboard.question import FIRST, Question
from experiments.action import LEADING
from experiments.consequences import HOURS, MONEY
from experiments.effect import FEWEST_WORLDS
from experiments.reading import leading_of
from experiments.target import Reached, aim, efforts, reached, told_effort, told_target
from experiments.wording import Voice
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from cpts.dashboard.question import Start
    from experiments.compare import Comparison
    from simulation.territory import Territory

EFFORTS: Mapping[str, Mapping[str, tuple[float, ...]]] = {
    "unscheduled_care": {"gps": (2, 4, 6, 8), "slots_per_week": (1, 3, 5)},
    "gp_access": {"places_per_month": (0.2, 0.5, 1, 2)},
    "care_pathways": {"calls_per_month": (20, 40, 80, 160)},
    "medical_assistant": {"gps": (1, 2, 4, 6)},
    "mobile_unit": {"days_per_week": (1, 2, 3, 5)},
    "protocols": {"professionals": (5, 10, 20, 40)},
}
"""Sizes that are tried for each mission; no more people than there are."""
INDICATORS = (
    LEADING,
    "answered_in_time_per_1000",
    "unserved_per_1000",
    "planned_wait_mean",
    "without_usual_gp_share",
    "follow_up_on_time_share",
)


def sizes(mission: str, territory: Territory) -> dict[str, tuple[float, ...]]:
    """The efforts that this territory can make."""
    everybody = gps_of(territory)
    found = {}
    for name, tried in EFFORTS[mission].items():
        kept = [one for one in tried if name != "gps" or one <= everybody]
        few = tuple(range(1, min(everybody, len(tried)) + 1))
        found[name] = few if len(kept) < min(len(tried), everybody) and len(few) > len(kept) else tuple(kept)
    return found


def question_of(start: Start, mission: str) -> Question:
    """Every effort of a mission against the same baseline."""
    usual = tuple(slider.usual for slider in BY_NAME[mission].sliders)
    everybody = gps_of(start.scenario.territory)
    asked = tuple(
        min(size, everybody) if slider.field == "gps" else size
        for slider, size in zip(BY_NAME[mission].sliders, usual, strict=True)
    )
    then = acted(start.scenario, {mission: asked}, dict.fromkeys(LANGUAGES, mission))
    tried = efforts(then, mission, sizes(mission, start.scenario.territory))
    return Question(start, list(tried.values()), FIRST, groups=("all",))


def table(found: Comparison, mission: str, indicator: str, lang: str) -> dict[str, Any]:
    """The grid of efforts and targets, and the sentences that read it."""
    looked_at = indicator if found.has(indicator) else leading_of(found)
    if found.worlds < FEWEST_WORLDS:
        return {"early": True, "rows": []}
    voice = Voice(found, lang, looked_at)
    some = reached(found, mission, looked_at)
    by_effort: dict[str, list[Reached]] = {}
    for one in some:
        by_effort.setdefault(one.effort.told(voice), []).append(one)
    targets = list(dict.fromkeys(one.target for one in some))
    rows = [
        {
            "effort": effort,
            "cells": [_cell(one, lang) for one in each],
            "costs": _costs(found.of(name), lang),
        }
        for name, (effort, each) in zip(found.actions, by_effort.items(), strict=True)
    ]
    return {
        "early": False,
        "heads": [
            *(aim(voice, one) for one in targets),
            say("dashboard.tile_carer_hours", lang),
            say("dashboard.tile_money_eur", lang),
        ],
        "rows": rows,
        "lead": _lead(some, voice),
        "targets": [told_target(some, one, voice) for one in targets],
        "efforts": [told_effort(each, voice) for each in by_effort.values()],
        "cautions": [] if found.calibrated else [voice.say("not_calibrated")],
    }


def _lead(some: list[Reached], voice: Voice) -> str:
    """The highest target that some effort makes prudent; if none is, that of the lowest."""
    prudent = [one.target for one in some if one.word == "prudent"]
    return told_target(some, max(prudent) if prudent else some[0].target, voice)


def _cell(one: Reached, lang: str) -> dict[str, str]:
    word = say(f"dashboard.word_{one.word}", lang)
    told = say("target.cell", lang, word=word, futures=one.futures, worlds=one.worlds)
    return {"word": one.word, "told": told}


def _costs(found: Comparison, lang: str) -> list[str]:
    voice = Voice(found, lang, LEADING)
    return [voice.standing(name, found.difference(name).mean) for name in (HOURS, MONEY) if found.has(name)]
