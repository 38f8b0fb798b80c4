"""What a report says of a comparison (contenu): a fiche action for each alternative, then every figure behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from experiments.effect import Comparison
from experiments.posterior import Posterior
from experiments.reading import Reading, leading_of, read
from experiments.report.appendix import Heaviest, Reference, levers, parameters, references, run_ledger
from experiments.report.checklists import NAMES, checklist
from experiments.report.document import Block, Document, Figure, Heading, Paragraph, Table
from experiments.report.figures import futures
from experiments.report.targets import targets_of, told
from experiments.wording import Voice
from texts import number, say

RING = "ring"
"""People around the territory: not in any other figure, told to see what spills over."""


class Made(NamedTuple):
    """Of what a report is made: by which version, from which scenario, on which day."""

    version: str
    content_hash: str
    day: date
    provenance: Mapping[str, Any] = {}
    references: tuple[Reference, ...] = ()
    """French figures that the model is held against; whoever knows them gives them."""
    posterior: Posterior | None = None
    """Points fitted to France that the worlds were drawn from."""
    heaviest: Heaviest | None = None
    """How much each figure weighs on the primary outcome, where that was looked at."""
    checklists: tuple[str, ...] = tuple(NAMES)
    """The checklists that are filled."""


def report(comparison: Comparison, made: Made, lang: str) -> Document:
    """Tell a comparison: the question, each action as a fiche, all the figures, and what they rest on."""
    readings = {name: read(comparison, lang, alternative=name) for name in comparison.actions}
    first = next(iter(comparison.actions))
    blocks: list[Block] = [
        Paragraph(say("report.how_to_read", lang, worlds=comparison.worlds, luck=comparison.luck))
    ]
    for name, reading in readings.items():
        blocks += fiche(comparison.of(name), reading, lang)
    blocks.append(Heading(say("report.all_figures", lang)))
    leads = dict.fromkeys(leading_of(comparison.of(name)) for name in readings)
    blocks += [futures(comparison, indicator, lang) for indicator in leads]
    blocks += [every_indicator(comparison.of(name), reading, lang) for name, reading in readings.items()]
    blocks += appendices(comparison, made, lang)
    title = say("report.title", lang, title=titled(comparison, first, lang), more=len(readings) - 1 or "")
    return Document(title, lang, stamp(made, lang), numbered(blocks, lang))


def numbered(blocks: Iterable[Block], lang: str) -> tuple[Block, ...]:
    """The same blocks, each figure with its number, by which a paper or a stranger names it."""
    told: list[Block] = []
    rank = 0
    for block in blocks:
        if isinstance(block, Figure):
            rank += 1
            block = block._replace(caption=say("report.figure", lang, rank=rank, caption=block.caption))
        told.append(block)
    return tuple(told)


def stamp(made: Made, lang: str) -> str:
    """What every page carries: this is a projection, by which version, from what, when."""
    return say("report.stamp", lang, version=made.version, mark=made.content_hash[:8], day=made.day)


def titled(comparison: Comparison, name: str, lang: str) -> str:
    """The title of an alternative in a language."""
    title = comparison.actions[name].title
    return title.get(lang) or title.get("fr") or name


def fiche(comparison: Comparison, reading: Reading, lang: str) -> Iterator[Block]:
    """A fiche action: what is done, what follows, at what price, for whom, and how sure it is."""
    voice = Voice(comparison, lang, reading.leading)
    name = comparison.alternative
    yield Heading(titled(comparison, name, lang))
    yield Paragraph(reading.scenario)
    yield Paragraph(reading.headline, strong=True)
    parts = (
        reading.price,
        reading.sureness,
        reading.doubt,
        reading.assumptions,
        reading.who,
        reading.worth,
        reading.cost,
    )
    for text in (*parts, *reading.warnings):
        if text:
            yield Paragraph(text)
    if comparison.has(reading.leading, RING):
        around = comparison.difference(reading.leading, RING)
        spilt = {"label": voice.label(reading.leading), "change": voice.change(reading.leading, around.mean)}
        yield Paragraph(say("report.around", lang, **spilt))
    laid = summary(voice, reading, lang)
    yield laid
    if any(cell for row in laid.rows for cell in row[4:]):
        yield Paragraph(say("report.target_rule", lang))
    if reading.groups:
        yield who(voice, reading, lang)
    yield rests_on(comparison, reading, lang)


def summary(voice: Voice, reading: Reading, lang: str) -> Table:
    """Four figures and the columns that the dialogue with the CPAM fills in: targets by year, what was observed."""
    shown = [tile for tile in reading.tiles if not tile.folded]
    targets = {tile.indicator: targets_of(voice, tile.indicator) for tile in shown}
    is_full = any(one.full for one in targets.values())
    full = ("target_full",) if is_full else ()
    heads = ("indicator", "today", "then", "range", *full, "target_1", "target_2", "target_3", "observed")
    rows = tuple(
        (
            tile.label, tile.today, tile.then, tile.range,
            *([told(voice, tile.indicator, targets[tile.indicator].full)] if is_full else []),
            *(told(voice, tile.indicator, year) for year in targets[tile.indicator].years), "",
        )
        for tile in shown
    )  # fmt: skip
    caption = say("report.table_summary", lang)
    name = f"summary-{slug(voice.comparison.alternative)}"
    return Table(name, caption, _heads(heads, lang), rows, editable=True, written=4 + len(full))


def who(voice: Voice, reading: Reading, lang: str) -> Table:
    """Who gains and who loses, group by group; nobody's practice, no place with few people."""
    rows = tuple(
        (one.label, one.change, say("report.futures_of", lang, futures=one.better, worlds=one.futures),
         say("report.futures_of", lang, futures=one.worse, worlds=one.futures))
        for one in reading.groups
    )  # fmt: skip
    caption = say("report.table_who", lang, label=voice.label(reading.leading))
    return Table(
        f"who-{slug(voice.comparison.alternative)}",
        caption,
        _heads(("group", "change", "better", "worse"), lang),
        rows,
    )  # noqa: E501


def rests_on(comparison: Comparison, reading: Reading, lang: str) -> Table:
    """Each figure under the action: its value, its range, how it is known and from where."""
    worst = {entry.figure.path: entry for entry in (reading.ledger.entries if reading.ledger else ())}
    rows = []
    for figure in comparison.action.rests_on:
        entry = worst.get(figure.path)
        worst_told = "" if entry is None or entry.difference is None else number(entry.difference, lang, 1)
        rows.append((
            figure.label[lang], number(figure.default, lang), number(figure.low, lang), number(figure.high, lang),
            say(f"report.grade_{figure.grade}", lang), worst_told, figure.source,
        ))  # fmt: skip
    heads = ("figure", "value", "low", "high", "grade", "at_worst", "source")
    caption = say("report.table_rests_on", lang)
    return Table(f"rests-on-{slug(comparison.alternative)}", caption, _heads(heads, lang), tuple(rows))


def every_indicator(comparison: Comparison, reading: Reading, lang: str) -> Table:
    """All that was counted, today and with the action."""
    rows = tuple(
        (tile.label, tile.today, tile.then, tile.change, tile.word, tile.note) for tile in reading.tiles
    )
    caption = say("report.table_every", lang, title=titled(comparison, comparison.alternative, lang))
    heads = _heads(("indicator_name", "today", "then", "change", "word", "note"), lang)
    return Table(f"indicators-{slug(comparison.alternative)}", caption, heads, rows)


def appendices(comparison: Comparison, made: Made, lang: str) -> Iterator[Block]:
    """What a referee asks for: figures drawn, checklists, and with what all this was run."""
    yield Heading(say("report.appendices", lang))
    yield parameters(comparison, lang, made.posterior, made.heaviest)
    yield levers(comparison, lang)
    if made.references:
        yield references(made.references, comparison, lang)
    if made.checklists:
        yield checklist(comparison, lang, made.checklists)
    yield run_ledger(comparison, made.provenance, lang)


def slug(text: str) -> str:
    """A name for files: letters, digits and hyphens."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60]


def _heads(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(say(f"report.head_{name}", lang) for name in names)
