"""The waiting room of the twin: who comes when, how long each visit lasts, and who waits for whom."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    BUSY,
    GP,
    HOME,
    IN_SESSION,
    IN_THE_ROOM,
    OVERTIME,
    PERIODS,
    POOLS,
    ROOM_TENTHS,
    SESSIONS_HELD,
    SQUEEZED,
)
from tests.naive_chance import WORD
from tests.naive_requests import QUANTILE

MOST = 128
SHORTEST = 10
FULL = 256


class WaitingRoom:
    """One doctor, one chair after another."""

    def __init__(self, world, diary, counts):
        self.world, self.diary, self.counts = world, diary, counts

    def sit(self, request, gp):
        """Come to a session; visits at home have none."""
        if request.pool == SQUEEZED:
            gp.without_a_time[request.period] += 1
        elif request.pool != HOME:
            gp.with_a_time[request.period] += 1

    def hold(self, today):
        """Hold the sessions of the day to which somebody came; counted days only."""
        for gp in self.world.practices:
            for period in range(PERIODS) if gp.role == GP else ():
                if (
                    gp.with_a_time[period] + gp.without_a_time[period]
                    and self.counts.month_of(today.day) is not None
                ):
                    self.hold_one(gp, period, today)
            gp.with_a_time, gp.without_a_time = [0] * PERIODS, [0] * PERIODS

    def hold_one(self, gp, period, today):
        people = min(gp.with_a_time[period] + gp.without_a_time[period], MOST)
        pools = [pool for pool in range(POOLS) if pool != HOME]
        slots = sum(self.diary.laid.get((gp.row, pool, today.day, period), 0) for pool in pools)
        length = slots * self.world.rules.spacing
        waited = busy = now = 0
        for arrival, nth in sorted(
            (self.arrival(gp, period, nth, length, today), nth) for nth in range(people)
        ):
            begins, takes = max(arrival, now), self.length_of_visit(gp, period, nth, today)
            waited, busy, now = waited + begins - arrival, busy + takes, begins + takes
        told = {
            IN_THE_ROOM: people, ROOM_TENTHS: waited, OVERTIME: max(now - length, 0), BUSY: busy,
            IN_SESSION: length, SESSIONS_HELD: 1,
        }  # fmt: skip
        for measure, amount in told.items():
            self.counts.add_practice(today.day, gp, measure, amount)
        self.world.happened["waits in the room"] += waited > 0
        self.world.happened["overtime"] += now > length

    def arrival(self, gp, period, nth, length, today):
        """About one's time with an appointment, at any moment without."""
        place = period * MOST + nth
        if gp.walk_in[today.weekday][period] or nth >= gp.with_a_time[period]:
            self.world.happened["comes without a time"] += 1
            return self.diary.luck(decisions.ARRIVES_IN_SESSION, gp, today.day, place) * length // WORD
        late = self.world.rules.punctuality[
            self.diary.luck(decisions.PUNCTUALITY, gp, today.day, place) // QUANTILE
        ]
        return nth * self.world.rules.spacing + late

    def length_of_visit(self, gp, period, nth, today):
        """Visits are shorter under overload."""
        luck = self.diary.luck(decisions.SERVICE_TIME, gp, today.day, period * MOST + nth)
        less = self.world.rules.shorter * gp.overload // FULL
        self.world.happened["shorter visit"] += less > 0
        return max(self.world.rules.service[luck // QUANTILE] - less, SHORTEST)
