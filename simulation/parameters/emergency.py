"""Emergency department visits that do not depend on GPs' diaries (urgences)."""

from simulation.parameters.number import Group, number

_AGE = "RPU 2016 (Redjaline et al.), computed"
_SHARE = "DREES 2023 survey, partition of overlapping answers"


class Emergency(Group):
    """Three exogenous streams; the fourth, for want of a slot, comes out of the ladder."""

    infant_per_year: float = number(
        0.625, 0.5, 0.75, "visits a year", "derived", "docs/odd.md §7; " + _AGE,
        fr="Passages avant 1 an", en="Visits under 1 year")
    child_per_year: float = number(
        0.293, 0.23, 0.35, "visits a year", "derived", "docs/odd.md §7; " + _AGE,
        fr="Passages de 1 à 17 ans", en="Visits aged 1–17")
    adult_per_year: float = number(
        0.207, 0.165, 0.25, "visits a year", "derived", "docs/odd.md §7; " + _AGE,
        fr="Passages de 18 à 74 ans", en="Visits aged 18–74")
    old_per_year: float = number(
        0.348, 0.28, 0.42, "visits a year", "derived", "docs/odd.md §7; " + _AGE,
        fr="Passages à 75 ans et plus", en="Visits aged 75 and over")
    injury_per_1000: float = number(
        110.0, 110.0, 110.0, "per 1,000 a year", "derived", _SHARE,
        fr="Passages pour blessure", en="Visits for injury")
    vital_per_1000: float = number(
        68.0, 68.0, 68.0, "per 1,000 a year", "derived", _SHARE,
        fr="Passages vitaux ou adressés", en="Vital or sent visits")
    own_choice_per_1000: float = number(
        65.0, 40.0, 90.0, "per 1,000 a year", "derived", _SHARE,
        fr="Passages sans avoir cherché en ville", en="Visits without trying elsewhere")
    own_choice_minutes: float = number(
        30.0, 15.0, 60.0, "minutes", "assumed", "docs/odd.md §7: decays with minutes",
        fr="Éloignement qui divise par e ce choix", en="Minutes that divide by e that choice")
    own_choice_reference_minutes: float = number(
        10.0, 10.0, 10.0, "minutes", "derived", "gives the national rate over the distances of the national-average territory",
        fr="Éloignement de référence", en="Reference distance")
