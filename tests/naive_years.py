"""A year passes in the twin: deaths, then birthdays, then births."""

from simulation.kernels import decisions
from simulation.kernels.codes import AGE_BANDS, BIRTHS, DEATHS, DIED, GP, GROUPS, NEVER, ON_DEMAND, PROGRAMMES
from tests.naive_chance import WORD, draw
from tests.naive_prevention import is_targeted
from tests.naive_requests import QUANTILE
from tests.naive_world import NOBODY, Person

OLDEST = 104
ADULT = 18
TOP_OF_BANDS = [17, 29, 49, 69, 79]
MOST = 65_535


class Years:
    """People are born, grow older and die."""

    def __init__(self, world, counts, requests):
        self.world, self.counts, self.requests = world, counts, requests

    def turn(self, today):
        """Nobody in hospital dies; a row is free for a child as soon as somebody has died. GPs grow older too."""
        for practice in self.world.practices:
            practice.age += practice.active and practice.role == GP
        dying = {person for person in self.world.people if self.dies(person, today)}
        for request in [one for one in self.requests.open if one.person in dying]:
            self.world.happened["dies with", "an appointment" if request.booked else "a request"] += 1
            self.requests.end(request, DIED, today)
        for person in self.world.people:
            if person in dying:
                self.die(person, today)
            elif person.lives_here:
                self.grow_older(person, today)
        for commune in self.world.communes:
            self.bear_children(commune, today)

    def dies(self, person, today):
        luck = draw(self.world.seed, decisions.DEATH, today.day, person.key)
        alive = person.lives_here and not person.in_hospital
        return alive and luck < self.world.traits.dies[person.age]

    def die(self, person, today):
        """Leave the panel, and expect nothing more."""
        self.counts.add(today.day, person, DEATHS)
        self.world.happened["dies"] += 1
        if person.usual_gp >= 0:
            self.world.practices[person.usual_gp].panel -= 1
        person.alive = person.seeking = person.followed = 0
        person.usual_gp = NOBODY
        for need in [name for name in Person.__slots__ if name.startswith("next_")]:
            setattr(person, need, NEVER)

    def grow_older(self, person, today):
        """Illness may come with age; a child keeps the family's car; needs already drawn stand."""
        was_followed, had_ald, car = person.ald or person.treated, person.ald, person.car
        person.age = min(person.age + 1, OLDEST)
        self.draw_traits(person)
        if person.age < ADULT or car == ON_DEMAND and not person.car:
            person.car = car
        self.set_rates(person)
        if not was_followed:
            self.plan_first_follow_up(person, today.day + 1)
        self.world.happened["ALD comes"] += person.ald > had_ald
        person.group = self.group_of(person)
        if person.next_prevention == NEVER:
            self.requests.prevention.remind(person, today)

    def bear_children(self, commune, today):
        """As many children as there is room for."""
        for row in range(commune.first, commune.last):
            mother = self.world.people[row]
            if not mother.lives_here or not mother.woman:
                continue
            luck = draw(self.world.seed, decisions.BIRTH, today.day, mother.key)
            if luck < self.world.traits.bears[mother.age]:
                rooms = range(commune.first, commune.last)
                room = next((one for one in rooms if not self.world.people[one].alive), None)
                if room is not None:
                    self.be_born(self.world.people[room], mother, today)

    def be_born(self, before, mother, today):
        """A new person where somebody was before, or nobody."""
        generation = self.generation_after(before)
        child = Person(before.row, before.home, before.commune, alive=1, generation=generation)
        self.world.happened[
            "born", "after another" if before.generation or before.age else "in a new place"
        ] += 1
        child.woman = draw(self.world.seed, decisions.SEX_AT_BIRTH, 0, child.key) * 2 // WORD
        self.draw_traits(child)
        child.car = mother.car
        self.set_rates(child)
        self.plan_first_needs(child, today.day + 1)
        child.group = self.group_of(child)
        child.usual_gp, child.usual_minutes = mother.usual_gp, mother.usual_minutes
        if child.usual_gp >= 0:
            self.world.practices[child.usual_gp].panel += 1
        self.world.people[child.row] = child
        self.counts.add(today.day, child, BIRTHS)

    def generation_after(self, before):
        """Who has lived in a row before is somebody else."""
        return (before.generation + 1) % 256

    def luck(self, decision, person, nth=0):
        """Luck for life."""
        return draw(self.world.seed, decision, 0, person.key, nth)

    def draw_traits(self, person):
        """Illness and means at one's age: luck stays, thresholds follow age."""
        traits, age = self.world.traits, person.age
        person.ald = int(self.luck(decisions.ALD, person) < traits.ald[age])
        person.treated = int(not person.ald and self.luck(decisions.TREATED, person) < traits.treated[age])
        person.home_bound = int(self.luck(decisions.HOME_BOUND, person) < traits.home_bound[age])
        person.car = int(self.luck(decisions.CAR, person) >= traits.no_car[person.commune][age >= 75])
        person.deprived = int(self.luck(decisions.DEPRIVED, person) < traits.deprived[person.commune])
        person.frailty = traits.frailty[self.luck(decisions.FRAILTY, person) // QUANTILE]

    def set_rates(self, person):
        """Needs of a year at one's age: ten-thousandths for the hospital, thousandths for the rest."""
        traits, age, place = self.world.traits, person.age, person.commune
        base, own = traits.emergency_base[age], traits.own_choice[place][age] * person.frailty // 1000
        midwife = traits.midwife[age] if person.woman else 0
        rates = {
            "acute_rate": often(traits.acute[age][person.ald] * person.frailty // 1000, 1000),
            "routine_rate": often(traits.routine[age], 1000),
            "emergency_rate": often(base + own, 10_000),
            "emergency_base": base * often(base + own, 10_000) // max(base + own, 1),
            "admission_rate": often(traits.admissions[age], 10_000),
            "other_rate": often(traits.dental + midwife, 1000),
        }
        for name, rate in rates.items():
            setattr(person, name, min(rate, MOST))
        person.midwife_share = midwife * MOST // max(traits.dental + midwife, 1)

    def plan_first_needs(self, child, first_day):
        """Everything that may happen to a child from the day after on."""
        eve = first_day - 1
        for need, decision, rate, a_year in (
            ("next_acute", decisions.ACUTE_GAP, child.acute_rate, 1000),
            ("next_emergency", decisions.EMERGENCY_GAP, child.emergency_rate, 10_000),
            ("next_routine", decisions.ROUTINE_GAP, child.routine_rate, 1000),
            ("next_admission", decisions.ADMISSION_GAP, child.admission_rate, 10_000),
            ("next_other", decisions.OTHER_CARE_GAP, child.other_rate, 1000),
        ):
            setattr(child, need, self.requests.next_day(decision, child, eve, rate, a_year))
        self.plan_first_follow_up(child, first_day)
        self.join_programmes(child, first_day)

    def plan_first_follow_up(self, person, first_day):
        """The last one was some day of the interval ago; called for on the first day at the earliest."""
        person.next_follow_up = NEVER
        if person.ald or person.treated:
            interval = self.world.rules.follow_up_days[0 if person.ald else 1]
            ago = 1 + self.luck(decisions.FIRST_FOLLOW_UP, person) % interval
            self.requests.plan_follow_up(person, first_day - ago)
            late = max(first_day - person.next_follow_up, 0)
            person.next_follow_up += late
            person.follow_up_lead = max(person.follow_up_lead - late, 0)

    def join_programmes(self, child, first_day):
        """Which programmes a child will keep up with; each runs out on some day of its interval."""
        child.next_prevention = NEVER
        for programme in range(PROGRAMMES):
            if self.luck(decisions.PREVENTION_JOINS, child, programme) < self.world.traits.joins[programme]:
                child.joins += 2**programme
                days = self.luck(decisions.PREVENTION_DAY, child, programme)
                until = first_day + days % self.world.rules.programme_days[programme]
                child.up_to_date[programme] = until
                if is_targeted(child, programme):
                    child.next_prevention = min(child.next_prevention, until + 1)

    def group_of(self, person):
        """Age band, ALD, deprived, car; the ring and visitors come after."""
        band = sum(person.age > top for top in TOP_OF_BANDS)
        assert band < AGE_BANDS
        block = 2 if person.visitor else int(not person.home.inside)
        return band * 8 + person.ald * 4 + person.deprived * 2 + person.car + GROUPS * block


def often(rate, a_year):
    """A rate of so many for one a year, a little higher: a day holds at most one event."""
    return rate + rate * rate // (2 * 365 * a_year)
