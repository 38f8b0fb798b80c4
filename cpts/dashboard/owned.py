"""Territories that people brought (les leurs): each under a name nobody can guess, gone with their pages."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cpts.dashboard.places import OWN, Origin, Place, Places

if TYPE_CHECKING:
    from simulation.scenario import Scenario

MOST = 30
GRACE = 180.0
"""Seconds during which a page that is reloaded finds its territory again."""
PARTING = 10.0
"""Seconds during which a territory that was corrected anew is still looked at."""


class Owned:
    """Who holds which territory; `forget` is told the names of what goes away."""

    def __init__(
        self, places: Places, forget: Callable[[frozenset[str]], None], most: int = MOST, grace: float = GRACE
    ) -> None:
        self.places, self.forget, self.most, self.grace = places, forget, most, grace
        self._holders: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def keep(self, page: str, scenario: Scenario, origin: Origin | None = None) -> str:
        """The name of a new territory; empty when too many are held."""
        name = OWN + secrets.token_urlsafe(12)
        with self._lock:
            if len(self._holders) >= self.most:
                return ""
            self._holders[name] = {page}
        self.places.add(Place(name, scenario, origin))
        return name

    def hold(self, page: str, name: str) -> None:
        """A page looks at it: it stays as long as the page does, and what it was made of too."""
        origin = self.places.by_name[name].origin
        with self._lock:
            for one in (name, "" if origin is None else origin.source):
                if one in self._holders:
                    self._holders[one].add(page)

    def let_go(self, page: str, name: str) -> None:
        """A page works on another one from now on."""
        with self._lock:
            if page not in self._holders.get(name, ()):
                return
            self._holders[name].discard(page)
        self._end_later([name], min(PARTING, self.grace))

    def is_held(self, page: str, name: str) -> bool:
        """Whether a page may be offered a place: everybody's, or its own."""
        return not name.startswith(OWN) or page in self._holders.get(name, ())

    def leave(self, page: str) -> None:
        """A page closes; what nobody else holds goes away a little later."""
        with self._lock:
            left = [name for name, pages in self._holders.items() if page in pages]
            for name in left:
                self._holders[name].discard(page)
        self._end_later(left, self.grace)

    def _end_later(self, names: Iterable[str], seconds: float) -> None:
        for name in names:
            timer = threading.Timer(seconds, self._ended, [name])
            timer.daemon = True
            timer.start()

    def _ended(self, name: str) -> None:
        with self._lock:
            if self._holders.get(name, {"nobody"}):
                return
            del self._holders[name]
        self.forget(self.places.remove(name) | {name})
