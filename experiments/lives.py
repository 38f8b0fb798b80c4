"""One life in two futures (une vie dans deux futurs): the same person today and with the action, and others alike.

Who is drawn never depends on what follows, but for one thing that is always said: a person who was not named is the
first of those drawn whose two lives differ.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from experiments.compare import refuse_other_lives
from experiments.fates import Event, Fate, fate_of, verdict
from experiments.people import Person, alike_to, drawn_from, on_first_counted_day, person_of
from simulation.kernels.codes import LOG_ROWS

if TYPE_CHECKING:
    import pandas as pd

    from simulation.model import PrimaryCare
    from simulation.scenario import Scenario

ALIKE, DRAWN = 20, 200
Watch = Callable[["PrimaryCare", str], None]


class Piece(NamedTuple):
    """A stretch of a life: what both futures share, or else what each of them holds instead."""

    same: tuple[Event, ...] = ()
    today: tuple[Event, ...] = ()
    then: tuple[Event, ...] = ()


class Alike(NamedTuple):
    """How people of the same profile fare: how many better, worse, the same with the action."""

    people: int
    widened: bool
    """Whether they were sought in the whole territory, the basin having too few."""
    better: int
    worse: int
    same: int


@dataclass(frozen=True)
class TwoLives:
    """One person in two futures, beside others."""

    person: Person
    pieces: tuple[Piece, ...]
    today: Fate
    then: Fate
    alike: Alike
    drawn: int
    """People drawn among the adults of the territory, and of these how many have a life that differs at all."""
    differing: int
    chosen: bool
    """Whether the person was chosen here, for lives that differ if there are any."""
    volunteers: tuple[frozenset[int], frozenset[int]]
    """Practitioners who keep slots for the CPTS number, today and then."""
    first: int
    last: int
    is_cut: bool = False
    """Whether the log was full before the end: nothing is told beyond `last`."""

    @property
    def parts(self) -> bool:
        """Whether the two lives differ at all."""
        return any(piece.today or piece.then for piece in self.pieces)


class _Logs(NamedTuple):
    """The lives of some people in both futures, up to the last day that both hold whole."""

    today: Mapping[int, tuple[Event, ...]]
    then: Mapping[int, tuple[Event, ...]]
    volunteers: tuple[frozenset[int], frozenset[int]]
    last: int
    is_cut: bool

    def counted(self, row: int, first: int) -> tuple[list[Event], list[Event]]:
        """The two lives of one person, on the days that are told."""
        one, other = (
            [event for event in log.get(row, ()) if first <= event.day <= self.last]
            for log in (self.today, self.then)
        )
        return one, other

    def fates(self, row: int, first: int) -> tuple[Fate, Fate]:
        """What became of one person's requests in each future."""
        one, other = (fate_of(log.get(row, ()), first, self.last) for log in (self.today, self.then))
        return one, other


def two_lives(
    baseline: Scenario, alternative: Scenario, *, person: int | None = None, watch: Watch | None = None
) -> TwoLives:
    """Live both futures on the seed of the first; a person who is not named is chosen.

    `watch(model, phase)` is called after each day, the phase being `today` or `then`.
    """
    refuse_other_lives(baseline, [alternative])
    alternative = alternative.with_(seed=baseline.seed)
    model = on_first_counted_day(baseline)
    first, drawn = model.calendar.first, drawn_from(model, DRAWN)
    one = None if person is None else person_of(model, person)
    near = ([], False) if one is None else alike_to(model, one, ALIKE)
    logs = _lived(baseline, alternative, [*drawn, *near[0], *([] if one is None else [one.row])], watch)
    differing = [row for row in drawn if operator.ne(*logs.counted(row, first))]
    if one is None:
        one = person_of(model, (differing or drawn)[0])
        near = alike_to(model, one, ALIKE)
        logs = _lived(baseline, alternative, [*near[0], one.row], watch)
    today, then = logs.fates(one.row, first)
    return TwoLives(
        one, merged(*logs.counted(one.row, first)), today, then, _alike(logs, *near, first), len(drawn), len(differing),
        person is None, logs.volunteers, first, logs.last, logs.is_cut,
    )  # fmt: skip


def merged(today: Sequence[Event], then: Sequence[Event]) -> tuple[Piece, ...]:
    """Lay two lives side by side: what is the same is held once, what is not stands face to face.

    Once they part, they are told apart until the end of that day, or of the last day told in either.
    """
    pieces: list[Piece] = []
    for kind, start, stop, other, end in SequenceMatcher(None, today, then, autojunk=False).get_opcodes():
        one, two = tuple(today[start:stop]), tuple(then[other:end])
        parted = pieces.pop() if pieces and not pieces[-1].same else Piece()
        if kind == "equal":
            until = max((event.day for event in parted.today + parted.then), default=-1)
            same = tuple(event for event in one if event.day > until)
            early = one[: len(one) - len(same)]
            one, two = early, early
        else:
            same = ()
        apart = Piece(today=parted.today + one, then=parted.then + two)
        pieces += [piece for piece in (apart, Piece(same=same)) if any(piece)]
    return tuple(pieces)


def _alike(logs: _Logs, rows: Sequence[int], widened: bool, first: int) -> Alike:
    found = [verdict(*logs.fates(row, first)) for row in rows]
    return Alike(len(rows), widened, *(found.count(word) for word in ("better", "worse", "same")))


def _lived(baseline: Scenario, alternative: Scenario, rows: Sequence[int], watch: Watch | None) -> _Logs:
    from simulation.running import run

    tables, volunteers, ends = [], [], []
    for scenario, phase in ((baseline, "today"), (alternative, "then")):
        held: list[PrimaryCare] = []

        def watched(model: PrimaryCare, phase: str = phase, held: list[PrimaryCare] = held) -> None:
            held[:] = [model]
            if watch is not None:
                watch(model, phase)

        lives = run(scenario, follow=sorted(set(rows)), watch=watched).lives
        volunteer_of = held[0].state.numbers.volunteer_of
        volunteers.append(frozenset(int(g) for g in (volunteer_of >= 0).nonzero()[0]))
        ends.append(_last_whole_day(lives, held[0].calendar.last))
        tables.append(lives)
    last = min(ends)
    is_cut = last < held[0].calendar.last
    return _Logs(by_person(tables[0]), by_person(tables[1]), (volunteers[0], volunteers[1]), last, is_cut)


def _last_whole_day(lives: pd.DataFrame, last: int) -> int:
    """The last day of which the log holds everything: a log that is full may lack the end of a day."""
    return int(lives["day"].iloc[-1]) - 1 if len(lives) >= LOG_ROWS else last


def by_person(lives: pd.DataFrame) -> dict[int, tuple[Event, ...]]:
    """Part the events of a run by person."""
    found: dict[int, list[Event]] = {}
    columns = (lives[name].tolist() for name in ("patient", "day", "event", "first", "second"))
    for patient, *event in zip(*columns, strict=True):
        found.setdefault(patient, []).append(Event(*event))
    return {patient: tuple(events) for patient, events in found.items()}
