"""What a coordinator sends (reçu), read by a worker in a folder that goes away at once."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from cpts.cli import shipped
from cpts.cli.faults import sentences
from cpts.dashboard.packed import Trouble, is_folder, unpacked
from cpts.dashboard.places import OWN_FILE
from cpts.dashboard.question import Task
from cpts.dashboard.table_privacy import personal
from texts import LANGUAGES, say

if TYPE_CHECKING:
    from scenarios.workbook import Reading
    from simulation.scenario import Scenario

MOST_PEOPLE = 200_000
"""The largest CPTS of the interprofessional agreement have some 175,000 people (size 4)."""
MOST_TOLD = 100

Told = Mapping[str, tuple[str, ...]]
"""Sentences by language."""


class Received(NamedTuple):
    """A territory that can be simulated, else why not and a copy with its cells to correct."""

    scenario: Scenario | None
    faults: Told
    notes: Told
    copy: bytes = b""
    """The workbook handed back with its faults coloured."""
    folder: bytes = b""
    """The territory made of a workbook, packed, for the command line."""


def task(name: str, content: bytes, source: str, lang: str) -> Task:
    """To be read by a worker: a file that breaks its reader breaks no page."""
    return Task(("received", name), received, (content, source, lang))


def received(content: bytes, source: str, lang: str, today: date | None = None) -> Received:
    """Read a workbook, laid on a shipped territory, or a packed folder; nothing stays on the disk."""
    with tempfile.TemporaryDirectory(prefix="cpts-") as place:
        if is_folder(content):
            return _folder(content, Path(place), today or date.today())
        return _workbook(content, Path(place), shipped.folder() / "territories" / source, lang)


def _workbook(content: bytes, place: Path, source: Path, lang: str) -> Received:
    from scenarios.workbook import Gazetteer, apply, read_workbook

    file = place / "recu.xlsx"
    file.write_bytes(content)
    reading = read_workbook(file, Gazetteer.of_territory(source))
    notes = [*reading.notes]
    if reading.workbook is None:
        told = {one: [fault.told(one) for fault in reading.faults] for one in LANGUAGES}
        return Received(None, _short(told), _by_language(notes), _copy(reading, place, lang))
    try:
        built = apply(reading.workbook, source, place / OWN_FILE)
        scenario = _opened(built.scenario)
    except ValueError as problem:
        return faulty(problem, notes)
    return Received(
        scenario,
        {},
        _by_language([*notes, *built.notes]),
        folder=packed([*sorted(built.folder.iterdir()), built.scenario], place),
    )


def _folder(content: bytes, place: Path, today: date) -> Received:
    found = unpacked(content)
    faults = found.faults or tuple(personal(found.tables, today))
    if faults:
        return Received(None, _short({one: [told(fault, one) for fault in faults] for one in LANGUAGES}), {})
    folder = place / OWN_FILE
    folder.mkdir()
    for name, table in found.tables.items():
        (folder / name).write_bytes(table)
    asked = {
        "title": {one: say("dashboard.own_name", one) for one in LANGUAGES},
        "extends": "calibrated.yaml",
        "territory": OWN_FILE,
    }
    scenario = place / f"{OWN_FILE}.yaml"
    scenario.write_text(yaml.safe_dump(asked, allow_unicode=True), encoding="utf-8")
    aside = [Trouble("own_aside", {"count": found.aside})] if found.aside else []
    try:
        return Received(
            _opened(scenario), {}, {one: tuple(told(note, one) for note in aside) for one in LANGUAGES}
        )
    except ValueError as problem:
        return faulty(problem, [])


def told(trouble: Trouble, lang: str) -> str:
    """A sentence: where, what, and the remedy."""
    named = dict(trouble.details)
    if "kind" in named:
        named["what"] = say(f"workbook.kind_{named['kind']}", lang)
    return say(f"dashboard.{trouble.code}", lang, **named)


def _opened(path: Path) -> Scenario:
    """The scenario of a territory; `Refused` when it cannot be simulated."""
    from simulation.faults import Fault, Refused
    from simulation.scenario import load

    scenario = load(path, [shipped.folder()])
    people = int(scenario.territory.communes["population"].sum())
    if people > MOST_PEOPLE:
        raise Refused([Fault("dashboard.own_people", details={"value": people, "high": MOST_PEOPLE})])
    return scenario


def faulty(problem: ValueError, notes: Sequence[Any]) -> Received:
    """Why a territory cannot be simulated, in sentences; what has none is no fault of the file."""
    faults = {one: sentences(problem, one) for one in LANGUAGES}
    if not all(faults.values()):
        raise problem
    return Received(None, _short(faults), _by_language(notes))


def _short(faults: Mapping[str, Sequence[str]]) -> Told:
    """As many as a page can bear."""
    return {
        lang: (
            *some[:MOST_TOLD],
            *(
                [say("dashboard.own_more", lang, count=len(some) - MOST_TOLD)]
                if len(some) > MOST_TOLD
                else ()
            ),
        )
        for lang, some in faults.items()
    }


def _by_language(notes: Sequence[Any]) -> Told:
    return {lang: tuple(one.told(lang) for one in notes) for lang in LANGUAGES}


def _copy(reading: Reading, place: Path, lang: str) -> bytes:
    """The copy to correct, when a cell can be shown."""
    from scenarios.workbook import corrected_copy

    if not any(fault.column for fault in reading.faults):
        return b""
    target = place / "copie.xlsx"
    corrected_copy(reading, target, lang)
    return target.read_bytes()


def packed(files: Sequence[Path], place: Path) -> bytes:
    """Files of a folder as one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for file in files:
            made.write(file, file.relative_to(place))
    return content.getvalue()
