"""A verb may have verbs of its own (sous-commandes), whose sentences are kept in a section of their own."""

from typing import Any

from typer.core import TyperCommand

from cpts.cli.usage import Verbs, written

SECTION = "territory"


class Room(TyperCommand):
    """One verb of `cpts territory`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of the verb."""
        formatter.write(written(self, ctx, SECTION))


class Rooms(Verbs):
    """`cpts territory` itself."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page that lists the verbs."""
        formatter.write(written(self, ctx, SECTION))
