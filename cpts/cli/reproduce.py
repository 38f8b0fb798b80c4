"""`cpts reproduce` runs somebody else's study again from its archive, and draws one of its figures (reproduire)."""

import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpts.cli import output
from cpts.cli.faults import FAILED, Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from cpts.cli.study import RESULTS, Scheduler, Workers, means_of

if TYPE_CHECKING:
    from experiments.outcome import Outcome
    from experiments.report.document import Figure

FORMS = (".svg", ".png", ".pdf")


def reproduce(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="archive")],
    first: Annotated[int | None, typer.Option("--first", metavar="N", help="first_pairs")] = None,
    asked_for: Annotated[int | None, typer.Option("--figure", metavar="N", help="figure_number")] = None,
    figure: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FIGURE.svg", help="output_figure")
    ] = None,
    processes: Workers = None,
    scheduler: Scheduler = None,
) -> None:
    """Run an archived study again and hold it against its own table."""
    from experiments.archive import kept, unpacked
    from experiments.archive import reproduce as again
    from experiments.protocol_parts import Means
    from experiments.store import Store

    speaker: Speaker = context.obj
    number = 1 if asked_for is None else asked_for
    if figure is None and asked_for is not None:
        figure = f"figure-{number}{FORMS[0]}"
    output.asked(figure, FORMS)
    with tempfile.TemporaryDirectory() as folder, Steps(speaker) as steps, ExitStack() as stack:
        opened(steps)
        asked = unpacked(path, Path(folder) / "archive")
        if number != 1:
            at(number, figures_of(kept(asked), speaker.lang))
        for place in asked.places:
            prepared(place.baseline, steps)
        steps.phase("study")
        executor = means_of(Means(), processes, scheduler, stack)  # a stranger has means of their own
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
    one = at(number, figures_of(found, speaker.lang))
    forms = {".png": one.png, ".pdf": one.pdf}
    target.write_bytes(forms.get(target.suffix, one.svg.encode("utf-8")))
    speaker.tell(one.caption)
    speaker.aside(speaker.say("figure_written", value=str(target)))


def at(number: int, figures: "list[Figure]") -> "Figure":
    """The figure of a number, counted from one; a number that none has is told before anything is lived."""
    if not 1 <= number <= len(figures):
        raise Misused("figure_number", value=number, high=len(figures))
    return figures[number - 1]


def figures_of(found: "Outcome", lang: str) -> "list[Figure]":
    """The figures of the report of a study, in the order of their numbers."""
    from cpts.cli.doors import own_version
    from experiments.freezing import deviations
    from experiments.report.contents import Made
    from experiments.report.of_study import study_report

    made = Made(own_version(), found.study.protocol.digest, date.today())
    return study_report(found, made, deviations(found.study), lang).figures
