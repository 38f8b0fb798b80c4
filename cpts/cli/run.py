"""`cpts run` lives one future of one scenario (simulation) and shows what came of it, beside France."""

import logging
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import documents, output, shipped
from cpts.cli.faults import FAILED
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from simulation.results import Results
    from simulation.scenario import Scenario

log = logging.getLogger("cpts.run")


def run(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="scenario")] = shipped.BASELINE,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help="days")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="N", help="seed")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="verify")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
    target: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="output")] = None,
) -> None:
    """Live one future and tell it."""
    speaker: Speaker = context.obj
    wanted = output.asked(target)
    shipped.located(scenario)
    with Steps(speaker) as steps:
        opened(steps)
        [asked] = shipped.read([scenario], [changes(sets, seed=seed, days=days)])
        results = lived(asked, steps, verify)
    written = output.kept(results.write, wanted, speaker) if wanted else None
    if as_json:
        speaker.document(documents.of_run(asked, results, written, speaker.lang))
    else:
        shown(speaker, asked, results, verify)
    if wanted is not None and written != wanted:
        raise typer.Exit(FAILED)


def changes(sets: list[str] | None, **named: str | None) -> list[str]:
    """What the line changes in a scenario; a named option is the change of that field."""
    return [*(sets or []), *(f"{name}={value}" for name, value in named.items() if value is not None)]


def lived(asked: "Scenario", steps: Steps, verify: bool) -> "Results":
    """Live the scenario, told phase by phase."""
    from simulation.running import run as live

    log.info("scenario %s", asked.content_hash)
    prepared(asked, steps)
    started = monotonic()
    steps.phase("peopling")
    results = live(asked, watch=steps.day, verify=verify)
    steps.phase("counting")
    _ = results.table
    log.info("lived and counted in %.1f s", monotonic() - started)
    return results


def shown(speaker: Speaker, asked: "Scenario", results: "Results", verify: bool) -> None:
    """Print what came of one future, then what it is worth."""
    from calibration.against_france import against_france
    from cpts.cli import france, local
    from cpts.cli.tables import sections, summary
    from simulation.indicators import INDICATORS
    from texts import say

    speaker.line()
    summary(speaker, asked)
    sections(speaker, results)
    local.told(speaker, results, asked, INDICATORS)
    france.told(speaker, against_france(results), asked, INDICATORS)
    if not results.provenance.get("calibrated"):
        speaker.tell(say("reading.not_calibrated", speaker.lang))
    speaker.tell(speaker.say("one_draw", seed=asked.seed))
    if verify:
        speaker.tell(speaker.say("verified"))
