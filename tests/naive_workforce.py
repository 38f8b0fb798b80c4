"""Practices of the twin close and open: who decides is an institution, what follows is found here."""

from simulation.calendar import is_open, weekday_of
from simulation.kernels import decisions
from simulation.kernels.codes import HORIZON, LOST_GP, NEVER
from tests.naive_chance import draw
from tests.naive_world import NOBODY

FORTNIGHT, THREE_MONTHS = 14, 90


class Workforce:
    """Panels left behind, diaries emptied and laid."""

    def __init__(self, world, diary, counts, requests):
        self.world, self.diary, self.counts, self.requests = world, diary, counts, requests

    def hand_over(self, gp, stays, age, week, today):
        """A successor takes the practice: the diary stands, days laid from now on follow his own week."""
        self.leave_panel(gp, stays, today)
        gp.age, gp.accepts_new, gp.weekly = age, 1, week
        self.world.happened["successor"] += 1

    def close(self, gp, today):
        """Nobody follows: everybody of the panel seeks, appointments are called off, the diary is torn up."""
        self.leave_panel(gp, 0, today)
        gp.active, gp.joining, gp.works_for = 0, 0, NOBODY
        for request in self.requests.open:
            if request.booked and request.practice == gp.row:
                self.requests.ask_again(request, today)
                request.when = today.day
                self.world.happened["called off"] += 1
        for cells in (self.diary.laid, self.diary.free):
            for place in [place for place in cells if place[0] == gp.row]:
                del cells[place]
        self.world.happened["closed"] += 1

    def leave_panel(self, gp, stays, today):
        for person in self.world.people:
            if person.usual_gp == gp.row:
                luck = draw(self.world.seed, decisions.STAYS_WITH_SUCCESSOR, today.day, person.key)
                if luck < stays:
                    self.world.happened["stays with the successor"] += 1
                else:
                    self.lose(person, gp, today)

    def lose(self, person, gp, today):
        """Without a usual GP: one looks for another, within a fortnight with ALD, after it without."""
        gp.panel -= 1
        person.usual_gp = person.usual_minutes = NOBODY
        person.seeking = 1
        luck = draw(self.world.seed, decisions.SEEKS_AGAIN, today.day, person.key)
        wait = luck % FORTNIGHT if person.ald else FORTNIGHT + luck % THREE_MONTHS
        person.next_registration = min(today.day + wait, NEVER)
        self.counts.add(today.day, person, LOST_GP)
        self.world.happened["lost a GP", bool(person.ald)] += 1

    def open(self, gp, today):
        """A practice opens: its diary is laid for all the days in sight."""
        gp.active, gp.arrives = 1, -1
        for day in range(today.day, today.day + HORIZON):
            if is_open(day):
                self.diary.lay(gp, day, weekday_of(day), self.world.calendar.week_of(day))
        self.world.happened["opened"] += 1
