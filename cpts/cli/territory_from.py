"""`cpts territory build --from` makes a territory of a filled workbook (classeur), on the communes that it lists."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cpts.cli import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpts.cli.speaker import Speaker


def build_from(
    speaker: Speaker, file: Path, target: Path, sources: Path, base: Callable[[tuple[str, ...], Path], object]
) -> None:
    """Lay a workbook on its communes: built of public files where they are, else those of the shipped territory.

    `base(communes, folder)` builds the territory of some communes in a folder.
    """
    workbook.free(target)
    if not sources.is_dir():
        workbook.read(speaker, file, str(target), workbook.BASE)
        return
    from scenarios.workbook import communes_written

    listed = communes_written(file)
    if not listed:
        workbook.read(speaker, file, str(target), workbook.BASE)
        return
    with tempfile.TemporaryDirectory() as place:
        ground = Path(place) / target.name
        base(listed, ground)
        workbook.read(speaker, file, str(target), str(ground))
