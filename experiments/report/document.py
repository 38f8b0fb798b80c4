"""A document is its blocks, in order (document): nothing here knows how they will look."""

from typing import NamedTuple


class Heading(NamedTuple):
    """The title of a part."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Some sentences; a strong one is what one should remember."""

    text: str
    strong: bool = False


class Table(NamedTuple):
    """Rows under their heads; `name` is that of its file and of its sheet."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    editable: bool = False
    """Whether the reader is expected to write in it: its first column, and the last ones."""
    written: int = 0
    """How many of the last columns the reader may write over."""


class Figure(NamedTuple):
    """A picture, drawn once as lines and once as dots, with the sentence that says what it shows."""

    name: str
    caption: str
    svg: str
    png: bytes
    pdf: bytes


Block = Heading | Paragraph | Table | Figure


class Document(NamedTuple):
    """What is told, in one language, under one stamp."""

    title: str
    lang: str
    stamp: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        """Its tables, in order."""
        return [one for one in self.blocks if isinstance(one, Table)]

    @property
    def figures(self) -> list[Figure]:
        """Its figures, in order."""
        return [one for one in self.blocks if isinstance(one, Figure)]
