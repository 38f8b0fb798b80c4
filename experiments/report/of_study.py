"""What a report says of a study (rapport d'étude): the protocol first, then the answer, then all that qualifies it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import isfinite

from experiments.freezing import Deviation
from experiments.outcome import Outcome
from experiments.protocol_parts import Horizon, worded
from experiments.reading import read
from experiments.report.contents import Made, appendices, every_indicator, fiche, numbered, stamp, titled
from experiments.report.controls import controls
from experiments.report.deciding import deciding, every, heaviest
from experiments.report.document import Block, Document, Heading, Paragraph, Table
from experiments.report.figures import futures
from experiments.report.followed import followed
from experiments.report.horizon import years
from experiments.report.places import named, of_place, side_by_side
from experiments.report.stopping import stopping
from experiments.report.subgroups import subgroups
from experiments.report.worth import worth
from experiments.sensitivity import Decided
from experiments.variance import Ratio, adjusted, chance_alone, pairing, parted
from experiments.wording import Voice, level
from experiments.worlds import points_under
from texts import number, say

MEAN_TIME = "restricted_mean_days"


def study_report(outcome: Outcome, made: Made, changed: Sequence[Deviation], lang: str) -> Document:
    """Tell a study in the order in which a referee reads it."""
    protocol = outcome.study.protocol
    what_decides = every(outcome)
    drawn_from = outcome.study.posterior
    made = made._replace(
        posterior=None if drawn_from is None else points_under(outcome.study.baseline, drawn_from),
        heaviest=heaviest(outcome, what_decides),
        checklists=protocol.report.checklists,
    )  # fmt: skip
    blocks: list[Block] = [Paragraph(worded(protocol.question, lang), strong=True)]
    blocks += abstract(outcome, changed, lang)
    blocks += decided(outcome, changed, lang)
    blocks.append(Heading(say("report.study_answer", lang)))
    if outcome.places[1:]:
        blocks.append(side_by_side(outcome, lang))
        for place in outcome.places:
            blocks.append(Heading(say("report.place", lang, place=named(place))))
            blocks += of_place(found_on(place, every(place), lang), place)
    else:
        blocks += found_on(outcome, what_decides, lang)
    blocks += appendices(outcome.comparison, made, lang)
    title = worded(protocol.title, lang) or protocol.study
    return Document(title, lang, stamp(made, lang), numbered(blocks, lang))


def abstract(outcome: Outcome, changed: Sequence[Deviation], lang: str) -> Iterator[Block]:
    """What was asked of how many futures, what each action does, and what limits it, in a few sentences."""
    protocol, comparison = outcome.study.protocol, outcome.comparison
    yield Heading(say("report.abstract", lang))
    told = {
        "worlds": comparison.worlds, "luck": comparison.luck, "days": comparison.days,
        "label": comparison.indicators[protocol.primary].label[lang],
        "places": len(outcome.places) if outcome.places[1:] else "",
    }  # fmt: skip
    yield Paragraph(say("report.abstract_how", lang, **told))
    for name in protocol.scenarios:
        reading = read(comparison, lang, alternative=name, leading=protocol.primary)
        title = titled(comparison, name, lang)
        is_same = level(comparison.of(name).difference(protocol.primary)).side == "same"
        answer = reading.headline if is_same else f"{reading.headline} {reading.sureness}"
        yield Paragraph(say("report.abstract_of", lang, title=title, told=answer))
    assumed = {one.path for name in protocol.scenarios for one in comparison.of(name).assumed}
    limits = {"assumed": len(assumed), "deviations": len(changed) or "", "failed": len(outcome.failed) or ""}
    yield Paragraph(say("report.abstract_limits", lang, **limits))


def found_on(outcome: Outcome, what_decides: Mapping[tuple[str, str], Decided], lang: str) -> Iterator[Block]:
    """All that was found on one territory: the answer, what qualifies it, an action after the other, every figure."""
    comparison, protocol = outcome.comparison, outcome.study.protocol
    readings = {
        name: read(comparison, lang, alternative=name, leading=protocol.primary)
        for name in outcome.study.names
    }
    yield futures(comparison, protocol.primary, lang)
    yield from judged(outcome, what_decides, lang)
    for name in protocol.scenarios:
        yield from fiche(comparison.of(name), readings[name], lang)
    yield Heading(say("report.all_figures", lang))
    for name in outcome.study.names:
        yield every_indicator(comparison.of(name), readings[name], lang)


def judged(outcome: Outcome, what_decides: Mapping[tuple[str, str], Decided], lang: str) -> Iterator[Block]:
    """The answer of every alternative side by side, and what qualifies it."""
    comparison, protocol = outcome.comparison, outcome.study.protocol
    yield primary(outcome, lang)
    if protocol.secondary:
        yield secondaries(outcome, lang)
    yield from subgroups(outcome, lang)
    yield from followed(outcome, lang)
    if protocol.horizon is not None:
        looked_at = (protocol.primary, *protocol.secondary)
        by_year = years(comparison, looked_at, protocol.horizon.told_years, lang)
        yield from () if by_year is None else (by_year,)
    if protocol.economics is not None:
        yield from worth(comparison, protocol.economics, lang)
    yield parts(outcome, lang)
    yield from stopping(outcome, lang)
    if outcome.study.structures[1:]:
        yield structures(outcome, lang)
    yield from deciding(outcome, what_decides, lang)
    yield from controls(outcome, lang)


def decided(outcome: Outcome, changed: Sequence[Deviation], lang: str) -> Iterator[Block]:
    """The estimand, what was held to matter before anything was run, and what changed since."""
    protocol = outcome.study.protocol
    yield Heading(say("report.study_protocol", lang))
    told = {
        **{name: worded(text, lang) for name, text in dict(protocol.estimand).items()},
        "hypothesis": worded(protocol.hypothesis, lang), "territories": ", ".join(protocol.territories),
        "horizon": _horizon(protocol.horizon, lang),
        "primary": _named(outcome, [protocol.primary], lang),
        "secondary": _named(outcome, protocol.secondary, lang),
        "controls": ", ".join(protocol.negative_controls), "multiplicity": protocol.multiplicity,
        "digest": protocol.digest,
    }  # fmt: skip
    rows = tuple((say(f"report.protocol_{name}", lang), text) for name, text in told.items() if text)
    heads = (say("report.head_what", lang), say("report.head_told", lang))
    yield Table("protocol", say("report.table_protocol", lang), heads, rows)
    if changed:
        moved = tuple((one.day, one.field, one.before, one.after) for one in changed)
        changes = _heads(("day", "field", "before", "after"), lang)
        yield Table("A10-deviations", say("report.table_deviations", lang), changes, moved)
    else:
        yield Paragraph(say("report.no_deviation", lang))
    if len(outcome.failed):
        yield Paragraph(say("report.failed", lang, count=len(outcome.failed)))


def _named(outcome: Outcome, indicators: Sequence[str], lang: str) -> str:
    """Names for people, with those of the files beside."""
    known = outcome.comparison.indicators
    return " ; ".join(f"{known[name].label[lang]} ({name})" for name in indicators)


def _horizon(asked: Horizon | None, lang: str) -> str:
    if asked is None:
        return ""
    told = {"years": asked.years, "warm_up": "" if asked.warm_up_days is None else asked.warm_up_days}
    return say("report.horizon_told", lang, **told)


def primary(outcome: Outcome, lang: str) -> Table:
    """The primary outcome: mean difference, what is not known, what chance does, and how often it is of use."""
    comparison, indicator = outcome.comparison, outcome.study.protocol.primary
    rows = []
    for name in outcome.study.names:
        one = comparison.of(name)
        effect, voice = one.difference(indicator), Voice(one, lang, indicator)
        rows.append((
            titled(comparison, name, lang), voice.signed(indicator, effect.mean),
            _between(voice, indicator, effect.low, effect.high, lang),
            _between(voice, indicator, effect.luck_low, effect.luck_high, lang),
            *(say("report.futures_of", lang, futures=effect.futures(share), worlds=effect.count)
              for share in (effect.p_better, effect.p_within, effect.p_worse)),
        ))  # fmt: skip
    heads = ("scenario", "change", "unknown", "chance", "better", "within", "worse")
    label = comparison.indicators[indicator].label[lang]
    threshold = number(comparison.indicators[indicator].useful_difference or 0, lang)
    caption = say("report.table_primary", lang, label=label, threshold=threshold)
    return Table("primary", caption, _heads(heads, lang), tuple(rows))


def secondaries(outcome: Outcome, lang: str) -> Table:
    """Secondary outcomes: chance alone, adjusted for looking at several."""
    comparison, protocol = outcome.comparison, outcome.study.protocol
    rows = []
    for name in outcome.study.names:
        one = comparison.of(name)
        asked = [indicator for indicator in protocol.secondary if one.has(indicator)]
        levels = adjusted({each: chance_alone(one, each) for each in asked}, protocol.multiplicity)
        for indicator in asked:
            voice, effect = Voice(one, lang, indicator), one.difference(indicator)
            rows.append((
                titled(comparison, name, lang), voice.label(indicator), voice.signed(indicator, effect.mean),
                _between(voice, indicator, effect.low, effect.high, lang), number(levels[indicator], lang, 3),
            ))  # fmt: skip
    heads = ("scenario", "indicator_name", "change", "unknown", "chance_alone")
    caption = say("report.table_secondary", lang, method=protocol.multiplicity)
    return Table("secondary", caption, _heads(heads, lang), tuple(rows))


def parts(outcome: Outcome, lang: str) -> Table:
    """A8: where the spread of the primary outcome and of the mean time to care comes from, and what pairing gains."""
    comparison = outcome.comparison
    others = {name: outcome.under(name) for name in outcome.study.structures[1:]}
    rows = []
    looked_at = dict.fromkeys((outcome.study.protocol.primary, MEAN_TIME))
    for name, indicator in product(outcome.study.names, looked_at):
        one = comparison.of(name)
        found = parted(one, {key: other.of(name) for key, other in others.items()}, indicator)
        ratio = pairing(one, indicator)
        shares = [
            number(100 * found.shares[part], lang, 0) if part in found.shares else "–"
            for part in ("luck", "parameters", "structure")
        ]
        label = one.indicators[indicator].label[lang]
        rows.append((titled(comparison, name, lang), label, *shares, _ratio(ratio, lang)))
    heads = _heads(
        ("scenario", "indicator_name", "luck_share", "parameters_share", "structure_share", "pairing"), lang
    )
    return Table("A8-variance", say("report.table_variance", lang), heads, tuple(rows))


def _ratio(found: Ratio, lang: str) -> str:
    if not isfinite(found.value):
        return "–"
    return say("report.ratio", lang, value=round(found.value), low=round(found.low), high=round(found.high))


def structures(outcome: Outcome, lang: str) -> Table:
    """The primary outcome under each other way of telling the world."""
    indicator = outcome.study.protocol.primary
    rows = []
    for structure in outcome.study.structures:
        told = outcome.comparison if not structure else outcome.under(structure)
        for name in outcome.study.names:
            luck = told.of(name).by_world(indicator, "luck")
            luck = luck[
                luck.index <= outcome.study.protocol.uncertainty.chance.pilot
            ]  # the same pairs under each
            voice = Voice(told.of(name), lang, indicator)
            label = structure or say("report.as_it_is", lang)
            rows.append((label, titled(told, name, lang), voice.signed(indicator, float(luck.mean()))))
    heads = _heads(("structure", "scenario", "change"), lang)
    return Table("structures", say("report.table_structures", lang), heads, tuple(rows))


def _between(voice: Voice, indicator: str, low: float, high: float, lang: str) -> str:
    if low != low or high != high:
        return "–"
    return say("report.between", lang, low=voice.signed(indicator, low), high=voice.signed(indicator, high))


def _heads(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(say(f"report.head_{name}", lang) for name in names)
