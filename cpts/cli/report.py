"""`cpts report` compares, then writes what leaves the tool (rapport): page, Word, workbook, tables, figures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import compare, shipped, workers
from cpts.cli.faults import FINE
from cpts.cli.opening import opened
from cpts.cli.progress import Steps
from cpts.cli.run import changes
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from simulation.scenario import Scenario


def report(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")] = shipped.BASELINE,
    alternatives: Annotated[
        list[str] | None, typer.Argument(metavar="ALTERNATIVE", help="alternative")
    ] = None,
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="worlds")] = compare.WORLDS,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="no_ledger")] = False,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FOLDER", help="keep")] = None,
    target: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER", help="output_report")
    ] = "rapport",
) -> None:
    """Compare and write the report."""
    speaker: Speaker = context.obj
    told = tuple(changes(sets, seed=None, days=None))
    question = compare.Question(baseline, tuple(alternatives or [shipped.ACTION]), worlds, told, processes)
    question = question._replace(with_ledger=not no_ledger, keep=keep)
    for name in (question.baseline, *question.alternatives):
        shipped.located(name)
    with Steps(speaker) as steps:
        opened(steps)
        asked = shipped.read([question.baseline, *question.alternatives], question.changes)
        count = workers.cores(processes, worlds + min(compare.LUCK, worlds))
        outcome = compare.lived(asked, question, count, steps)
    speaker.aside(outcome.trouble)
    written(speaker, outcome.comparison, asked, Path(target))
    raise typer.Exit(outcome.code or FINE)


def written(speaker: Speaker, comparison: "Comparison", asked: "list[Scenario]", folder: Path) -> None:
    """Write the report of a comparison in the reader's language."""
    from calibration.against_france import compared_with_france, missed
    from cpts.cli.doors import own_version
    from cpts.cli.references import references
    from experiments.report.contents import Made, report, slug
    from experiments.report.files import write
    from experiments.worlds import points_under
    from simulation.results import versions

    comparison = comparison.with_(france=missed(compared_with_france(comparison)))
    provenance = {"versions": dict(versions(("cpts-simulator", "mesa", "numpy", "scipy", "numba", "pandas")))}
    told = (references(comparison), points_under(asked[0]))
    made = Made(own_version(), asked[-1].content_hash, date.today(), provenance, *told)
    document = report(comparison, made, speaker.lang)
    paths = write(document, folder, slug(next(iter(comparison.actions))))
    speaker.tell(speaker.say("report_written", value=str(folder), count=len(paths)))
