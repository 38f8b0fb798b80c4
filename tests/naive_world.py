"""The people and practices of the twin: plain objects, read once from a built territory."""

from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

from simulation.kernels.codes import ACUTE, GP, NEVER, PERIODS, PROGRAMMES, RECONTACT, ROLES
from tests.naive_chance import draw

NOBODY = -1


@dataclass(slots=True, eq=False)
class Person:
    """An inhabitant or a visitor; columns keep their names, `home` is the commune in full."""

    row: int
    home: "Commune"
    commune: int
    alive: int = 0
    generation: int = 0
    visitor: int = 0
    age: int = 0
    woman: int = 0
    ald: int = 0
    treated: int = 0
    home_bound: int = 0
    car: int = 0
    deprived: int = 0
    seeking: int = 0
    group: int = 0
    usual_gp: int = NOBODY
    usual_minutes: int = NOBODY
    frailty: int = 0
    acute_rate: int = 0
    routine_rate: int = 0
    emergency_rate: int = 0
    emergency_base: int = 0
    admission_rate: int = 0
    other_rate: int = 0
    midwife_share: int = 0
    next_acute: int = NEVER
    next_follow_up: int = NEVER
    next_routine: int = NEVER
    next_emergency: int = NEVER
    next_other: int = NEVER
    next_prevention: int = NEVER
    next_registration: int = NEVER
    next_admission: int = NEVER
    next_readmission: int = NEVER
    in_hospital: int = 0
    discharged: int = -1
    contacted: int = 0
    joins: int = 0
    up_to_date: list = field(default_factory=lambda: [0] * PROGRAMMES)
    lapsed: int = 0
    follow_up_lead: int = 0
    follow_ups: int = 0
    gps_seen: int = 0
    followed: int = 0
    met: list = field(default_factory=list)
    tracks: set = field(default_factory=set)

    @property
    def key(self):
        """The person of every draw: the commune, who lives there, and the how many-th in this place it is."""
        return self.home.number * 2**32 + self.generation * 2**24 + self.row - self.home.first

    @property
    def next_event(self):
        return min(
            self.next_acute, self.next_follow_up, self.next_routine, self.next_emergency, self.next_other,
            self.next_prevention, self.next_registration, self.next_admission, self.next_readmission,
        )  # fmt: skip

    @property
    def lives_here(self):
        """An inhabitant, alive; visitors live elsewhere."""
        return bool(self.alive and not self.visitor)


@dataclass(slots=True, eq=False)
class Practice:
    """A practitioner's diary and habits; weeks are [weekday][period] in 256ths of a slot."""

    row: int
    number: int
    active: int
    role: int
    structure: int
    kind: int
    accepts_new: int
    panel: int
    limit: int
    weekly: list
    same_day_share: int
    walk_in: list
    home: list
    sas: int
    squeeze: int
    away: list
    dedicated: list
    withheld: list
    age: int
    arrives: int
    pressure: int
    overload: int
    shown: int
    spared: int
    squeezed_left: int = 0
    joining: int = 0
    works_for: int = NOBODY
    on_rota_of: int = NOBODY
    with_a_time: list = field(default_factory=lambda: [0] * PERIODS)  # who sit in the room today, by period
    without_a_time: list = field(default_factory=lambda: [0] * PERIODS)  # squeezed in

    @property
    def sees_walk_ins_only(self):
        return self.same_day_share == 65_536

    def is_open_to_all_his(self, weekday):
        """Whether one's own patients may come that day without an appointment, whatever the need."""
        return self.sees_walk_ins_only or any(self.walk_in[weekday])


@dataclass(slots=True, eq=False)
class Commune:
    """A commune and who is within reach of it by role, nearest first: (row of the practice, minutes, pull)."""

    number: int
    first: int
    last: int
    inside: int
    basin: int
    cpts: int
    emergency_site: int
    night_site: int
    spill: list
    sas_called: int
    duty_known: int
    regulated: int
    reach: list  # by role
    on_foot: list  # by role, how many of them are within reach without a car


@dataclass(slots=True, eq=False)
class Request:
    """Somebody wants to be seen; with an appointment once `booked`."""

    person: Person
    kind: int
    urgency: int
    began: int
    contact: int
    wanted: int
    opened: int
    when: int
    deadline: int = 0
    booked: bool = False
    ended: bool = False
    tries: int = 0
    missed: int = 0
    extended: int = 0
    turned: int = 0
    sought: int = NOBODY
    first_urgency: int = 0
    door: int = 0
    pool: int = 0
    period: int = 0
    practice: int = NOBODY
    minutes: int = NOBODY

    @property
    def track(self):
        return ACUTE if self.kind == RECONTACT else self.kind


class World:
    """Everybody and everything of a territory, and what the rules say; `happened` witnesses what occurred."""

    def __init__(self, built):
        state = built.state
        self.calendar = built.calendar
        self.seed = built.calendar.seed
        self.rules = SimpleNamespace(**{name: plain(one) for name, one in built.rules._asdict().items()})
        self.traits = SimpleNamespace(
            **{name: plain(one) for name, one in built.traits.columns._asdict().items()}
        )
        self.communes = communes_of(state)
        self.people = people_of(state, self.communes)
        self.practices = practices_of(state.practitioners)
        self.houses = houses_of(state.practitioners, self.practices)
        places = state.places
        duty = rows_of(places, ["basin_number", "duty_evening", "duty_weekend", "telecare"])
        self.basins = [SimpleNamespace(**basin) for basin in duty]
        self.hospitals = hospitals_of(state.hospitals)
        self.numbers = state.numbers  # who answers the phone, as told each morning
        self.stays = []  # [person, hospital, last day]
        self.happened = Counter()

    def lists(self, person, role):
        """Whether anybody of a role is within reach of somebody's commune."""
        return bool(self.communes[person.commune].reach[role])

    def luck_of(self, request, decision, nth=0):
        """Draw for a request: by who asks, what kind it is and when the need began."""
        return draw(self.seed, decision, request.began, request.person.key, request.kind * 2**20 + nth)


def plain(value):
    """Turn an array into lists of Python numbers."""
    return value.tolist() if hasattr(value, "tolist") else value


def rows_of(table, names):
    """Read a table as one dictionary a row."""
    columns = [plain(getattr(table, name)) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def people_of(state, communes):
    names = [name for name in state.patients._fields if name not in {"next_event", "open_tracks", "seen_gps"}]
    table = rows_of(state.patients, names)
    return [Person(row=row, home=communes[one["commune"]], **one) for row, one in enumerate(table)]


def practices_of(practitioners):
    names = ["number", "active", "role", "structure", "kind", "accepts_new", "panel", "limit", "weekly"]
    names += ["same_day_share", "walk_in", "home", "sas", "squeeze", "away", "dedicated", "withheld"]
    names += ["age", "arrives", "pressure", "overload", "shown", "spared"]
    return [Practice(row=row, **one) for row, one in enumerate(rows_of(practitioners, names))]


def houses_of(practitioners, practices):
    """Give the practices of each house (MSP)."""
    first, members = plain(practitioners.colleagues), plain(practitioners.members)
    return [
        [practices[row] for row in members[start:stop]] for start, stop in zip(first, first[1:], strict=False)
    ]


def hospitals_of(hospitals):
    """Read hospitals; `ready` says when each place of the ED is free."""
    read = []
    for one in rows_of(hospitals, [name for name in hospitals._fields if name != "ready"]):
        read.append(SimpleNamespace(**one, ready=[0] * one["servers"]))
    return read


def communes_of(state):
    places = state.places
    names = ["number", "first", "inside", "basin", "cpts", "emergency_site", "night_site", "spill"]
    names += ["sas_called", "duty_known", "regulated"]
    count = len(plain(places.number))
    near, on_foot = near_places(state.reach)
    others, others_on_foot = near_places(state.others)
    communes = []
    for row in range(count):
        stacked = [role * count + row for role in range(1, ROLES)]
        communes.append(
            Commune(
                **{name: plain(getattr(places, name))[row] for name in names},
                last=plain(places.first)[row + 1],
                reach=[near[row], *(others[place] for place in stacked)],
                on_foot=[on_foot[row], *(others_on_foot[place] for place in stacked)],
            )
        )  # fmt: skip
    return communes


def weigh_again(communes, reach):
    """Read who is near each commune once more, after GPs came or went: those who are not there pull nobody."""
    for commune, near in zip(communes, near_places(reach)[0], strict=True):
        commune.reach[GP] = near


def near_places(reach):
    """Give for each place the practices near it, (row, minutes, pull), and how many can be reached on foot."""
    within, starts = rows_of(reach, ["practitioner", "minutes", "weight"]), plain(reach.first)
    lists = []
    for start, stop in zip(starts, starts[1:], strict=False):
        before, near = 0, []
        for one in within[start:stop]:
            near.append((one["practitioner"], one["minutes"], one["weight"] - before))
            before = one["weight"]
        lists.append(near)
    return lists, plain(reach.on_foot)
