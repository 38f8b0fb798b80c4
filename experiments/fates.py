"""What became of somebody's requests (issues), as the log of a life tells it, and which of two lives went better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulation.kernels import codes


class Event(NamedTuple):
    """One line of the log of a life; what the two details are depends on the event (see `Results.lives`)."""

    day: int
    event: int
    first: int
    second: int


class Fate(NamedTuple):
    """What became of somebody's requests within the days that are told."""

    answered: int = 0
    """Ended with a visit, or with advice from the 15."""
    unserved: int = 0
    """Ended without: given up, better by itself, or an ED visit for want of a slot."""
    emergency: int = 0
    """Visits to the ED, for whatever reason."""
    want_of_slot: int = 0
    """Of which for want of a slot."""
    visits: int = 0
    waited: int = 0
    """Days from the call, or from the wanted day when it is later, to these visits."""
    still: int = 0
    """Days waited so far, on the last day, by what has no answer yet."""

    @property
    def mean_wait(self) -> float:
        """Days waited for a visit, on average."""
        return self.waited / self.visits if self.visits else float("nan")

    @property
    def rank(self) -> tuple[int, int, int]:
        """What decides between two lives, the first that differs: the lower the better."""
        return self.unserved, self.want_of_slot, self.waited + self.still


def verdict(today: Fate, then: Fate) -> str:
    """Say whether the second of two lives went better, worse or the same."""
    if then.rank == today.rank:
        return "same"
    return "better" if then.rank < today.rank else "worse"


def fate_of(events: Sequence[Event], first: int, last: int) -> Fate:
    """Count what became of somebody's requests from one day to another; earlier events tell since when one waits."""
    requests = _Requests(first, last)
    for at, event in enumerate(events):
        if event.day > last:
            break
        following = events[at + 1] if at + 1 < len(events) else None
        requests.read(event, following)
    return requests.fate()


def settles_nothing(event: Event, following: Event | None) -> bool:
    """Tell whether a visit left the request open: who was seen could not help, a doctor must be."""
    return (
        following is not None
        and following.event == codes.SAID_TURNED_AWAY
        and (following.day, following.first) == (event.day, event.first)
    )


def wanted_on(event: Event) -> int:
    """The day for which a need asks an answer: that of the call, or a later one."""
    dated = event.first in (codes.FOLLOW_UP, codes.ROUTINE, codes.POST_DISCHARGE)
    return max(event.day, event.second) if dated else event.day


class _Requests:
    """The open requests of one person, event after event."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.since: dict[int, int | None] = {}
        self.booked: dict[tuple[int, int], int] = {}
        self.counted = dict.fromkeys(Fate._fields, 0)

    def read(self, event: Event, following: Event | None) -> None:
        """Go on with one more event."""
        said, kind = event.event, event.first
        if said == codes.SAID_NEED:
            # The day to come back on is not in the log: the wait begins with the first call.
            self.since[_track(kind)] = None if kind == codes.RECONTACT else wanted_on(event)
        elif said == codes.SAID_BOOKED:
            self.booked.setdefault((event.first, event.second), event.day)
        elif said == codes.SAID_REFUSED and self.since.get(_track(kind), 0) is None:
            self.since[_track(kind)] = event.day
        elif said == codes.SAID_CALLED and event.second == codes.REGISTRATION and event.first >= 0:
            self.since.setdefault(codes.REGISTRATION, event.day)
        elif said == codes.SAID_DIED:
            self.since.clear()
        else:
            self._end(event, following)

    def _end(self, event: Event, following: Event | None) -> None:
        said, kind = event.event, event.first
        if said == codes.SAID_VISITED and not settles_nothing(event, following):
            self._seen(event, event.second)
        elif said == codes.SAID_PREVENTION and kind == codes.BREAST and codes.PREVENTION in self.since:
            self._seen(event, codes.PREVENTION)  # radiologists have no diary: only the outcome is told
        elif said == codes.SAID_ADVISED:
            self._close(event, kind, "answered")
        elif said == codes.SAID_FORGONE:
            self._close(event, kind, "unserved")
        elif said == codes.SAID_EMERGENCY:
            self._close(event, kind, "unserved", "want_of_slot", "emergency")
        elif said == codes.SAID_OWN_EMERGENCY:
            self._add(event, "emergency")

    def _seen(self, event: Event, kind: int) -> None:
        called = self.booked.get((event.first, event.day), event.day)
        since = self.since.get(_track(kind), event.day)
        if event.day >= self.first:
            self.counted["waited"] += max(0, event.day - (called if since is None else since))
        self._close(event, kind, "answered", "visits")

    def _close(self, event: Event, kind: int, *names: str) -> None:
        self.since.pop(_track(kind), None)
        self._add(event, *names)

    def _add(self, event: Event, *names: str) -> None:
        for name in names:
            self.counted[name] += event.day >= self.first

    def fate(self) -> Fate:
        """What was counted, and what is still open on the last day."""
        self.counted["still"] = sum(max(0, self.last - since) for since in self.since.values() if since)
        return Fate(**self.counted)


def _track(kind: int) -> int:
    """An acute need and coming back for it are one request."""
    return codes.ACUTE if kind == codes.RECONTACT else kind
