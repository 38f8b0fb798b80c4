"""`cpts workbook` gives the coordinator a workbook to fill in (classeur), and makes a territory of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import output, shipped
from cpts.cli.faults import BAD_INPUT, Misused
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenarios.workbook import Reading

MOST_TOLD = 200
"""Faults that a screen can bear; the copy handed back colours every one."""
ACTIONS = ("template", "read")
BASE = "chataigne-micocoule"
TEMPLATE, TO_CORRECT = "territoire.xlsx", "-a-corriger"


def workbook(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="|".join(ACTIONS), help="workbook_action")],
    file: Annotated[str | None, typer.Argument(metavar="FILE.xlsx", help="workbook_file")] = None,
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PLACE", help="output_workbook")
    ] = None,
    territory: Annotated[str, typer.Option("--territory", metavar="BASE", help="workbook_territory")] = BASE,
) -> None:
    """Write the workbook to be filled in, or read one."""
    speaker: Speaker = context.obj
    if action not in ACTIONS:
        raise Misused("workbook_action", value=action, choices=ACTIONS)
    if action == "template":
        template(speaker, target or file or TEMPLATE)
    elif not file:
        raise Misused("workbook_file")
    else:
        read(speaker, Path(file), target, territory)


def template(speaker: Speaker, target: str) -> None:
    """Write the workbook to be filled in."""
    place = output.asked(target, (".xlsx",))
    assert place is not None
    if place.exists():
        raise Misused("workbook_there", value=target)

    from scenarios.workbook import write_template

    if not whole(lambda path: write_template(path, speaker.lang), place):
        raise Misused("output_unwritable", value=target)
    speaker.tell(speaker.say("workbook_next", value=str(place)))


def read(speaker: Speaker, file: Path, target: str | None, territory: str) -> None:
    """Read a workbook into the folder of a territory, or say all that is to be corrected and hand it back coloured."""
    base = base_folder(territory)
    out = Path(target or file.stem)
    free(out)
    from scenarios.workbook import Gazetteer, apply, read_workbook

    reading = read_workbook(file, Gazetteer.of_territory(base))
    if reading.workbook is None:
        refuse(speaker, reading, file)
        raise typer.Exit(BAD_INPUT)
    try:
        built = apply(reading.workbook, base, out)
    except OSError:
        raise Misused("workbook_unwritable", value=str(out)) from None
    for note in (*reading.notes, *built.notes):
        speaker.tell(note.told(speaker.lang))
    speaker.tell(speaker.say("workbook_read", value=str(out), base=base.name, scenario=str(built.scenario)))


def refuse(speaker: Speaker, reading: "Reading", file: Path) -> None:
    """Say every fault, and hand back a copy where they are coloured."""
    from scenarios.workbook import corrected_copy

    for fault in reading.faults[:MOST_TOLD]:
        speaker.aside(fault.told(speaker.lang))
    if len(reading.faults) > MOST_TOLD:
        speaker.aside(speaker.say("workbook_more", count=len(reading.faults) - MOST_TOLD))
    if len(reading.faults) > 1:
        speaker.aside(speaker.say("faults", count=len(reading.faults)))
    if any(fault.column for fault in reading.faults):
        copy = file.with_name(f"{file.stem}{TO_CORRECT}.xlsx")
        done = whole(lambda path: corrected_copy(reading, path, speaker.lang), copy)
        speaker.aside(speaker.say("workbook_copy" if done else "workbook_no_copy", value=str(copy)))


def whole(write: "Callable[[Path], None]", place: Path) -> bool:
    """Write beside, then rename: a workbook is never half written; false when it cannot be."""
    beside = place.with_name(f".{place.stem}.part.xlsx")
    try:
        write(beside)
        beside.replace(place)
    except OSError:
        return False
    finally:
        beside.unlink(missing_ok=True)
    return True


def base_folder(asked: str) -> Path:
    """The territory that the workbook is laid on: a shipped name or a folder."""
    shipped_there = shipped.folder() / "territories"
    names = sorted(path.name for path in shipped_there.iterdir() if path.is_dir())
    if asked in names:
        return shipped_there / asked
    if shipped.exists(Path(asked)) and Path(asked).is_dir():
        return Path(asked)
    raise Misused("workbook_territory", value=asked, choices=names)


def free(out: Path) -> None:
    """Refuse a place that is taken, before the work."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Misused("workbook_taken", value=str(out))
    beside = out.with_name(f"{out.absolute().name}.yaml")
    if beside.exists():
        raise Misused("workbook_taken", value=str(beside))
    if not out.absolute().parent.is_dir():
        raise Misused("output_no_folder", value=str(out.absolute().parent))
