"""Peopling a territory (population): exact numbers by commune, the rest drawn for each person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.chances import gamma_thousandths, threshold
from simulation.kernels.codes import NEVER, PROGRAMMES
from simulation.kernels.people import Traits
from simulation.need_by_age import Needs, needs
from simulation.parameters import Parameters
from simulation.places import emergency_minutes, own_choice_pull
from simulation.records import in_records
from simulation.state import Int64, Patients
from simulation.territory import Territory
from simulation.territory.ages import AGES, people_by_age

SELDOM_READ = ("seen_gps", "gps_seen", "up_to_date", "frailty")
"""What most events of a life do not look at; the rest of a person fits one line of the processor's cache."""
OFTEN_SCANNED = ("next_event",)
"""What is read of everybody every day: small enough to be scanned, by itself."""
INHABITANT, VISITOR, FOR_A_BIRTH = 0, 1, 2
"""What a row is for."""
ROWS_FOR_A_BIRTH = 1.5
"""Rows kept for births that are more than deaths, for one birth expected."""
_Counts = NDArray[np.int64]
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


def rows_of_communes(territory: Territory, parameters: Parameters, years: int) -> tuple[_Counts, _Counts]:
    """Rows of each commune for summer visitors, and for births when a run goes beyond a year."""
    people = territory.communes["population"].to_numpy(dtype=np.int64)
    visitors = np.rint(people * parameters.demography.summer_visitors).astype(np.int64)
    births = people * parameters.demography.births_per_1000 / 1000 * ROWS_FOR_A_BIRTH * (years - 1)
    return visitors, np.where(years > 1, np.ceil(births).astype(np.int64) + 4, 0)


def empty_patients(territory: Territory, parameters: Parameters, years: int) -> Patients:
    """Give everybody a row: commune, age and sex are set, the rest waits to be drawn.

    Inhabitants of a commune come first, by age; then summer visitors, of the same ages; then rows for births.
    """
    counts = people_by_age(territory)
    assert len(counts) == len(territory.communes)
    flat = counts.transpose(0, 2, 1).reshape(-1)  # commune, age, sex
    inhabitants = np.repeat(np.arange(flat.size, dtype=np.int32), flat)
    visitors, births = rows_of_communes(territory, parameters, years)
    cells, part = laid_out(inhabitants, counts.sum(axis=(1, 2)), visitors, births)
    patients = Patients(**in_records(cells.size, first_row(), apart=OFTEN_SCANNED, seldom=SELDOM_READ))
    patients.commune[:] = cells // (AGES * 2)
    patients.alive[:] = part < FOR_A_BIRTH
    patients.visitor[:] = part == VISITOR
    patients.age[:] = np.where(part < FOR_A_BIRTH, cells // 2 % AGES, 0)
    patients.woman[:] = cells % 2
    return patients


def laid_out(
    inhabitants: NDArray[np.int32], people: _Counts, visitors: _Counts, births: _Counts
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Put rows in order, commune by commune: the cell (commune, age, sex) of each row, and what it is for."""
    cells, parts, start = [], [], 0
    for commune, number in enumerate(people.tolist()):
        own = inhabitants[start : start + number]
        picked = (
            own[np.arange(visitors[commune]) * number // max(int(visitors[commune]), 1)]
            if number
            else own[:0]
        )
        later = np.full(births[commune], commune * AGES * 2, dtype=np.int32)
        cells += [own, picked, later]
        parts += [
            np.full(len(own), INHABITANT, dtype=np.uint8),
            np.full(len(picked), VISITOR, dtype=np.uint8),
            np.full(len(later), FOR_A_BIRTH, dtype=np.uint8),
        ]
        start += number
    return np.concatenate(cells), np.concatenate(parts)


def first_row() -> dict[str, NDArray[np.generic]]:
    """What every column of patients begins with, before anything is drawn."""
    columns: dict[str, NDArray[np.generic]] = {
        "commune": np.zeros(1, dtype=np.uint16),
        "usual_gp": np.full(1, -1, dtype=np.int32),
        "usual_minutes": np.full(1, -1, dtype=np.int16),
        "seen_gps": np.full((1, 3), -1, dtype=np.int32),
        "discharged": np.full(1, -1, dtype=np.int16),
        "up_to_date": np.zeros((1, PROGRAMMES), dtype=np.int16),
    }
    for name in Patients._fields:
        if name.startswith("next_"):
            columns[name] = np.full(1, NEVER, dtype=np.int16)
        else:
            wide = name.endswith(("_rate", "_base", "_share")) or name == "frailty"
            columns.setdefault(name, np.zeros(1, dtype=np.uint16 if wide else np.uint8))
    return columns


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
        admissions=np.rint(curves.admissions * 10_000).astype(np.int64),
        dental=round(parameters.roles.dental_per_year * 1000),
        midwife=midwifery(parameters),
        joins=programme_shares(parameters),
        emergency_base=np.rint(base * 10_000).astype(np.int64),
        own_choice=np.rint(own * 10_000).astype(np.int64),
        without_gp=threshold(without),
        seeks=threshold(seeks),
        dies=threshold(curves.dies),
        bears=threshold(curves.bears),
        load=loads(curves, parameters),
    )


def midwifery(parameters: Parameters) -> Int64:
    """Requests to midwives of women of each age, in thousandths a year."""
    rates = np.zeros(AGES, dtype=np.int64)
    rates[15:50] = round(parameters.roles.midwife_per_year * 1000)
    return rates


def programme_shares(parameters: Parameters) -> Int64:
    """Thresholds of keeping up with each programme, in the order of the codes."""
    given = parameters.prevention
    return threshold([given.flu_share, given.colorectal_share, given.breast_share, given.cervical_share])


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
