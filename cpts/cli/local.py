"""What was observed here (repères locaux) stands beside what is simulated, hidden figures as what they may be."""

import math
from typing import TYPE_CHECKING, Any

from cpts.cli.figures import bare, short
from cpts.cli.france import unit
from cpts.cli.speaker import Cell, Speaker
from texts import NOTHING, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calibration.local import Local
    from simulation.indicators import Indicator
    from simulation.results import Results
    from simulation.scenario import Scenario


def told(
    speaker: Speaker, results: "Results", scenario: "Scenario", indicators: "Mapping[str, Indicator]"
) -> None:
    """Print the local figures that an indicator answers to; nothing where none is given."""
    observed = scenario.territory.observed
    if observed is None:
        return
    known = observed.dropna(subset=["value", "low", "high"], how="all")
    rows = [
        _row(speaker, one, results, indicators[str(one.indicator)])
        for one in known.itertuples()
        if one.indicator in indicators
    ]
    if not rows:
        return
    speaker.line()
    speaker.tell(speaker.say("local_title"), "bold")
    speaker.table([speaker.say(f"local_{name}") for name in ("target", "observed", "year", "model")], rows)
    speaker.line()
    speaker.tell(speaker.say("local_note"))


def weighed(speaker: Speaker, found: "Local") -> None:
    """Print how much local figures teach, what is to be read of it, and how far luck alone moves each of them."""
    from simulation.indicators import INDICATORS

    told = {"count": len(found.targets), "points": round(found.points)}
    speaker.tell(say("calibrate.local_about", speaker.lang, **told), "bold")
    if not found.posterior.is_of_here:
        speaker.tell(say("calibrate.local_few", speaker.lang))
    if found.is_strained:
        speaker.tell(say("calibrate.local_strained", speaker.lang))
    rows = []
    for one in found.targets:
        parts = (one.low, one.value, one.high, found.luck_of(one))
        low, value, high, luck = (bare(speaker, one.unit, part, 1) for part in parts)
        name = INDICATORS[one.indicator].label[speaker.lang]
        label = speaker.say("france_label", label=name, who="", unit=_unit(speaker, one.unit))
        ends = speaker.say("france_range", value=value, low=low, high=high)
        rows.append([Cell(label), Cell(ends), Cell(speaker.say("local_luck", value=luck))])
    speaker.line()
    speaker.table([speaker.say(f"local_{name}") for name in ("target", "observed", "luck_head")], rows)
    speaker.tell(say("calibrate.local_luck", speaker.lang), "dim")


def _row(speaker: Speaker, one: Any, results: "Results", indicator: "Indicator") -> list[Cell]:
    told = indicator.label[speaker.lang]
    label = speaker.say("france_label", label=told, who=one.source, unit=_unit(speaker, indicator.unit))
    year = NOTHING if math.isnan(one.year) else str(int(one.year))
    try:
        model = bare(speaker, indicator.unit, results.value(one.indicator))
    except KeyError:
        model = NOTHING
    return [Cell(label), Cell(amount(speaker, indicator.unit, one)), Cell(year), Cell(model)]


def _unit(speaker: Speaker, name: str) -> str:
    """The unit in a few letters; where there is none, the label says what is counted."""
    try:
        return unit(speaker, name)
    except KeyError:
        return ""


def amount(speaker: Speaker, name: str, one: Any) -> str:
    """A number, or the ends between which it lies."""
    if not math.isnan(one.value):
        return short(speaker, name, one.value)
    low, high = ("" if math.isnan(end) else short(speaker, name, end) for end in (one.low, one.high))
    key = "local_range" if low and high else "local_at_least" if low else "local_at_most"
    return speaker.say(key, low=low, high=high)
