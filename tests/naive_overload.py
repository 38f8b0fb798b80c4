"""How GPs of the twin adapt: what they feel on the first of a month, and what they then do otherwise."""

from simulation.kernels.codes import (
    GP,
    HORIZON,
    OPEN_TO_OTHERS,
    OTHERS_DAYS,
    PANEL,
    PANEL_DAYS,
    PERIODS,
    SAME_DAY,
    SCHEDULED,
)

FULL = 256
THIRD = 3


class Overload:
    """The third free slot, looked for once a month."""

    def __init__(self, world, diary, counts):
        self.world, self.diary, self.counts = world, diary, counts

    def adapt(self, today):
        """A quarter of what is felt is new; beyond so many days it is overload, full at twice as many."""
        begins = self.world.rules.overload_from
        for gp in self.world.practices:
            if gp.role != GP or not gp.active:
                continue
            days = self.third_next(gp, today.day, [SAME_DAY, SCHEDULED])
            gp.pressure = self.smoothed(gp.pressure, days * FULL)
            gp.overload = min(max((gp.pressure - begins) * FULL // max(begins, 1), 0), FULL)
            self.count(gp, days, today)
            self.world.happened[
                "overload", "full" if gp.overload == FULL else "some" if gp.overload else "none"
            ] += 1

    def smoothed(self, before, now):
        return (3 * before + now) // 4

    def third_next(self, gp, first, of_today):
        """Days until the third slot that is free: of today's one's own patients may have those kept for the day.

        Who sees walk-ins only has nothing else, for all and every day.
        """
        free = 0
        for day in range(first, first + HORIZON):
            pools = of_today if day == first else [SCHEDULED]
            if gp.sees_walk_ins_only:
                pools = [SAME_DAY, SCHEDULED]
            cells = [(gp.row, pool, day, period) for pool in pools for period in range(PERIODS)]
            free += sum(self.diary.free.get(cell, 0) for cell in cells)
            if free >= THIRD:
                return day - first
        return HORIZON

    def count(self, gp, days, today):
        """Each day of waiting counts for as many as the panel holds."""
        told = {PANEL: gp.panel, PANEL_DAYS: gp.panel * days}
        if gp.accepts_new:
            told |= {
                OPEN_TO_OTHERS: gp.panel,
                OTHERS_DAYS: gp.panel * self.third_next(gp, today.day, [SCHEDULED]),
            }
        for measure, amount in told.items():
            self.counts.add_practice(today.day, gp, measure, amount)


def stretched(days, gp, rules):
    """Follow-ups come later under overload."""
    return days + days * rules.stretch * gp.overload // FULL**2


def accepted(threshold, gp, rules):
    """Fewer strangers are seen under overload."""
    return threshold - threshold * rules.refuses * gp.overload // FULL**2


def lengthened(slots, gp, rules):
    """Days are longer under overload."""
    return slots + slots * gp.overload * rules.more_slots // (FULL * 2**16)


def closes_list(gp, rules):
    """Lists close under overload."""
    return gp.overload > rules.closes
