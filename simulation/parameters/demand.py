"""What people need from a GP in a year (besoins)."""

from simulation.parameters.number import Group, number

_SPEC = "docs/odd.md §6"


class Demand(Group):
    """Requests an average inhabitant of France makes, and how they fall in time."""

    acute_per_year: float = number(
        1.80, 1.4, 2.0, "requests per inhabitant and year", "derived", _SPEC,
        fr="Besoins aigus", en="Acute needs")
    routine_per_year: float = number(
        0.42, 0.30, 0.55, "requests per inhabitant and year", "derived", _SPEC,
        fr="Certificats, enfants, prévention", en="Certificates, children, prevention")
    recontact_share: float = number(
        0.09, 0.05, 0.15, "share of acute visits", "assumed", _SPEC,
        fr="Consultations à revoir", en="Acute visits seen again")
    urgent_today_share: float = number(
        0.20, 0.15, 0.30, "share of acute needs", "derived", "docs/odd.md §6: 20/25/55 %; disagreement by a factor two",
        fr="Besoins aigus à voir le jour même", en="Acute needs for today")
    urgent_48h_share: float = number(
        0.25, 0.15, 0.40, "share of acute needs", "derived", "docs/odd.md §6: 20/25/55 %; disagreement by a factor two",
        fr="Besoins aigus à voir sous 48 h", en="Acute needs within 48 hours")
    ald_acute_ratio: float = number(
        1.3, 1.0, 1.6, "ratio", "assumed", _SPEC,
        fr="Besoins aigus en ALD (rapport)", en="Acute needs with a long-term condition (ratio)")
    winter_swing: float = number(
        0.25, 0.15, 0.40, "share", "derived", "docs/odd.md §6: ±25 % (15–40)",
        fr="Vague d'hiver (amplitude)", en="Winter wave (swing)")
    monday_ratio: float = number(
        1.35, 1.0, 1.6, "ratio", "assumed", "docs/odd.md §2; ED Monday +11 % (DREES ER 1320)",
        fr="Lundi par rapport aux autres jours", en="Monday against other days")
    follow_up_ald_days: float = number(
        113.0, 91.0, 130.0, "days", "derived", "docs/odd.md §6: every 113 d observed",
        fr="Intervalle de suivi en ALD", en="Interval of follow-up with a long-term condition")
    follow_up_treated_days: float = number(
        195.0, 150.0, 240.0, "days", "derived", "docs/odd.md §6: every 195 d",
        fr="Intervalle de suivi, autre traitement", en="Interval of follow-up, other treatment")
    lead_days: float = number(
        9.0, 4.0, 15.0, "days (median)", "assumed", "docs/odd.md §6: log-normal, median 9 d, σ 0.8; not identified",
        fr="Appel avant l'échéance de suivi", en="Call ahead of a follow-up's due date")
    lead_sigma: float = number(
        0.8, 0.8, 0.8, "sd of log", "assumed", _SPEC,
        fr="Dispersion de cet appel", en="Spread of that call")
    booked_far_share: float = number(
        0.13, 0.05, 0.20, "share of follow-ups", "assumed", "docs/odd.md §6: 13 % booked 45–95 d ahead",
        fr="Suivis pris longtemps à l'avance", en="Follow-ups booked far ahead")
    routine_later_share: float = number(
        0.08, 0.03, 0.15, "share of routine requests", "assumed", "docs/odd.md §6: 8 % ask for 14–60 d off",
        fr="Demandes de routine pour plus tard", en="Routine requests for a later date")
    morning_share: float = number(
        0.7, 0.5, 0.9, "share of callers", "assumed", "docs/odd.md §2",
        fr="Appels du matin", en="Callers who phone in the morning")
    no_show: float = number(
        0.03, 0.02, 0.08, "share of appointments", "measured_in_france", "Doctolib 2024, 2.6–3.4 %",
        fr="Rendez-vous non honorés", en="Missed appointments")
    no_show_new: float = number(
        0.054, 0.03, 0.10, "share of appointments", "measured_in_france", "Doctolib 2024, new patients 5.4 %",
        fr="Rendez-vous non honorés (nouveau patient)", en="Missed appointments (new patient)")
    refill: float = number(
        0.72, 0.5, 0.85, "share of missed appointments", "measured_in_france", "Odontodoc (Doctolib) 2024",
        fr="Créneaux rendus à temps", en="Missed slots given back in time")
