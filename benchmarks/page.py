"""The page that tells how long everything takes, and why."""

from __future__ import annotations

from benchmarks.growth import LINES

HOW = """## What was found and what was done

A profile (`perf record`, half-million samples a run) of eight million people said that three quarters of the time was
spent waiting for memory: people phone in an order that no memory follows. What helped, each with the same table to the
bit before and after (days of a region of 8.2 million people, all GPs, ms a day):

| step | ms a day |
|---|---|
| before | 646 |
| nobody is referred to a role of which nobody is listed near by (France's tables list GPs only) | – |
| callers sorted by buckets, a request in one record, today's callers asked of memory ahead of their turn | 300 |
| whose day it is listed without branches; visits and needs asked of memory ahead | 228 |
| stays kept dense (an admission searched all of them), requests' status asked ahead too | 183 |

Since then the luck of many is drawn at once where it can be (`draw_several`, `draw_each`): the processor does several
turns of a loop without branches together, 4 to 5 ns a draw for 20 in the same hour; the least of an emergency
department's servers is looked for likewise; what a territory tells (who is near, validity, pyramids, types of columns)
is kept between runs, which halved what is spent outside the compiled day (125 to 61 ms of a year with the ring off).

Then a diary's cells were put in one byte each, and what is often read of a person in one line of cache (64 bytes, from
the beginning of one), apart from what a visit alone reads: 15 bytes a person less.

Before all this, a year of the shipped territory took 0.27 s with the ring off and 0.73 s with it on, in the same hours
as the 0.23 and 0.50 s after the steps above. What did not help:
records with everything in them (a scan of one column then reads them all;
so what is scanned lies apart), a separate copy of what is often read. Building families' first GP took two thirds of
the people's time: the room of each GP is now divided anew when he gains a family, not each time somebody looks at him.

"""


YARDSTICK = 5.6
"""Seconds of a year of a like loop in pure Mesa, in the hour in which the targets were set (5.0 to 6.2)."""


def yardstick(mesa: float) -> str:
    """Say how fast this machine is in this hour: a rented one drifts by a factor of three within a day."""
    ratio = mesa / YARDSTICK
    return f"""The need-and-booking loop as Mesa agents (`benchmarks/pure_mesa.py`) took
{mesa:.1f} s in this run. Much the same loop took
5.0 to 6.2 s in the hour in which the targets were set, so that this machine, in this hour, is about
{max(ratio, 1 / ratio):.1f} times as {"slow" if ratio > 1 else "fast"}: read ratios, not seconds.

"""


def physical(sizes: list[dict[str, float]], bandwidth: float) -> str:
    """Say how far the core is from what memory alone would allow, and why."""
    largest = sizes[-1]
    bytes_a_day = largest["bytes_touched"]
    rate = largest["people"] / largest["day_s"]
    limit = bandwidth / bytes_a_day
    events = " · ".join(f"{1000 * largest[name]:.1f} {name}" for name in LINES)
    return f"""## How far from what memory allows

A day of 1 000 people is {events}; with the scans that is about {bytes_a_day:.0f} bytes touched a person-day, counted in
lines of 64 bytes (`benchmarks/growth.py`). This machine copies {bandwidth / 1e9:.1f} GB/s on one core, which would let
{limit / 1e6:.0f} million person-days a second pass; the core passes {rate / 1e6:.0f} million at that size,
{limit / rate:.0f} times fewer. The bytes lie in lines that nobody could have asked for in one piece: a call reads a
request, a person, a list of who is near and some diaries, each known only from the one before. The rest is work: a
call draws its chance ten to thirty times (Philox, 7 ns each) and looks through days and practices.

"""


def price(phases: str) -> str:
    """Say what each process costs."""
    return f"""## The price of realism

A prototype with one kind of need, no calendar and no ladder lives a year of 20 000 people in 7 ms. From there, process
by process (a year of the shipped territory, ring on, each phase timed from Python):

{phases}

"""
