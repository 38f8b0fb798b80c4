"""`cpts publish` lives a grid of futures, then writes one page that needs nothing else (page à emporter)."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import output, shipped, workers
from cpts.cli.faults import FAILED, FINE, INTERRUPTED, Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from experiments.effect import Comparison
    from experiments.explorer.grid import Grid
    from simulation.scenario import Scenario

GRID, PAGE = "cevennes", ".html"
MARK = 12
"""Letters of a fingerprint that are enough to tell two grids apart."""


def publish(
    context: typer.Context,
    asked: Annotated[str, typer.Argument(metavar="SCENARIO|GRID.yaml", help="grid")] = GRID,
    worlds: Annotated[int | None, typer.Option("--worlds", metavar="N", help="worlds")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    keep: Annotated[str | None, typer.Option("--keep", metavar="FOLDER", help="keep_grid")] = None,
    target: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE.html", help="output_publish")
    ] = "explorateur.html",
) -> None:
    """Live a grid and write its page."""
    speaker: Speaker = context.obj
    wanted = output.asked(target, (PAGE,))
    assert wanted is not None
    if worlds is not None and worlds < 1:
        raise Misused("too_few", value="--worlds")
    path = located(asked)
    with Steps(speaker) as steps:
        opened(steps)
        grid, baseline = read(path, tuple(sets or ()), worlds)
        page, count = made(grid, baseline, steps, processes, keep)
    content = page.encode("utf-8")

    def write(place: Path) -> None:
        place.write_bytes(content)

    written = output.kept(write, wanted, speaker)
    if written is not None:
        told = {"count": count, "size": speaker.number(len(content) / 1e6, 1)}
        speaker.tell(speaker.say("published", **told))
    raise typer.Exit(FINE if written == wanted else FAILED)


def grids() -> Path:
    """Where the grids that come with the project are."""
    from importlib.resources import files

    return Path(str(files("experiments.explorer"))) / "grids"


def located(asked: str) -> Path:
    """The file of a grid or of a scenario: a name that comes with the project, or a path."""
    mine = grids() / f"{asked}.yaml"
    return mine if mine.is_file() else shipped.located(asked)


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
    first: list[int] = []

    def watch(done: int, total: int) -> None:
        first.append(done)
        steps.count(done, total, first[0] - 1)

    try:
        found = lived(grid, baseline, Store(_kept_in(keep, mark)), _means(processes, len(runs)), watch=watch)
        told = content(grid, baseline, found, Stamp(own_version(), mark[:MARK]), beside_france)
    except KeyboardInterrupt:
        speaker.aside(speaker.say("study_interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    except Unlived as problem:
        speaker.aside(speaker.say("grid_unlived", count=problem.count, value=str(problem)))
        raise typer.Exit(FAILED) from None
    return page(told), len(told["points"])


def _kept_in(keep: str | None, mark: str) -> Path:
    """Where finished runs are kept from one command to the next, so that an interrupted grid goes on."""
    if keep is not None:
        return Path(keep)
    import platformdirs

    return Path(platformdirs.user_cache_dir("cpts-simulator")) / "explorer" / mark[:MARK]


def _means(processes: int | None, runs: int) -> "Callable[[], Executor] | None":
    count = workers.cores(processes, runs)
    if count == 1:
        return None
    from experiments.executors import spawned

    return spawned(count, workers.begin)


def beside_france(comparison: "Comparison", lang: str) -> "tuple[Mapping[str, float], str]":
    """The national figures that a comparison misses, and the sentence that counts them."""
    from calibration.against_france import compared_with_france, missed
    from cpts.cli.france import summary

    found = compared_with_france(comparison)
    return missed(found), summary(Speaker(lang), found)
