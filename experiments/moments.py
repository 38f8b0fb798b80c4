"""Events of a log gathered into moments of a story (épisodes): calls that find nothing are told together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.fates import Event
from simulation.kernels.codes import (
    REFERRAL,
    SAID_BOOKED,
    SAID_NEED,
    SAID_REFERRED,
    SAID_REFUSED,
    SAID_VISITED,
)


class Moment(NamedTuple):
    """An event, or several of one kind in a row: how many, and until which day."""

    event: Event
    times: int = 1
    until: int = 0


def moments_of(events: Sequence[Event]) -> list[Moment]:
    """Tell calls that found nothing, one after another for the same thing, as one moment."""
    found: list[Moment] = []
    for event in in_telling_order(events):
        before = found[-1] if found else None
        again = (
            before is not None
            and event.event == before.event.event == SAID_REFUSED
            and event.first == before.event.first
        )
        if again and before is not None:
            found[-1] = Moment(before.event, before.times + 1, event.day)
        else:
            found.append(Moment(event, 1, event.day))
    return found


def in_telling_order(events: Sequence[Event]) -> list[Event]:
    """Put what a visit leads to after it: the log writes a referral down just before the visit that makes it."""
    found: list[Event] = []
    held: list[Event] = []
    for event in events:
        if held and event.day != held[0].day:
            found, held = found + held, []
        if event.event == SAID_REFERRED or (event.event == SAID_NEED and event.first == REFERRAL):
            held.append(event)
            continue
        if event.event == SAID_VISITED:
            found.append(event)
            found, held = found + held, []
        else:
            found, held = [*found, *held, event], []
    return found + held


def seen_the_same_day(moments: Sequence[Moment]) -> set[Moment]:
    """Appointments for the day itself that are kept: the visit says it all."""
    visits = {(one.event.first, one.event.day) for one in moments if one.event.event == SAID_VISITED}
    return {
        one
        for one in moments
        if one.event.event == SAID_BOOKED
        and one.event.second == one.event.day
        and (one.event.first, one.event.day) in visits
    }
