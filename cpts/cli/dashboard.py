"""`cpts dashboard` serves the pages (tableau de bord) to the browser of this machine; nothing goes out of it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from cpts.cli import shipped, workers
from cpts.cli.faults import Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

HOST, PORT, WORLDS, PAGES = "127.0.0.1", 8765, 40, 60


def dashboard(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="NAME", help="dashboard_scenario")
    ] = shipped.BASELINE,
    port: Annotated[int, typer.Option("--port", metavar="N", help="port")] = PORT,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="host")] = HOST,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="dashboard_worlds")] = WORLDS,
    pages: Annotated[int, typer.Option("--pages", metavar="N", help="dashboard_pages")] = PAGES,
) -> None:
    """Serve the dashboard."""
    speaker: Speaker = context.obj
    if find_spec("solara") is None:
        raise Misused("no_dashboard")
    if worlds < 1 or pages < 1:
        raise Misused("too_few", value="--worlds" if worlds < 1 else "--pages")
    shipped.located(scenario)
    count = workers.cores(processes, worlds)
    with Steps(speaker) as steps:
        opened(steps)
        asked = shipped.read([scenario], [[]])
        prepared(asked[0], steps)
    from cpts.dashboard.server import serve
    from cpts.dashboard.service import Settings

    address = f"http://{host}:{port}/?lang={speaker.lang}"
    settings = Settings(scenario, count, worlds, pages)
    serve(settings, host, port, lambda: speaker.tell(speaker.say("dashboard_open", value=address), "bold"))
