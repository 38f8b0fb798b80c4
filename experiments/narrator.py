"""The manner of a story (narration): dates, numbers for those who care, and what was already said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.calendar import date_of
from simulation.kernels import codes
from simulation.kernels.codes import ROLE_NAMES
from texts import say

if TYPE_CHECKING:
    from experiments.fates import Event
    from experiments.lives import TwoLives


class Narrator:
    """How one future is told so far: who is whose GP by then, who has which number, what was already said."""

    def __init__(self, lives: TwoLives, lang: str, side: int) -> None:
        self.lives, self.lang, self.side = lives, lang, side
        self.numbers: dict[int, str] = {}
        self.usual, self.year = lives.person.usual_gp, 0
        self.placed: set[int] = {self.usual}
        self.is_shared = False
        self.in_need: set[int] = set()
        """Days on which a need arose."""
        self.sharing: set[int] = set()
        """Volunteers of whom the paragraph has said so."""

    def remember(self, event: Event) -> None:
        """Keep in mind who is the person's GP from now on, and when a need arose."""
        if event.event == codes.SAID_NEED:
            self.in_need.add(event.day)
        elif event.event == codes.SAID_REGISTERED:
            self.usual = event.first
        elif event.event == codes.SAID_LOST_GP:
            self.usual = -1

    def say(self, key: str, **fields: object) -> str:
        """A sentence about this person."""
        sex = "woman" if self.lives.person.woman else "man"
        words = {name: say(f"life.{name}_{sex}", self.lang) for name in ("he", "him", "himself", "his", "e")}
        return say(f"life.{key}", self.lang, **words, **fields)

    def date(self, day: int, with_year: bool = False) -> str:
        """A day as it is said."""
        when = date_of(day)
        month = say("life.months", self.lang).split()[when.month - 1]
        rank = say("life.first_of_month", self.lang) if when.day == 1 else str(when.day)
        return say("life.date", self.lang, day=rank, month=month, year=str(when.year) if with_year else "")

    def dated(self, day: int, sentences: list[str]) -> str:
        """The sentences of a day, opened by its date; the year is said when it is another."""
        year = date_of(day).year
        when = self.date(day, with_year=year != self.year)
        self.year = year
        first, *more = sentences
        opened = say("life.on_date", self.lang, date=when, sentence=first)
        return " ".join([opened, *(capital(one) for one in more)])

    def numbered(self, g: int) -> str:
        """A practitioner by role and number, in the order in which the story meets them: nobody is named."""
        if g not in self.numbers:
            role = self.lives.person.roles[g]
            same = sum(self.lives.person.roles[other] == role for other in self.numbers)
            self.numbers[g] = say(f"life.carer_{ROLE_NAMES[role]}", self.lang, number=same + 1)
        return self.numbers[g]

    def carer(self, g: int) -> str:
        """The same, but for one's own GP."""
        return self.say("carer_own") if g == self.usual else self.numbered(g)

    def minutes_to(self, g: int) -> int | str:
        """Minutes by car, for whoever has one and goes to the practice."""
        one = self.lives.person
        return self.lives.person.minutes.get(g, "") if one.car and not one.home_bound else ""

    def placed_at(self, g: int) -> int | str:
        """The same, told once only."""
        if g in self.placed:
            return ""
        self.placed.add(g)
        return self.minutes_to(g)

    def shares(self, g: int) -> str:
        """That a practitioner keeps slots for the CPTS, once a paragraph; where both futures speak, nothing."""
        if self.is_shared or g in self.sharing or g not in self.lives.volunteers[self.side]:
            return ""
        self.sharing.add(g)
        return self.say("keeps_slots")


def plural(count: float, lang: str) -> str:
    """Singular or plural as the language has it: 1,7 jour, but 1.7 days."""
    return "one" if (abs(count) < 2 if lang == "fr" else count == 1) else "many"


def capital(sentence: str) -> str:
    """A sentence that follows another."""
    return sentence[:1].upper() + sentence[1:]
