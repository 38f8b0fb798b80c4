"""What a page asks (choix), as its address holds it: whoever opens the address sees the same."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

from cpts.dashboard.levers import BY_NAME, OPENING, offered, stepped
from experiments.lessons import CLASS_SIZE, lessons
from texts import LANGUAGES

if TYPE_CHECKING:
    from simulation.territory import Territory

PAGES = ("compare", "target", "territory", "learn", "more")
LONGEST = 4000
"""Characters of an address that are read."""
LONGEST_CODE = 20


class Choice(NamedTuple):
    """Where, what is done, over which time, and in which language."""

    place: str
    levers: tuple[tuple[str, tuple[float, ...]], ...] = tuple(OPENING.items())
    from_contract: bool = False
    lang: str = "fr"
    page: str = "compare"
    meeting: bool = False
    mark: str = ""
    """Identity of the results that the address promises; empty when it promises none."""
    lesson: int = 1
    code: str = ""
    """Class code; empty outside a class."""
    student: int = 0
    """Number of the student; none is 0."""
    kept: tuple[tuple[str, tuple[float, ...]], ...] = ()
    """Levers of the scenario that was kept aside (B); none when nothing was."""

    @property
    def done(self) -> dict[str, tuple[float, ...]]:
        """Levers by name."""
        return dict(self.levers)

    def address(self, mark: str = "", **changes: str) -> str:
        """The same as a query string."""
        told: dict[str, str] = {"place": self.place, "lang": self.lang, "page": self.page}
        told |= {name: ",".join(f"{size:g}" for size in sizes) or "on" for name, sizes in self.levers}
        if not self.levers:
            told["levers"] = "none"
        if self.from_contract:
            told["clock"] = "contract"
        if self.meeting:
            told["meeting"] = "1"
        if self.page == "learn":
            asked = {"lesson": self.lesson, "class": self.code, "student": self.student}
            told |= {name: str(value) for name, value in asked.items() if value}
        if self.kept:
            told["b"] = _written(self.kept)
        if mark:
            told["mark"] = mark
        return urlencode(told | changes, safe=",")


def _written(levers: tuple[tuple[str, tuple[float, ...]], ...]) -> str:
    """Levers as one word of an address."""
    return "~".join(f"{name}:{','.join(f'{size:g}' for size in sizes)}" for name, sizes in levers)


def kept_aside(text: str, territory: Territory) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """The same read again, each size on a step of its slider."""
    parts = (one.partition(":") for one in text.split("~"))
    return placed({name: sizes for name, _, sizes in parts if name in BY_NAME}, territory)


def read_address(text: str, places: Mapping[str, Territory], usual: str) -> Choice:
    """Read an address that anybody may have written: what is unknown is left out, sizes are put in bounds."""
    with contextlib.suppress(ValueError):
        return _read(dict(parse_qsl(text.lstrip("?")[:LONGEST], max_num_fields=60)), places, usual)
    return Choice(usual)


def _read(told: Mapping[str, str], places: Mapping[str, Territory], usual: str) -> Choice:
    place = told.get("place", usual)
    place = place if place in places else usual
    given = {name: text for name, text in told.items() if name in BY_NAME}
    levers = placed(given, places[place])
    if not given and told.get("levers") != "none":
        levers = placed({name: ",".join(map(str, sizes)) for name, sizes in OPENING.items()}, places[place])
    lang, page = told.get("lang", "fr"), told.get("page", "compare")
    return Choice(
        place,
        levers,
        from_contract=told.get("clock") == "contract",
        lang=lang if lang in LANGUAGES else "fr",
        page=page if page in PAGES else "compare",
        meeting=told.get("meeting") == "1",
        mark=told.get("mark", "")[:16],
        lesson=lesson_numbered(told.get("lesson", "")),
        code=coded(told.get("class", "")),
        student=student_numbered(told.get("student", "")),
        kept=kept_aside(told.get("b", ""), places[place]),
    )


def lesson_numbered(text: object) -> int:
    """A lesson that exists, else the first."""
    numbers = [one.number for one in lessons()]
    return next((one for one in numbers if str(one) == str(text)), numbers[0])


def coded(text: object) -> str:
    """A class code: letters, figures and hyphens, nothing else that was typed."""
    return re.sub(r"[^\w-]", "", str(text))[:LONGEST_CODE]


def student_numbered(text: object) -> int:
    """The number of a student, else nobody's."""
    return next((one for one in range(1, CLASS_SIZE + 1) if str(one) == str(text)), 0)


def placed(given: Mapping[str, str], territory: Territory) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Levers in the order of the page, each size on a step of its slider."""
    found = []
    for lever in offered(territory):
        if lever.name not in given:
            continue
        sizes = [_number(one) for one in given[lever.name].split(",")]
        sizes += [None] * len(lever.sliders)
        told = tuple(
            stepped(slider, slider.usual if size is None else size, territory)
            for slider, size in zip(lever.sliders, sizes, strict=False)
        )
        found.append((lever.name, told))
    return tuple(found)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
