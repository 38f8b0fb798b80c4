"""The counts of the twin: one `Counter` for each table of the tally."""

from collections import Counter

from simulation.kernels.codes import (
    ACUTE,
    ADULTS,
    ADVISED,
    ALD_ADULTS,
    ALD_FOLLOWED_BY_GP,
    ALD_WITHOUT_GP,
    CLASS_FOLLOW_UP,
    CLASS_POST_DISCHARGE,
    CLASS_PREVENTION,
    CLASS_RECONTACT_48H,
    CLASS_RECONTACT_WEEK,
    CLASS_REFERRAL,
    CLASS_REGISTRATION,
    CLASS_ROUTINE,
    CONSUMERS,
    CONSUMERS_WITHOUT,
    FOLLOW_UP,
    FOLLOWED_BY_GP,
    GPS_SEEN,
    GROUPS,
    HELD,
    IN_48H,
    IN_TIME,
    LONGEST_DELAY,
    MADE,
    MEASURES_OF_CLASS,
    PEOPLE,
    POST_DISCHARGE,
    PREVENTION,
    PROGRAMMES,
    RECONTACT,
    REFERRAL,
    REGISTRATION,
    RESTRICTED_DAYS,
    ROUTINE,
    SEEN_ONCE,
    TARGETED,
    TODAY,
    TOTAL,
    TOTAL_DAYS,
    UNDERGONE,
    UNDERGONE_DAYS,
    UP_TO_DATE,
    VISITED,
    WITHIN_48H,
    WITHIN_WEEK,
    WITHOUT_GP,
)
from tests.naive_prevention import is_targeted

UNSERVED_DAYS = 30
CLASS_OF = {
    **{(ACUTE, urgency): urgency for urgency in (TODAY, WITHIN_48H, WITHIN_WEEK)},
    **{(RECONTACT, urgency): CLASS_RECONTACT_48H for urgency in (TODAY, WITHIN_48H)},
    (RECONTACT, WITHIN_WEEK): CLASS_RECONTACT_WEEK,
}
CLASS_OF_KIND = {
    FOLLOW_UP: CLASS_FOLLOW_UP,
    ROUTINE: CLASS_ROUTINE,
    POST_DISCHARGE: CLASS_POST_DISCHARGE,
    REGISTRATION: CLASS_REGISTRATION,
    PREVENTION: CLASS_PREVENTION,
    REFERRAL: CLASS_REFERRAL,
}
IN_TIME_WITHIN = [0, 2, 7, 2, 7, 9, 30, 15, 30, 30, 30]


def class_of(kind, urgency):
    """Name the class of a request."""
    return CLASS_OF[kind, urgency] if kind in (ACUTE, RECONTACT) else CLASS_OF_KIND[kind]


def counted_class(request):
    """Name the class under which a request is counted: what it was on its first day."""
    return class_of(request.kind, request.first_urgency)


def is_counted(person):
    """Who lives in the territory; the ring and visitors have groups of their own."""
    return person.group < GROUPS


class Counts:
    """Whole numbers by month, place, group and practice."""

    def __init__(self, calendar):
        self.first = calendar.first
        self.months = calendar.month_of_day.tolist()
        self.place = Counter()
        self.group = Counter()
        self.delay = Counter()
        self.practice = Counter()
        self.stay = Counter()

    def month_of(self, day):
        """Find the counted month of a day; none in the warm-up and after the last day."""
        since = day - self.first
        return self.months[since] if 0 <= since < len(self.months) else None

    def add(self, day, person, measure, amount=1):
        """Count something of a day for a person's commune and group."""
        self.add_in(self.month_of(day), person, measure, amount)

    def add_in(self, month, person, measure, amount):
        if month is not None:
            self.group[month, person.group, measure] += amount
            if is_counted(person):
                self.place[month, person.commune, measure] += amount

    def add_practice(self, day, practice, measure, amount=1):
        month = self.month_of(day)
        if month is not None:
            self.practice[month, practice.row, measure] += amount

    def add_stay(self, day, person, place):
        """Count how long somebody of the territory stayed at the ED."""
        if self.month_of(day) is not None and is_counted(person):
            self.stay[place] += 1

    def made(self, request):
        """Count a request in the month in which it is wanted."""
        month = self.month_of(max(request.contact, request.wanted))
        self.add_in(month, request.person, counted_class(request) * MEASURES_OF_CLASS + MADE, 1)

    def ended(self, request, end, day):
        """Count how a request ended, in the month in which it was wanted, and the days it took if served."""
        wanted = max(request.contact, request.wanted)
        month, request_class = self.month_of(wanted), counted_class(request)
        if month is None:
            return
        undergone, total = max(day - wanted, 0), max(day - request.contact, 0)
        told = {end: 1, RESTRICTED_DAYS: UNSERVED_DAYS}
        if end in (VISITED, HELD):
            told |= {TOTAL_DAYS: total, UNDERGONE_DAYS: undergone}
            told[RESTRICTED_DAYS] = min(undergone, UNSERVED_DAYS)
            told |= {IN_TIME: undergone <= IN_TIME_WITHIN[request_class], IN_48H: undergone <= 2}
            group = request.person.group
            self.delay[TOTAL, request.kind, group, min(total, LONGEST_DELAY)] += 1
            self.delay[UNDERGONE, request.kind, group, min(undergone, LONGEST_DELAY)] += 1
        elif end == ADVISED:
            told |= {RESTRICTED_DAYS: 0, IN_TIME: 1, IN_48H: 1}
        for measure, amount in told.items():
            self.add_in(month, request.person, request_class * MEASURES_OF_CLASS + measure, amount)

    def take_stock(self, day, people):
        """Count people, adults without a usual GP, and who is up to date with what; nobody who lives elsewhere."""
        for person in [one for one in people if one.lives_here]:
            for programme in range(PROGRAMMES):
                if is_targeted(person, programme):
                    self.add(day, person, TARGETED + programme)
                    self.add(day, person, UP_TO_DATE + programme, person.up_to_date[programme] >= day)
            self.add(day, person, PEOPLE)
            adult, alone = person.age >= 17, person.usual_gp < 0
            for measure, yes in (
                (ADULTS, adult),
                (WITHOUT_GP, adult and alone),
                (ALD_ADULTS, adult and person.ald),
                (ALD_WITHOUT_GP, adult and person.ald and alone),
            ):
                if yes:
                    self.add(day, person, measure)

    def close_year(self, day, person):
        """Count whom a GP saw in the year, who has a usual GP in fact, and who sees GPs without one."""
        seen, has, adult = person.gps_seen > 0, person.usual_gp >= 0, person.age >= 17
        told = {
            SEEN_ONCE: seen, GPS_SEEN: person.gps_seen, FOLLOWED_BY_GP: seen and has and adult,
            ALD_FOLLOWED_BY_GP: seen and has and adult and person.ald, CONSUMERS: seen and person.age >= 16,
            CONSUMERS_WITHOUT: seen and person.age >= 16 and not has,
        }  # fmt: skip
        for measure, amount in told.items():
            self.add(day, person, measure, amount)
