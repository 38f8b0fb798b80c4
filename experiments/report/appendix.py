"""Tables that every paper needs (annexes): figures, checklists and the ledger of runs, filled from what was run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.effect import Comparison
from experiments.report.document import Table
from experiments.told_action import told_scenario
from texts import number, say

CHECKED = (
    ("odd", "purpose"), ("odd", "entities"), ("odd", "process"), ("odd", "design"), ("odd", "initial"),
    ("odd", "submodels"), ("stress", "objectives"), ("stress", "logic"), ("stress", "data"),
    ("stress", "experiment"), ("stress", "implementation"), ("stress", "access"), ("cheers", "perspective"),
    ("cheers", "horizon"), ("cheers", "costs"), ("cheers", "uncertainty"), ("cheers", "equity"),
)  # fmt: skip


def parameters(comparison: Comparison, lang: str) -> Table:
    """A1: each figure that was drawn, its range, how it is known, and what was drawn of it."""
    from simulation.parameters import registry

    figures = registry()
    drawn: dict[str, list[float]] = {}
    for values in comparison.draws.values():
        for path, value in values.items():
            drawn.setdefault(path, []).append(float(value))
    rows = []
    for path in sorted(drawn):
        figure = figures[path]
        middle, low, high = np.quantile(drawn[path], (0.5, 0.05, 0.95))
        rows.append((
            path, figure.label[lang], number(figure.default, lang), number(figure.low, lang), number(figure.high, lang),
            number(float(middle), lang), number(float(low), lang), number(float(high), lang),
            say(f"report.grade_{figure.grade}", lang), figure.source,
        ))  # fmt: skip
    heads = (
        "path",
        "figure",
        "value",
        "low",
        "high",
        "drawn_median",
        "drawn_low",
        "drawn_high",
        "grade",
        "source",
    )
    told = tuple(say(f"report.head_{name}", lang) for name in heads)
    return Table(
        "A1-parameters", say("report.table_parameters", lang, worlds=comparison.worlds), told, tuple(rows)
    )


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


def checklist(lang: str) -> Table:
    """Where each item of ODD, STRESS-ABS and CHEERS 2022 is answered."""
    rows = tuple(
        (
            say(f"report.list_{name}", lang),
            say(f"report.item_{item}", lang),
            say(f"report.answer_{item}", lang),
        )
        for name, item in CHECKED
    )
    heads = tuple(say(f"report.head_{name}", lang) for name in ("list", "item", "answer"))
    return Table("A4-checklists", say("report.table_checklists", lang), heads, rows)


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
