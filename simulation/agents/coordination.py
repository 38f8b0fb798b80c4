"""Paid hours that organise and call for a CPTS (coordination): its own coordinator's, or shared with neighbours."""

from __future__ import annotations

from typing import Any


def shared_hours(cpts: Any) -> float:
    """Hours a month of all the coordinators who work for a CPTS."""
    return float(sum(one.coordinator_hours for one in cpts.with_coordinator))


def part_of(cpts: Any) -> float:
    """Say which part of them a CPTS pays and can count on: by its people."""
    everybody = sum(one.people for one in cpts.with_coordinator)
    return float(cpts.people / everybody) if everybody else 1 / len(cpts.with_coordinator)


def hours_to_pay(cpts: Any, month: int, hours: float) -> float:
    """Say how many of so many hours of calls go beyond the coordinators' own time, in a counted month."""
    used, there = sum(one.hours_called.get(month, 0.0) for one in cpts.with_coordinator), shared_hours(cpts)
    cpts.hours_called[month] = cpts.hours_called.get(month, 0.0) + hours
    return float(max(used + hours - there, 0.0) - max(used - there, 0.0))


def relieve_boards(cpts: Any, today: Any) -> None:
    """Have the boards of those who share a coordinator meet as much as is left."""
    for one in cpts.with_coordinator:
        for gp in one.board:
            one.ask_hours(gp, "board", one.board_hours, today)
