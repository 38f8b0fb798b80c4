"""The people and practices of the twin: plain objects, read once from a built territory."""

from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

from simulation.kernels.codes import ACUTE, RECONTACT
from tests.naive_chance import draw

NOBODY = -1


@dataclass(slots=True, eq=False)
class Person:
    """An inhabitant; columns keep their names, `key` is the person of every draw."""

    row: int
    key: int
    commune: int
    age: int
    woman: int
    ald: int
    treated: int
    home_bound: int
    car: int
    deprived: int
    seeking: int
    group: int
    usual_gp: int
    usual_minutes: int
    frailty: int
    acute_rate: int
    routine_rate: int
    emergency_rate: int
    emergency_base: int
    next_acute: int
    next_follow_up: int
    next_routine: int
    next_emergency: int
    follow_up_lead: int
    follow_ups: int
    gps_seen: int
    followed: int
    met: list = field(default_factory=list)
    tracks: set = field(default_factory=set)

    @property
    def next_event(self):
        return min(self.next_acute, self.next_follow_up, self.next_routine, self.next_emergency)


@dataclass(slots=True, eq=False)
class Practice:
    """A practitioner's diary and habits; weeks are [weekday][period] in 256ths of a slot."""

    row: int
    number: int
    active: int
    structure: int
    kind: int
    weekly: list
    same_day_share: int
    sas: int
    squeeze: int
    away: list
    dedicated: list
    withheld: list
    squeezed_left: int = 0
    works_for: int = NOBODY

    @property
    def sees_walk_ins_only(self):
        return self.same_day_share == 65_536


@dataclass(slots=True, eq=False)
class Commune:
    """A commune and the GPs within reach of it, nearest first: (row of the practice, minutes, pull)."""

    number: int
    first: int
    basin: int
    cpts: int
    spill: list
    nearest: int
    reach: list
    on_foot: int


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
        self.seed = built.calendar.seed
        self.rules = SimpleNamespace(**{name: plain(one) for name, one in built.rules._asdict().items()})
        self.communes = communes_of(state)
        self.people = people_of(state, self.communes)
        self.practices = practices_of(state.practitioners)
        self.houses = houses_of(state.practitioners, self.practices)
        places = state.places
        duty = rows_of(places, ["basin_number", "duty_evening", "duty_weekend"])
        self.basins = [SimpleNamespace(**basin) for basin in duty]
        self.happened = Counter()

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
    people = []
    for row, one in enumerate(rows_of(state.patients, names)):
        home = communes[one["commune"]]
        people.append(Person(row=row, key=home.number * 2**32 + row - home.first, **one))
    return people


def practices_of(practitioners):
    names = ["number", "active", "structure", "kind", "weekly", "same_day_share", "sas", "squeeze", "away"]
    names += ["dedicated", "withheld"]
    return [Practice(row=row, **one) for row, one in enumerate(rows_of(practitioners, names))]


def houses_of(practitioners, practices):
    """Give the practices of each house (MSP)."""
    first, members = plain(practitioners.colleagues), plain(practitioners.members)
    return [
        [practices[row] for row in members[start:stop]] for start, stop in zip(first, first[1:], strict=False)
    ]


def communes_of(state):
    places, reach = state.places, state.reach
    within = rows_of(reach, ["practitioner", "minutes", "weight"])
    starts = plain(reach.first)
    communes = []
    for row in range(len(places.number)):
        before, near = 0, []
        for one in within[starts[row] : starts[row + 1]]:
            near.append((one["practitioner"], one["minutes"], one["weight"] - before))
            before = one["weight"]
        communes.append(
            Commune(
                number=plain(places.number)[row], first=plain(places.first)[row], basin=plain(places.basin)[row],
                cpts=plain(places.cpts)[row], spill=plain(places.spill)[row], nearest=plain(reach.nearest)[row],
                reach=near, on_foot=plain(reach.on_foot)[row],
            )
        )  # fmt: skip
    return communes
