"""`cpts study` leads a study from its protocol to its archive (étude); `cpts reproduce` runs somebody else's again."""

import json
import tempfile
from contextlib import ExitStack
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

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


def run(
    speaker: Speaker, asked: "Study", steps: Steps, means: tuple[int | None, str | None], pilot: bool
) -> None:
    """Live what is missing; a change since the freeze is noted first."""
    from experiments.archive import keep
    from experiments.freezing import deviate
    from experiments.outcome import run_study
    from experiments.store import Store
    from experiments.warm_up import keep_months

    for one in () if pilot else deviate(asked, date.today()):
        speaker.aside(speaker.say("study_deviates", field=one.field, before=one.before, after=one.after))
    for place in asked.places:
        prepared(place.baseline, steps)
    steps.phase("study")
    try:
        with ExitStack() as stack:
            executor = means_of(*means, stack)
            store = Store(asked.folder / RESULTS, months=asked.protocol.keep.monthly)
            found = run_study(asked, store, executor, watch=steps.counted(), pilot=pilot)
            if not pilot:
                keep_months(asked, asked.folder / WARM_UP, executor)
    except KeyboardInterrupt:
        speaker.aside(speaker.say("study_interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    if pilot:
        told_pilot(speaker, found)
        return
    keep(found)
    told(speaker, found)
    raise typer.Exit(FAILED if len(found.failed) else FINE)


def means_of(
    processes: int | None, scheduler: str | None, stack: ExitStack
) -> "Callable[[], Executor] | Executor | None":
    """Where runs are lived: a cluster when one is named, else processes here, else this very process."""
    if scheduler is not None:
        from experiments.executors import dask

        return stack.enter_context(dask(scheduler))
    return workers.means(processes, MOST_RUNS)


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
    """Write the report of a study that was run, in both languages."""
    from cpts.cli.doors import own_version
    from cpts.cli.references import references
    from experiments.archive import kept
    from experiments.freezing import deviations
    from experiments.posterior import shipped_posterior
    from experiments.report.contents import Made
    from experiments.report.files import write
    from experiments.report.of_study import study_report

    found = kept(asked)
    ledger = json.loads((asked.folder / "ledger.json").read_text(encoding="utf-8"))
    del ledger["failed"]  # the report says how many, the file which
    told = (references(found.comparison), shipped_posterior())
    made = Made(own_version(), asked.protocol.digest, date.today(), ledger, *told)
    for lang in ("fr", "en"):
        paths = write(
            study_report(found, made, deviations(asked), lang),
            asked.folder / f"report-{lang}",
            asked.protocol.study,
        )
        speaker.tell(speaker.say("report_written", value=str(paths[0].parent), count=len(paths)))


def reproduce(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="archive")],
    first: Annotated[int | None, typer.Option("--first", metavar="N", help="first_pairs")] = None,
    figure: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FIGURE.svg", help="output_figure")
    ] = None,
    processes: Workers = None,
    scheduler: Scheduler = None,
) -> None:
    """Run an archived study again and hold it against its own table."""
    from experiments.archive import reproduce as again
    from experiments.archive import unpacked
    from experiments.store import Store

    speaker: Speaker = context.obj
    with tempfile.TemporaryDirectory() as folder, Steps(speaker) as steps, ExitStack() as stack:
        opened(steps)
        asked = unpacked(path, Path(folder) / "archive")
        for place in asked.places:
            prepared(place.baseline, steps)
        steps.phase("study")
        executor = means_of(processes, scheduler, stack)
        store = Store(Path(folder) / RESULTS, months=asked.protocol.keep.monthly)
        found = again(asked, store, executor, first=first,
                      watch=lambda done, total: steps.count(done, total, 0))  # fmt: skip
        if figure is not None:
            drawn(found.outcome, Path(figure), speaker)
    if found.differing:
        told: dict[str, Any] = {
            "rows": found.rows,
            "differing": found.differing,
            "value": ", ".join(found.versions),
        }
        speaker.tell(
            speaker.say("reproduced_not" if found.versions else "reproduced_not_why", **told), "bold"
        )
        raise typer.Exit(FAILED)
    speaker.tell(speaker.say("reproduced", rows=found.rows), "bold")


def drawn(found: "Outcome", target: Path, speaker: Speaker) -> None:
    """Draw the figure of the primary outcome from what was just lived."""
    from experiments.report.figures import futures

    lang: Literal["fr", "en"] = "fr" if speaker.lang == "fr" else "en"
    target.write_text(futures(found.comparison, found.study.protocol.primary, lang).svg, encoding="utf-8")
    speaker.aside(speaker.say("written", value=str(target), asked=str(target)))
