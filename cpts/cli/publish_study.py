"""The page of a study (page d'une étude): a shipped one by its name, a folder of one's own, or an archive."""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cpts.cli import shipped, workers
from cpts.cli.faults import INTERRUPTED
from cpts.cli.opening import prepared
from cpts.cli.progress import Steps
from cpts.cli.study import MOST_RUNS, RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from experiments.explorer.content import Told
    from experiments.outcome import Outcome
    from experiments.store import Store
    from experiments.study import Study

PROTOCOL, ARCHIVE = "study.yaml", ".zip"
MARK = 12
"""Letters of a fingerprint that are enough to tell two questions apart."""


def studies() -> Path:
    """Where the studies that come with the project are."""
    from importlib.resources import files

    return Path(str(files("experiments"))) / "studies"


def names() -> list[str]:
    """The studies that come with the project."""
    return sorted(path.parent.name for path in studies().glob(f"*/{PROTOCOL}"))


def source(asked: str) -> Path | None:
    """The folder or the archive of a study; nothing when something else is asked."""
    if asked in names():
        return studies() / asked
    path = Path(asked)
    if path.suffix == ARCHIVE:
        return path
    if path.name == PROTOCOL:
        path = path.parent
    return path.resolve() if shipped.exists(path / PROTOCOL) else None


def kept_in(keep: str | None, mark: str) -> Path:
    """Where finished runs are kept from one command to the next, so that what was interrupted goes on."""
    if keep is not None:
        return Path(keep)
    import platformdirs

    return Path(platformdirs.user_cache_dir("cpts-simulator")) / "explorer" / mark[:MARK]


def made(
    path: Path, steps: Steps, processes: int | None, keep: str | None, beside_france: "Told"
) -> tuple[str, int]:
    """Write the page of a study that was frozen; give it with the number of its alternatives."""
    from experiments.archive import unpacked
    from experiments.completing import completed
    from experiments.freezing import frozen
    from experiments.study import Study

    speaker = steps.speaker
    with ExitStack() as stack:
        if path.suffix == ARCHIVE:
            place = stack.enter_context(tempfile.TemporaryDirectory())
            asked = unpacked(path, Path(place) / "archive")
        else:
            asked = Study(path, shipped.folder())
        frozen(asked)
        steps.phase("study_read")
        lives: list[Store] = []
        try:
            store = _opening(asked, path, keep, steps, lives)
            means = workers.means(processes, MOST_RUNS)
            found = completed(asked, store, means, watch=steps.counted())
        except KeyboardInterrupt:
            speaker.aside(speaker.say("study_interrupted"))
            raise typer.Exit(INTERRUPTED) from None
        speaker.aside(speaker.say("study_completed" if lives else "study_nothing_lived"))
        steps.phase("study_told")
        return _page(found, beside_france), len(found.study.names) * len(found.places)


def _opening(
    asked: "Study", path: Path, keep: str | None, steps: Steps, lives: "list[Store]"
) -> "Callable[[], Store]":
    """How the store is opened, once it is known that something must be lived."""

    def opened() -> "Store":
        """Prepare the model and open the store, once, when a world has to be lived."""
        from experiments.store import Store

        if not lives:
            for place in asked.places:
                prepared(place.baseline, steps)
            steps.phase("study")
            is_own = keep is None and path.suffix != ARCHIVE and path.parent != studies()
            folder = path / RESULTS if is_own else kept_in(keep, asked.protocol.digest)
            lives.append(Store(folder, months=asked.protocol.keep.monthly))
        return lives[0]

    return opened


def _page(found: "Outcome", beside_france: "Told") -> str:
    from cpts.cli.doors import own_version
    from experiments.archive import LEDGER, ledger
    from experiments.explorer.content import Stamp
    from experiments.explorer.of_study import Record, study_content
    from experiments.explorer.page import page
    from experiments.freezing import deviations, frozen, unwritten
    from simulation.kernels import code_mark

    asked = found.study
    told = asked.folder / LEDGER
    kept = json.loads(told.read_text(encoding="utf-8")) if told.exists() else ledger(found)
    kept.pop("failed", None)  # the page says how many
    changed = [*deviations(asked), *unwritten(asked)]
    record = Record(frozen(asked)["date"], changed, kept, code_mark())
    stamp = Stamp(own_version(), asked.protocol.digest[:MARK])
    return page(study_content(found, record, stamp, beside_france))
