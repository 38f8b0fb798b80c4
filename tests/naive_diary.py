"""The diary of the twin: a dictionary of slots by (practice, pool, day, period)."""

from simulation.calendar import weekday_of
from simulation.kernels import decisions
from simulation.kernels.codes import DEDICATED, HOME, MORNING, MOST_SLOTS, PERIODS, POOLS, SAME_DAY, SCHEDULED
from tests.naive_chance import draw, rounded
from tests.naive_overload import lengthened

SLOT, SHARE = 256, 65_536


class Diary:
    """How many slots each session was laid with, and how many are free."""

    def __init__(self, world):
        self.world = world
        self.laid = {}
        self.free = {}

    def luck(self, decision, practice, day, period=0):
        return draw(self.world.seed, decision, day, practice.number, period)

    def is_away(self, practice, week):
        """On leave without a locum (congés non remplacés)."""
        return practice.away[week]

    def lay(self, practice, day, weekday, week):
        """Lay a practice's sessions of one day, less what it gives to the CPTS."""
        if not practice.active:
            return
        if self.is_away(practice, week):
            self.world.happened["on leave"] += any(practice.weekly[weekday])
            return
        for period in range(PERIODS):
            weekly = practice.weekly[weekday][period]
            if not weekly:
                continue
            weekly = lengthened(weekly, practice, self.world.rules)
            self.world.happened["longer session"] += weekly > practice.weekly[weekday][period]
            slots = rounded(weekly, SLOT, self.luck(decisions.SLOTS_OF_SESSION, practice, day, period))
            slots = min(slots, MOST_SLOTS)
            kept = slots * (SHARE if practice.walk_in[weekday][period] else practice.same_day_share)
            same_day = rounded(kept, SHARE, self.luck(decisions.SAME_DAY_OF_SESSION, practice, day, period))
            self.put(practice, SAME_DAY, day, period, same_day)
            self.put(practice, SCHEDULED, day, period, slots - same_day)
            self.plan_home_visits(practice, day, weekday, period)
            self.give(practice, day, weekday, period)

    def put(self, practice, pool, day, period, slots):
        """Add free slots to a session, or take some away."""
        place = (practice.row, pool, day, period)
        self.laid[place] = self.laid.get(place, 0) + slots
        self.free[place] = self.free.get(place, 0) + slots

    def plan_home_visits(self, practice, day, weekday, period):
        """Keep part of a session for visits to the home-bound, scheduled slots first."""
        luck = self.luck(decisions.HOME_OF_SESSION, practice, day, period)
        asked = rounded(practice.home[weekday][period], SLOT, luck)
        for source in (SCHEDULED, SAME_DAY):
            moved = self.move(practice, day, period, source, HOME, asked)
            asked -= moved
            self.world.happened["home slots", source] += moved

    def give(self, practice, day, weekday, period):
        """Part with a session's dedicated slots and meeting time: scheduled ones first, then same-day ones."""
        shared = SAME_DAY if practice.shown else DEDICATED
        for week, decision, target in (
            (practice.dedicated, decisions.DEDICATED_OF_SESSION, shared),
            (practice.withheld, decisions.WITHHELD_OF_SESSION, None),
        ):
            asked = rounded(week[weekday][period], SLOT, self.luck(decision, practice, day, period))
            for source in (SCHEDULED, SAME_DAY) if target != SAME_DAY else (SCHEDULED,):
                moved = self.move(practice, day, period, source, target, asked)
                asked -= moved
                self.world.happened["given", source, target] += moved

    def add_to_horizon(self, practice, part, today, days, share):
        """More slots in the sessions already laid from today on: so many 65 536ths of what the week holds."""
        for day in range(today.day, today.day + days):
            for period in range(PERIODS):
                cells = [(practice.row, pool, day, period) for pool in range(POOLS)]
                laid = sum(self.laid.get(cell, 0) for cell in cells)
                if laid > 0:
                    amount = practice.weekly[weekday_of(day)][period] * part // SHARE
                    more = rounded(amount, SLOT, self.luck(decisions.MORE_OF_SESSION, practice, day, period))
                    more = min(more, MOST_SLOTS - laid)
                    pool = SAME_DAY if share == SHARE else SCHEDULED
                    self.put(practice, pool, day, period, more)
                    self.world.happened["slots added", pool] += more

    def move(self, practice, day, period, source, target, asked):
        """Move what is still free, as far as asked; say how many slots that is."""
        moved = min(asked, self.free.get((practice.row, source, day, period), 0))
        self.put(practice, source, day, period, -moved)
        if target is not None:
            self.put(practice, target, day, period, moved)
        return moved

    def earliest(self, practice, pool, first, last, today, period):
        """Find the first (day, period) with a free slot, today from this period on."""
        for day in range(first, last + 1):
            for session in range(period if day == today else MORNING, PERIODS):
                if self.free.get((practice.row, pool, day, session), 0) > 0:
                    return day, session
        return None

    def works(self, practice, day, first=MORNING):
        """Whether a practice holds a session that day, from a period on."""
        cells = [
            (practice.row, pool, day, period) for pool in range(POOLS) for period in range(first, PERIODS)
        ]
        return any(self.laid.get(cell, 0) > 0 for cell in cells)

    def slots(self, counted, practice, day, pools=range(POOLS)):
        """Add up a day of `laid` or `free`."""
        cells = [(practice.row, pool, day, period) for pool in pools for period in range(PERIODS)]
        return sum(counted.get(cell, 0) for cell in cells)

    def release(self, practice, day, pool):
        """Open the slots of a pool left after the morning to every caller."""
        for period in range(MORNING + 1, PERIODS):
            left = self.free.get((practice.row, pool, day, period), 0)
            self.world.happened["released", pool] += self.move(practice, day, period, pool, SAME_DAY, left)

    def turn_page(self, day):
        """Forget a day that is over."""
        for cells in (self.laid, self.free):
            for place in [place for place in cells if place[2] == day]:
                del cells[place]
