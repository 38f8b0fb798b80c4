"""The command line (ligne de commande): the first door, for whoever has a terminal.

Nothing here decides anything: a verb reads what is asked, has it simulated, and puts the answer into words.
"""

import sys

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Answer what was typed, in the reader's language, and leave with an exit code that tells how it went."""
    try:
        from cpts.cli.doors import app
        from cpts.cli.encoding import readable_everywhere
        from cpts.cli.interruption import heard

        heard()
        readable_everywhere()
        app(prog_name="cpts")
    except KeyboardInterrupt:  # before the program was open: nothing was computed yet
        sys.exit(INTERRUPTED)
