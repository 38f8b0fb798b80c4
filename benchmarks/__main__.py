"""Measure and print; `--write` also renews docs/performance.md and its figure.

python -m benchmarks [--write] [--data DATA] [--others PYTHON] [--worlds N]

DATA is the folder of France's tables; without it the Gard and France are left out. PYTHON has Covasim and Starsim.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import page, peers, table
from benchmarks.figure import Point, scaling
from benchmarks.growth import bandwidth
from benchmarks.measure import apart, machine, timed
from benchmarks.phases import table_of_phases, year_by_phase
from benchmarks.shipped import shipped

DOCS = Path(__file__).parent.parent / "docs"
PEOPLE = 20_355


def lines_of(asked: argparse.Namespace, sizes: list[dict[str, float]]) -> Iterator[table.Line]:
    """Measure the table, line after line."""
    yield from table.of_the_shipped_territory()
    yield from table.of_the_shell()
    yield from table.of_growth(sizes)
    yield table.of_worlds(asked.worlds)
    if asked.data:
        yield table.of_a_departement(asked.data)
        yield table.of_france(asked.data)


def others(python: str | None) -> list[tuple[str, str, int, float]]:
    """Time the other programs: name, what each simulates, people, seconds of a year."""
    seconds = timed("", peers.pure_mesa_of(PEOPLE), 3).median
    found = [("pure Mesa", "one need, one door, no calendar", PEOPLE, seconds)]
    found.append(("plain twin", "all that the model does, as one would tell it", PEOPLE, peers.twin()))
    for name, what in peers.OTHERS.items() if python else ():
        for people in (20_000, 100_000):
            found.append((name, what, people, peers.elsewhere(str(python), name, people)))
    return found


def of_others(found: list[tuple[str, str, int, float]]) -> str:
    """Lay the other programs out, in person-days a second."""
    rows = [
        "| program | what it simulates | people | s a year | million person-days/s |",
        "|---|---|---|---|---|",
    ]
    rows += [
        f"| {name} | {what} | {people:_} | {seconds:.2f} | {people * 364 / seconds / 1e6:.2f} |".replace(
            "_", " "
        )
        for name, what, people, seconds in found
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure what the line asks for, print it, and renew the page when it says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--others")
    parser.add_argument("--worlds", type=int, default=1_000)
    asked = parser.parse_args()
    programs = others(asked.others)
    sizes = [apart("benchmarks.growth", people) for people in table.SIZES]
    measured = []
    for line in lines_of(asked, sizes):
        measured.append(line)
        sys.stderr.write(f"{line.work}: {line.measured}\n")
    phases = table_of_phases([year_by_phase(shipped("baseline")) for _ in range(table.TIMES)])
    told = (
        f"# How long it takes\n\nMade by `make bench` ({machine()}). Medians of {table.TIMES} runs after one "
        f"uncounted, but for compilation, the worlds and France, done once.\n\n{page.yardstick(programs[0][3])}"
        f"{table.in_markdown(measured)}\n\n"
        f"## Other programs, same hour\n\n{of_others(programs)}\n\n![Seconds and bytes by people](performance.svg)\n\n"
        f"{page.physical(sizes, bandwidth())}{page.price(phases)}{page.HOW}"
    )
    sys.stdout.write(told)
    if asked.write:
        points: list[Point] = [(people, seconds, name) for name, _, people, seconds in programs]
        (DOCS / "performance.md").write_text(told.rstrip() + "\n", encoding="utf-8")
        (DOCS / "performance.svg").write_text(scaling(sizes, points), encoding="utf-8")


if __name__ == "__main__":
    main()
