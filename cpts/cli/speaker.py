"""What the reader sees (affichage): whole sentences on a page, wrapped where the language allows."""

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from texts import number, say

WIDEST = 100
"""Longer lines are hard to follow with the eye."""
_GAP = 2
_NARROWEST = 16
"""Columns under which a first column cannot be read."""
_THIN = "\N{NARROW NO-BREAK SPACE}"
_BEFORE_HIGH = re.compile(r" ([;:?!»%])(?=\s|$)")
"""French puts a space there that holds; titles and questions of files are not always so careful."""


class Cell(NamedTuple):
    """One cell of a table; numbers stand to the right, words to the left."""

    text: str
    style: str = ""
    is_words: bool = False


class Speaker:
    """Says everything in one language: answers on the output, the rest beside it."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.out = Console(highlight=False, markup=False, emoji=False)
        self.beside = Console(stderr=True, highlight=False, markup=False, emoji=False)

    @property
    def width(self) -> int:
        """Columns of a line."""
        return max(20, min(WIDEST, self.out.width))

    def say(self, key: str, **fields: object) -> str:
        """One of our own sentences."""
        return say(f"cli.{key}", self.lang, **fields)

    def listed(self, told: Sequence[str]) -> str:
        """Several things one after the other."""
        return reduce(lambda before, after: self.say("against", before=before, after=after), told)

    def number(self, value: float, decimals: int | None = 0) -> str:
        """A number as the language writes it."""
        return number(value, self.lang, decimals)

    def date(self, day: date) -> str:
        """A day as it is said."""
        month = self.say("months").split()[day.month - 1]
        return self.say("date", day=day.day, month=month, year=day.year)

    def wrapped(self, text: str, width: int, indent: int = 0) -> str:
        """Lines of at most so many columns; no-break spaces hold."""
        margin = " " * indent
        text = _BEFORE_HIGH.sub(f"{_THIN}\\1", text) if self.lang == "fr" else text
        return textwrap.fill(
            text, max(12, width), initial_indent=margin, subsequent_indent=margin,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def tell(self, text: str, style: str = "", indent: int = 0) -> None:
        """Print a paragraph of the answer; nothing for an empty one."""
        if text:
            self._print(self.out, Text(self.wrapped(text, self.width, indent), style=style))

    def aside(self, text: str, style: str = "") -> None:
        """Print a paragraph beside the answer: what is being done, what went wrong."""
        if text:
            self._print(self.beside, Text(self.wrapped(text, self.width), style=style))

    def line(self, text: str = "") -> None:
        """Print a line as it is."""
        self._print(self.out, Text(text))

    def document(self, text: str) -> None:
        """Write a document for another program, unadorned."""
        self.out.file.write(text + "\n")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Print a table; the first column takes what the others leave, and wraps; a narrow page has no columns."""
        others = [max([len(heads[at]), *(len(row[at].text) for row in rows)]) for at in range(1, len(heads))]
        longest = max([len(heads[0]), *(len(row[0].text) for row in rows)])
        left = self.width - sum(others) - _GAP * len(others)
        if left < min(longest, _NARROWEST):
            self._stacked(heads, rows)
            return
        first = min(longest, left)
        widths = [first, *others]
        if any(heads):
            words = [rows[0][at].is_words for at in range(len(heads))] if rows else [False] * len(heads)
            self._row([Cell(head, "bold", left) for head, left in zip(heads, words, strict=True)], widths)
        for row in rows:
            self._row(row, widths)

    def _stacked(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Print each row as a short list: what it is, then each figure after the name of its column."""
        for row in rows:
            self.tell(row[0].text, row[0].style)
            for head, cell in zip(heads[1:], row[1:], strict=True):
                if cell.text.strip():
                    told = self.say("head_beside", head=head, text=cell.text) if head.strip() else cell.text
                    self.tell(told, cell.style, indent=2)

    def _row(self, row: Sequence[Cell], widths: Sequence[int]) -> None:
        opening, *more = self.wrapped(row[0].text, widths[0]).split("\n")
        line = Text()
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            margin, text = ("", opening) if at == 0 else (" " * _GAP, cell.text)
            text = text.ljust(width) if at == 0 or cell.is_words else text.rjust(width)
            line.append(margin + text, style=cell.style or None)
        line.rstrip()
        self._print(self.out, line)
        for rest in more:
            self._print(self.out, Text(rest, style=row[0].style))

    @staticmethod
    def _print(console: Console, text: Text) -> None:
        console.print(text, soft_wrap=True)
