"""What was observed here beside what is simulated (repères locaux), as a table of words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cpts.cli import figures, local
from cpts.cli.france import unit
from cpts.cli.speaker import Speaker
from texts import NOTHING

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from simulation.indicators import Indicator
    from simulation.territory import Territory


def table(comparison: Comparison, territory: Territory, lang: str) -> dict[str, Any]:
    """Each local figure that an indicator answers to, its year and source, and the model's own."""
    if territory.observed is None:
        return {"rows": []}
    speaker = Speaker(lang)
    known = territory.observed.dropna(subset=["value", "low", "high"], how="all")
    simulated = _today(comparison)
    rows = [
        _row(speaker, one, comparison.indicators[str(one.indicator)], simulated)
        for one in known.itertuples()
        if one.indicator in comparison.indicators
    ]
    return {"rows": rows, "note": speaker.say("local_note")}


def simulated(comparison: Comparison, names: Sequence[str], lang: str) -> dict[str, str]:
    """What the model has today for these figures, as it is read beside what was observed."""
    speaker, today = Speaker(lang), _today(comparison)
    return {
        name: figures.standing(speaker, comparison.indicators[name], today[name])
        for name in names
        if name in today and name in comparison.indicators
    }


def _row(speaker: Speaker, one: Any, indicator: Indicator, simulated: Mapping[str, float]) -> dict[str, str]:
    model = simulated.get(one.indicator, math.nan)
    return {
        "label": " ".join(
            part for part in (indicator.label[speaker.lang], _unit(speaker, indicator)) if part
        ),
        "source": str(one.source),
        "observed": local.amount(speaker, indicator.unit, one) + _sign(indicator.unit),
        "year": NOTHING if math.isnan(one.year) else str(int(one.year)),
        "model": figures.standing(speaker, indicator, model),
    }


def _unit(speaker: Speaker, indicator: Indicator) -> str:
    """The unit in a few letters; the sign of a share stands beside its figure."""
    if figures.is_share(indicator.unit):
        return ""
    try:
        return f"({unit(speaker, indicator.unit)})"
    except KeyError:
        return ""


def _sign(unit: str) -> str:
    return "\N{NARROW NO-BREAK SPACE}%" if figures.is_share(unit) else ""


def _today(comparison: Comparison) -> dict[str, float]:
    """The baseline of the stated seed and central figures, as the model is held against France."""
    pairs = comparison.pairs
    told = pairs[(pairs["kind"] == "luck") & (pairs["number"] == 1) & (pairs["group"] == "all")]
    told = told[told["alternative"] == comparison.alternative]
    return dict(zip(told["indicator"].astype(str), told["baseline"].astype(float), strict=True))
