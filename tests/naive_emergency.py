"""The emergency department of the twin: arrivals of a day, one line for all places, home again or to a ward."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    BACKGROUND,
    DAY_TENTHS,
    ED_ADMITTED,
    ED_IN_HOURS,
    ED_INJURY,
    ED_STAY,
    ED_TREATED,
    ED_WAIT,
    HOME_AGAIN,
    STAY_BIN,
    STAY_BINS,
    TO_A_WARD,
)
from tests.naive_chance import draw
from tests.naive_requests import QUANTILE

DAY = 65_536
EIGHT, TWENTY = 8 * 600, 20 * 600
MOST_OTHERS = 2_000


class Emergency:
    """Who comes today, and when each place is free again."""

    def __init__(self, world, counts, hospital):
        self.world, self.counts, self.hospital = world, counts, hospital
        self.coming = []  # (hospital, tenths, person, stream)

    def go(self, person, measure, today):
        """Count a visit, and come at some hour of the day."""
        self.counts.add(today.day, person, measure)
        stream = measure - ED_INJURY
        luck = self.hospital.luck(decisions.ED_HOUR, person, today, stream)
        tenths = self.world.rules.ed_hour[luck // QUANTILE]
        site = self.site_at(person, tenths)
        if site < 0:
            self.world.happened["no ED"] += 1
            return
        self.coming.append((site, tenths, person, stream))

    def site_at(self, person, tenths):
        """The nearest ED that is open at an hour."""
        by_day = EIGHT <= tenths < TWENTY
        self.world.happened["elsewhere at night"] += (
            not by_day and person.home.night_site != person.home.emergency_site
        )
        return person.home.emergency_site if by_day else person.home.night_site

    def treat(self, today):
        """Each ED by itself; whoever is admitted takes a bed in the order of arrival."""
        for site, hospital in enumerate(self.world.hospitals):
            if hospital.emergency:
                self.treat_at(site, hospital, today)
        self.coming = []

    def treat_at(self, site, hospital, today):
        line = [
            (tenths, 0, person.row, stream, person)
            for where, tenths, person, stream in self.coming
            if where == site
        ]
        line += [
            (tenths, 1, nth, BACKGROUND, None) for nth, tenths in enumerate(self.others(hospital, today))
        ]
        treated = []
        for tenths, _, nth, stream, person in sorted(line, key=lambda one: one[:4]):
            key = hospital.number if person is None else person.key
            care, stays = self.care(person, key, nth, stream, today)
            wait = self.serve(hospital, tenths, care)
            if person is not None:
                treated.append((person, tenths, wait, care, stays, stream))
        for person, tenths, wait, care, stays, stream in treated:
            self.count(person, tenths, wait, wait + care, stays, today)
            if stays:
                self.hospital.admit(person, site, stream, today)
        self.close_midnight(hospital)

    def others(self, hospital, today):
        """Everybody else: exponential gaps on a clock that runs as fast as people come."""
        clock, tenths = 0, []
        while hospital.background > 0 and len(tenths) < MOST_OTHERS:
            luck = draw(self.world.seed, decisions.BACKGROUND_GAP, today.day, hospital.number, len(tenths))
            clock += self.world.rules.exponential[luck // QUANTILE] * DAY // hospital.background
            if clock >= DAY:
                break
            tenths.append(self.world.rules.ed_hour[clock * 1024 // DAY])
        self.world.happened["background"] += len(tenths)
        return tenths

    def care(self, person, key, nth, stream, today):
        """How long the care takes, which depends on whether it ends in a ward."""
        decision = (decisions.ED_OUTCOME, decisions.ED_CARE)
        if person is None:
            decision = (decisions.BACKGROUND_OUTCOME, decisions.BACKGROUND_CARE)
        else:
            nth = stream
        outcome, care = (draw(self.world.seed, one, today.day, key, nth) for one in decision)
        stays = outcome < self.world.rules.ed_admitted[stream]
        return self.world.rules.ed_care[TO_A_WARD if stays else HOME_AGAIN][care // QUANTILE], stays

    def serve(self, hospital, tenths, care):
        """Take the place that is free first; give the wait."""
        first = hospital.ready.index(min(hospital.ready))
        start = max(tenths, hospital.ready[first])
        hospital.ready[first] = start + care
        self.world.happened["served after midnight"] += start >= DAY_TENTHS
        self.world.happened["waits at the ED"] += start > tenths
        return start - tenths

    def close_midnight(self, hospital):
        """A new day begins; who is still under care keeps the place."""
        hospital.ready = [one - DAY_TENTHS for one in hospital.ready]
        self.world.happened["busy past midnight"] += max(hospital.ready) > 0

    def count(self, person, tenths, wait, stay, stays, today):
        told = {ED_TREATED: 1, ED_WAIT: wait, ED_STAY: stay, ED_ADMITTED: stays}
        told[ED_IN_HOURS] = today.open and EIGHT <= tenths < TWENTY
        for measure, amount in told.items():
            self.counts.add(today.day, person, measure, amount)
        place = (TO_A_WARD if stays else HOME_AGAIN, min(stay // STAY_BIN, STAY_BINS - 1))
        self.counts.add_stay(today.day, person, place)
