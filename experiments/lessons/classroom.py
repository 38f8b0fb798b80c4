"""A class (classe): each student holds one draw, the same on every machine, so that nothing need travel.

The teacher's machine can live the draws of the whole class again: no network, no name, no personal data.
"""

from __future__ import annotations

from hashlib import sha256

CLASS_SIZE = 25
_BITS = 31


def seed_of(student: int, code: str = "") -> int:
    """The draw of a student: without a class code, their own number; with one, a number that the code decides.

    Spaces and capitals of a code do not count. ValueError when there is no such student.
    """
    if not 1 <= student <= CLASS_SIZE:
        raise ValueError(f"students are numbered 1 to {CLASS_SIZE}")
    plain = "".join(code.split()).casefold()
    if not plain:
        return student
    digest = sha256(f"{plain}:{student}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - _BITS)
