"""What changes year after year (horizon): from the first counted day on, each year by itself."""

from __future__ import annotations

from collections.abc import Collection

from experiments.effect import Comparison
from experiments.report.contents import titled
from experiments.report.document import Table
from experiments.wording import Voice
from texts import say


def years(
    comparison: Comparison, indicators: Collection[str], told: Collection[int], lang: str
) -> Table | None:
    """Each indicator of each alternative in each year that is told; nothing where there is one year only."""
    rows = []
    for name in comparison.actions:
        one = comparison.of(name)
        for indicator in indicators:
            voice = Voice(one, lang, indicator)
            for effect in one.years(indicator) if one.has(indicator) else ():
                year = int(effect.group.partition(":")[2])
                if year not in told:
                    continue
                low, high = (voice.signed(indicator, each) for each in (effect.low, effect.high))
                rows.append((
                    titled(comparison, name, lang), voice.label(indicator), str(year),
                    voice.signed(indicator, effect.mean), say("report.between", lang, low=low, high=high),
                    say("report.futures_of", lang, futures=effect.futures(effect.p_better), worlds=effect.count),
                ))  # fmt: skip
    if not rows:
        return None
    named = ("scenario", "indicator_name", "year", "change", "unknown", "better")
    heads = tuple(say(f"report.head_{each}", lang) for each in named)
    return Table("years", say("report.table_years", lang), heads, tuple(rows))
