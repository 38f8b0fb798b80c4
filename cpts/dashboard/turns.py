"""One page is drawn at a time (tour de parole), an empty one first: thirty at once would all be late."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count


class Turns:
    """Who draws now, and who waits to."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[int, int]] = []
        self._numbers = count()
        self._is_taken = False

    @contextmanager
    def mine(self, shown: int) -> Iterator[None]:
        """Wait until nobody draws and nobody who waits has seen less."""
        with self._changed:
            me = (shown, next(self._numbers))
            heapq.heappush(self._waiting, me)
            self._changed.wait_for(lambda: not self._is_taken and self._waiting[0] == me)
            heapq.heappop(self._waiting)
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()
