"""One message that holds a whole board (tableau): the page draws it and decides nothing."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from calibration.against_france import compared_with_france, missed
from cpts.dashboard import beside_france, beside_here, drawn_answer
from cpts.dashboard.corrections import OBSERVED
from experiments.action import LEADING
from experiments.assumptions import ranges_only
from experiments.compare import PEOPLE_FROM
from experiments.consequences import CONSULTATIONS, HOURS, MONEY, UNSERVED, WAIT
from experiments.effect import FEWEST_WORLDS
from experiments.reading import Reading, leading_of, read
from experiments.told_assumptions import lines
from experiments.wording import Voice
from texts import say

if TYPE_CHECKING:
    from cpts.dashboard.question import Question
    from experiments.compare import Comparison
    from experiments.tiles import Tile

Message = dict[str, Any]
TOLD_AT = (1, 2, 4, 8, 12, 16)
"""How many pairs are known when the page is told again; then every worlds' dozen, and at the end."""
_KEPT = 200
_YEAR = 364
_EARLY = (
    LEADING,
    UNSERVED,
    HOURS,
    CONSULTATIONS,
    MONEY,
    WAIT,
    "delay_total_mean",
    "answered_in_time_per_1000",
)
_NAMED = ("answered_48h_per_1000", "unserved_per_1000", "carer_hours", "money_eur")


def is_told_at(done: int, total: int, before: int) -> bool:
    """Whether there is enough new to draw the page anew: drawing costs a fifth of a second."""
    if done >= total or before <= 0 < done:
        return True
    steps = [*TOLD_AT, FEWEST_WORLDS + 1, *range(28, total, 10)]
    return any(before < step <= done for step in steps)


class Boards:
    """Messages already made, shared between the pages that ask the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    def shared(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What was made under this name, else make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def forget(self, words: Collection[str]) -> None:
        """Drop all that was made under a name that says one of these."""
        with self._lock:
            for key in [one for one in self._kept if mentions(one, words)]:
                del self._kept[key]


def mentions(key: object, words: Collection[str]) -> bool:
    """Whether a name is, or holds, one of these words."""
    return any(mentions(one, words) for one in key) if isinstance(key, tuple) else key in words


def whole(question: Question, results: Mapping[tuple[Any, ...], Any]) -> Comparison:
    """The comparison with what it rests on and where France is missed."""
    found = question.comparison(results, first_look(question, results))
    found = found.with_(france=missed(compared_with_france(found)))
    leading = {name: leading_of(found.of(name)) for name in found.actions}
    return found.with_(ledgers=ranges_only(question.start.scenario, found, leading))


def first_look(question: Question, results: Mapping[tuple[Any, ...], Any]) -> frozenset[str]:
    """The few indicators that are told before anything can be concluded; all of them from then on."""
    worlds = [one for one in question.futures if one.kind == "world"]
    known = {key[-2:] for key in results if key[0] == "pair"}
    if sum((one.kind, one.number) in known for one in worlds) >= FEWEST_WORLDS:
        return frozenset()
    leads = {action.leads_on for action in question.empty.actions.values()}
    return frozenset({*leads, *_EARLY, PEOPLE_FROM})


def board(question: Question, results: Mapping[tuple[Any, ...], Any], lang: str) -> Message:
    """All that a page shows of a comparison, so far as it is known."""
    found = whole(question, results)
    if not (found.worlds or found.luck):
        return {}
    reading = read(found, lang)
    voice = Voice(found, lang, reading.leading)
    early = found.worlds < FEWEST_WORLDS
    return {
        "lang": lang,
        "worlds": found.worlds,
        "early": early,
        "scenario": reading.scenario,
        "headline": reading.headline,
        "first": _first(voice, reading) if early else "",
        "price": reading.price,
        "sureness": reading.sureness,
        "doubt": reading.doubt,
        "who": reading.who,
        "cautions": [reading.local, *reading.warnings],
        "worth": [text for text in (reading.worth, reading.cost) if text and not early],
        "shock": reading.shock,
        "label": voice.label(reading.leading),
        "tiles": [_tile(voice, tile) for tile in reading.tiles if not tile.folded],
        "others": [_row(tile) for tile in reading.tiles if tile.folded],
        "years": _years(voice),
        "spread": drawn_answer.spread(voice),
        "basins": drawn_answer.basins(voice),
        "groups": drawn_answer.groups(reading, lang),
        "assumptions": _assumptions(voice),
        "france": {"rows": []} if early else beside_france.table(found, lang),
        "local": {"rows": []} if early else beside_here.table(found, question.start.scenario.territory, lang),
        "model": {} if early else beside_here.simulated(found, OBSERVED, lang),
        "mark": mark(question),
    }


def mark(question: Question) -> str:
    """Identity of the results, short enough to be read aloud."""
    return next(iter(question.hashes.values()))[:8]


def _first(voice: Voice, reading: Reading) -> str:
    mean = voice.comparison.difference(reading.leading).mean
    if math.isnan(mean):
        return ""
    label = voice.label(reading.leading)
    told = f"{label[:1].lower()}{label[1:]}, {voice.change(reading.leading, mean)}"
    return say("dashboard.first_look", voice.lang, change=told)


def _tile(voice: Voice, tile: Tile) -> Message:
    name, lang = tile.indicator, voice.lang
    label, unit = tile.label, ""
    if name in _NAMED:
        label = say(f"dashboard.tile_{name}", lang)
        unit = say(f"dashboard.unit_{name}", lang, consultations=_consultations(voice))
        years = round(voice.comparison.days / _YEAR)
        if years > 1 and name in ("carer_hours", "money_eur"):
            unit = say("dashboard.over_years", lang, unit=unit, years=years)
    return {
        "indicator": name,
        "label": label,
        "unit": unit,
        "today": tile.today,
        "then": tile.then,
        "change": tile.change,
        "range": tile.range,
        "side": "early" if tile.side == "early" else tile.side,
        "word": tile.word,
        "grey": tile.grey,
        "note": tile.note,
    }


def _consultations(voice: Voice) -> str:
    if not voice.comparison.has("carer_consultations"):
        return voice.number(0)
    mean = voice.comparison.difference("carer_consultations").mean
    return voice.number(0 if math.isnan(mean) else round(mean))


def _row(tile: Tile) -> list[str]:
    return [tile.label, tile.today, tile.then, tile.change, tile.word]


def _years(voice: Voice) -> list[str]:
    return [
        say(
            "dashboard.year_line",
            voice.lang,
            year=rank,
            today=voice.standing(voice.leading, one.baseline),
            then=voice.standing(voice.leading, one.alternative),
        )
        for rank, one in enumerate(voice.comparison.years(voice.leading), start=1)
    ]


def _assumptions(voice: Voice) -> list[list[str]]:
    return [
        [one.label, one.value, one.range, say(f"cli.grade_{one.grade}", voice.lang)] for one in lines(voice)
    ]
