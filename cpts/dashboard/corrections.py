"""Figures that a coordinator corrects (corrections): a few counts of the place, and what was observed there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cpts.dashboard.packed import Trouble
from cpts.dashboard.staffed import counts, half_days_mean

if TYPE_CHECKING:
    from simulation.scenario import Scenario

COUNTS = ("gps", "nurses")
OF_GPS = ("closed", "leaving")
"""How many of a commune's GPs take no new patient, and how many leave; nothing is told of those who are there."""
WHOLE = ("half_days", "same_day")
"""Half-days of a GP's week and hundredths of slots kept for the day: means of the territory, of no practice."""
OBSERVED = (
    "without_usual_gp_share",
    "ald_without_usual_gp_share",
    "ed_per_1000",
    "ed_not_admitted_per_1000",
    "acts_per_inhabitant",
    "third_next_own_days",
    "answered_48h_per_1000",
    "dedicated_slots",
)
"""What is printed on the screens of a CPTS: Rézone, the CPAM, its own count of slots."""
BOUNDS: Mapping[str, tuple[float, float]] = {
    "gps": (0, 60),
    "nurses": (0, 200),
    "closed": (0, 60),
    "leaving": (0, 60),
    "half_days": (1, 13),
    "same_day": (0, 60),
    "ed_per_1000": (0, 3000),
    "ed_not_admitted_per_1000": (0, 3000),
    "acts_per_inhabitant": (0, 30),
    "third_next_own_days": (0, 365),
    "answered_48h_per_1000": (0, 1000),
    "dedicated_slots": (0, 200_000),
}
YEARS = (1990, 2100)
GIVERS = ("Rézone-CPTS", "CPAM", "ARS", "CPTS")
"""Who gave an observed figure: chosen, never typed, so that nobody is named."""
MOST = 400
_FIGURE = re.compile(r"[-+]?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?\s*%?")
_MONTH = re.compile(r"(?:(?P<first>20\d\d)-(?P<second>\d\d))|(?:(?P<month>\d\d?)/(?P<year>20\d\d))")


class Correction(NamedTuple):
    """One figure put right: which, where (a commune, an indicator, nowhere), and what comes with it."""

    kind: str
    where: str
    value: float
    also: str = ""
    """The month of a departure; the source of an observed figure."""
    year: int = 0

    @property
    def key(self) -> str:
        """What tells two corrections apart: the later of the same replaces the earlier."""
        return f"{self.kind}:{self.where}"


def is_share(indicator: str) -> bool:
    """Whether an observed figure is read in hundredths."""
    return indicator.endswith("_share")


def checked(
    given: Mapping[str, object], scenario: Scenario, before: Sequence[Correction] = ()
) -> tuple[tuple[Correction, ...], tuple[Trouble, ...]]:
    """Read what was typed, over the corrections there are; every fault at once, and then nothing is kept.

    `scenario` is that of the source, without any correction.
    """
    typed = {str(key): str(text).strip() for key, text in list(given.items())[:MOST]}
    kept = {one.key: one for one in before}
    troubles: list[Trouble] = []
    asked = dict.fromkeys(
        f"{_owner(kind)}:{where}" if kind != "month" else f"leaving:{where}"
        for kind, _, where in (key.partition(":") for key in typed)
    )
    for key in asked:
        kind, _, where = key.partition(":")
        if not _is_known(kind, where, scenario):
            continue
        _read(kind, where, typed, kept, troubles)
    fixed = {key: one for key, one in kept.items() if not _is_as_it_was(one, scenario)}
    troubles += _too_many(fixed, scenario)
    if troubles:
        return tuple(before), tuple(troubles)
    return tuple(fixed.values()), ()


def _owner(kind: str) -> str:
    return {"year": "observed", "source": "observed"}.get(kind, kind)


def _is_known(kind: str, where: str, scenario: Scenario) -> bool:
    if kind in WHOLE:
        return not where
    if kind == "observed":
        return where in OBSERVED
    communes = scenario.territory.communes
    return kind in (*COUNTS, *OF_GPS) and where in set(communes.loc[communes["inside"], "insee_code"])


def _read(
    kind: str,
    where: str,
    typed: Mapping[str, str],
    kept: dict[str, Correction],
    troubles: list[Trouble],
) -> None:
    """One figure: taken, taken back when it was emptied, or a fault."""
    key = f"{kind}:{where}"
    before = kept.get(key)
    text = typed.get(key, "" if before is None else _text(before))
    if not text:
        if kind in OF_GPS or kind == "observed":
            kept.pop(key, None)
        else:
            troubles.append(_trouble("fix_empty", kind, where))
        return
    value = _number(text)
    if value is None:
        troubles.append(_trouble("fix_number", kind, where, value=text[:20]))
        return
    low, high = _bounds(kind, where)
    if not low <= value <= high or (kind in (*COUNTS, *OF_GPS) and value != int(value)):
        whole = "fix_whole" if kind in (*COUNTS, *OF_GPS) else "fix_range"
        troubles.append(_trouble(whole, kind, where, value=text[:20], low=low, high=high))
        return
    also, year = "", 0
    if kind == "leaving" and value:
        also = _month(typed.get(f"month:{where}", before.also if before else ""))
        if not also:
            troubles.append(_trouble("fix_month_wrong", kind, where))
            return
    if kind == "observed":
        also = typed.get(f"source:{where}", before.also if before else "")
        also = also if also in GIVERS else GIVERS[0]
        told = _number(typed.get(f"year:{where}", str(before.year) if before else ""))
        if told is None or told != int(told) or not YEARS[0] <= told <= YEARS[1]:
            troubles.append(_trouble("fix_year_wrong", kind, where))
            return
        year = int(told)
    kept[key] = Correction(kind, where, value, also, year)


def _bounds(kind: str, where: str) -> tuple[float, float]:
    if kind == "observed":
        return BOUNDS.get(where, (0, 100))
    return BOUNDS[kind]


def _text(one: Correction) -> str:
    return f"{one.value:g}"


def _number(text: str) -> float | None:
    """A figure as it is typed: a comma or a point, spaces between thousands, a sign of hundredths."""
    if not _FIGURE.fullmatch(text.strip()):
        return None
    value = float(re.sub(r"[\s\u00a0\u202f%]", "", text).replace(",", "."))
    return value if math.isfinite(value) else None


def _month(text: str) -> str:
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        return ""
    year, month = found["first"] or found["year"], int(found["second"] or found["month"])
    return f"{year}-{month:02d}" if 1 <= month <= 12 else ""  # noqa: PLR2004


def _is_as_it_was(one: Correction, scenario: Scenario) -> bool:
    """Whether the territory says so already."""
    if one.kind in COUNTS:
        return one.value == counts(scenario.territory, one.kind).get(one.where, 0)
    if one.kind == "half_days":
        return round(one.value, 1) == round(half_days_mean(scenario), 1)
    if one.kind == "same_day":
        return round(one.value, 1) == round(scenario.parameters.supply.same_day_share * 100, 1)
    return False


def _too_many(kept: Mapping[str, Correction], scenario: Scenario) -> list[Trouble]:
    """No more GPs leave a commune, or close their lists, than there are."""
    there = counts(scenario.territory, "gps")
    troubles = []
    for one in kept.values():
        if one.kind in OF_GPS:
            corrected = kept.get(f"gps:{one.where}")
            most = there.get(one.where, 0) if corrected is None else corrected.value
            if one.value > most:
                troubles.append(
                    _trouble("fix_more", one.kind, one.where, value=int(one.value), high=int(most))
                )
    everybody = sum(there.values()) + sum(
        one.value - there.get(one.where, 0) for one in kept.values() if one.kind == "gps"
    )
    return troubles if everybody >= 1 else [*troubles, Trouble("fix_nobody")]


def _trouble(code: str, kind: str, where: str, **details: object) -> Trouble:
    return Trouble(code, {"kind": kind, "where": where, **details})
