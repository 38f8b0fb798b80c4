"""`cpts calibrate` moves what is not known until the model finds again what was observed (calage)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from cpts.cli import shipped, workers
from cpts.cli.faults import Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker
from cpts.cli.study import Scheduler
from experiments.report.document import Heading, Paragraph, Table
from texts import say

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from calibration.local import Local
    from calibration.point import Point
    from calibration.simulated import Lived
    from experiments.posterior import Posterior
    from experiments.report.document import Document
    from simulation.scenario import Scenario

NATIONAL = "national"
FOLDER = "calibration-{name}"
LANGUAGES: tuple[Literal["fr", "en"], ...] = ("fr", "en")
MISSED = "\N{BALLOT X}"
AGAIN, FEWEST_AGAIN = 64, 8
"""Points lived anew, before and after the fit, for the report."""


class How(NamedTuple):
    """How a calibration is led, as it was typed."""

    budget: int | None = None
    resume: bool = False
    processes: int | None = None
    direct: bool = False
    scheduler: str | None = None


def calibrate(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="scenario")] = NATIONAL,
    local: Annotated[bool, typer.Option("--local", help="local")] = False,
    point: Annotated[bool, typer.Option("--point", help="point")] = False,
    budget: Annotated[int | None, typer.Option("--budget", metavar="N", help="years")] = None,
    direct: Annotated[bool, typer.Option("--direct", help="direct")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="resume")] = False,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    scheduler: Scheduler = None,
    folder: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="output_folder")
    ] = None,
) -> None:
    """Calibrate a scenario on what was observed."""
    speaker: Speaker = context.obj
    if budget is not None and budget < 1:
        raise Misused("too_few", value="--budget")
    shipped.located(scenario)
    with Steps(speaker) as steps:
        opened(steps)
        asked = shipped.read([scenario], [[]])[0]
        place = folder or Path(FOLDER.format(name=Path(scenario).stem))
        if point:
            found = point_of(asked, budget, steps)
        elif local:
            fitted = local_of(asked, steps, processes)
        else:
            report = national_of(asked, place, How(budget, resume, processes, direct, scheduler), steps)
    if point:
        told_point(speaker, found)
    elif local:
        told_local(speaker, fitted, place)
    else:
        told_national(speaker, report, place)


def national_of(asked: Scenario, place: Path, how: How, steps: Steps) -> Document:
    """Fit to France, live the points that fit again with another luck, and write all of it."""
    from calibration import predicted, prior, told, waves
    from calibration.kept import keep
    from calibration.simulated import Lived, counted
    from calibration.targets import targets

    place.mkdir(parents=True, exist_ok=True)
    numbers, budget = prior.figures(), how.budget or waves.BUDGET
    _unused(place, how.resume)
    prepared(asked, steps)
    steps.phase("calibrate")
    live = Lived(asked, counted(asked, targets()))
    again = max(FEWEST_AGAIN, min(AGAIN, budget // 10))
    with _means(how) as pool:
        posterior = (_directly if how.direct else _in_waves)(live, place, how, steps, pool)
        steps.phase("calibrate_again")
        before = predicted.lived_at(live, predicted.of_prior(numbers, again), pool)
        after = predicted.lived_at(live, predicted.of_posterior(posterior, again), pool)
    met = predicted.met(before, after, live.targets)
    learned = predicted.learned(posterior, numbers)
    titles = {lang: asked.title.get(lang, asked.territory.name) for lang in LANGUAGES}
    reports = {
        lang: told.document(met, learned, budget, titles[lang], lang, stamp(asked, lang))
        for lang in LANGUAGES
    }
    keep(posterior, reports, place)
    return reports["en" if steps.speaker.lang == "en" else "fr"]


def _means(how: How) -> AbstractContextManager[Executor | None]:
    """Where points are lived: a cluster when one is named, else processes here; the points are the same."""
    if how.scheduler is not None:
        from experiments.executors import dask

        return dask(how.scheduler)
    return workers.executor(workers.cores(how.processes, 10_000))


def _in_waves(live: Lived, place: Path, how: How, steps: Steps, pool: Executor | None) -> Posterior:
    """Learn a surface through lived points, and look for what fits on it."""
    from calibration import prior, waves
    from calibration.runs import JOURNAL

    wanted = [one for one in live.targets if one.use == "fitted"]
    posterior, _ = waves.in_waves(
        live, prior.figures(), wanted, place / JOURNAL, budget=how.budget or waves.BUDGET, seed=live.scenario.seed,
        executor=pool, watch=lambda done, total: steps.count(done, total, 0),
    )  # fmt: skip
    return posterior


def _directly(live: Lived, place: Path, how: How, steps: Steps, pool: Executor | None) -> Posterior:
    """Live every point that is tried (ABC-SMC): sure of no surface, and thousands of years long."""
    from calibration import fit, prior

    wanted = [one for one in live.targets if one.use == "fitted"]
    search = fit.Fit(live, prior.figures(), wanted, place, seed=live.scenario.seed, executor=pool)
    search.begin(how.resume)
    search.advance(how.budget or fit.BUDGET, watch=lambda done, total: steps.count(done, total, 0))
    return search.kept().posterior


def _unused(place: Path, resume: bool) -> None:
    """Refuse a folder where points were lived already, unless one goes on with them: none is ever lost."""
    from calibration.fit import HISTORY
    from calibration.runs import JOURNAL

    if not resume and any((place / name).is_file() for name in (JOURNAL, HISTORY)):
        raise Misused("calibrated_already", value=str(place))


def stamp(asked: Scenario, lang: str) -> str:
    """By which version and on what the fit was made; no date, so that the same fit is the same page."""
    from cpts.cli.doors import own_version

    return say("calibrate.stamp", lang, version=own_version(), code=asked.content_hash[:8])


def local_of(asked: Scenario, steps: Steps, processes: int | None = None) -> Local:
    """Weigh the points that fit France by what was observed in the territory."""
    from calibration.local import fit_here, local_targets
    from calibration.simulated import Lived
    from experiments.posterior import SHIPPED, shipped_posterior
    from simulation.faults import Fault, Refused

    live = Lived(asked, local_targets(asked.territory))
    national = shipped_posterior()
    if national is None:
        raise Refused([Fault("not_a_posterior", SHIPPED)])
    prepared(asked, steps)
    steps.phase("calibrate")
    with workers.executor(workers.cores(processes, len(national.points))) as pool:
        return fit_here(asked, national, live, pool, lambda done, total: steps.count(done, total, 0))


def point_of(asked: Scenario, trials: int | None, steps: Steps) -> Point:
    """Look for one point that fits."""
    from calibration import point, prior
    from calibration.simulated import Lived, counted
    from calibration.targets import used_as

    prepared(asked, steps)
    steps.phase("calibrate")
    wanted = counted(asked, used_as("fitted"))
    return point.best_point(
        Lived(asked, wanted), prior.figures(), wanted, trials=trials or point.TRIALS,
        seed=asked.seed % 2**32, watch=lambda done, total: steps.count(done, total, 0),
    )  # fmt: skip


def told_national(speaker: Speaker, report: Document, place: Path) -> None:
    """Print the report, and say where the rest is."""
    for block in report.blocks:
        speaker.line()
        match block:
            case Heading(told, _):
                speaker.tell(told, "bold")
            case Paragraph(told, strong):
                speaker.tell(told, "bold" if strong else "")
            case Table():
                rows = [
                    [Cell(cell, "red" if MISSED in "".join(row) else "", is_words=True) for cell in row]
                    for row in block.rows
                ]
                speaker.table(list(block.heads), rows)
    _told_place(speaker, place)


def told_local(speaker: Speaker, found: Local, place: Path) -> None:
    """Say how much the territory's own figures teach, and where the points are."""
    from calibration.kept import keep
    from cpts.cli import local

    keep(found.posterior, {}, place)
    local.weighed(speaker, found)
    _told_place(speaker, place)


def told_point(speaker: Speaker, found: Point) -> None:
    """Print the point as a scenario file holds it."""
    from calibration.kept import scenario_file

    speaker.aside(
        say("calibrate.point_about", speaker.lang, tried=found.tried, misfit=speaker.number(found.misfit, 1))
    )
    speaker.document(scenario_file({path: float(f"{value:.4g}") for path, value in found.values.items()}))


def _told_place(speaker: Speaker, place: Path) -> None:
    speaker.line()
    speaker.tell(say("calibrate.written", speaker.lang, value=str(place)))
    speaker.tell(say("calibrate.use_it", speaker.lang, value=str(place / "posterior.parquet")))
