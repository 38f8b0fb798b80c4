"""What people of each age need (besoins par âge): illness, follow-ups, and acute needs as what is left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import Parameters
from simulation.territory.ages import AGES, REFERENCE, pyramid

_Curve = NDArray[np.float64]

GP_USE = (
    (0, 1.27), (5, 0.65), (10, 0.55), (15, 0.51), (20, 0.54), (25, 0.65), (30, 0.67), (35, 0.72), (40, 0.75),
    (45, 0.83), (50, 1.03), (55, 1.07), (60, 1.31), (65, 1.39), (70, 1.54), (75, 1.82), (80, 2.12), (85, 2.84),
    (90, 2.61),
)  # fmt: skip
"""First age and weight of GP use (IRDES, DT 70, table 2; ESPS 2010 and Sniiram); the mean of France is 1."""
ALD = (
    (0, 0.03),
    (15, 0.04),
    (30, 0.07),
    (45, 0.15),
    (60, 0.30),
    (70, 0.40),
    (75, 0.53),
    (80, 0.62),
    (90, 0.75),
)
"""First age and relative share with a long-term condition (assumed curve, scaled to `people.ald_share`)."""
TREATED = ((0, 0.03), (15, 0.08), (30, 0.16), (45, 0.35), (60, 0.60), (70, 0.75), (80, 0.80))
"""First age and relative share, among the others, under another regular treatment (assumed shape)."""
ROUTINE = ((0, 3.0), (6, 1.3), (16, 0.8), (60, 0.8), (80, 0.5))
"""First age and weight of certificates, children's exams and prevention (assumed shape)."""
REQUESTS = 3.30
"""Requests of an average inhabitant of France in a year, over all kinds (docs/odd.md §6)."""


class Needs(NamedTuple):
    """Curves over single ages, [105] each; rates are per person and year."""

    reference: _Curve  # shares of each age in France
    ald: _Curve
    treated: _Curve
    home_bound: _Curve
    follow_up_ald: float
    follow_up_treated: float
    routine: _Curve
    acute: _Curve  # without a long-term condition
    emergency: _Curve  # the three exogenous streams together
    admissions: _Curve  # stays that do not begin at the ED
    dies: _Curve  # probability in a year
    bears: _Curve  # the same for women


def steps(points: tuple[tuple[int, float], ...]) -> _Curve:
    """Spread a table of (first age, value) over single ages."""
    curve = np.zeros(AGES)
    for first, value in points:
        curve[first:] = value
    return curve


def needs(parameters: Parameters) -> Needs:
    """Cut the use of each age into follow-ups, routine and, as the residual, acute needs.

    The age weights are for all GP use, so acute needs take what follow-ups and routine leave, scaled so that
    an average inhabitant of France has `demand.acute_per_year` of them.
    """
    people, demand = parameters.people, parameters.demand
    reference = pyramid(REFERENCE)
    shape = steps(ALD)
    ald = np.minimum(shape * people.ald_share / float((reference * shape).sum()), 0.95)
    shape = steps(TREATED)
    treated = np.minimum(shape * people.treated_share / float((reference * (1 - ald) * shape).sum()), 0.95)
    routine = steps(ROUTINE)
    routine *= demand.routine_per_year / float((reference * routine).sum())
    every_ald, every_treated = 365 / demand.follow_up_ald_days, 365 / demand.follow_up_treated_days
    follow_ups = ald * every_ald + (1 - ald) * treated * every_treated
    residual = np.maximum(steps(GP_USE) * REQUESTS - follow_ups - routine, 0.3)
    with_ald = 1 + ald * (demand.ald_acute_ratio - 1)
    acute = residual / with_ald
    acute *= demand.acute_per_year / float((reference * acute * with_ald).sum())
    return Needs(
        reference, ald, treated, home_bound(people.home_bound_share, reference),
        every_ald, every_treated, routine, acute, emergency(parameters), admissions(parameters, reference),
        deaths(parameters, reference), births(parameters, reference),
    )  # fmt: skip


def home_bound(share: float, reference: _Curve) -> _Curve:
    """Share of the home-bound at each age: the bands of the visits, spread over the people of each."""
    split = ((0, 64, 0.13), (65, 79, 0.30), (80, AGES - 1, 0.57))
    curve = np.zeros(AGES)
    for first, last, part in split:
        curve[first : last + 1] = share * part / reference[first : last + 1].sum()
    return np.minimum(curve, 0.95)


STAYS = ((0, 1.2), (2, 0.3), (18, 0.7), (45, 0.9), (60, 1.6), (70, 2.3), (80, 2.8))
"""First age and weight of stays in hospital (assumed shape: high in the first years and from 65 on, DREES 2022)."""


def admissions(parameters: Parameters, reference: _Curve) -> _Curve:
    """Stays a year that do not begin at the ED, by age."""
    shape = steps(STAYS)
    return shape * parameters.hospital.direct_per_1000 / 1000 / float((reference * shape).sum())


GOMPERTZ = 0.1025
"""How fast mortality grows with age, a year (assumed: it doubles in less than seven years)."""
MOTHERS = ((18, 0.2), (25, 1.0), (30, 1.2), (35, 0.7), (40, 0.15), (45, 0.0))
"""First age and weight of births (assumed)."""


def deaths(parameters: Parameters, reference: _Curve) -> _Curve:
    """Probability of dying in a year, by age."""
    ages = np.arange(AGES)
    shape = np.exp(GOMPERTZ * np.maximum(ages, 30)) * np.where(ages < 30, 0.3, 1.0)
    return np.minimum(
        shape * parameters.demography.deaths_per_1000 / 1000 / float((reference * shape).sum()), 0.6
    )


def births(parameters: Parameters, reference: _Curve) -> _Curve:
    """Probability that a woman has a child in a year, by age."""
    shape = steps(MOTHERS)
    return shape * parameters.demography.births_per_1000 / 1000 / float((reference * shape * WOMEN).sum())


WOMEN = 0.5
"""Share of women at the ages of mothers."""


def emergency(parameters: Parameters) -> _Curve:
    """Visits a year to the ED that do not depend on GPs' diaries, by age."""
    rates = parameters.emergency
    ages = np.arange(AGES)
    return np.select(
        [ages < 1, ages < 18, ages < 75],
        [rates.infant_per_year, rates.child_per_year, rates.adult_per_year],
        rates.old_per_year,
    )
