"""Births and deaths (démographie), beyond a year; visitors in summer."""

from simulation.parameters.number import Group, number


class Demography(Group):
    """Each year after the first, everybody is a year older."""

    deaths_per_1000: float = number(
        9.5, 8.0, 11.0, "per 1,000 a year", "assumed", "order of magnitude of France; Gompertz law from 30 on, no life table was read",
        fr="Décès", en="Deaths")
    births_per_1000: float = number(
        9.7, 8.0, 11.0, "per 1,000 a year", "assumed", "order of magnitude of France; ages of mothers assumed",
        fr="Naissances", en="Births")
    summer_visitors: float = number(
        0.0, 0.0, 2.0, "visitors for one inhabitant", "assumed", "optional: people who stay in July and August",
        fr="Population saisonnière (juillet et août)", en="Seasonal population (July and August)", drawn=False)
