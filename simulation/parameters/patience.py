"""How long people wait before they give up (patience). Never observed: read the unserved."""

from simulation.parameters.number import Group, number

_SPEC = "docs/odd.md §6, §14: patience cannot be identified"


class Patience(Group):
    """Days after the wanted date that a request stays alive."""

    within_48h_days: float = number(
        1.5, 1.0, 3.0, "days (median)", "assumed", _SPEC,
        fr="Patience, besoin sous 48 h", en="Patience, need within 48 hours")
    within_week_days: float = number(
        6.0, 4.0, 10.0, "days (median)", "assumed", _SPEC,
        fr="Patience, besoin dans la semaine", en="Patience, need within the week")
    routine_days: float = number(
        18.0, 10.0, 40.0, "days (median)", "assumed", "docs/odd.md §6: 18 d (10–40)",
        fr="Patience, demande de routine", en="Patience, routine request")
    follow_up_days: float = number(
        30.0, 15.0, 60.0, "days (median)", "assumed", "a missed renewal is caught up within weeks; range by judgement",
        fr="Patience, suivi en retard", en="Patience, overdue follow-up")
    tolerance_days: int = number(
        9, 9, 9, "days", "assumed", "docs/odd.md §6: tolerance ±9 d",
        fr="Tolérance autour de l'échéance", en="Tolerance around the due date")
    sigma: float = number(
        0.7, 0.7, 0.7, "sd of log", "assumed", "docs/odd.md §6: σ 0.7",
        fr="Dispersion de la patience", en="Spread of patience")
    beyond_days: int = number(
        5, 2, 14, "days", "assumed", "docs/odd.md §7: wait beyond patience",
        fr="Attente au-delà de la patience", en="Wait beyond patience")
