"""The file that is asked for (fichier de résultats): refused before the work, never lost after it."""

import contextlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from cpts.cli.faults import Misused
from cpts.cli.speaker import Speaker

SUFFIXES = (".parquet", ".csv")

log = logging.getLogger("cpts.output")


def asked(output: str | None, suffixes: tuple[str, ...] = SUFFIXES) -> Path | None:
    """The place asked for, once it is sure that something can be written there."""
    if output is None:
        return None
    target = Path(output)
    if target.suffix not in suffixes:
        raise Misused("output_suffix", value=output, choices=suffixes)
    if target.is_dir():
        raise Misused("output_is_folder", value=output)
    if not target.parent.is_dir():
        raise Misused("output_no_folder", value=str(target.parent))
    try:
        if target.exists():
            target.open("ab").close()
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError:
        raise Misused("output_unwritable", value=output) from None
    return target


def kept(write: Callable[[Path], None], target: Path, speaker: Speaker) -> Path | None:
    """Write where it was asked, else in the current folder, else in a temporary one; say where."""
    for place in (target, *_elsewhere(target)):
        try:
            whole(write, place)
        except (
            Exception
        ) as problem:  # a full disk, a folder gone, a file opened by a spreadsheet: all the same
            log.info("cannot write %s", place, exc_info=problem)
            continue
        speaker.aside(speaker.say("written" if place == target else "written_elsewhere",
                                  value=str(place), asked=str(target)))  # fmt: skip
        return place
    speaker.aside(speaker.say("written_nowhere", asked=str(target)))
    return None


def whole(write: Callable[[Path], None], place: Path) -> None:
    """Write beside, then rename: a file that bears the name asked for is never half a file."""
    beside = place.with_name(f".{place.stem}.part{place.suffix}")
    try:
        write(beside)
        for made in beside.parent.glob(f".{place.stem}.part.*"):
            made.replace(place.with_name(made.name.removeprefix(".").replace(".part.", ".", 1)))
    finally:
        for left in place.parent.glob(f".{place.stem}.part.*"):
            with contextlib.suppress(OSError):
                left.unlink()


def _elsewhere(target: Path) -> list[Path]:
    """Free names in the current folder and in a temporary one: what is there already is not overwritten."""
    places = []
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        for rank in range(1, 100):
            name = f"{target.stem}{'' if rank == 1 else f'-{rank}'}{target.suffix}"
            if not (folder / name).exists() and (folder / name) != target.absolute():
                places.append(folder / name)
                break
    return places
