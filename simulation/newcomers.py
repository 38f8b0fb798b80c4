"""Who comes because of a lever (installations): rows there from the first morning on, active from their day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.arrivals import AGE_ON_ARRIVAL, first_days
from simulation.calendar import Calendar, number_of
from simulation.chances import one
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.parameters import Parameters
from simulation.places import number_of_name
from simulation.policies import (
    AdvancedConsultation,
    HealthCentre,
    Install,
    OpenMsp,
    Policy,
    PrivateCentre,
    Support,
)
from simulation.territory import Territory

WEEKS = 47
HALF_DAYS = 9


class Setting(NamedTuple):
    """What newcomers are made from: where, when, and under which figures."""

    territory: Territory
    parameters: Parameters
    calendar: Calendar
    key: str
    """The lever's name in the scenario, which names its newcomers."""

    def day_of(self, policy: Policy) -> int:
        """First day on which somebody may come."""
        wanted = self.calendar.first if policy.start is None else number_of(policy.start)
        return max(int(wanted), int(self.calendar.first))


class Coming(NamedTuple):
    """Practitioners and structures to add to the tables of a territory."""

    practitioners: tuple[dict[str, object], ...] = ()
    structures: tuple[dict[str, object], ...] = ()


@singledispatch
def coming(policy: Policy, setting: Setting) -> Coming:
    """Say who comes because of a lever; nobody unless its class says so."""
    return Coming()


def brings_people(policy: Policy) -> bool:
    """Whether a lever adds rows, so that the first morning depends on it."""
    return not policy.is_void and coming.dispatch(type(policy)) is not coming.dispatch(Policy)


def with_newcomers(
    territory: Territory, policies: Iterable[tuple[str, Policy]], parameters: Parameters, calendar: Calendar
) -> Territory:
    """Add to a territory, which has its arrivals, all that its levers bring."""
    table, structures = territory.practitioners, territory.structures
    rows: list[dict[str, object]] = []
    houses: list[dict[str, object]] = []
    for key, policy in policies:
        if brings_people(policy):
            found = coming(policy, Setting(territory, parameters, calendar, key))
            rows += found.practitioners
            houses += found.structures
    tables = {}
    if rows:
        tables["practitioners"] = joined(table, rows)
    if houses:
        tables["structures"] = joined(structures, houses)
    return territory.with_(**tables) if tables else territory


def joined(table: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Add rows to a table, each column keeping its type."""
    added = pd.DataFrame(rows).reindex(columns=table.columns)
    return pd.concat([table, added.astype(table.dtypes.to_dict())], ignore_index=True)


def gps_at(
    setting: Setting,
    policy: Policy,
    commune: str,
    count: int,
    *,
    half_days: float = HALF_DAYS,
    slots: float | None = None,
    accepts: str = "yes",
    house: str = "",
) -> tuple[dict[str, object], ...]:
    """Describe so many GPs who come to a commune on the lever's day."""
    place = setting.territory.communes.set_index("insee_code").loc[commune]
    full = setting.parameters.supply.slots_per_gp * setting.parameters.workforce.arrivals_hours_ratio
    told = {
        "role": "gp", "insee_code": commune, "lat": place["lat"], "lon": place["lon"], "age": AGE_ON_ARRIVAL,
        "half_days_per_week": half_days, "slots_per_year": full if slots is None else slots, "msp": house, "cpts": "",
        "accepts_new": accepts, "leaving": "", "arrives": setting.day_of(policy),
    }  # fmt: skip
    return tuple(told | {"id": f"{setting.key}-{commune}-{nth}"} for nth in range(count))


def house_at(setting: Setting, commune: str, kind: str) -> dict[str, object]:
    """Describe a house or a centre that opens in a commune."""
    place = setting.territory.communes.set_index("insee_code").loc[commune]
    name = f"{setting.key}-{commune}"
    return {
        "id": name, "kind": kind, "name": name, "insee_code": commune, "lat": place["lat"], "lon": place["lon"]
    }  # fmt: skip


@coming.register
def _(policy: Install, setting: Setting) -> Coming:
    return Coming(gps_at(setting, policy, policy.commune, policy.gps))


@coming.register
def _(policy: HealthCentre, setting: Setting) -> Coming:
    house = house_at(setting, policy.commune, "health_centre")
    return Coming(gps_at(setting, policy, policy.commune, policy.gps, house=str(house["id"])), (house,))


@coming.register
def _(policy: OpenMsp, setting: Setting) -> Coming:
    house = house_at(setting, policy.commune, "msp")
    return Coming(gps_at(setting, policy, policy.commune, policy.newcomers, house=str(house["id"])), (house,))


@coming.register
def _(policy: AdvancedConsultation, setting: Setting) -> Coming:
    rows = [
        row
        for commune in policy.communes
        for row in gps_at(
            setting, policy, commune, 1, half_days=policy.half_days_per_week, accepts="no",
            slots=policy.half_days_per_week * policy.slots_per_half_day * WEEKS,
        )
    ]  # fmt: skip
    return Coming(tuple(rows))


@coming.register
def _(policy: PrivateCentre, setting: Setting) -> Coming:
    slots = policy.half_days_per_week * policy.visits_per_half_day * WEEKS
    half_days = policy.half_days_per_week
    rows = gps_at(setting, policy, policy.commune, policy.gps, half_days=half_days, slots=slots, accepts="no")
    return Coming(rows)


@coming.register
def _(policy: Support, setting: Setting) -> Coming:
    """Draw for each tutor and month whether a former student settles near by."""
    table, first = setting.territory.practitioners, setting.day_of(policy)
    yearly = setting.parameters.missions.tutor_installs_per_year
    rows = []
    for gp in tutors(setting, policy):
        commune, identifier = str(table["insee_code"].iloc[gp]), str(table["id"].iloc[gp])
        who = number_of_name(identifier)
        for day in first_days(setting.calendar):
            luck = draw(setting.calendar.seed, decisions.TUTORED, day, who, 0)
            if day >= first and luck < one(yearly / 12):
                row = gps_at(setting, policy, commune, 1)[0]
                rows.append(row | {"id": f"{setting.key}-{identifier}-{day}", "arrives": day})
    return Coming(tuple(rows))


def tutors(setting: Setting, policy: Support) -> list[int]:
    """Rows of the GPs of the territory who take students: in an order drawn once."""
    table, communes = setting.territory.practitioners, setting.territory.communes
    inside = table["insee_code"].isin(communes.loc[communes["inside"], "insee_code"])
    there = np.flatnonzero((table["role"] == "gp") & inside & (table["arrives"] < 0))
    seed = setting.calendar.seed
    order = sorted(there.tolist(), key=lambda row: int(turn(seed, str(table["id"].iloc[row]))))
    return order[: policy.tutors]


def turn(seed: int, identifier: str) -> Any:
    """Place of a tutor on the list."""
    return draw(seed, decisions.VOLUNTEERS, 0, number_of_name(identifier), 0)
