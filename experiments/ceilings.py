"""What a unit of each lever moves, and how far it can go (plafonds): per slot, place or call first, totals after.

`python -m experiments.ceilings` lives the national territory under each lever with a few seeds, in pairs, and writes
the table of docs/odd.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from simulation import Results, Scenario, load, run
from simulation.kernels.codes import (
    CERVICAL,
    COLORECTAL,
    CONTACT_15,
    DEDICATED_USED,
    ED_INJURY,
    ED_WANT_OF_SLOT,
    EXERCISE_JOINED,
    FLU,
    GROUPS,
    INVITED_PEOPLE,
    KITS_POSTED,
    LAID,
    OUTREACH_SEEN,
    PLACED,
    REMINDED,
    SHARED_FOLLOW_UPS,
    TOLD,
    UP_TO_DATE,
)

SEEDS = (20270104, 1, 2, 3, 4, 5, 6, 7)
NATIONAL = Path(__file__).resolve().parent.parent / "scenarios" / "national.yaml"
Count = Callable[[Results], float]


class Row(NamedTuple):
    """One lever: its size, what is counted as its unit, what a unit is looked at for, and what was expected."""

    name: str
    policies: Mapping[str, Mapping[str, object]]
    unit: str
    units: Count
    effect: str
    moved: Count
    per: int
    expected: str


def people(measure: int) -> Count:
    """Count a measure among the people of the territory."""
    return lambda results: float(results.counts.group[:, :GROUPS, measure].sum())


def practices(measure: int) -> Count:
    """Count a measure in practices."""
    return lambda results: float(results.counts.practice[:, :, measure].sum())


def answered(results: Results) -> float:
    """Count unscheduled requests answered within 48 hours."""
    name = "answered_48h_per_1000"
    return results.value(name) / 1000 * results.cases(name)


def told(indicator: str, scale: float = 1.0) -> Count:
    """Read an indicator of the whole territory."""
    return lambda results: results.value(indicator) * scale


def kept_up(*programmes: int) -> Count:
    """Count people up to date with some programmes, on average over the months."""
    columns = [UP_TO_DATE + one for one in programmes]
    return lambda results: float(results.counts.group[:, :GROUPS, columns].sum() / len(results.counts.months))


ROWS = (
    Row("unscheduled care, 6 GPs × 3 slots", {"unscheduled_care": {"gps": 6, "slots_per_week": 3.0}},
        "slot used", practices(DEDICATED_USED), "ED visits for want of a slot", people(ED_WANT_OF_SLOT), 100,
        "about −25 (four shared visits for one ED visit); −2.5 ED per 1,000 in all"),
    Row("the same", {"unscheduled_care": {"gps": 6, "slots_per_week": 3.0}},
        "slot used", practices(DEDICATED_USED), "requests answered in 48 h", answered, 100, "–"),
    Row("usual GP, 0.35 place a month and member", {"gp_access": {"places_per_month": 0.35}},
        "place taken", people(PLACED), "people without a usual GP at the end",
        told("without_usual_gp_share", 65_000), 100, "66 placed a year of 7,216"),
    Row("assistants, 15 → 30 % of GPs", {"medical_assistant": {"gps": 9}},
        "GP helped", lambda _: 9.0, "slots offered, %", lambda results: practices(LAID)(results) / 2700, 9,
        "about +1 %"),
    Row("hospital exits told, 25 %", {"city_hospital": {"told_share": 0.25}},
        "exit told", people(TOLD), "seen by a GP within 15 days", people(CONTACT_15), 100,
        "+29 where covered (57 → 86)"),
    Row("prevention, 200 calls a month", {"prevention": {"calls_per_month": 200}},
        "call", people(INVITED_PEOPLE), "flu vaccination, points", told("flu_share", 100), 1000, "–"),
    Row("posted kits, 400 a month", {"fit_kits": {"kits_per_month": 400}},
        "kit", people(KITS_POSTED), "people up to date with colorectal screening, on average",
        kept_up(COLORECTAL), 100, "+4: half a year of the 8 that come back"),
    Row("outreach, 4 days a month", {"outreach_days": {"days_per_month": 4, "people_per_day": 30, "gps": 2}},
        "person seen", people(OUTREACH_SEEN), "things people are up to date with, on average",
        kept_up(FLU, COLORECTAL, CERVICAL), 100, "+50: half a year of what is done"),
    Row("balance groups, 500 places", {"falls_prevention": {"places": 500}},
        "place taken", people(EXERCISE_JOINED), "ED visits for injury", people(ED_INJURY), 100,
        "falls −91 of about 13,200; one in twenty to one in ten comes to the ED"),
    Row("pathways, 40 calls a month", {"care_pathways": {"gps": 6, "calls_per_month": 40}},
        "follow-up held by a nurse", people(SHARED_FOLLOW_UPS), "acts of GPs",
        told("acts_per_inhabitant", 82_000), 100, "about −100 × success of the nurse's visit"),
    Row("reminders alone, 40 calls a month", {"care_pathways": {"gps": 0, "calls_per_month": 40, "protocol": False}},
        "call", people(REMINDED), "follow-ups on time, points", told("follow_up_on_time_share", 100), 1000, "–"),
)  # fmt: skip


def pairs(row: Row, baseline: Scenario, before: Mapping[int, Results]) -> tuple[float, float, float]:
    """Units of a lever, what they moved on average over the seeds, and the standard error of that."""
    units, moved = [], []
    for seed, today in before.items():
        after = run(baseline.with_(seed=seed, policies=row.policies))
        units.append(row.units(after))
        moved.append(row.moved(after) - row.moved(today))
    error = float(np.std(moved, ddof=1) / np.sqrt(len(moved))) if len(moved) > 1 else float("nan")
    return float(np.mean(units)), float(np.mean(moved)), error


def table(scenario: Scenario, seeds: tuple[int, ...] = SEEDS) -> str:
    """Write the table in Markdown."""
    before = {seed: run(scenario.with_(seed=seed)) for seed in seeds}
    lines = [
        "| lever | units in a year | what is looked at | per so many units (± standard error) | in all | expected |",
        "|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        units, moved, error = pairs(row, scenario, before)
        each, doubt = (x / units * row.per if units else float("nan") for x in (moved, error))
        cells = (row.name, f"{units:,.0f} × {row.unit}", row.effect, f"{each:+.1f} ± {doubt:.1f} per {row.per:,}",
                 f"{moved:+,.1f} ± {error:.1f}", row.expected)  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    every = np.mean([one.value("ed_per_1000") for one in before.values()])
    ceiling = np.mean([one.value("ed_want_of_slot_per_1000") for one in before.values()])
    lines.append(
        f"| hard ceiling of any slot | – | ED visits for want of a slot per 1,000 | – | −{ceiling:.0f} of {every:.0f} "
        f"(−{100 * ceiling / every:.0f} %) | −64 of 307 (−21 %) |"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(load(NATIONAL)))
