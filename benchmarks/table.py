"""The table of what was asked and what was measured, one line a piece of work."""

from __future__ import annotations

import re
from math import log
from pathlib import Path
from typing import NamedTuple

from benchmarks.growth import COUNTED
from benchmarks.measure import Timing, apart, timed
from benchmarks.shell import cpts_run, first_ever
from benchmarks.shipped import shipped
from simulation import run

TIMES = 5
GIB = 2**30
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


class Line(NamedTuple):
    """One piece of work: what was to be reached, what was aimed at, and what was measured."""

    work: str
    reach: str
    aim: str
    measured: str
    spread: str = ""


def told(work: str, reach: str, aim: str, timing: Timing) -> Line:
    """Say the median of several runs, and the least and the most."""
    spread = f"{min(timing.seconds):.3f}–{max(timing.seconds):.3f}"
    return Line(work, reach, aim, f"{timing.median:.3f} s", spread)


def of_the_shipped_territory() -> list[Line]:
    """A year from the warm morning, and a first run with its people and its warm-up; Mesa included."""
    on = shipped("baseline")
    off = on.with_(ring=False)
    lines = []
    for name, asked, reach, aim in (
        ("off (20 355 people)", off, "0.2", "0.06"),
        ("on (65 033)", on, "0.6", "0.2"),
    ):
        year = timed("", lambda _, asked=asked: run(asked), TIMES)
        lines.append(told(f"364 days from warm, ring {name}", f"≤ {reach} s", f"≤ {aim} s", year))
    for name, asked in (("off", off), ("on", on)):
        first = timed("", lambda nth, asked=asked: run(asked.with_(seed=1000 + nth)), TIMES)
        lines.append(told(f"first run: people, warm-up, year, ring {name}", "≤ 0.8 s", "≤ 0.25 s", first))
    return lines


def of_the_shell() -> list[Line]:
    """What is waited for at the shell."""
    ready = timed("", cpts_run, TIMES)
    first = first_ever() - ready.median
    return [
        told("`cpts run` from the shell, warm caches", "≤ 4 s", "≤ 2 s", ready),
        Line("first compilation (a first `cpts run`, less another)", "≤ 60 s", "≤ 25 s", f"{first:.0f} s"),
    ]


def of_growth(sizes: list[dict[str, float]]) -> list[Line]:
    """How fast at a million people, how much memory at the greatest size, and how time grows."""
    million = next(one for one in sizes if one["people"] >= 1_000_000)
    rate = million["people"] / million["day_s"] / 1e6
    largest = sizes[-1]
    many = f"{largest['people'] / 1e6:.0f} million"
    memory = largest["peak_bytes"] / largest["people"]
    return [
        Line("person-days a second, one core, 1 million people", "≥ 50 M", "≥ 100 M", f"{rate:.0f} M", f"{COUNTED} d"),
        Line(f"memory a person, {many}, all in", "≤ 200 B", "≤ 110 B", f"{memory:.0f} B"),
        grown(sizes[0], largest, "what a day costs whatever the people weighs in the smallest"),
        grown(sizes[1], largest, "what people share fits a cache in the smallest, in none of the largest"),
    ]  # fmt: skip


def grown(small: dict[str, float], large: dict[str, float], why: str) -> Line:
    """How much longer a person's day takes among many: n·log n would be the ratio of the logarithms."""
    measured = (large["day_s"] / large["people"]) / (small["day_s"] / small["people"])
    allowed = log(large["people"]) / log(small["people"])
    work = f"growth, {small['people']:.0e} → {large['people']:.0e} people"
    reach = f"n·log n: ×{allowed:.2f} a person"
    return Line(work, reach, "linear: ×1", f"×{measured:.2f} a person", why)


def of_worlds(count: int) -> Line:
    """Many futures on two processes."""
    found = apart("benchmarks.thousand", count)
    seconds = f"{found['seconds']:.0f} s"
    size = f"{found['bytes'] / count / 1000:.0f} kB each"
    return Line(f"{count:,} worlds, ring off, 2 processes, on disk", "≤ 300 s", "≤ 90 s", seconds, size)


def of_a_departement(data: Path) -> Line:
    """The Gard: half a year of warm-up and half a year counted, on one core."""
    gard = [apart("benchmarks.country", data, "30") for _ in range(TIMES)]
    seconds = sorted(one["live_s"] for one in gard)
    people, middle = f"{gard[0]['people']:,.0f}", seconds[TIMES // 2]
    return Line(
        f"Gard ({people} people), 364 days",
        "≤ 15 s",
        "≤ 4 s",
        f"{middle:.1f} s",
        f"{seconds[0]:.1f}–{seconds[-1]:.1f}",
    )


def of_france(data: Path) -> Line:
    """Whole France, once: 364 days, half of them warm-up, from the tables to the results."""
    found = apart("benchmarks.country", data)
    work = f"France ({found['communes']:,.0f} communes, {found['people'] / 1e6:.1f} M people, {found['gps']:,.0f} GPs)"
    parts = ", ".join(f"{name} {found[key]:.0f}" for name, key in (
        ("read", "read_s"), ("people", "build_s"), ("live", "live_s"), ("table", "table_s")))  # fmt: skip
    measured = f"{found['all_s'] / 60:.1f} min, {found['peak_bytes'] / GIB:.1f} GiB"
    return Line(f"{work}, 364 days", "≤ 15 min, ≤ 14 GiB", "≤ 5 min, ≤ 9 GiB", measured, f"{parts} s")


def in_markdown(lines: list[Line]) -> str:
    """Lay the lines out."""
    rows = [
        "| work | to reach | aim | measured, median | least–most, or what it is made of |",
        "|---|---|---|---|---|",
    ]
    return "\n".join(
        [*rows, *("| " + re.sub(r"(?<=\d),(?=\d{3})", " ", " | ".join(line)) + " |" for line in lines)]
    )
