"""What institutions decide in plain Python: heard while the model's day begins, then told to the twin in order.

The twin is told who leaves or gives what, how many places are pledged and how many calls are asked; whom it
befalls it finds by itself.
"""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from simulation.agents import cpts as community
from simulation.agents import practitioner as gps
from simulation.chances import one as threshold
from simulation.undertakings import assistants, departures, missions


class Heard:
    """The decisions of one day, each a call that the twin is to make; and whose weeks they changed."""

    def __init__(self, practitioners):
        self.table = practitioners
        self.tellings, self.changed, self.pulls_changed = [], set(), False

    def add(self, telling):
        self.tellings.append(telling)

    @contextmanager
    def listening(self):
        """Listen wherever institutions hand a decision to the compiled functions."""
        with ExitStack() as stack:
            for where in (missions, departures):
                told = self.heard_places(where.place_patients)
                stack.enter_context(patch.object(where, "place_patients", told))
            for where, name, hear in (
                (missions, "invite", self.heard_calls),
                (assistants, "add_to_horizon", self.heard_more),
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

    def heard_more(self, does):
        def told(state, seed, row, first, last, weekday, part):
            self.changed.add(row)
            self.add(lambda twin, day: twin.diary.add_to_horizon(twin.world.practices[row], part, day))
            return does(state, seed, row, first, last, weekday, part)

        return told

    def heard_gift(self, does):
        def told(state, seed, row, *days):
            self.changed.add(row)
            weeks = self.table.dedicated[row].tolist(), self.table.withheld[row].tolist()
            self.add(lambda twin, day: twin.give(row, *weeks, day))
            return does(state, seed, row, *days)

        return told

    def heard_leaving(self, does):
        def told(gp, today, *rest, **named):
            does(gp, today, *rest, **named)
            if not gp.active:
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
