"""Files come in and go out by links that only their page knows (boîte); nothing of them is written down."""

from __future__ import annotations

import secrets
import threading
from collections.abc import AsyncIterable
from typing import NamedTuple

from cpts.dashboard.packed import MOST_BYTES

MOST_WAITING = 20
"""Files held at once, for all pages."""


class Kept(NamedTuple):
    """A file to be taken away."""

    page: str
    name: str
    content: bytes


class Inbox:
    """One letter box for each page, and what is handed back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str, str] = {}
        self._given: dict[str, bytes | None] = {}
        self._kept: dict[str, Kept] = {}

    def open(self, page: str) -> str:
        """The ticket of a page: whoever holds it may send a file there."""
        ticket = secrets.token_urlsafe(16)
        with self._lock:
            self._pages[ticket] = page
        return ticket

    def is_open(self, ticket: str) -> bool:
        """Whether a file may be sent there now."""
        with self._lock:
            return ticket in self._pages and (ticket in self._given or len(self._given) < MOST_WAITING)

    async def receive(self, ticket: str, parts: AsyncIterable[bytes]) -> bool:
        """Take what comes in, and no more of it than the limit."""
        content: bytes | None = b""
        async for part in parts:
            content = (content or b"") + part
            if len(content) > MOST_BYTES:
                content = None
                break
        with self._lock:
            if ticket in self._pages:
                self._given[ticket] = content
        return content is not None

    def taken(self, ticket: str) -> bytes | None:
        """What was sent, once; none when it was too large or nothing came."""
        with self._lock:
            return self._given.pop(ticket, None)

    def keep(self, page: str, name: str, content: bytes) -> str:
        """Hand a file back under a name that nobody can guess; one a page."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._kept = {key: one for key, one in self._kept.items() if one.page != page}
            if content:
                self._kept[token] = Kept(page, name, content)
        return token if content else ""

    def handed(self, token: str) -> Kept | None:
        """A file that was handed back."""
        with self._lock:
            return self._kept.get(token)

    def leave(self, page: str) -> None:
        """A page closes: nothing of it is left."""
        with self._lock:
            for ticket in [one for one, whose in self._pages.items() if whose == page]:
                del self._pages[ticket]
                self._given.pop(ticket, None)
            self._kept = {key: one for key, one in self._kept.items() if one.page != page}
