"""The counts of the twin: one `Counter` for each table of the tally."""

from collections import Counter

from simulation.kernels.codes import (
    ACUTE,
    ADULTS,
    ADVISED,
    ALD_ADULTS,
    ALD_WITHOUT_GP,
    CLASS_FOLLOW_UP,
    CLASS_POST_DISCHARGE,
    CLASS_RECONTACT_48H,
    CLASS_RECONTACT_WEEK,
    CLASS_REGISTRATION,
    CLASS_ROUTINE,
    FOLLOW_UP,
    HELD,
    IN_48H,
    IN_TIME,
    LONGEST_DELAY,
    MADE,
    MEASURES_OF_CLASS,
    PEOPLE,
    POST_DISCHARGE,
    RECONTACT,
    REGISTRATION,
    RESTRICTED_DAYS,
    ROUTINE,
    TODAY,
    TOTAL,
    TOTAL_DAYS,
    UNDERGONE,
    UNDERGONE_DAYS,
    VISITED,
    WITHIN_48H,
    WITHIN_WEEK,
    WITHOUT_GP,
)

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
}
IN_TIME_WITHIN = [0, 2, 7, 2, 7, 9, 30, 15, 30]


def class_of(request):
    """Name the class under which a request is counted."""
    if request.kind in (ACUTE, RECONTACT):
        return CLASS_OF[request.kind, request.urgency]
    return CLASS_OF_KIND[request.kind]


class Counts:
    """Whole numbers by month, place, group and practice."""

    def __init__(self, calendar):
        self.first = calendar.first
        self.months = calendar.month_of_day.tolist()
        self.place = Counter()
        self.group = Counter()
        self.delay = Counter()
        self.practice = Counter()

    def month_of(self, day):
        """Find the counted month of a day; none in the warm-up and after the last day."""
        since = day - self.first
        return self.months[since] if 0 <= since < len(self.months) else None

    def add(self, day, person, measure, amount=1):
        """Count something of a day for a person's commune and group."""
        self.add_in(self.month_of(day), person, measure, amount)

    def add_in(self, month, person, measure, amount):
        if month is not None:
            self.place[month, person.commune, measure] += amount
            self.group[month, person.group, measure] += amount

    def add_practice(self, day, practice, measure, amount=1):
        month = self.month_of(day)
        if month is not None:
            self.practice[month, practice.row, measure] += amount

    def made(self, request):
        """Count a request in the month in which it is wanted."""
        month = self.month_of(max(request.contact, request.wanted))
        self.add_in(month, request.person, class_of(request) * MEASURES_OF_CLASS + MADE, 1)

    def ended(self, request, end, day):
        """Count how a request ended, in the month in which it was wanted, and the days it took if served."""
        wanted = max(request.contact, request.wanted)
        month, request_class = self.month_of(wanted), class_of(request)
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
        """Count people, and adults without a usual GP."""
        for person in people:
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
