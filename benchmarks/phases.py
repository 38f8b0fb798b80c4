"""Where the time of a year goes: the same day, phase by phase, each called and timed from Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from time import perf_counter
from typing import Any

from simulation import Scenario
from simulation.kernels import calls, day, diary, missed, need, registration, visits
from simulation.kernels.adapt import adapt
from simulation.kernels.codes import CLOSED_ROWS, OPENED, REQUEST_DAYS
from simulation.kernels.emergency import treat
from simulation.kernels.evening import close_doors
from simulation.kernels.record import close_year, forget_years, take_stock
from simulation.kernels.stays import discharge
from simulation.kernels.waiting_room import hold_sessions
from simulation.model import PrimaryCare
from simulation.results import results_of
from simulation.running import begin

NAMES = {
    "workforce": "institutions act, GPs adapt",
    "need": "needs arise",
    "calls": "calls: the ladder",
    "visits": "missed appointments and visits",
    "room": "waiting rooms",
    "hospital": "discharges, emergency department",
    "diary": "diaries opened and closed",
    "record": "people counted (monthly, yearly)",
    "calendar": "calendar, handles, Mesa",
    "table": "table of results",
}


class Clock:
    """Seconds spent by phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, phase: str, work: Callable[..., Any], *given: Any) -> Any:
        started = perf_counter()
        found = work(*given)
        self.seconds[phase] += perf_counter() - started
        return found


def live_by_phase(model: PrimaryCare, clock: Clock) -> None:
    """Live a day in the order of `kernels.day.live_the_day`."""
    today = clock.time("calendar", model.calendar.today, model.day)
    held = model.today_in_hand
    clock.time("calendar", held.turn, today)
    state, rules = model.hand, model.rules_in_hand
    clock.time("workforce", model.act, today)
    if today.day == today.first_day:
        clock.time("record", forget_years, state)
    if today.stock:
        clock.time("record", take_stock, state, held)
    if today.adapts:
        clock.time("workforce", adapt, state, rules, held)
    clock.time("diary", day.open_duty, state, rules, held)
    clock.time("diary", diary.open_day, state, held)
    clock.time("need", need.feel, state, rules, held)
    clock.time("visits", missed.miss_appointments, state, rules, held)
    rows, morning = clock.time("calls", calls.callers, state, rules, held)
    clock.time("calls", calls.take_calls, state, rules, held, rows, morning)
    clock.time("diary", diary.release_at_noon, state, held)
    clock.time("calls", calls.take_afternoon_calls, state, rules, held, rows, morning)
    clock.time("calls", close_doors, state, rules, held, rows)
    clock.time("visits", visits.see_patients, state, rules, held)
    clock.time("visits", registration.welcome, state)
    clock.time("room", hold_sessions, state, rules, held)
    clock.time("hospital", discharge, state, rules, held)
    clock.time("hospital", treat, state, rules, held)
    clock.time("diary", diary.close_day, state, rules, held)
    cursor = model.state.requests.cursor
    cursor[REQUEST_DAYS] += cursor[OPENED] - cursor[CLOSED_ROWS]
    if today.year_ends:
        clock.time("record", close_year, state, held)
    model.day += 1
    if model.day > model.calendar.last:
        model.close(today)


def year_by_phase(scenario: Scenario) -> dict[str, float]:
    """Seconds of a counted year from the warm morning, by phase; the figures are those of a plain run."""
    model, clock = begin(scenario), Clock()
    while model.day <= model.calendar.last:
        live_by_phase(model, clock)
    clock.time("table", lambda: results_of(model).table)
    return dict(clock.seconds)


def table_of_phases(times: list[dict[str, float]]) -> str:
    """Say the median of several years, phase by phase, and its share."""
    medians = {name: sorted(one.get(name, 0.0) for one in times)[len(times) // 2] for name in NAMES}
    total = sum(medians.values())
    lines = ["| phase of a year, ring on | median, ms | share |", "|---|---|---|"]
    for name, seconds in sorted(medians.items(), key=lambda pair: -pair[1]):
        lines.append(f"| {NAMES[name]} | {1000 * seconds:.0f} | {100 * seconds / total:.0f} % |")
    return "\n".join(lines)
