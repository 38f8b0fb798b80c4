"""What a workbook says once read: practitioners without names, figures with their year and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Listed(NamedTuple):
    """A commune that the coordinator lists, in the territory or around."""

    code: str
    inside: bool


class Carer(NamedTuple):
    """A practitioner: a role in a commune, and what is known of the practice."""

    role: str
    """Empty for a profession that is not simulated."""
    code: str
    """INSEE code of the commune of the practice."""
    member: bool | None
    house: str
    """What tells the houses of a commune apart (never written), empty when alone; `yes` for the one of the commune."""
    is_centre: bool
    half_days: float | None
    slots: float | None
    age: float | None
    accepts: str
    """`yes`, `no`, or empty when unknown or under conditions."""
    leaving: str
    """Year and month, empty when none is known."""


class Amount(NamedTuple):
    """A number that is known, hidden under a threshold, or not told: never zero for want of it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    told: str = ""
    """As a territory's files write it when it is hidden (`<6`, `NC`)."""

    @property
    def is_known(self) -> bool:
        """Whether a single number is given."""
        return self.value is not None


class Observed(NamedTuple):
    """A local figure with its year and source; one that no indicator answers to is kept without use."""

    indicator: str
    label: str
    amount: Amount
    year: int
    source: str


class Month(NamedTuple):
    """A month of unscheduled care: calls, slots offered, slots used."""

    month: str
    calls: Amount
    offered: Amount
    used: Amount


class Spending(NamedTuple):
    """What a mission was to cost, did cost, and took from carers in a year."""

    mission: str
    year: int
    planned: Amount
    spent: Amount
    hours: Amount


@dataclass(frozen=True)
class Workbook:
    """All that was understood of a workbook, and its fingerprint (sha256)."""

    communes: tuple[Listed, ...]
    carers: tuple[Carer, ...]
    figures: tuple[Observed, ...]
    months: tuple[Month, ...]
    spending: tuple[Spending, ...]
    digest: str
