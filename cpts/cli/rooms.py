"""A verb may have verbs of its own (sous-commandes), whose sentences are kept in a section of their own."""

import difflib
from typing import Any

from typer.core import TyperCommand, TyperGroup

from cpts.cli.faults import Misused
from cpts.cli.usage import written

SECTION = "territory"


class Room(TyperCommand):
    """One verb of `cpts territory`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of the verb."""
        formatter.write(written(self, ctx, SECTION))


class Rooms(TyperGroup):
    """`cpts territory` itself."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb, or the one that was meant."""
        verbs = list(self.commands)
        if args and args[0] not in verbs and not args[0].startswith("-"):
            near = next(iter(difflib.get_close_matches(args[0].lower(), verbs, n=1, cutoff=0.5)), "")
            raise Misused("verb", value=args[0], nearest=near, choices=verbs)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page that lists the verbs."""
        formatter.write(written(self, ctx, SECTION))
