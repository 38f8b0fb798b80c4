"""How far the work is (avancement): a bar on a terminal, a line a phase elsewhere; never on the output."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from rich.progress import Progress

    from simulation.model import PrimaryCare

_SOON = 3
"""Seconds before a remaining time can be believed."""


class Steps:
    """Says each phase once, and how long remains when it can be known."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.bar: Progress | None = None
        self.task: Any = None
        self.phase_key, self.since = "", monotonic()

    def __enter__(self) -> Self:
        if self.speaker.beside.is_terminal:
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24),
                       TextColumn("{task.fields[left]}"))  # fmt: skip
            self.bar = Progress(*columns, console=self.speaker.beside, transient=True)
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def phase(self, key: str, **fields: object) -> None:
        """Begin a phase."""
        self.phase_key, self.since = key, monotonic()
        told = self.speaker.say(f"phase_{key}", **fields)
        if self.bar is None:
            self.speaker.aside(told)
            return
        if self.task is not None:
            self.bar.remove_task(self.task)
        self.task = self.bar.add_task(told, total=None, left="")

    def advance(self, done: float, total: float, before: float = 0) -> None:
        """Show how much is done, and what remains at the pace held since the phase began, `before` being done."""
        if self.bar is None or self.task is None:
            return
        spent, lived = monotonic() - self.since, done - before
        left = self.left(spent * (total - done) / lived) if lived > 0 and spent > _SOON else ""
        self.bar.update(self.task, completed=done, total=total, left=left)

    def count(self, done: int, total: int, before: int) -> None:
        """The same, with numbers: so many out of so many."""
        if self.bar is not None and self.task is not None:
            told = self.speaker.say("phase_futures_counted", done=done, total=total)
            self.bar.update(self.task, description=told)
            self.advance(done, total, before)

    def counted(self) -> Callable[[int, int], None]:
        """What follows a count: what was done before the first call was not done now."""
        first: list[int] = []

        def watch(done: int, total: int) -> None:
            first.append(done)
            self.count(done, total, first[0] - 1)

        return watch

    def left(self, seconds: float) -> str:
        """The time that remains, roughly."""
        if seconds < 1:
            return ""
        if seconds < 90:
            return self.speaker.say("left_seconds", count=max(5, 5 * round(seconds / 5)))
        return self.speaker.say("left_minutes", count=round(seconds / 60))

    def day(self, model: PrimaryCare) -> None:
        """Follow a run day by day: first the year that is not counted, then the one that is."""
        calendar, warming = model.calendar, model.day <= model.calendar.first
        if warming and self.phase_key != "counted":
            if self.phase_key != "warm_up":
                self.phase("warm_up")
            self.advance(model.day - calendar.begin, max(1, calendar.first - calendar.begin))
            return
        if self.phase_key != "counted":
            self.phase("counted")
        self.advance(model.day - calendar.first, calendar.last - calendar.first + 1)
