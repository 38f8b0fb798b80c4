"""A life told in words (récit), twice where it parts: no more than the log of the two futures holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.fates import Event, Fate
from experiments.happenings import Teller
from experiments.lives import Piece, TwoLives
from experiments.moments import moments_of, seen_the_same_day
from experiments.narrator import plural
from texts import number, say


class Line(NamedTuple):
    """A paragraph of the story: of both futures (`same`), of `today` or of `then`.

    `today_only` and `then_only` have nothing to face them.
    """

    side: str
    text: str


class Story(NamedTuple):
    """A life in two futures, in one language."""

    who: str
    drawn: str
    lines: tuple[Line, ...]
    ends: tuple[Line, ...]
    alike: str
    rule: str
    cautions: tuple[str, ...]


def story_of(lives: TwoLives, lang: str) -> Story:
    """Tell one life in two futures."""
    tellers = (Teller(lives, lang, 0), Teller(lives, lang, 1))
    tellers[1].numbers = tellers[0].numbers  # a practitioner has one number in the whole story
    tellers[1].placed = tellers[0].placed
    who = _who(lives, tellers[0])
    lines = [line for piece in lives.pieces for line in _lines(piece, tellers)]
    cautions = ["simulated", "one_draw"]
    told = [say(f"life.{key}", lang) for key in cautions]
    if lives.is_cut:
        told.append(say("life.cut", lang, date=tellers[0].date(lives.last, with_year=True)))
    if not lives.parts:
        lines.append(Line("same", say("life.no_parting", lang)))
    ends = (Line("today", _end(lives.today, lang)), Line("then", _end(lives.then, lang)))
    rule = say("life.rule", lang)
    return Story(who, _drawn(lives, lang), tuple(lines), ends, _alike(lives, lang), rule, tuple(told))


def _lines(piece: Piece, tellers: tuple[Teller, Teller]) -> list[Line]:
    """A line a day of what is shared; of what is not, one paragraph for each future."""
    if piece.same:
        said = _by_day(piece.same, tellers[0], is_shared=True)
        for event in piece.same:
            tellers[1].remember(event)
        tellers[1].year = tellers[0].year
        return [Line("same", text) for text in said]
    year = tellers[0].year
    found = []
    for side, events, teller in zip(("today", "then"), (piece.today, piece.then), tellers, strict=True):
        teller.year, teller.sharing = year, set()
        if events:
            both = piece.today and piece.then
            found.append(Line(side if both else f"{side}_only", " ".join(_by_day(events, teller))))
    tellers[0].year = max(tellers[0].year, tellers[1].year)
    return found


def _by_day(events: tuple[Event, ...], teller: Teller, is_shared: bool = False) -> list[str]:
    """What happened, day by day, each day opened by its date."""
    days: dict[int, list[str]] = {}
    moments = moments_of(events)
    at_once = seen_the_same_day(moments)
    for moment in moments:
        text = "" if moment in at_once else teller.told(moment, is_shared, at_once)
        teller.remember(moment.event)
        if text:
            days.setdefault(moment.event.day, []).append(text)
    return [teller.dated(day, sentences) for day, sentences in days.items()]


def _who(lives: TwoLives, teller: Teller) -> str:
    one, lang = lives.person, teller.lang
    grown = "grown" if one.age >= 18 else "young"
    traits: list[str] = []
    if one.ald:
        traits.append("ald")
    if one.deprived:
        traits.append("deprived")
    if one.home_bound:
        traits.append("home_bound")
    if one.age >= 18 and not one.car:
        traits.append("no_car")
    who = say(
        f"life.who_{grown}_{'woman' if one.woman else 'man'}", lang, age=one.age, basin=one.basin,
        traits=[say(f"life.trait_{name}", lang) for name in traits],
    )  # fmt: skip
    if one.usual_gp < 0:
        return f"{who} {say('life.without_gp', lang)}"
    minutes = teller.minutes_to(one.usual_gp)
    return f"{who} {say('life.with_gp', lang, carer=teller.numbered(one.usual_gp), minutes=minutes)}"


def _drawn(lives: TwoLives, lang: str) -> str:
    key = f"life.drawn_{plural(lives.differing, lang)}"
    told = say(key, lang, people=lives.drawn, differing=lives.differing)
    if not lives.chosen:
        return told
    return f"{told} {say('life.chosen' if lives.parts else 'life.chosen_alike', lang)}"


def _end(fate: Fate, lang: str) -> str:
    days = round(fate.mean_wait, 1) if fate.visits else 0.0
    wait = say(f"life.days_{plural(days, lang)}", lang, days=number(days, lang, 1)) if fate.visits else ""
    known: dict[str, Any] = fate._asdict()
    return say("life.end", lang, **{**known, "wait": wait})


def _alike(lives: TwoLives, lang: str) -> str:
    one, alike = lives.person, lives.alike
    if not alike.people:
        return say("life.alike_none", lang)
    marks = {name: say(f"life.profile_{name}_{'yes' if getattr(one, name) else 'no'}", lang)
             for name in ("ald", "deprived", "car")}  # fmt: skip
    where = say("life.where_widened" if alike.widened else "life.where_basin", lang)
    low, _, high = one.age_band.rstrip("+").partition("-")
    ages = say("life.ages" if high else "life.ages_over", lang, low=low, high=high)
    profile = say("life.profile", lang, ages=ages, where=where, **marks)
    return say(
        "life.alike", lang, people=alike.people, profile=profile,
        better=alike.better, worse=alike.worse, same=alike.same,
    )  # fmt: skip
