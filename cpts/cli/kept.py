"""A folder in which a comparison keeps what it lives (reprise): the same line goes on where it was stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cpts.cli.faults import Misused

if TYPE_CHECKING:
    from experiments.compare import Run


@contextmanager
def run_in(folder: Path | None) -> "Iterator[Run | None]":
    """How a scenario is lived: as ever, or through a folder of finished runs, folded into a table at the end."""
    if folder is None:
        yield None
        return
    from experiments.remembered import Remembered
    from experiments.store import Store

    try:
        store = Store(folder)
    except OSError:
        raise Misused("keep_folder", value=str(folder)) from None
    try:
        yield Remembered(store)
    finally:
        store.fold()
