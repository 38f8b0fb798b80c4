"""The page of a study (page d'une étude): its alternatives as a choice, each told; and all that was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from experiments.explorer.content import GLOSSARY, Stamp, Told, closing, framed, indicators, rests_on
from experiments.explorer.phrases import Phrases
from experiments.explorer.told import told
from experiments.freezing import Deviation
from experiments.outcome import Outcome
from experiments.protocol_parts import worded
from experiments.report.appendix import run_ledger
from experiments.report.contents import titled
from experiments.report.deciding import every
from experiments.report.document import Block, Figure, Heading, Paragraph, Table
from experiments.report.of_study import decided, judged
from experiments.report.places import named, side_by_side
from texts import LANGUAGES, say

KIND = "study_"
TERMS = (*GLOSSARY, "protocol", "deviation", "control")
_MARK = 12
"""Letters of a fingerprint that are enough to tell two protocols apart."""


class Record(NamedTuple):
    """What is known of a study beside its worlds: when it was frozen, what changed since, with what it was lived."""

    frozen: str
    """The day of the freeze, as 2027-01-31."""
    changed: Sequence[Deviation]
    ledger: Mapping[str, Any]
    code: str
    """The code that writes the page."""


def study_content(found: Outcome, record: Record, stamp: Stamp, beside_france: Told) -> dict[str, Any]:
    """Lay out a study: nothing is chosen on its page but what its protocol compares."""
    phrases, protocol = Phrases(), found.study.protocol
    places, points, figures = [], [], {}
    measured: dict[str, Any] = {}
    for outcome in found.places:
        missed, _ = beside_france(outcome.comparison, LANGUAGES[0])
        whole = outcome.comparison.with_(france=missed)
        places.append(framed(outcome.study.baseline, whole, phrases, beside_france, protocol.primary))
        measured = measured or indicators(whole, phrases)
        for name in found.study.names:
            points.append(told(whole.of(name), phrases, protocol.primary))
            figures.update(rests_on(whole.of(name), phrases))
    return {
        "title": phrases.each(lambda lang: worded(protocol.title, lang) or protocol.study),
        "question": phrases.each(lambda lang: worded(protocol.question, lang)),
        "frozen": phrases.each(lambda lang: _frozen(found, record, lang)),
        "study": parts(found, record, phrases),
        **_choices(found, phrases),
        "places": places,
        "indicators": measured,
        "glance": protocol.primary,
        "figures": figures,
        "points": points,
        **closing(phrases, stamp, found.comparison.worlds, found.comparison.luck, TERMS, KIND),
    }  # fmt: skip


def _choices(found: Outcome, phrases: Phrases) -> dict[str, Any]:
    """What can be chosen: an alternative, then a territory where there are several."""
    names, places = found.study.names, found.places
    asked = [_choice("scenario", ("", *names), phrases, lambda name, lang: _alternative(found, name, lang))]
    if places[1:]:
        by_name = {one.study.territory: named(one) for one in places}
        asked.append(_choice("territory", tuple(by_name), phrases, lambda name, _: by_name[name]))
    ranks = product(range(len(names) + 1), range(len(places)))
    return {
        "levers": asked,
        "opening": [1, *([0] if places[1:] else [])],
        "cells": [place * len(names) + scenario - 1 if scenario else -1 for scenario, place in ranks],
        **({"place_axis": 1} if places[1:] else {}),
    }


def _choice(
    name: str, levels: Sequence[str], phrases: Phrases, wording: Callable[[str, str], str]
) -> dict[str, Any]:
    """One thing among several, in place of a slider."""
    said = [phrases.of(*(wording(level, lang) for lang in LANGUAGES)) for level in levels]
    label = phrases.say(f"explorer.choose_{name}")
    return {
        "name": name,
        "choice": 1,
        "label": label,
        "about": phrases.say(f"explorer.choose_{name}_told"),
        "sizes": [{"name": "", "label": label, "levels": list(levels), "told": said}],
        "sums": [phrases.NOTHING] * len(levels),
    }


def _alternative(found: Outcome, name: str, lang: str) -> str:
    """How an alternative is called; nothing is expected of a negative control, and this is said."""
    if not name:
        return say("explorer.choose_today", lang)
    title = titled(found.comparison, name, lang)
    return (
        say("explorer.control", lang, title=title)
        if name in found.study.protocol.negative_controls
        else title
    )


def _frozen(found: Outcome, record: Record, lang: str) -> str:
    """When the protocol was frozen, its fingerprint, and how much moved since."""
    day = date.fromisoformat(record.frozen)
    told = {
        "day": f"{day:%d/%m/%Y}" if lang == "fr" else day.isoformat(),
        "mark": found.study.protocol.digest[:_MARK],
        "count": len(record.changed) or "",
    }
    return say("explorer.study_frozen", lang, **told)


def parts(found: Outcome, record: Record, phrases: Phrases) -> list[dict[str, Any]]:
    """What was decided, what came out and with what it was lived, part by part, as the report tells them."""
    both = [list(_parts(found, record, lang)) for lang in LANGUAGES]
    return [
        {
            "title": phrases.of(*(title for title, _ in told)),
            "blocks": [_block(each, phrases) for each in zip(*(blocks for _, blocks in told), strict=True)],
        }
        for told in zip(*both, strict=True)
    ]


def _parts(found: Outcome, record: Record, lang: str) -> Iterator[tuple[str, list[Block]]]:
    undated = say("explorer.study_undated", lang)
    changed = [one if one.day else one._replace(day=undated) for one in record.changed]
    yield from _split(decided(found, changed, lang), "")
    several = bool(found.places[1:])
    if several:
        yield say("explorer.study_beside", lang), [side_by_side(found, lang)]
    for outcome in found.places:
        title = say("explorer.study_readings", lang, place=named(outcome) if several else "")
        yield from _split(judged(outcome, every(outcome), lang), title)
    before = record.ledger.get("code", "")
    other = say("explorer.study_other_code", lang, before=before, after=record.code)
    yield (
        say("explorer.study_lived", lang),
        [
            *([Paragraph(other)] if before != record.code else []),
            run_ledger(found.comparison, record.ledger, lang),
        ],
    )


def _split(blocks: Iterable[Block], title: str) -> Iterator[tuple[str, list[Block]]]:
    """Cut where a heading stands; what comes before the first is under the title given."""
    held: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if held:
                yield title, held
            title, held = block.text, []
        else:
            held.append(block)
    if held:
        yield title, held


def _block(both: tuple[Block, ...], phrases: Phrases) -> dict[str, Any]:
    """A block as data, its words in every language."""
    first = both[0]
    if isinstance(first, Paragraph):
        return {"text": phrases.of(*(one.text for one in both if isinstance(one, Paragraph)))}
    if isinstance(first, Figure):
        shown = [one for one in both if isinstance(one, Figure)]
        told = (phrases.of(*(one.caption for one in shown)), phrases.of(*(one.svg for one in shown)))
        return dict(zip(("caption", "picture"), told, strict=True))
    tables = [one for one in both if isinstance(one, Table)]
    return {
        "caption": phrases.of(*(one.caption for one in tables)),
        "heads": [phrases.of(*each) for each in zip(*(one.heads for one in tables), strict=True)],
        "rows": [
            [phrases.of(*cells) for cells in zip(*rows, strict=True)]
            for rows in zip(*(one.rows for one in tables), strict=True)
        ],
    }
