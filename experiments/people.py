"""Who somebody is (profil), and drawing people in an order that no result can touch (tirage au sort)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.counts import AGE_NAMES, FEWEST_PEOPLE
from simulation.faults import Fault, Refused
from simulation.kernels.codes import GP, GROUPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.model import PrimaryCare
    from simulation.scenario import Scenario

ADULT = 18


class Person(NamedTuple):
    """Somebody simulated, on the first counted day."""

    row: int
    age: int
    woman: bool
    ald: bool
    deprived: bool
    car: bool
    home_bound: bool
    age_band: str
    basin: str
    """Empty when fewer than 300 people live there: no place as small is ever named."""
    usual_gp: int
    """Row of the practitioner, -1 if none."""
    roles: tuple[int, ...]
    """The role of each practitioner."""
    minutes: Mapping[int, int]
    """Minutes by car to the practitioners within reach of the person's home, by row."""


def on_first_counted_day(scenario: Scenario) -> PrimaryCare:
    """The territory on the first counted morning."""
    from simulation.running import begin

    model = begin(scenario)
    while model.day < model.calendar.first:
        model.step()
    return model


def person_of(model: PrimaryCare, row: int) -> Person:
    """Say who somebody is; rows that hold nobody of the territory are refused."""
    _refuse_nobody(model, row)
    patients = model.state.patients
    commune = int(patients.commune[row])
    basin = str(model.territory.communes["basin"].iloc[commune])
    return Person(
        row=row,
        age=int(patients.age[row]),
        woman=bool(patients.woman[row]),
        ald=bool(patients.ald[row]),
        deprived=bool(patients.deprived[row]),
        car=bool(patients.car[row]),
        home_bound=bool(patients.home_bound[row]),
        age_band=AGE_NAMES[int(patients.group[row]) // 8],
        basin=basin if _people_of(model, basin) >= FEWEST_PEOPLE else "",
        usual_gp=int(patients.usual_gp[row]),
        roles=tuple(int(role) for role in model.state.practitioners.role),
        minutes=_minutes_from(model, commune),
    )


def drawn_from(model: PrimaryCare, wanted: int) -> list[int]:
    """Draw so many adults of the territory; all of them when they are fewer."""
    adults = _living_here(model) & (model.state.patients.age >= ADULT)
    return _in_drawn_order(model, adults, "drawn")[:wanted]


def alike_to(model: PrimaryCare, one: Person, wanted: int) -> tuple[list[int], bool]:
    """Draw others of the same age band, illness, means and car: of the basin, or of the whole territory if few.

    Gives the rows and whether the search was widened.
    """
    patients = model.state.patients
    same = _living_here(model) & (patients.group == patients.group[one.row])
    same[one.row] = False
    basins = model.territory.communes["basin"].to_numpy()
    near = same & (basins[patients.commune] == one.basin)
    widened = int(near.sum()) < wanted
    return _in_drawn_order(model, same if widened else near, "alike")[:wanted], widened


def _living_here(model: PrimaryCare) -> NDArray[np.bool_]:
    """Inhabitants of the territory who are alive: no visitor, nobody of the ring."""
    patients, places = model.state.patients, model.state.places
    found: NDArray[np.bool_] = (
        (patients.alive == 1) & (patients.visitor == 0)
        & (places.inside[patients.commune] == 1) & (patients.group < GROUPS)
    )  # fmt: skip
    return found


def _in_drawn_order(model: PrimaryCare, among: NDArray[np.bool_], purpose: str) -> list[int]:
    """Rows in the order of a lot drawn for each person, by who it is and by the seed alone."""
    patients, places = model.state.patients, model.state.places
    lots = []
    for row in np.flatnonzero(among).tolist():
        commune = int(patients.commune[row])
        who = f"{purpose}/{model.asked.seed}/{places.number[commune]}/{row - places.first[commune]}"
        lots.append((sha256(who.encode()).digest(), row))
    return [row for _, row in sorted(lots)]


def _refuse_nobody(model: PrimaryCare, row: int) -> None:
    here = _living_here(model)
    if not 0 <= row < len(here):
        raise Refused([Fault("no_such_person", details={"value": row, "high": len(here) - 1})])
    if not here[row]:
        inhabitants = np.flatnonzero(here)
        inside = model.state.places.inside[model.state.patients.commune[row]] == 1
        near = int(inhabitants[np.abs(inhabitants - row).argmin()]) if len(inhabitants) else 0
        code = "person_passing" if inside else "person_around"
        raise Refused([Fault(code, details={"value": row, "nearest": str(near)})])


def _people_of(model: PrimaryCare, basin: str) -> int:
    communes = model.territory.communes
    return int(communes.loc[communes["inside"] & (communes["basin"] == basin), "population"].sum())


def _minutes_from(model: PrimaryCare, commune: int) -> dict[int, int]:
    """Minutes by car from a commune to whoever is within its reach; GPs first, then every other role."""
    state = model.state
    found: dict[int, int] = {}
    communes = len(state.places.number)
    tables = [(state.reach, commune)]
    tables += [
        (state.others, role * communes + commune)
        for role in range(GP + 1, len(state.others.first) // communes)
    ]
    for reach, place in tables:
        near = slice(int(reach.first[place]), int(reach.first[place + 1]))
        for g, tenths in zip(reach.practitioner[near].tolist(), reach.minutes[near].tolist(), strict=True):
            found.setdefault(g, round(tenths / 10))
    return found
