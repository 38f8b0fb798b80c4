"""Prevention in the twin: whom each programme is for, who asks for it when, and what a GP does on the way."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    BREAST,
    CERVICAL,
    COLORECTAL,
    DONE_ON_THE_WAY,
    FLU,
    NEVER,
    PLANNED,
    PREVENTION,
    PROGRAMMES,
)
from tests.naive_chance import draw

CAMPAIGN = 60
ON_THE_WAY = (FLU, COLORECTAL, CERVICAL)
"""What a GP can do at once: a radiologist cannot be replaced."""


def is_targeted(person, programme):
    """Whom a programme is for."""
    return {
        FLU: person.age >= 65 or (person.age >= 18 and person.ald),
        COLORECTAL: 50 <= person.age <= 74,
        BREAST: person.woman and 50 <= person.age <= 74,
        CERVICAL: person.woman and 25 <= person.age <= 65,
    }[programme]


class Prevention:
    """Dates until which people are up to date, and the next time they think of it."""

    def __init__(self, world, counts):
        self.world, self.counts = world, counts

    def is_due(self, person, programme, begins, today):
        """Whether a programme is for somebody who is not up to date with it; flu begins on some day of autumn."""
        in_season = programme != FLU or today.day >= begins
        return is_targeted(person, programme) and in_season and person.up_to_date[programme] < today.day

    def flu_day(self, person, today):
        """The day of the campaign on which somebody thinks of the vaccine."""
        own_day = draw(self.world.seed, decisions.PREVENTION_DAY, 1, person.key, FLU) % CAMPAIGN
        return today.flu_season + own_day

    def followed(self, person):
        """The programmes that somebody keeps up with."""
        return [one for one in range(PROGRAMMES) if person.joins & 2**one and is_targeted(person, one)]

    def think(self, requests, person, today):
        """Ask for the first programme that has run out, or plan to think of it again."""
        person.next_prevention = NEVER
        begins = self.flu_day(person, today)
        due = [one for one in self.followed(person) if self.is_due(person, one, begins, today)]
        if not due:
            self.remind(person, today)
        elif PREVENTION not in person.tracks:
            day = today.day
            requests.begin(
                today, person, PREVENTION, PLANNED, began=day, contact=day, wanted=day, sought=due[0]
            )

    def remind(self, person, today):
        """Think of it again on the day on which something followed runs out, tomorrow at the earliest."""
        person.next_prevention = NEVER
        for programme in self.followed(person):
            runs_out = person.up_to_date[programme] + 1
            if programme == FLU:
                runs_out = max(runs_out, self.flu_day(person, today))
            person.next_prevention = min(person.next_prevention, max(runs_out, today.day + 1))

    def renew(self, person, programme, today):
        """Up to date from today on."""
        days = self.world.rules.programme_days[programme]
        person.up_to_date[programme] = min(today.day + days, NEVER - 1)

    def after(self, person, programme, done, today):
        """A request ended: done, or put off."""
        if done:
            self.renew(person, programme, today)
            self.remind(person, today)
            self.world.happened["prevention", programme] += 1
        else:
            person.next_prevention = min(today.day + self.world.rules.prevention_again, NEVER)
            self.world.happened["prevention put off"] += 1

    def due_at_once(self, person, today):
        """What somebody is not up to date with and can have at once."""
        return [one for one in ON_THE_WAY if self.is_due(person, one, today.flu_season, today)]

    def on_the_way(self, person, today):
        """At a visit the GP does the first thing that somebody is not up to date with, follower or not."""
        due = self.due_at_once(person, today)
        if due:
            self.renew(person, due[0], today)
            self.counts.add(today.day, person, DONE_ON_THE_WAY)
            self.world.happened["on the way", due[0]] += 1
