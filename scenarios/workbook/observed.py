"""Local figures become the lines of `observed.csv` where an indicator answers to them; the rest is kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.workbook.workbook import Amount, Month, Spending, Workbook

MONTHS_SOURCE, SPENDING_SOURCE = "classeur Soins non programmés", "classeur Budget et temps"
_YEAR = 12


def rows(workbook: Workbook) -> list[dict[str, str]]:
    """The lines of `observed.csv`: given figures, years of slots, money and hours."""
    given = [
        _row(one.indicator, one.amount, one.year, one.source, one.label)
        for one in workbook.figures
        if one.indicator
    ]
    found = [*given, *_slots(workbook.months), *_spent(workbook.spending)]
    return [one for one in found if one["value"] or one["low"] or one["high"]]


def total(amounts: Sequence[Amount], is_whole: bool) -> Amount:
    """The sum of amounts; a part that is not known leaves a low end only, never a zero."""
    lows = [one.value if one.value is not None else one.low for one in amounts]
    highs = [one.value if one.value is not None else one.high for one in amounts]
    if is_whole and amounts and all(one.is_known for one in amounts):
        return Amount(sum(one.value or 0.0 for one in amounts))
    known = [one for one in lows if one is not None]
    every = [one for one in highs if one is not None]
    high = sum(every) if is_whole and len(every) == len(amounts) else None
    return Amount(None, sum(known) if known else None, high)


def _slots(months: Sequence[Month]) -> Iterable[dict[str, str]]:
    """Slots offered in each year, and the share of them that was used in the months where both are known."""
    for year in sorted({one.month[:4] for one in months}):
        some = [one for one in months if one.month.startswith(year)]
        told = [one.offered for one in some]
        note = f"{len(some)} mois sur 12"
        yield _row("dedicated_slots", total(told, len(some) == _YEAR), int(year), MONTHS_SOURCE, note)
        both = [
            (one.used.value, one.offered.value) for one in some if one.used.is_known and one.offered.is_known
        ]
        offered = sum(least or 0.0 for _, least in both)
        if offered:
            share = round(sum(used or 0.0 for used, _ in both) / offered, 4)
            yield _row(
                "dedicated_used_share", Amount(share), int(year), MONTHS_SOURCE, f"{len(both)} mois sur 12"
            )


def _spent(spending: Sequence[Spending]) -> Iterable[dict[str, str]]:
    """Euros spent and hours of carers in each year, all missions together."""
    for year in sorted({one.year for one in spending}):
        some = [one for one in spending if one.year == year]
        missions = f"{len(some)} missions" if len(some) > 1 else "1 mission"
        for indicator, told in (
            ("money_eur", [one.spent for one in some]),
            ("carer_hours", [one.hours for one in some]),
        ):
            yield _row(indicator, total(told, True), year, SPENDING_SOURCE, missions)


def _row(indicator: str, amount: Amount, year: int, source: str, note: str) -> dict[str, str]:
    return {
        "indicator": indicator,
        "value": amount.told or _number(amount.value),
        "low": "" if amount.told else _number(amount.low),
        "high": "" if amount.told else _number(amount.high),
        "year": str(year),
        "source": source,
        "note": note,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
