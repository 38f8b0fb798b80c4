"""The plain-Python twin of the compiled day: the same people, the same luck, lists and loops.

It starts from the built population and shares with the model only the rules, the calendar and the codes; it
finds everything else by itself, the diaries of the first horizon included.
"""

from simulation.calendar import is_open, weekday_of
from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACTS,
    ACUTE,
    AFTERNOON,
    BY_DUTY,
    BY_USUAL,
    DEDICATED,
    DEDICATED_LAID,
    DEDICATED_USED,
    DOOR_DUTY,
    DUTY,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    EVENING,
    GAVE_UP,
    GIVEN_BACK_SLOTS,
    GPS_SEEN,
    HELD,
    HORIZON,
    LAID,
    LEFT,
    LOST,
    MISSED,
    MORNING,
    NEAREST_VISITS,
    PERIODS,
    PLANNED,
    SATURDAY,
    SEEN,
    SEEN_ONCE,
    SQUEEZED,
    SQUEEZED_SEEN,
    TODAY,
    TRAVEL_TENTHS,
    TRAVELLED_VISITS,
    VISITED,
    WAITING,
    WITHIN_48H,
)
from tests.naive_chance import draw, rounded
from tests.naive_counts import Counts
from tests.naive_diary import SHARE, SLOT, Diary
from tests.naive_ladder import Ladder
from tests.naive_requests import Requests
from tests.naive_world import World

REMEMBERED = 3
MOST_TRIES = MOST_SEEN = 255


class Twin:
    """A territory that lives day by day, told as one would tell it."""

    Diary, Ladder, Requests = Diary, Ladder, Requests

    def __init__(self, built):
        self.world = World(built)
        self.happened = self.world.happened
        self.counts = Counts(built.calendar)
        self.diary = self.Diary(self.world)
        self.requests = self.Requests(self.world, self.counts)
        self.ladder = self.Ladder(self.world, self.diary, self.counts, self.requests)
        self.duty = [0] * len(self.world.basins)
        for day in range(built.calendar.begin, built.calendar.begin + HORIZON):
            self.lay_everything(day, built.calendar.week_of(day))

    def lay_everything(self, day, week):
        for practice in self.world.practices if is_open(day) else ():
            self.diary.lay(practice, day, weekday_of(day), week)

    def start_mission(self, cpts, volunteers, releases, today):
        """A CPTS opens its number: volunteers give slots from today on, `volunteers[row]` says how many."""
        self.ladder.numbers[cpts] = releases
        for row, (dedicated, withheld) in volunteers.items():
            practice = self.world.practices[row]
            practice.works_for, practice.dedicated, practice.withheld = cpts, dedicated, withheld
            for day in range(today.day, today.day + HORIZON):
                for period in range(PERIODS):
                    self.diary.give(practice, day, weekday_of(day), period)

    def live(self, today):
        """Live one day, from the morning to the evening."""
        if today.day == today.first_day:
            for person in self.world.people:
                person.gps_seen, person.met = 0, []
        if today.stock:
            self.counts.take_stock(today.day, self.world.people)
        self.open_duty(today)
        self.open_practices(today)
        for person in self.world.people:
            if person.next_event == today.day:
                self.requests.feel(person, today)
        self.miss_appointments(today)
        early, late = self.callers(today)
        if today.open:
            self.answer(early, today, MORNING)
        self.release_at_noon(today)
        if today.open:
            self.answer(late, today, AFTERNOON)
        self.close_doors(early + late, today)
        for request in [one for one in self.requests.open if one.booked and one.when == today.day]:
            self.see(request, today)
        self.close_practices(today)
        self.requests.days_open += len(self.requests.open)
        if today.year_ends:
            self.close_year(today)

    def open_duty(self, today):
        """Say how many people each basin's duty doctor can see."""
        for place, basin in enumerate(self.world.basins):
            there = draw(self.world.seed, decisions.DUTY_AVAILABLE, today.day, basin.basin_number)
            room = draw(self.world.seed, decisions.DUTY_CAPACITY, today.day, basin.basin_number)
            capacity = basin.duty_weekend if today.weekend else basin.duty_evening
            available = there < self.world.rules.duty_available[today.weekend]
            self.duty[place] = rounded(capacity, SHARE, room) if available else 0

    def open_practices(self, today):
        """Say how many urgent patients each GP at work will squeeze in."""
        for practice in self.world.practices:
            practice.squeezed_left = 0
            if practice.active and self.diary.works(practice, today.day):
                luck = self.diary.luck(decisions.SQUEEZE_OF_DAY, practice, today.day)
                practice.squeezed_left = rounded(practice.squeeze, SLOT, luck)
                laid = self.diary.slots(self.diary.laid, practice, today.day, [DEDICATED])
                self.counts.add_practice(today.day, practice, DEDICATED_LAID, laid)

    def miss_appointments(self, today):
        """Some forget: they ask again once, and their slot is lost unless they said so."""
        rules = self.world.rules
        for request in [one for one in self.requests.open if one.booked and one.when == today.day]:
            stranger = request.practice != request.person.usual_gp
            if self.world.luck_of(request, decisions.NO_SHOW, request.missed) < rules.no_show[stranger]:
                self.miss(request, today)

    def miss(self, request, today):
        practice = self.world.practices[request.practice]
        self.counts.add(today.day, request.person, MISSED)
        gives_back = self.world.luck_of(request, decisions.GIVEN_BACK, request.missed)
        if gives_back < self.world.rules.given_back:
            self.diary.free[practice.row, request.pool, today.day, request.period] += 1
            self.counts.add(today.day, request.person, GIVEN_BACK_SLOTS)
            self.happened["given back"] += 1
        else:
            self.counts.add_practice(today.day, practice, LOST)
            self.happened["lost"] += 1
        request.missed += 1
        if request.missed == 2:
            self.requests.end(request, GAVE_UP, today)
            self.happened["missed twice"] += 1
            return
        request.booked, request.when = False, today.next_open
        request.tries = max(request.tries, 1)
        request.deadline = max(request.deadline, today.day + self.world.rules.beyond)

    def callers(self, today):
        """Say who calls in the morning and who in the afternoon, each in the order of the calls."""
        calling = [one for one in self.requests.open if not one.booked and one.when <= today.day]
        early, late = [], []
        for one in calling:
            (early if self.calls_early(one, today) else late).append(one)
        return self.in_order(early), self.in_order(late)

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
        """Nobody phones a GP who gives no appointments: one goes there on the day."""
        gp = self.ladder.usual_practice(request.person)
        if gp is None or not gp.sees_walk_ins_only:
            return False
        if request.urgency != PLANNED:
            return False
        if request.wanted > today.day:
            request.contact = request.when = request.wanted
            return True
        if request.deadline <= today.day or self.diary.works(gp, today.day):
            return False
        request.when = today.next_open
        return True

    def release_at_noon(self, today):
        for practice in self.world.practices:
            if self.ladder.numbers.get(practice.works_for):
                self.diary.release(practice, today.day)

    def close_doors(self, requests, today):
        """In the evening: the duty doctor, another try tomorrow, or the end of patience."""
        for request in requests:
            if request.ended or request.booked or request.when > today.day:
                continue
            urgent, late = request.urgency <= WITHIN_48H, request.deadline <= today.day
            on_duty = urgent and (late or (request.urgency == TODAY and today.weekend))
            if on_duty and self.finds_duty_doctor(request, today):
                continue
            if not late:
                request.when = today.day + 1 if urgent else today.next_open
            elif urgent:
                self.spill(request, today)
            else:
                self.requests.forgo(request, today)

    def finds_duty_doctor(self, request, today):
        basin = self.world.communes[request.person.commune].basin
        knows = self.world.luck_of(request, decisions.DUTY_KNOWN) < self.world.rules.duty_known
        if not knows or self.duty[basin] == 0:
            return False
        self.duty[basin] -= 1
        request.door, request.pool, request.period = DOOR_DUTY, DUTY, EVENING
        self.counts.add(today.day, request.person, BY_DUTY)
        self.happened["door", DOOR_DUTY] += 1
        self.requests.end(request, VISITED, today)
        return True

    def spill(self, request, today):
        """Every door failed: the ED, a longer wait (once), or giving up."""
        person = request.person
        emergency, waits = self.world.communes[person.commune].spill[person.deprived]
        luck = self.world.luck_of(request, decisions.SPILL, request.extended)
        if luck < emergency:
            self.counts.add(today.day, person, ED_WANT_OF_SLOT)
            self.requests.end(request, EMERGENCY_END, today)
        elif luck < waits and not request.extended:
            request.extended = 1
            request.deadline, request.when = today.day + self.world.rules.beyond, today.next_open
            self.happened["waits beyond patience"] += 1
        else:
            self.requests.forgo(request, today)

    def see(self, request, today):
        """A visit, and for some episodes the need of another."""
        self.count_visit(request, today)
        self.remember(request.person, request.practice)
        self.requests.end(request, VISITED, today)
        luck = self.world.luck_of(request, decisions.RECONTACT)
        if request.kind == ACUTE and luck < self.world.rules.recontact:
            self.requests.needed_again(request, today)

    def remember(self, person, practice):
        """Whom a person met this year: three by name, others by number."""
        if practice not in person.met:
            if len(person.met) < REMEMBERED:
                person.met.append(practice)
            person.gps_seen = min(person.gps_seen + 1, MOST_SEEN)

    def count_visit(self, request, today):
        person, practice = request.person, self.world.practices[request.practice]
        self.counts.add(today.day, person, ACTS)
        self.counts.add(today.day, person, BY_USUAL + request.door)
        self.counts.add_practice(today.day, practice, SEEN)
        if request.pool == SQUEEZED:
            self.counts.add_practice(today.day, practice, SQUEEZED_SEEN)
        if request.pool == DEDICATED:
            self.counts.add_practice(today.day, practice, DEDICATED_USED)
        if request.minutes >= 0:
            nearest = self.world.communes[person.commune].nearest
            self.counts.add(today.day, person, TRAVELLED_VISITS)
            self.counts.add(today.day, person, TRAVEL_TENTHS, request.minutes)
            self.counts.add(today.day, person, NEAREST_VISITS, request.minutes <= nearest)

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
            if person.gps_seen:
                self.counts.add(today.day, person, SEEN_ONCE)
                self.counts.add(today.day, person, GPS_SEEN, person.gps_seen)
            person.gps_seen, person.met = 0, []

    def close_run(self, today):
        """Count what is still open after the last day."""
        for request in self.requests.open:
            end, day = (HELD, request.when) if request.booked else (WAITING, today.day)
            self.counts.ended(request, end, day)
            self.happened["end", end] += 1
