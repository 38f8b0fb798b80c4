"""`cpts study` leads a study from its protocol to its archive (étude)."""

import json
from contextlib import ExitStack
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import shipped, workers
from cpts.cli.faults import FAILED, FINE, INTERRUPTED, Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from experiments.outcome import Outcome
    from experiments.protocol_parts import Means
    from experiments.study import Study

ACTIONS = ("check", "freeze", "pilot", "run", "report", "archive")
RESULTS, WARM_UP = "results", "warm-up"
MOST_RUNS = 10_000
"""Runs of a study are many: every processor is of use."""
Scheduler = Annotated[str | None, typer.Option("--scheduler", metavar="tcp://HOST:PORT", help="scheduler")]
Workers = Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")]


def study(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="|".join(ACTIONS), help="study_action")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="study_folder")],
    processes: Workers = None,
    scheduler: Scheduler = None,
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="output_archive")
    ] = None,
) -> None:
    """Do one thing with a study."""
    from experiments.study import Study

    if action not in ACTIONS:
        raise Misused("study_action", value=action, choices=ACTIONS)
    speaker: Speaker = context.obj
    with Steps(speaker) as steps:
        opened(steps)
        asked = Study(folder, shipped.folder())
        if action in ("pilot", "run"):
            run(speaker, asked, steps, (processes, scheduler), action == "pilot")
            return
    if action == "check":
        check(speaker, asked)
    elif action == "freeze":
        from experiments.freezing import freeze

        speaker.tell(speaker.say("study_frozen", value=freeze(asked, date.today())[:12]))
    elif action == "report":
        report(speaker, asked)
    else:
        from experiments.archive import archive

        place = Path(target or f"{asked.protocol.study}.zip")
        archive(asked, place)
        speaker.tell(speaker.say("study_archived", value=str(place)))


def check(speaker: Speaker, asked: "Study") -> None:
    """Say what was understood, and how much there is to run."""
    chance = asked.protocol.uncertainty.chance
    speaker.tell(
        asked.protocol.title.get("fr" if speaker.lang == "fr" else "en") or asked.protocol.study, "bold"
    )
    fewest = chance.pilot * len(asked.structures) + asked.protocol.uncertainty.draws
    structures = len(asked.structures) if asked.structures[1:] else ""
    territories = len(asked.places) if asked.places[1:] else ""
    told = {
        "scenarios": len(asked.names), "pairs": fewest, "structures": structures, "territories": territories,
    }  # fmt: skip
    speaker.tell(speaker.say("study_good", **told))
    if asked.protocol.sensitivity is not None:
        from experiments.sensitivity import runs_of

        points, runs = runs_of(asked)
        speaker.tell(speaker.say("study_good_points", points=points, runs=runs))
    if asked.protocol.keep.persons:
        speaker.tell(speaker.say("study_good_people", people=asked.protocol.keep.persons, pairs=chance.pilot))


def run(
    speaker: Speaker, asked: "Study", steps: Steps, means: tuple[int | None, str | None], pilot: bool
) -> None:
    """Live what is missing; a change since the freeze is noted first."""
    from experiments.archive import keep
    from experiments.freezing import deviate
    from experiments.outcome import run_study
    from experiments.store import Store

    for one in () if pilot else deviate(asked, date.today()):
        speaker.aside(speaker.say("study_deviates", field=one.field, before=one.before, after=one.after))
    for place in asked.places:
        prepared(place.baseline, steps)
    steps.phase("study")
    try:
        with ExitStack() as stack:
            executor = means_of(asked.protocol.run, *means, stack)
            store = Store(asked.folder / RESULTS, months=asked.protocol.keep.monthly)
            found = run_study(asked, store, executor, watch=steps.counted(), pilot=pilot)
            if not pilot:
                beside(asked, steps, executor)
    except KeyboardInterrupt:
        speaker.aside(speaker.say("study_interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    if pilot:
        told_pilot(speaker, found)
        return
    keep(found)
    told(speaker, found)
    raise typer.Exit(FAILED if len(found.failed) else FINE)


def beside(asked: "Study", steps: Steps, executor: "Callable[[], Executor] | Executor | None") -> None:
    """Live what is kept beside the pairs: points that say what decides, people who are followed, the warm-up."""
    from experiments import persons, sensitivity
    from experiments.store import Store
    from experiments.warm_up import keep_months

    if asked.protocol.sensitivity is not None:
        steps.phase("study_points")
        store = Store(asked.folder / sensitivity.RUNS)
        sensitivity.keep_points(asked, store, executor, watch=steps.counted())
    if asked.protocol.keep.persons:
        steps.phase("study_people")
        persons.keep_persons(asked, asked.folder / persons.RUNS, executor, watch=steps.counted())
    keep_months(asked, asked.folder / WARM_UP, executor)


def means_of(
    decided: "Means", processes: int | None, scheduler: str | None, stack: ExitStack
) -> "Callable[[], Executor] | Executor | None":
    """Where runs are lived: what the line says, else what the protocol does, else as many processes as processors."""
    from experiments import executors

    wanted = decided.executor if processes is None and scheduler is None else ""
    address = scheduler or (decided.scheduler if wanted == "dask" else "")
    if address:
        return stack.enter_context(executors.dask(address))
    count = workers.cores(processes or (decided.workers if wanted else None), 10_000)
    if wanted == "dask":
        return stack.enter_context(executors.dask_here(count))
    if count == 1 or wanted == "here":
        return None
    return executors.spawned(count, workers.begin)


def told(speaker: Speaker, found: "Outcome") -> None:
    """Print the primary outcome of each scenario."""
    from experiments.reading import read

    for place, name in product(found.places, found.study.names):
        reading = read(place.comparison, speaker.lang, alternative=name, leading=found.study.protocol.primary)
        speaker.line()
        where = place.study.baseline.territory.name if found.places[1:] else ""
        speaker.tell(speaker.say("study_place", place=where) + reading.scenario)
        speaker.tell(reading.headline, "bold")
        speaker.tell(reading.sureness)
    for row in found.failed.itertuples():
        speaker.aside(
            speaker.say("study_failed", scenario=row.scenario or "baseline", seed=row.seed, value=row.error)
        )


def told_pilot(speaker: Speaker, found: "Outcome") -> None:
    """Say how many pairs the precision asked for needs."""
    from experiments.outcome import pairs_wanted

    chance = found.study.protocol.uncertainty.chance
    wanted = pairs_wanted(found, chance.pilot)
    told = {"pilot": chance.pilot, "wanted": wanted, "most": chance.most}
    speaker.tell(speaker.say("study_pilot_enough" if wanted < chance.most else "study_pilot_most", **told))


def report(speaker: Speaker, asked: "Study") -> None:
    """Write the report of a study that was run, in the languages and forms that its protocol asks for."""
    from cpts.cli.doors import own_version
    from cpts.cli.references import references
    from experiments.archive import kept
    from experiments.freezing import deviations
    from experiments.report.contents import Made
    from experiments.report.files import write
    from experiments.report.of_study import study_report

    found = kept(asked)
    ledger = json.loads((asked.folder / "ledger.json").read_text(encoding="utf-8"))
    del ledger["failed"]  # the report says how many, the file which
    made = Made(own_version(), asked.protocol.digest, date.today(), ledger, references(found.comparison))
    leaving = asked.protocol.report
    for lang in leaving.languages:
        document = study_report(found, made, deviations(asked), lang)
        folder = asked.folder / f"report-{lang}"
        paths = write(document, folder, asked.protocol.study, leaving.tables, leaving.figures)
        speaker.tell(speaker.say("report_written", value=str(paths[0].parent), count=len(paths)))
