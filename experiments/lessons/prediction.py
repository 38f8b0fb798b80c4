"""A prediction (prédiction) is kept before the answer is shown, else nobody was ever wrong.

One plain file, a line for each vote: when, lesson, class code, number of the student, answer. No name.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("when", "lesson", "class", "student", "answer")
NAME = "predictions.csv"


class Prediction(NamedTuple):
    """One vote."""

    lesson: int
    answer: str
    code: str = ""
    student: int | None = None


def places() -> list[Path]:
    """Where votes are kept: the user's data, else the current folder when nothing can be written there."""
    import platformdirs

    return [Path(platformdirs.user_data_dir("cpts-simulator")) / NAME, Path.cwd() / f"cpts-{NAME}"]


def keep(vote: Prediction) -> Path:
    """Write a vote down, on the disk itself before this returns; OSError when no place takes it."""
    trouble: OSError | None = None
    for place in places():
        try:
            _added(vote, place)
        except OSError as problem:
            trouble = problem
            continue
        return place
    raise trouble or OSError(NAME)


def _added(vote: Prediction, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        if file.tell() == 0:
            rows.writerow(COLUMNS)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows.writerow([now, vote.lesson, vote.code, vote.student or "", vote.answer])
        file.flush()
        os.fsync(file.fileno())


def kept(lesson: int, code: str = "") -> list[Prediction]:
    """The votes of a class for a lesson, oldest first; a line that cannot be read is passed over."""
    found = []
    for place in places():
        if not place.is_file():
            continue
        with place.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("lesson") == str(lesson)]
        for row in rows:
            student = row.get("student") or ""
            if (row.get("class") or "") == code and row.get("answer"):
                number = int(student) if student.isdecimal() else None
                found.append(Prediction(lesson, row["answer"], code, number))
    return found


def last(lesson: int, code: str = "", student: int | None = None) -> str | None:
    """The last answer of one student, or of whoever gave no number."""
    mine = [vote.answer for vote in kept(lesson, code) if vote.student == student]
    return mine[-1] if mine else None


def tally(lesson: int, code: str) -> dict[str, int]:
    """How many gave each answer; of each student the last vote counts."""
    votes = kept(lesson, code)
    numbered = {vote.student: vote.answer for vote in votes if vote.student is not None}
    loose = [vote.answer for vote in votes if vote.student is None]
    return dict(sorted(Counter([*numbered.values(), *loose]).items()))
