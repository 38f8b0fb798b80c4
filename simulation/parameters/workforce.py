"""GPs leave and arrive (démographie médicale): the baseline itself drifts."""

from simulation.parameters.number import Group, number


class Workforce(Group):
    """Who leaves, who comes, and what becomes of a panel left behind."""

    exits_per_year: float = number(
        0.05, 0.03, 0.07, "share of GPs", "derived", "entries of 4.4 % and a stock that shrinks by 0.3–1 % a year (facts on supply)",
        fr="Départs de médecins par an", en="GPs who leave in a year")
    arrivals_per_year: float = number(
        0.044, 0.030, 0.055, "share of GPs", "measured_in_france", "2 293 first installations for 52 291 GPs (Cnam, 2025)",
        fr="Installations de médecins par an", en="GPs who arrive in a year")
    arrivals_hours_ratio: float = number(
        0.89, 0.80, 1.0, "ratio", "measured_in_france", "under 50: 41 h with patients against 46 h (DREES panel, 2019)",
        fr="Temps des arrivants", en="Time of those who arrive")
    over_60_share: float = number(
        0.34, 0.34, 0.34, "share of GPs", "measured_in_france", "Cnam 2021, in Medscape, July 2023",
        fr="Médecins de plus de 60 ans", en="GPs over 60")
    successor_share: float = number(
        0.3, 0.0, 0.6, "share of exits", "assumed", "no French figure was found; range by judgement",
        fr="Départs avec successeur", en="Exits with a successor")
    stays_with_successor: float = number(
        0.7, 0.4, 0.95, "share of the panel", "assumed", "docs/odd.md §11",
        fr="Patients qui restent avec le successeur", en="Patients who stay with the successor")
    panel_of_arrivals: float = number(
        1170.0, 900.0, 1400.0, "people for 4,389 slots", "derived", "68.1 M people × 0.9 / 52 291 GPs",
        fr="Patientèle visée par un arrivant", en="Panel that an arriving GP aims at")
