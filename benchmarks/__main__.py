"""Measure and print; `python -m benchmarks --write` also renews docs/performance.md."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measure import Timing, machine, timed
from benchmarks.phases import table_of_phases, year_by_phase
from benchmarks.pure_mesa import PureMesa
from experiments.compare import compare
from simulation import Scenario, load, run

TIMES = 5
WORLDS = 20


def shipped(name: str) -> Scenario:
    folder = Path(str(files("scenarios")))
    return load(folder / f"{name}.yaml", search=[folder])


def warm_years() -> list[Timing]:
    """A counted year from the warm morning, ring on and off, Mesa included."""
    on = shipped("baseline")
    off = on.with_(ring=False)
    return [
        timed("shipped territory, 364 days from warm, ring off (20 355 people)", lambda _: run(off), TIMES),
        timed("the same, ring on (65 033 people)", lambda _: run(on), TIMES),
        timed(
            "first run, ring on: people, warm-up year and counted year",
            lambda number: run(on.with_(seed=1000 + number)), TIMES,
        ),
    ]  # fmt: skip


def twenty_worlds() -> Timing:
    """The default comparison: 20 worlds and 8 pairs of luck on two processes, results in memory."""
    baseline, alternative = shipped("baseline"), shipped("unscheduled_care")

    def once(_: int) -> None:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
            compare(baseline, [alternative], worlds=WORLDS, luck=8, executor=executor)

    return timed(f"comparison over {WORLDS} worlds, ring on, 2 processes", once, 1)


def peer() -> Timing:
    """The same number of people as plain Mesa agents, doing much less."""

    def once(number: int) -> None:
        model = PureMesa(20_355, 17, max(number, 0))
        for _ in range(364):
            model.step()

    return timed("pure Mesa, 20 355 people, 364 days (one need, one door)", once, 1, "peer, does much less")


def table(rows: list[Timing]) -> str:
    lines = ["| work | median, s | least | most |", "|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row.work} | {row.median:.3f} | {min(row.seconds):.3f} | {max(row.seconds):.3f} |")
    ratio = rows[-1].median / rows[0].median
    lines += ["", f"Pure Mesa takes {ratio:.0f} times as long as the model with the ring off."]
    return "\n".join(lines)


def main() -> None:
    rows = [*warm_years(), twenty_worlds(), peer()]
    phases = table_of_phases([year_by_phase(shipped("baseline")) for _ in range(TIMES)])
    said = f"{machine()}; {TIMES} runs after one uncounted (1 for the last two of the first table)."
    told = f"{table(rows)}\n\n{phases}\n\n{said}\n"
    sys.stdout.write(told)
    if "--write" in sys.argv[1:]:
        page = Path(__file__).parent.parent / "docs" / "performance.md"
        page.write_text(f"# How long it takes\n\nMade by `make bench`.\n\n{told}", encoding="utf-8")


if __name__ == "__main__":
    main()
