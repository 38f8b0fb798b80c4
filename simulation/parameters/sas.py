"""The care access service behind the 15 (service d'accès aux soins, SAS): who rings it and what comes of it."""

from simulation.parameters.number import Group, number

_SPEC = "docs/odd.md §7"


class Sas(Group):
    """What regulation (régulation médicale) makes of a call that doors 1 and 2 left unanswered."""

    covered_share: float = number(
        0.96, 0.96, 0.96, "share of people", "measured_in_france", "DGOS/Cnam: 96 % of people since October 2024",
        fr="Habitants couverts par un SAS", en="People covered by a SAS")
    called_share: float = number(
        0.5, 0.0, 0.8, "share of requests", "assumed",
        "range by judgement; 304 files per 1,000 a year, about half ambulatory (DREES 2022) bound it",
        fr="Appellent le 15 quand leur médecin ne peut pas", en="Ring the 15 when their GP cannot")
    advice_share: float = number(
        0.35, 0.20, 0.50, "share of ambulatory calls", "assumed", _SPEC,
        fr="Conseil seul", en="Advice only")
    appointment_share: float = number(
        0.50, 0.30, 0.60, "share of ambulatory calls", "measured_in_france",
        "about half get a town appointment within 48 h (Assemblée nationale, 2024)",
        fr="Orientés vers un rendez-vous sous 48 h", en="Sent to an appointment within 48 h")
    volunteer_share: float = number(
        0.10, 0.05, 0.30, "share of GPs", "derived", "3 855 doctors in March 2023 for 52 291 GPs (ANS), growing since",
        fr="Médecins volontaires du SAS", en="GPs who volunteer for the SAS")
