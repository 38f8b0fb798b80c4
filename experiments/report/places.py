"""One study on several territories (territoires): told side by side, never added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from experiments.outcome import Outcome
from experiments.report.contents import slug, titled
from experiments.report.document import Block, Figure, Table
from experiments.wording import Voice
from texts import say


def named(outcome: Outcome) -> str:
    """The name of the territory on which an outcome is looked at."""
    return outcome.study.baseline.territory.name


def side_by_side(outcome: Outcome, lang: str) -> Table:
    """The primary outcome of each scenario, one column for each territory; compared within each, never between."""
    indicator = outcome.study.protocol.primary
    rows = []
    for name in outcome.study.names:
        cells = []
        for place in outcome.places:
            one = place.comparison.of(name)
            effect, voice = one.difference(indicator), Voice(one, lang, indicator)
            told = {
                "change": voice.signed(indicator, effect.mean), "better": effect.futures(effect.p_better),
                "worse": effect.futures(effect.p_worse), "worlds": effect.count,
            }  # fmt: skip
            cells.append(say("report.place_cell", lang, **told))
        rows.append((titled(outcome.comparison, name, lang), *cells))
    rows.append((
        say("report.head_today", lang),
        *(_today(place, indicator, lang) for place in outcome.places),
    ))  # fmt: skip
    heads = (say("report.head_scenario", lang), *(named(place) for place in outcome.places))
    label = outcome.comparison.indicators[indicator].label[lang]
    return Table("territories", say("report.table_places", lang, label=label), heads, tuple(rows))


def _today(place: Outcome, indicator: str, lang: str) -> str:
    effect = place.comparison.difference(indicator)
    voice = Voice(place.comparison, lang, indicator)
    return voice.amount(indicator, effect.baseline)


def of_place(blocks: Iterable[Block], place: Outcome) -> Iterator[Block]:
    """The same blocks, their tables and figures named after their territory: files of two territories are two."""
    mark = slug(place.study.territory)
    for block in blocks:
        yield block._replace(name=f"{block.name}-{mark}") if isinstance(block, Table | Figure) else block
