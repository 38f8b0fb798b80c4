"""Duty doctors on evenings, week-ends and holidays (permanence des soins ambulatoires, PDSA)."""

from simulation.parameters.number import Group, number

_CNOM = "SFMU/APM (CNOM), 2024"


class OutOfHours(Group):
    """When a duty doctor answers and how many people he can see."""

    evening_available: float = number(
        0.93, 0.93, 0.93, "share of evenings", "measured_in_france", _CNOM,
        fr="Soirs avec un médecin de garde", en="Evenings with a duty doctor")
    weekend_available: float = number(
        0.97, 0.97, 0.97, "share of days", "measured_in_france", _CNOM,
        fr="Week-ends et fêtes avec un médecin de garde", en="Week-ends and holidays with a duty doctor")
    evening_per_1000: float = number(
        0.08, 0.0, 0.16, "visits per 1,000 and evening", "assumed", "docs/odd.md §7: capacity a range; Alès centre > 18 000 a year",
        fr="Places de garde le soir", en="Duty visits of an evening")
    weekend_per_1000: float = number(
        0.5, 0.1, 1.0, "visits per 1,000 and day", "assumed", "docs/odd.md §7: capacity a range; Alès centre > 18 000 a year",
        fr="Places de garde le week-end", en="Duty visits of a week-end day")
    known_share: float = number(
        0.5, 0.2, 0.8, "share of people", "assumed", "no French figure was found",
        fr="Pensent à la garde", en="Think of the duty doctor")
