"""Peopling a territory (population): exact numbers by commune, the rest drawn for each person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.chances import gamma_thousandths, threshold
from simulation.kernels.codes import NEVER
from simulation.kernels.people import Traits
from simulation.need_by_age import Needs, needs
from simulation.parameters import Parameters
from simulation.places import emergency_minutes, own_choice_pull
from simulation.state import Int64, Patients
from simulation.territory import Territory
from simulation.territory.ages import AGES, people_by_age

TOWN = 10_000
"""People from which a commune counts as a town for cars and closed lists."""
DEPRIVED_SHARE = 0.20
INCOME_REFERENCE = 23_000.0
"""Median income per consumption unit of France, euros (assumed: order of Filosofi 2021)."""
INCOME_POWER = 3.0
"""How fast deprivation falls with a commune's income (assumed)."""
YOUNG_NEVER_DECLARED = 0.14
"""Under-30s who never declared a usual GP: 20 % have none (Cnam 2021), of whom 5.8 % lost theirs."""
YOUNG = 30
OWN_CHOICE_IN_RATES = 65.0
"""Own choice per 1,000 and year within the rates by age, which hold the three streams together (DREES 2023)."""


def empty_patients(territory: Territory) -> Patients:
    """Give everybody a row: commune, age and sex are set, the rest waits to be drawn."""
    counts = people_by_age(territory)
    communes = len(counts)
    flat = counts.transpose(0, 2, 1).reshape(-1)  # commune, age, sex: people of a commune are sorted by age
    cells = np.repeat(np.arange(flat.size), flat)
    people = cells.size

    def zeros(dtype: type) -> NDArray[np.generic]:
        return np.zeros(people, dtype=dtype)

    columns: dict[str, NDArray[np.generic]] = {
        "commune": (cells // (AGES * 2)).astype(np.uint16),
        "age": (cells // 2 % AGES).astype(np.uint8),
        "woman": (cells % 2).astype(np.uint8),
        "usual_gp": np.full(people, -1, dtype=np.int32),
        "usual_minutes": np.full(people, -1, dtype=np.int16),
        "seen_gps": np.full((people, 3), -1, dtype=np.int32),
    }
    for name in ("next_event", "next_acute", "next_follow_up", "next_routine", "next_emergency"):
        columns[name] = np.full(people, NEVER, dtype=np.int16)
    for name in ("frailty", "acute_rate", "routine_rate", "emergency_rate", "emergency_base"):
        columns[name] = zeros(np.uint16)
    for name in Patients._fields:
        columns.setdefault(name, zeros(np.uint8))
    assert communes == len(territory.communes)
    return Patients(**columns)  # type: ignore[arg-type]


def traits_of(territory: Territory, parameters: Parameters, height: float) -> Traits:
    """Make the tables that people are drawn from; `height` is the most that the season multiplies needs by."""
    curves = needs(parameters)
    population = territory.communes["population"].to_numpy()
    people = parameters.people
    car = np.where(population > TOWN, people.no_car_town_share, people.no_car_share)
    no_car = np.stack([car, np.minimum(car * people.no_car_75_ratio, 0.95)], axis=1)
    without, seeks = without_gp(curves, parameters)
    acute = np.stack([curves.acute, curves.acute * parameters.demand.ald_acute_ratio], axis=1) * height
    base, own = emergency_rates(territory, parameters, curves)
    return Traits(
        ald=threshold(curves.ald),
        treated=threshold(curves.treated),
        home_bound=threshold(curves.home_bound),
        no_car=threshold(no_car),
        deprived=threshold(deprivation(territory)),
        couple=int(threshold(people.couple_share)),
        frailty=gamma_thousandths(people.frailty_shape),
        acute=thousandths(acute),
        routine=thousandths(curves.routine),
        emergency_base=np.rint(base * 10_000).astype(np.int64),
        own_choice=np.rint(own * 10_000).astype(np.int64),
        without_gp=threshold(without),
        seeks=threshold(seeks),
        load=loads(curves, parameters),
    )


def thousandths(values: NDArray[np.float64]) -> Int64:
    """Round to thousandths."""
    return np.rint(values * 1000).astype(np.int64)


def deprivation(territory: Territory) -> NDArray[np.float64]:
    """Share of the deprived in each commune: a fifth at the reference income, more where it is lower."""
    income = territory.communes["median_income_eur"].fillna(INCOME_REFERENCE).to_numpy(dtype=np.float64)
    return np.clip(DEPRIVED_SHARE * (INCOME_REFERENCE / income) ** INCOME_POWER, 0.05, 0.60)


def emergency_rates(
    territory: Territory, parameters: Parameters, curves: Needs
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Split the visits to the ED of each age: injury, vital or sent [105], and own choice [commune, 105]."""
    emergency = parameters.emergency
    forced = emergency.injury_per_1000 + emergency.vital_per_1000
    whole = forced + OWN_CHOICE_IN_RATES
    base = curves.emergency * forced / whole
    own = curves.emergency * emergency.own_choice_per_1000 / whole
    minutes = emergency_minutes(territory)
    pull = np.where(np.isfinite(minutes), own_choice_pull(minutes, parameters), 0.0)
    return base, own[None, :] * pull[:, None]


def without_gp(curves: Needs, parameters: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share without a usual GP, [age, ALD], and of those the share who look for one.

    Two causes: never declared (young, mostly not seeking) and a GP who left (seeking). Children follow
    their family, so the shares hold from 17 on.
    """
    people, ages = parameters.people, np.arange(AGES)
    adults = np.where(ages >= 17, curves.reference, 0.0)
    adults /= adults.sum()
    ald = float((adults * curves.ald).sum())
    young = float(adults[ages < YOUNG].sum())
    never_old = max(
        (people.never_declared_share - YOUNG_NEVER_DECLARED * young) / max(1 - young - ald, 0.1), 0.0
    )
    never = np.where(ages < YOUNG, YOUNG_NEVER_DECLARED, never_old)
    left_all = people.without_usual_gp_share - people.never_declared_share
    left = max((left_all - people.ald_without_usual_gp_share * ald) / (1 - ald), 0.0)
    table, seeks = np.zeros((AGES, 2)), np.ones((AGES, 2))
    table[:, 0] = never + left
    table[:, 1] = people.ald_without_usual_gp_share
    seeks[:, 0] = (left + never * people.never_declared_seek_share) / np.maximum(never + left, 1e-9)
    table[ages < 17] = 0.0
    return np.minimum(table, 1.0), seeks


def loads(curves: Needs, parameters: Parameters) -> Int64:
    """Requests that a person is expected to make in a year, [age, ALD, treated], in hundredths."""
    ratio = parameters.demand.ald_acute_ratio
    table = np.zeros((AGES, 2, 2))
    for ald in (0, 1):
        for treated in (0, 1):
            follow = curves.follow_up_ald if ald else curves.follow_up_treated * treated
            table[:, ald, treated] = curves.acute * (ratio if ald else 1.0) + curves.routine + follow
    return np.rint(table * 100).astype(np.int64)
