"""What institutions decide in plain Python: heard while the model's day begins, then told to the twin in order.

The twin is told who leaves or gives what, how many places are pledged and how many calls are asked; whom it
befalls it finds by itself.
"""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from simulation.agents import cpts as community
from simulation.agents import practitioner as gps
from simulation.chances import one as threshold
from simulation.kernels.codes import ON_DEMAND
from simulation.undertakings import (
    assistants,
    crisis,
    custom,
    departures,
    information,
    missions,
    outreach,
    pathways,
    protocols,
)


class Heard:
    """The decisions of one day, each a call that the twin is to make; and whose weeks they changed."""

    def __init__(self, practitioners):
        self.table = practitioners
        self.tellings, self.pulls_changed = [], False

    def add(self, telling):
        self.tellings.append(telling)

    @contextmanager
    def listening(self):
        """Listen wherever institutions hand a decision to the compiled functions."""
        with ExitStack() as stack:
            for where in (missions, departures):
                told = self.heard_places(where.place_patients)
                stack.enter_context(patch.object(where, "place_patients", told))
            for where in (assistants, crisis, protocols):
                told = self.heard_more(where.add_to_horizon)
                stack.enter_context(patch.object(where, "add_to_horizon", told))
            for where, name, hear in (
                (missions, "invite", self.heard_calls),
                (pathways, "remind_follow_ups", self.heard_reminders),
                (outreach, "post_kits", self.heard_kits),
                (outreach, "hold_outreach", self.heard_day),
                (outreach, "fill_exercise", self.heard_places_to_exercise),
                (information.Rides, "begin", self.heard_rides),
                (custom.ColumnChange, "begin", self.heard_change),
                (custom.ColumnChange, "each_day", self.heard_change),
                (community, "give_horizon", self.heard_gift),
                (gps.Practitioner, "leave", self.heard_leaving),
                (gps.Practitioner, "arrive", self.heard_arrival),
            ):
                stack.enter_context(patch.object(where, name, hear(getattr(where, name))))
            yield self

    def heard_places(self, does):
        def told(state, rules, today, cpts, pledges):
            asked = {row: places for row, places in enumerate(pledges.tolist()) if places}
            calls = does(state, rules, today, cpts, pledges)
            self.add(lambda twin, day: (twin.placing.place_patients(cpts, asked, day), calls))
            return calls

        return told

    def heard_calls(self, does):
        def told(state, rules, today, cpts, asked):
            calls = does(state, rules, today, cpts, asked)
            self.add(lambda twin, day: (twin.placing.invite(cpts, asked, day), calls))
            return calls

        return told

    def heard_reminders(self, does):
        def told(state, rules, today, cpts, asked):
            calls = does(state, rules, today, cpts, asked)
            self.add(lambda twin, day: (twin.placing.remind(cpts, asked, day), calls))
            return calls

        return told

    def heard_kits(self, does):
        def told(state, rules, today, cpts, asked, posted):
            kits = does(state, rules, today, cpts, asked, posted)
            self.add(lambda twin, day: (twin.outreach.post_kits(cpts, asked, day), kits))
            return kits

        return told

    def heard_day(self, does):
        def told(state, rules, today, commune, room):
            seen = does(state, rules, today, commune, room)
            self.add(lambda twin, day: (twin.outreach.hold_day(commune, room, day), seen))
            return seen

        return told

    def heard_places_to_exercise(self, does):
        def told(state, rules, today, cpts, places, calls_a_place):
            calls = does(state, rules, today, cpts, places, calls_a_place)
            self.add(lambda twin, day: (twin.outreach.fill_exercise(cpts, places, calls_a_place, day), calls))
            return calls

        return told

    def heard_rides(self, does):
        """Who may ask for a ride from now on."""

        def told(rides, today):
            does(rides, today)
            rows = (rides.model.state.patients.car == ON_DEMAND).nonzero()[0].tolist()
            self.add(
                lambda twin, day: [setattr(twin.world.people[row], "car", ON_DEMAND) for row in rows] and None
            )

        return told

    def heard_change(self, does):
        """A column of people that somebody changes, or puts back."""

        def told(change, today):
            does(change, today)
            table, name = change.asked.column.split(".")
            if table == "patients":
                values = getattr(change.model.state.patients, name).tolist()
                self.add(lambda twin, day: written(twin.world.people, name, values))

        return told

    def heard_more(self, does):
        def told(state, seed, row, first, last, weekday, part):
            days, share = last - first + 1, int(self.table.same_day_share[row])
            self.add(
                lambda twin, day: twin.diary.add_to_horizon(twin.world.practices[row], part, day, days, share)
            )
            return does(state, seed, row, first, last, weekday, part)

        return told

    def heard_gift(self, does):
        def told(state, seed, row, first, last, weekday):
            weeks = self.table.dedicated[row].tolist(), self.table.withheld[row].tolist()
            self.add(lambda twin, day: twin.give(row, *weeks, day, last - first + 1))
            return does(state, seed, row, first, last, weekday)

        return told

    def heard_leaving(self, does):
        def told(gp, today, *rest, **named):
            does(gp, today, *rest, **named)
            if gp.model.turnover.closes[gp.row]:
                self.pulls_changed = True
                self.add(lambda twin, day: twin.workforce.close(twin.world.practices[gp.row], day))
                return
            stays = threshold(gp.model.parameters.workforce.stays_with_successor)
            age, week = gp.age, gp.weekly.tolist()
            self.add(
                lambda twin, day: twin.workforce.hand_over(
                    twin.world.practices[gp.row], stays, age, week, day
                )
            )

        return told

    def heard_arrival(self, does):
        def told(gp, today):
            does(gp, today)
            self.pulls_changed = True
            self.add(lambda twin, day: twin.workforce.open(twin.world.practices[gp.row], day))

        return told


def written(people, name, values):
    """Have each person hold a value of a column."""
    for person, value in zip(people, values, strict=True):
        setattr(person, name, value)
