"""What pages ask (demandes), and who is served next: the page that has seen the fewest worlds of what it asks now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cpts.dashboard.question import Task

Key = tuple[Any, ...]


class Next(NamedTuple):
    """What is done next, and whether somebody looks at an empty page meanwhile."""

    task: Task
    is_pressing: bool


class Asked:
    """Each page's question, those that were asked first ahead of the others."""

    def __init__(self) -> None:
        self._by_page: dict[str, tuple[Task, ...]] = {}
        self._foreseen: tuple[Task, ...] = ()

    def ask(self, page: str, tasks: Sequence[Task]) -> None:
        """From now on a page wants these, and stands behind those who asked before."""
        self._by_page.pop(page, None)
        self._by_page[page] = tuple(tasks)

    def foresee(self, tasks: Sequence[Task]) -> None:
        """What nobody asked and somebody may ask next; it comes after all that was asked."""
        self._foreseen = tuple(tasks)

    def is_idle(self, is_known: Callable[[Key], bool]) -> bool:
        """Whether all that was asked or foreseen is known."""
        return not self.waiting(is_known) and all(is_known(one.key) for one in self._foreseen)

    def leave(self, page: str) -> None:
        """Nothing more is wanted there, or by any part of it."""
        for name in [one for one in self._by_page if one == page or one.startswith(f"{page}:")]:
            del self._by_page[name]

    def waiting(self, is_known: Callable[[Key], bool]) -> int:
        """How many pages do not have all they want."""
        return sum(
            any(not is_known(one.key) for one in reversed(wanted)) for wanted in self._by_page.values()
        )

    def next(self, is_met: Callable[[Key], bool], with_errands: bool = True) -> Next | None:
        """The first thing that is neither known nor under way, of the page that has seen the least.

        An empty page that waits for a world comes before all others, then errands, which are longer, then the rest.
        """
        best: tuple[float, Task] | None = None
        for wanted in self._by_page.values():
            left = [one for one in wanted if not is_met(one.key)]
            if not left or not (with_errands or left[0].can_pause):
                continue
            seen = len(wanted) - len(left) + (0.0 if left[0].can_pause else 0.5)
            if best is None or seen < best[0]:
                best = (seen, left[0])
        if best is not None:
            return Next(best[1], best[0] == 0)
        left_over = next((one for one in self._foreseen if not is_met(one.key)), None)
        return None if left_over is None else Next(left_over, False)
