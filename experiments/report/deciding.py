"""What decides a study's answer (ce qui décide): the weight of each unknown figure, and where an action is of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from experiments.decides import told_condition, told_weight
from experiments.outcome import Outcome
from experiments.report.appendix import Heaviest
from experiments.report.contents import slug, titled
from experiments.report.document import Block, Heading, Paragraph, Table
from experiments.report.weights import MOST, weights_figure
from experiments.sensitivity import POINTS, Decided, decided, law
from experiments.worlds import FITTED
from texts import number, say


def every(outcome: Outcome) -> dict[tuple[str, str], Decided]:
    """What decides each outcome asked, scenario after scenario."""
    protocol = outcome.study.protocol
    if protocol.sensitivity is None or not (outcome.study.folder / POINTS).exists():
        return {}
    found = {}
    for name in protocol.scenarios:
        for indicator in protocol.weighed_on:
            known = outcome.comparison.indicators[indicator]
            better = -1.0 if known.better == "lower" else 1.0
            one = decided(outcome.study, name, indicator, known.useful_difference or 0.0, better)
            if one is not None:
                found[name, indicator] = one
    return found


def heaviest(outcome: Outcome, found: Mapping[tuple[str, str], Decided]) -> Heaviest | None:
    """The weight of each figure on the primary outcome; none where it was not looked at."""
    protocol = outcome.study.protocol
    sizes: dict[str, float] = {}
    for (_, indicator), one in found.items():
        if indicator == protocol.primary:
            for weight in one.weights:
                path = weight.figure.path
                sizes[path] = max(sizes.get(path, 0.0), weight.size)
    if not sizes or protocol.sensitivity is None:
        return None
    together: frozenset[str] = law(outcome.study).fitted if FITTED in sizes else frozenset()
    if together:
        sizes |= dict.fromkeys(together, sizes[FITTED])
    return Heaviest(protocol.sensitivity.method, sizes, together)


def deciding(outcome: Outcome, found: Mapping[tuple[str, str], Decided], lang: str) -> Iterator[Block]:
    """A sentence, conditions in words and a figure for each scenario; the heaviest figures in a table."""
    if not found:
        return
    comparison, asked = outcome.comparison, outcome.study.protocol.sensitivity
    assert asked is not None
    yield Heading(say("report.deciding", lang))
    points = next(iter(found.values())).points
    yield Paragraph(say(f"report.deciding_{asked.method}", lang, points=points))
    rows = []
    for (name, indicator), one in found.items():
        label, title = comparison.indicators[indicator].label[lang], titled(comparison, name, lang)
        yield Heading(say("report.deciding_of", lang, title=title, label=label), 3)
        yield Paragraph(told_weight(one.weights[0], one.weights, lang), strong=True)
        for condition in one.conditions:
            yield Paragraph(told_condition(condition, lang))
        if not one.conditions:
            yield Paragraph(say("decides.everywhere_alike", lang))
        if one.weights[0].size > 0:
            drawn = weights_figure(one.weights, label, asked.method, lang)
            yield drawn._replace(name=f"decides-{slug(name)}-{slug(indicator)}")
        rows += [
            (title, label, weight.figure.label[lang], number(weight.size, lang, 2), number(weight.error, lang, 2),
             say(f"report.grade_{weight.figure.grade}", lang))
            for weight in one.weights[:MOST]
        ]  # fmt: skip
    heads = (
        say("report.head_scenario", lang), say("report.head_indicator_name", lang), say("decides.head_figure", lang),
        say(f"decides.head_weight_{asked.method}", lang), say("decides.head_error", lang),
        say("decides.head_grade", lang),
    )  # fmt: skip
    yield Table("weights", say("report.table_weights", lang, count=MOST), heads, tuple(rows))
