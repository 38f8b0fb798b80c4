"""Real days (calendrier): French holidays, school holidays, seasons, and which practices are open."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np

from simulation.kernels.codes import HORIZON
from simulation.parameters import Parameters
from simulation.rulebook import Today
from simulation.state import Int16

EPOCH = date(2000, 1, 1)
FIRST_MONDAY = 2
"""3 January 2000, counted from the epoch: weeks run from Monday to Sunday."""
SATURDAY, SUNDAY = 5, 6
PEAK_DAY_OF_YEAR = 15
"""Height of the winter wave: mid-January (assumed)."""
SCHOOL_HOLIDAY_WEEKS = (1, 8, 9, 16, 17, 28, 29, 30, 31, 32, 33, 34, 35, 43, 44, 52)
"""ISO weeks in which GPs take their leave: a fixed list, zone C of most years (assumed)."""
YEAR = 364


def number_of(day: date) -> int:
    """Count a date in days since 1 January 2000."""
    return (day - EPOCH).days


@cache
def date_of(number: int) -> date:
    """Give the date of a day number."""
    return EPOCH + timedelta(days=int(number))


def weekday_of(number: int) -> int:
    """Give the weekday of a day number, Monday being 0."""
    return (number - FIRST_MONDAY) % 7


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays of mainland France (jours fériés)."""
    return frozenset(holidays.country_holidays("FR", years=year))


def is_holiday(number: int) -> bool:
    """Whether a day is a public holiday."""
    day = date_of(number)
    return day in holidays_of(day.year)


@cache
def is_open(number: int) -> bool:
    """Whether practices hold sessions: not on Sundays and holidays."""
    return weekday_of(number) != SUNDAY and not is_holiday(number)


def next_open_day(number: int) -> int:
    """Find the next day on which practices answer the phone."""
    following = number + 1
    while not is_open(following):
        following += 1
    return following


def season(number: int, parameters: Parameters) -> float:
    """How many acute needs arise on a day against the mean: the winter wave and Mondays."""
    demand = parameters.demand
    turn = 2 * math.pi * (date_of(number).timetuple().tm_yday - PEAK_DAY_OF_YEAR) / 365.25
    other = 7 / (6 + demand.monday_ratio)
    weekday = other * demand.monday_ratio if weekday_of(number) == 0 else other
    return (1 + demand.winter_swing * math.cos(turn)) * weekday


def height(parameters: Parameters) -> float:
    """The most that `season` can be."""
    demand = parameters.demand
    return (1 + demand.winter_swing) * 7 / (6 + demand.monday_ratio) * max(demand.monday_ratio, 1.0)


class Calendar:
    """All the days of a run, warm-up included, ready to be handed to the kernel one by one."""

    def __init__(self, seed: int, start: date, days: int, warm_up_days: int, parameters: Parameters) -> None:
        self.seed, self.parameters = seed, parameters
        self.first = number_of(start)
        self.begin = self.first - warm_up_days
        self.last = self.first + days - 1
        self.months = months_between(self.first, self.last)
        self.month_of_day: Int16 = month_of_days(self.first, self.last)

    @property
    def weeks(self) -> int:
        """How many weeks practitioners' leave must be known for."""
        return self.week_of(self.last + HORIZON) + 1

    @property
    def years(self) -> int:
        """How many years are counted, the last of which may be short."""
        return -(-(self.last + 1 - self.first) // YEAR)

    def is_new_year(self, number: int) -> bool:
        """Whether everybody is a year older: on the first day of each counted year but the first."""
        return number > self.first and (number - self.first) % YEAR == 0

    def week_of(self, number: int) -> int:
        """Number the weeks from the one in which the run begins."""
        return (number - FIRST_MONDAY) // 7 - (self.begin - FIRST_MONDAY) // 7

    def today(self, number: int) -> Today:
        """Say of a day what the kernel must know."""
        open_today, horizon = is_open(number), number + HORIZON
        counted = number >= self.first
        month = int(self.month_of_day[number - self.first]) if counted else -1
        begins = counted and (number == self.first or month != self.month_of_day[number - 1 - self.first])
        ends = counted and ((number - self.first + 1) % YEAR == 0 or number == self.last)
        share = season(number, self.parameters) / height(self.parameters)
        return Today(
            seed=self.seed, day=number, weekday=weekday_of(number), week=self.week_of(horizon),
            open=int(open_today), weekend=int(not open_today or weekday_of(number) == SATURDAY),
            next_open=next_open_day(number),
            horizon_weekday=weekday_of(horizon), horizon_open=int(is_open(horizon)),
            season=round(share * 2**32), month=month, stock=int(begins), year_ends=int(ends),
            summer=int(date_of(number).month in (7, 8)), adapts=int(date_of(number).day == 1),
            flu_season=campaign_of(number), first_day=self.first, last_day=self.last, month_of_day=self.month_of_day,
        )  # fmt: skip

    def share_of_month(self, number: int) -> float:
        """Say what share of a calendar month is counted from this day to its end."""
        day = date_of(number)
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        length = (following - day.replace(day=1)).days
        return (min(number_of(following), self.last + 1) - number) / length


@cache
def campaign_of(number: int) -> int:
    """First day of the flu campaign that a day is in, else of the next: mid-October to the end of January."""
    day = date_of(number)
    year = day.year - 1 if day.month == 1 else day.year
    return number_of(date(year, 10, 15))


def months_between(first: int, last: int) -> tuple[str, ...]:
    """Name the calendar months of a span, as 2027-01."""
    return tuple(np.unique([f"{date_of(day):%Y-%m}" for day in range(first, last + 1)]).tolist())


def month_of_days(first: int, last: int) -> Int16:
    """Number of the counted month of each counted day."""
    names = [f"{date_of(day):%Y-%m}" for day in range(first, last + 1)]
    return np.unique(names, return_inverse=True)[1].astype(np.int16)
