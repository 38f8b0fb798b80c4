"""Tables that every paper needs (annexes): figures, checklists and the ledger of runs, filled from what was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.effect import GROUPS, Comparison
from experiments.report.document import Table
from experiments.told_action import told_scenario
from experiments.wording import Voice
from texts import number, say

if TYPE_CHECKING:
    from experiments.posterior import Posterior
    from simulation.parameters import Number


class Reference(NamedTuple):
    """A French figure that the model is held against, and what the model has for it today; none where not counted."""

    indicator: str
    group: str
    value: float
    low: float
    high: float
    unit: str
    year: str
    source: str
    use: str
    """fitted, held, or a mere consequence of what goes in."""
    model: float


class Heaviest(NamedTuple):
    """How much each figure weighs on the primary outcome, at most over scenarios; how it was weighed."""

    method: str
    sizes: Mapping[str, float]
    together: frozenset[str]
    """Figures that vary as one, since they were fitted: they share one weight."""


PARAMETERS = (
    "path", "figure", "value", "low", "high", "drawn_median", "drawn_low", "drawn_high",
    "posterior_median", "posterior_low", "posterior_high", "contraction", "grade", "source",
)  # fmt: skip
_NINE_IN_TEN = (0.5, 0.05, 0.95)


def parameters(
    comparison: Comparison, lang: str, posterior: Posterior | None = None, heaviest: Heaviest | None = None
) -> Table:
    """A1: each figure that was drawn, its prior range, what was drawn of it, what a fit to France left of it, and
    how much it weighs on the primary outcome where that was looked at.
    """
    from simulation.parameters import registry

    figures = registry()
    drawn: dict[str, list[float]] = {}
    for values in comparison.draws.values():
        for path, value in values.items():
            drawn.setdefault(path, []).append(float(value))
    rows = []
    for path in sorted(drawn):
        figure = figures[path]
        sampled = [float(f"{one:.3g}") for one in np.quantile(drawn[path], _NINE_IN_TEN)]
        numbers = (figure.default, figure.low, figure.high, *sampled)
        rows.append((
            path, figure.label[lang], *(number(one, lang) for one in numbers), *_fitted(figure, posterior, lang),
            *([] if heaviest is None else [_weight(path, heaviest, lang)]),
            say(f"report.grade_{figure.grade}", lang), figure.source,
        ))  # fmt: skip
    heads = [say(f"report.head_{name}", lang) for name in PARAMETERS]
    if heaviest is not None:
        heads.insert(-2, say(f"report.head_weight_{heaviest.method}", lang))
    caption = say("report.table_parameters", lang, worlds=comparison.worlds)
    return Table("A1-parameters", caption, tuple(heads), tuple(rows))


def _weight(path: str, heaviest: Heaviest, lang: str) -> str:
    """The weight of one figure; of a fitted one, that of all of them together."""
    if path not in heaviest.sizes:
        return ""
    key = "report.weight_together" if path in heaviest.together else "report.weight_alone"
    return say(key, lang, value=number(heaviest.sizes[path], lang, 3))


def _fitted(figure: Number, posterior: Posterior | None, lang: str) -> tuple[str, ...]:
    """Median and nine tenths of the points that fit, and how much narrower they are than the prior; empty if none."""
    if posterior is None or figure.path not in posterior.paths:
        return ("",) * 4
    told = [number(posterior.quantile(figure.path, share), lang) for share in _NINE_IN_TEN]
    return (*told, say("report.percent", lang, value=round(100 * posterior.contraction(figure))))


def references(held: Sequence[Reference], comparison: Comparison, lang: str) -> Table:
    """A3: French figures that the model was fitted to or held against, and what it has for them today."""
    from simulation.indicators import INDICATORS

    rows, voice = [], Voice(comparison, lang, comparison.action.leads_on)
    for one in held:
        is_named = one.group.partition(":")[0] in GROUPS
        group = voice.group(one.group) if is_named else say("report.everybody", lang)
        known = INDICATORS.get(one.indicator)
        rows.append((
            known.label[lang] if known else one.indicator, group,
            *(number(value, lang) for value in (one.value, one.low, one.high)),
            number(float(f"{one.model:.3g}"), lang) if _is_told(one, comparison) else "–",
            one.unit, one.year, say(f"report.use_{one.use}", lang), one.source,
        ))  # fmt: skip
    named = (
        "indicator_name", "group", "france", "low", "high", "model", "unit", "years_of", "use", "source",
    )  # fmt: skip
    heads = tuple(say(f"report.head_{name}", lang) for name in named)
    return Table("A3-references", say("report.table_references", lang), heads, tuple(rows))


def _is_told(one: Reference, comparison: Comparison) -> bool:
    """Whether the model counted it, over enough people to be told."""
    return one.model == one.model and (one.group == "all" or one.group in comparison.groups(one.indicator))


def levers(comparison: Comparison, lang: str) -> Table:
    """A2: what people do in each scenario, the figures that this touches, and how many of them are measured."""
    rows = []
    for name, action in comparison.actions.items():
        grades = [figure.grade for figure in action.rests_on]
        measured = say("report.of", lang, part=grades.count("measured_in_france"), whole=len(grades))
        figures = ", ".join(figure.path for figure in action.rests_on)
        rows.append(
            (action.title.get(lang) or name, told_scenario(comparison.of(name), lang), figures, measured)
        )
    heads = tuple(say(f"report.head_{name}", lang) for name in ("scenario", "done", "figures", "measured"))
    return Table("A2-levers", say("report.table_levers", lang), heads, tuple(rows))


def run_ledger(comparison: Comparison, provenance: Mapping[str, Any], lang: str) -> Table:
    """A7: how much was run, and with what."""
    told: dict[str, object] = {
        "worlds": comparison.worlds, "luck": comparison.luck, "alternatives": len(comparison.actions),
        "days": comparison.days, "calibrated": comparison.calibrated,
    }  # fmt: skip
    rows = [(say(f"report.ledger_{name}", lang), _told(value, lang)) for name, value in told.items()]
    rows += [(str(name), str(value)) for name, value in sorted(_flat(provenance).items())]
    heads = (say("report.head_what", lang), say("report.head_told", lang))
    return Table("A7-runs", say("report.table_ledger", lang), heads, tuple(rows))


def _told(value: object, lang: str) -> str:
    if isinstance(value, bool):
        return say("report.it_is" if value else "report.it_is_not", lang)
    return number(float(str(value)), lang)


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in tree.items():
        found |= (
            _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
        )
    return found
