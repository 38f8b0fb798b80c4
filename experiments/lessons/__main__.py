"""`python -m experiments.lessons` writes the teacher's notes and the page; `--check` tells stale ones."""

import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.lessons.lesson import lessons
from experiments.lessons.notes import notes
from experiments.lessons.own import Own, own
from experiments.lessons.page import page
from experiments.lessons.told import Told, told

ROOT = Path(__file__).resolve().parents[2]
NOTES, PAGE = "docs/teaching.md", "docs/lecons.html"
USAGE = "python -m experiments.lessons [--check]"


def documents(lived: Sequence[Told], draws: Own) -> dict[str, str]:
    """Each document by its place in the project."""
    return {NOTES: notes(lived), PAGE: page(lived, draws)}


def stale(lived: Sequence[Told], draws: Own) -> list[str]:
    """Name the documents that no longer say what the lessons give."""
    return [name for name, text in documents(lived, draws).items() if _read(ROOT / name) != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main(arguments: Sequence[str]) -> int:
    """Give 0 when all is well, 1 when a document is stale, 2 when the question is not understood."""
    if arguments not in ([], ["--check"]):
        print(USAGE, file=sys.stderr)
        return 2
    if not (ROOT / "docs").is_dir():
        print("no folder docs here: this is done in a copy of the repository", file=sys.stderr)
        return 2
    lived = [told(one) for one in lessons()]
    draws = own(lived)
    names = stale(lived, draws)
    for name in names:
        if arguments:
            print(f"{name}: stale; write it again with {USAGE.removesuffix(' [--check]')}", file=sys.stderr)
        else:
            (ROOT / name).write_text(documents(lived, draws)[name], encoding="utf-8", newline="\n")
            print(name)
    return 1 if arguments and names else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
