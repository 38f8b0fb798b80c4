"""`cpts reproduce` runs somebody else's study again from its archive, and draws one of its figures (reproduire)."""

import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpts.cli.faults import FAILED, Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from cpts.cli.study import RESULTS, Scheduler, Workers, means_of

if TYPE_CHECKING:
    from experiments.outcome import Outcome

FORMS = (".png", ".pdf")
"""Forms of a figure beside the lines of an SVG."""


def reproduce(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="archive")],
    first: Annotated[int | None, typer.Option("--first", metavar="N", help="first_pairs")] = None,
    number: Annotated[int, typer.Option("--figure", metavar="N", help="figure_number")] = 1,
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
        executor = means_of(asked.protocol.run, processes, scheduler, stack)
        store = Store(Path(folder) / RESULTS, months=asked.protocol.keep.monthly)
        found = again(asked, store, executor, first=first,
                      watch=lambda done, total: steps.count(done, total, 0))  # fmt: skip
        if figure is not None:
            drawn(found.outcome, number, Path(figure), speaker)
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


def drawn(found: "Outcome", number: int, target: Path, speaker: Speaker) -> None:
    """Draw a figure of the report, by its number, from what was just lived."""
    from cpts.cli.doors import own_version
    from experiments.freezing import deviations
    from experiments.report.contents import Made
    from experiments.report.of_study import study_report

    asked = found.study
    made = Made(own_version(), asked.protocol.digest, date.today())
    figures = study_report(found, made, deviations(asked), speaker.lang).figures
    if not 1 <= number <= len(figures):
        raise Misused("figure_number", value=number, high=len(figures))
    one = figures[number - 1]
    if target.suffix in FORMS:
        target.write_bytes({".png": one.png, ".pdf": one.pdf}[target.suffix])
    else:
        target.write_text(one.svg, encoding="utf-8")
    speaker.tell(one.caption)
    speaker.aside(speaker.say("figure_written", value=str(target)))
