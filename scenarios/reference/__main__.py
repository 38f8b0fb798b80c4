"""`python -m scenarios.reference` writes the reference documents; `--check` only says which are stale."""

import sys
from collections.abc import Sequence

from scenarios.reference import ROOT, stale, write

USAGE = "python -m scenarios.reference [--check]"


def main(arguments: Sequence[str]) -> int:
    """Give 0 when all is well, 1 when a document is stale, 2 when the question is not understood."""
    if not (ROOT / "docs").is_dir():
        print("no folder docs here: this is done in a copy of the repository", file=sys.stderr)
        return 2
    if arguments == ["--check"]:
        names = stale()
        for name in names:
            print(f"{name}: stale; write it again with python -m scenarios.reference", file=sys.stderr)
        return 1 if names else 0
    if arguments:
        print(USAGE, file=sys.stderr)
        return 2
    for name in write():
        print(name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
