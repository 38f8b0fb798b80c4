"""Thirty pages move levers at random times (charge): how long each waits for its first answer.

    python -m benchmarks.dashboard --scenario canton --pages 30 --minutes 2 [--cold] [--every 8]

One page is a real browser (Chromium, through the server's own door); the others are sessions of the same server, played
in its process: each has its widgets, its events and its messages, thrown away instead of sent. Moves come as a Poisson
process, one every eight seconds for each page; four of five move a lever, the others change the language. A move that
finds the former one unanswered replaces it: how long that one had waited by then is counted among the waits.

Warm: mornings are on the disk, and the server had time to answer what everybody sees first and to look around it.
Cold: the folder of mornings is empty and pages come while the server opens. On a machine with other work to do,
`--every 24` makes moves as much rarer; the share of the asked processor time that was given says how much slower
everything was.
"""

import argparse
import os
import socket
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.visitors import Browsing, Session, percentile
from benchmarks.watched import Share, memory


def main():
    """Open the server, play the pages, and print how long each waited."""
    line = argparse.ArgumentParser()
    line.add_argument("--scenario", default="baseline")
    line.add_argument("--pages", type=int, default=30)
    line.add_argument("--minutes", type=float, default=2.0)
    line.add_argument("--every", type=float, default=8.0, help="seconds between two moves of a page")
    line.add_argument(
        "--cold", action="store_true", help="nothing is kept and nothing computed before pages come"
    )
    line.add_argument(
        "--no-browser", action="store_true", help="every page is played in the server's process"
    )
    asked = line.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.cold:
            forget_mornings(Path(folder))
        played(asked)


def forget_mornings(folder):
    """Another folder of caches, where nothing is known but what was compiled."""
    import platformdirs

    usual = Path(platformdirs.user_cache_dir("cpts-simulator"))
    (folder / "cpts-simulator").mkdir()
    for compiled in usual.glob("numba-*"):
        (folder / "cpts-simulator" / compiled.name).symlink_to(compiled)
    os.environ["XDG_CACHE_HOME"] = str(folder)


def played(asked):
    """Let every page live its moves until the time is over; give what was seen."""
    from cpts.cli.opening import opened
    from cpts.cli.progress import Steps
    from cpts.cli.speaker import Speaker
    from cpts.dashboard.service import Settings, service

    with Steps(Speaker("en")) as steps:
        opened(steps)
    settings = Settings(asked.scenario, max(1, os.cpu_count() or 1), 20, asked.pages)
    address = serving(settings)
    shared = service()
    if not asked.cold:
        rested(shared)
    until, share = time.monotonic() + 60 * asked.minutes, Share(shared)
    played_here = asked.pages if asked.no_browser else asked.pages - 1
    visitors = [Session(shared, rank, asked.every, until) for rank in range(played_here)]
    if not asked.no_browser:
        visitors.append(Browsing(shared, played_here, asked.every, until, address))
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    told(shared, visitors, share, asked)
    shared.engine.close()


def serving(settings):
    """The server of `cpts dashboard`, in a thread."""
    import uvicorn

    from cpts.dashboard.server import application

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(application(settings), host="127.0.0.1", port=port, log_level="error")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}/"


def rested(shared):
    """Wait until there is nothing left to do."""
    quiet = 0
    while quiet < 5:
        time.sleep(0.2)
        with shared.engine.changed:
            quiet = quiet + 1 if shared.engine.is_idle else 0


def told(shared, visitors, share, asked):
    """Print the waits, the faults, the processor time that was given, and the memory held."""
    waits = sorted(one for visitor in visitors for one in (*visitor.first, *visitor.replaced))
    answered = sum(len(visitor.first) for visitor in visitors)
    late = sum(one > 1 for visitor in visitors for one in visitor.replaced)
    errors = [one for visitor in visitors for one in visitor.wrong]
    pages, workers = memory(shared)
    print(
        f"{asked.scenario}, {asked.pages} pages ({'none' if asked.no_browser else 'one'} in Chromium), "
        f"{len(shared.engine.seats)} workers, {'cold' if asked.cold else 'warm'}, "
        f"a move every {asked.every:g} s for {asked.minutes:g} min"
    )
    print(
        f"{len(waits)} moves, {answered} answered: first answer median {percentile(waits, 0.5):.2f} s, "
        f"p95 {percentile(waits, 0.95):.2f} s, longest {waits[-1]:.2f} s; replaced after more than 1 s: {late}"
    )
    for visitor in visitors:
        if isinstance(visitor, Browsing) and visitor.first:
            print(
                f"in Chromium, from the slider to the screen: {len(visitor.first)} answers, "
                f"median {percentile(sorted(visitor.first), 0.5):.2f} s, longest {max(visitor.first):.2f} s"
            )
    print(f"errors {len(errors)} {errors[:3] if errors else ''}")
    print(share.told(len(waits)))
    print(
        f"memory: pages {pages:.0f} MB, each worker {workers:.0f} MB; answers kept {len(shared.engine.known.results)}"
    )


if __name__ == "__main__":
    main()
    os._exit(0)  # the server's threads have nothing to finish
