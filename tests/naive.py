"""The plain-Python twin of the compiled day: the same people, the same luck, lists and loops.

It starts from the built population and shares with the model only the rules, the calendar and the codes; it
finds everything else by itself, the diaries of the first horizon included.
"""

from types import SimpleNamespace

from simulation.calendar import is_open, weekday_of
from simulation.kernels import decisions
from simulation.kernels.codes import (
    AFTERNOON,
    DEDICATED,
    DEDICATED_LAID,
    HELD,
    HOME,
    HORIZON,
    LAID,
    LEFT,
    MORNING,
    PERIODS,
    PLANNED,
    REGISTRATION,
    SATURDAY,
    WAITING,
)
from tests.naive_chance import draw, rounded
from tests.naive_counts import Counts
from tests.naive_diary import SHARE, SLOT, Diary
from tests.naive_emergency import Emergency
from tests.naive_evening import Evening
from tests.naive_hospital import Hospital
from tests.naive_ladder import Ladder
from tests.naive_needs import Needs
from tests.naive_outreach import Outreach
from tests.naive_overload import Overload
from tests.naive_placing import Placing
from tests.naive_visits import Visits
from tests.naive_waiting_room import WaitingRoom
from tests.naive_workforce import Workforce
from tests.naive_world import NOBODY, World
from tests.naive_years import Years

MOST_TRIES = 255


class Twin:
    """A territory that lives day by day, told as one would tell it."""

    Diary, Ladder, Requests, Visits, Evening = Diary, Ladder, Needs, Visits, Evening
    Hospital, Emergency, WaitingRoom = Hospital, Emergency, WaitingRoom
    Overload, Workforce, Years, Placing, Outreach = Overload, Workforce, Years, Placing, Outreach

    def __init__(self, built):
        self.world = world = World(built)
        self.happened = world.happened
        self.counts = counts = Counts(built.calendar)
        self.rounds = SimpleNamespace(
            duty=[0] * len(world.basins),
            telecare=[0] * len(world.basins),
            mobile=[NOBODY] * len(world.communes),
            mobile_left=[0],
            wave=[0],
        )
        self.diary = self.Diary(world)
        self.requests = self.Requests(world, counts)
        self.requests.hospital = self.hospital = self.Hospital(world, counts, self.requests)
        self.requests.emergency = self.emergency = self.Emergency(world, counts, self.hospital)
        self.room = self.WaitingRoom(world, self.diary, counts)
        self.overload = self.Overload(world, self.diary, counts)
        self.workforce = self.Workforce(world, self.diary, counts, self.requests)
        self.years = self.Years(world, counts, self.requests)
        self.placing = self.Placing(world, counts, self.requests)
        self.outreach = self.Outreach(world, counts, self.requests, self.placing)
        self.ladder = self.Ladder(world, self.diary, counts, self.requests, self.rounds)
        self.visits = self.Visits(world, self.diary, counts, self.requests, self.ladder, self.room)
        self.evening = self.Evening(world, counts, self.requests, self.ladder, self.rounds)
        for day in range(built.calendar.begin, built.calendar.begin + HORIZON):
            self.lay_everything(day, built.calendar.week_of(day))

    def lay_everything(self, day, week):
        for practice in self.world.practices if is_open(day) else ():
            self.diary.lay(practice, day, weekday_of(day), week)

    def give(self, row, dedicated, withheld, today, days):
        """A GP gives more slots to a CPTS from today on, for some days, and more time for its meetings."""
        practice = self.world.practices[row]
        practice.dedicated, practice.withheld = dedicated, withheld
        for day in range(today.day, today.day + days):
            for period in range(PERIODS):
                self.diary.give(practice, day, weekday_of(day), period)

    def live(self, today):
        """Live one day, from the morning to the evening; before the first one of a year everybody is a year older."""
        if self.world.calendar.is_new_year(today.day):
            self.years.turn(today)
        if today.day == today.first_day:
            for person in self.world.people:
                person.gps_seen, person.met = 0, []
        if today.stock:
            self.counts.take_stock(today.day, self.world.people)
        if today.adapts:
            self.overload.adapt(today)
        self.open_rounds(today)
        self.open_practices(today)
        for person in self.world.people:
            if person.next_event == today.day:
                self.requests.feel(person, today)
        if self.rounds.wave[0] > 0:
            for person in self.world.people:
                self.requests.catch(person, self.rounds.wave[0], today)
        self.visits.miss_appointments(today)
        early, late = self.callers(today)
        if today.open:
            self.answer(early, today, MORNING)
        self.release_at_noon(today)
        if today.open:
            self.answer(late, today, AFTERNOON)
        self.evening.close_doors(early + late, today)
        self.visits.see_patients(today)
        self.ladder.welcome()
        self.room.hold(today)
        self.hospital.discharge(today)
        self.emergency.treat(today)
        self.close_practices(today)
        self.requests.days_open += len(self.requests.open)
        if today.year_ends:
            self.close_year(today)

    def open_rounds(self, today):
        """Say how many people each basin's duty doctor and remote doctors can see."""
        for place, basin in enumerate(self.world.basins):

            def luck(decision, key=basin.basin_number):
                return draw(self.world.seed, decision, today.day, key)

            capacity = basin.duty_weekend if today.weekend else basin.duty_evening
            available = luck(decisions.DUTY_AVAILABLE) < self.world.rules.duty_available[today.weekend]
            room = rounded(capacity, SHARE, luck(decisions.DUTY_CAPACITY))
            self.rounds.duty[place] = room if available else 0
            self.rounds.telecare[place] = rounded(basin.telecare, SHARE, luck(decisions.TELECARE_CAPACITY))

    def open_practices(self, today):
        """Say how many urgent patients each GP at work will squeeze in."""
        for practice in self.world.practices:
            practice.squeezed_left = 0
            if practice.active and self.diary.works(practice, today.day):
                luck = self.diary.luck(decisions.SQUEEZE_OF_DAY, practice, today.day)
                practice.squeezed_left = rounded(practice.squeeze, SLOT, luck)
                laid = self.diary.slots(self.diary.laid, practice, today.day, [DEDICATED])
                self.counts.add_practice(today.day, practice, DEDICATED_LAID, laid)

    def callers(self, today):
        """Say who calls in the morning and who in the afternoon, each in the order of the calls."""
        calling = [one for one in self.requests.open if self.calls_today(one, today)]
        early, late = [], []
        for one in calling:
            (early if self.calls_early(one, today) else late).append(one)
        return self.in_order(early), self.in_order(late)

    def calls_today(self, request, today):
        """Whether somebody looks for an answer today; from a hospital bed nobody does."""
        waits = not request.booked and request.when <= today.day
        self.world.happened["does not call from hospital"] += waits and request.person.in_hospital
        return waits and not request.person.in_hospital

    def calls_early(self, request, today):
        """Somebody who was refused phones at eight; on a Saturday nobody answers after noon."""
        if request.tries > 0 or not today.open or today.weekday == SATURDAY:
            return True
        luck = self.world.luck_of(request, decisions.PHONES_IN_THE_MORNING)
        return luck < self.world.rules.phones_in_the_morning

    def in_order(self, requests):
        """The most urgent first, then by luck (31 bits of it)."""

        def order(one):
            luck = self.world.luck_of(one, decisions.CALL_ORDER, one.tries) // 2
            return one.urgency, luck, one.person.row, one.kind

        return sorted(requests, key=order)

    def answer(self, requests, today, period):
        """Each caller goes through the whole ladder before the next one phones."""
        for request in requests:
            if self.walks_in_later(request, today):
                self.happened["walks in later"] += 1
            elif not self.ladder.climb(request, today, period):
                request.tries = min(request.tries + 1, MOST_TRIES)
                self.happened["refused"] += 1

    def walks_in_later(self, request, today):
        """Nobody phones a GP who gives no appointments: one goes there on the day, if one can go out."""
        gp = self.ladder.usual_practice(request.person)
        if gp is None or not gp.sees_walk_ins_only or request.person.home_bound:
            return False
        if request.urgency != PLANNED or request.kind >= REGISTRATION:
            return False
        if request.wanted > today.day:
            request.contact = request.when = request.wanted
            return True
        if request.deadline <= today.day or self.diary.works(gp, today.day):
            return False
        request.when = today.next_open
        return True

    def release_at_noon(self, today):
        """Home visits that nobody asked for, then what volunteers give where the CPTS said so."""
        for practice in self.world.practices:
            self.diary.release(practice, today.day, HOME)
            if self.ladder.numbers.get(practice.works_for):
                self.diary.release(practice, today.day, DEDICATED)

    def close_practices(self, today):
        """Count what was offered and left, and lay the day that comes into sight."""
        for practice in self.world.practices:
            laid = self.diary.slots(self.diary.laid, practice, today.day)
            left = self.diary.slots(self.diary.free, practice, today.day)
            self.counts.add_practice(today.day, practice, LAID, laid)
            self.counts.add_practice(today.day, practice, LEFT, left)
        self.diary.turn_page(today.day)
        self.lay_everything(today.day + HORIZON, today.week)

    def close_year(self, today):
        for person in self.world.people:
            self.counts.close_year(today.day, person)
            person.gps_seen, person.met = 0, []

    def close_run(self, today):
        """Count what is still open after the last day."""
        for request in self.requests.open:
            end, day = (HELD, request.when) if request.booked else (WAITING, today.day)
            self.counts.ended(request, end, day)
            self.happened["end", end] += 1
