"""`cpts publish` writes one page that needs nothing else (page à emporter): of a grid, of a study, of the lessons."""

import difflib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import lessons, output, publish_study, shipped, workers
from cpts.cli.faults import FAILED, FINE, INTERRUPTED, Misused
from cpts.cli.lesson import coded
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from experiments.effect import Comparison
    from experiments.explorer.grid import Grid
    from simulation.scenario import Scenario

GRID, PAGE = "cevennes", ".html"
LESSONS = ("lessons", "lecons", "leçons")
"""How the lessons are asked for."""
MARK = 12
"""Letters of a fingerprint that are enough to tell two grids apart."""


def publish(
    context: typer.Context,
    asked: Annotated[str, typer.Argument(metavar="GRID|STUDY|lessons", help="grid")] = GRID,
    worlds: Annotated[int | None, typer.Option("--worlds", metavar="N", help="worlds")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    keep: Annotated[str | None, typer.Option("--keep", metavar="FOLDER", help="keep_grid")] = None,
    code: Annotated[str, typer.Option("--class", metavar="CODE", help="class")] = "",
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE.html", help="output_publish")
    ] = None,
) -> None:
    """Write the page of what is asked."""
    speaker: Speaker = context.obj
    if worlds is not None and worlds < 1:
        raise Misused("too_few", value="--worlds")
    given = {"--worlds": worlds, "--set": sets, "--workers": processes, "--keep": keep, "--class": code}
    if asked.casefold() in LESSONS:
        refused(given, "lessons", "--worlds", "--set", "--workers", "--keep")
        lessons.written(speaker, _place(target, "lecons"), coded(code))
        return
    source = publish_study.source(asked)
    if source is not None:
        refused(given, "study", "--worlds", "--set", "--class")
        wanted = _place(target, source.stem)
        with Steps(speaker) as steps:
            opened(steps)
            page, count = publish_study.made(source, steps, processes, keep, beside_france)
    else:
        refused(given, "grid", "--class")
        path, wanted = located(asked), _place(target, "explorateur")
        with Steps(speaker) as steps:
            opened(steps)
            grid, baseline = read(path, tuple(sets or ()), worlds)
            page, count = made(grid, baseline, steps, processes, keep)
    written(speaker, page, count, wanted)


def refused(given: "Mapping[str, object]", kind: str, *names: str) -> None:
    """Refuse what would change a page that is decided elsewhere, rather than leave it aside unsaid."""
    there = [name for name in names if given[name]]
    if there:
        raise Misused(f"publish_{kind}", value=there)


def _place(target: str | None, name: str) -> Path:
    wanted = output.asked(target or f"{name}{PAGE}", (PAGE,))
    assert wanted is not None
    return wanted


def written(speaker: Speaker, page: str, count: int, wanted: Path) -> None:
    """Write a page, and say what it holds."""
    content = page.encode("utf-8")

    def write(place: Path) -> None:
        place.write_bytes(content)

    found = output.kept(write, wanted, speaker)
    if found is not None:
        told = {"count": count, "size": speaker.number(len(content) / 1e6, 1)}
        speaker.tell(speaker.say("published", **told))
    raise typer.Exit(FINE if found == wanted else FAILED)


def grids() -> Path:
    """Where the grids that come with the project are."""
    from importlib.resources import files

    return Path(str(files("experiments.explorer"))) / "grids"


def located(asked: str) -> Path:
    """The file of a grid or of a scenario: a name that comes with the project, or a path."""
    mine = grids() / f"{asked}.yaml"
    if mine.is_file():
        return mine
    path = Path(asked)
    if path.is_dir():
        raise Misused("publish_folder", value=asked)
    names = [one.name for one in shipped.shipped()]
    if not path.suffix and path.name == asked and asked not in names and not shipped.exists(path):
        others = [*sorted(one.stem for one in grids().glob("*.yaml")), *publish_study.names(), LESSONS[0]]
        known = [*others, *names]
        near = next(iter(difflib.get_close_matches(asked.lower(), known, n=1, cutoff=0.5)), "")
        raise Misused("publish_unknown", value=asked, nearest=near, choices=others)
    return shipped.located(asked)


def read(path: Path, sets: "tuple[str, ...]", worlds: int | None) -> "tuple[Grid, Scenario]":
    """The grid and its baseline; a scenario is taken as the baseline of the grid that comes with the project."""
    from experiments.explorer.grid import fitting, is_grid, read_grid, within_reach
    from simulation.faults import Fault, Refused, nearest
    from simulation.scenario import load

    if is_grid(path):
        grid = read_grid(path)
        folders = [path.parent, shipped.folder()]
        found = [folder / f"{grid.baseline}.yaml" for folder in folders]
        there = next((one for one in found if one.is_file() and one != path), None)
        if there is None:
            told = {
                "value": grid.baseline,
                "nearest": nearest(grid.baseline, [one.name for one in shipped.shipped()]),
            }
            raise Refused([Fault("extends_missing", path.name, 0, "baseline", told)])
        baseline = load(there, folders, sets)
        grid = fitting(grid, baseline, path.name)
    else:
        baseline = load(path, [shipped.folder()], sets)
        grid = within_reach(read_grid(grids() / f"{GRID}.yaml"), baseline)
        fitting(grid, baseline, path.name)
    if worlds is not None:
        grid = grid.model_copy(update={"worlds": worlds, "luck": min(grid.luck, worlds)})
    return grid, baseline


def made(
    grid: "Grid", baseline: "Scenario", steps: Steps, processes: int | None, keep: str | None
) -> tuple[str, int]:
    """Live what is missing, then write the page; give it with the number of its points."""
    from cpts.cli.doors import own_version
    from experiments.explorer.content import Stamp, content
    from experiments.explorer.page import page
    from experiments.explorer.points import Unlived, lived, planned
    from experiments.store import Store

    speaker = steps.speaker
    runs = planned(grid, baseline)
    mark = hashlib.sha256("".join(one.scenario.content_hash for one in runs).encode("ascii")).hexdigest()
    prepared(baseline, steps)
    steps.phase("grid")
    store, means = Store(publish_study.kept_in(keep, mark)), workers.means(processes, len(runs))
    try:
        found = lived(grid, baseline, store, means, watch=steps.counted())
        told = content(grid, baseline, found, Stamp(own_version(), mark[:MARK]), beside_france)
    except KeyboardInterrupt:
        speaker.aside(speaker.say("study_interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    except Unlived as problem:
        speaker.aside(speaker.say("grid_unlived", count=problem.count, value=str(problem)))
        raise typer.Exit(FAILED) from None
    return page(told), len(told["points"])


def beside_france(comparison: "Comparison", lang: str) -> "tuple[Mapping[str, float], str]":
    """The national figures that a comparison misses, and the sentence that counts them."""
    from calibration.against_france import compared_with_france, missed
    from cpts.cli.france import summary

    found = compared_with_france(comparison)
    return missed(found), summary(Speaker(lang), found)
