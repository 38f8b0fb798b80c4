"""Other roles than GPs (autres professionnels): the time they have for what is simulated, and who needs them.

No French figure of their diaries was found: slots are sized so that, at national densities, they meet what is asked
of them with some margin.
"""

from simulation.parameters.number import Group, number

_SIZED = "sized on what is asked at the national density of the role; no figure of diaries was found"
_ASKED = "no French figure was found; range by judgement"
_TIME = "slots a week"


class Roles(Group):
    """Slots a week that a practitioner opens to new requests, and how often people ask for one."""

    nurse_slots: float = number(
        3.0, 1.0, 6.0, _TIME, "assumed", _SIZED, fr="Infirmier : nouvelles demandes", en="Nurse: new requests")
    physiotherapist_slots: float = number(
        3.0, 1.5, 6.0, _TIME, "assumed", _SIZED,
        fr="Kinésithérapeute : nouvelles demandes", en="Physiotherapist: new requests")
    midwife_slots: float = number(
        18.0, 9.0, 30.0, _TIME, "assumed", _SIZED, fr="Sage-femme : rendez-vous", en="Midwife: appointments")
    dentist_slots: float = number(
        20.0, 12.0, 30.0, _TIME, "assumed", _SIZED,
        fr="Dentiste : premiers rendez-vous", en="Dentist: first appointments")
    pharmacist_slots: float = number(
        45.0, 15.0, 90.0, _TIME, "assumed", _SIZED,
        fr="Pharmacie : vaccins et conseils de prévention", en="Pharmacy: vaccines and prevention")
    practice_nurse_slots: float = number(
        4.0, 0.0, 15.0, _TIME, "assumed", _SIZED,
        fr="Infirmière Asalée : suivis partagés", en="Practice nurse: shared follow-ups")
    advanced_nurse_slots: float = number(
        15.0, 5.0, 40.0, _TIME, "assumed", _SIZED,
        fr="Infirmière en pratique avancée : suivis", en="Advanced nurse: follow-ups")
    physiotherapy_share: float = number(
        0.07, 0.02, 0.12, "share of visits for an episode", "assumed", _ASKED,
        fr="Épisodes adressés au kinésithérapeute", en="Episodes referred to a physiotherapist")
    nursing_share: float = number(
        0.07, 0.02, 0.12, "share of visits for an episode", "assumed", _ASKED,
        fr="Épisodes adressés à un infirmier", en="Episodes referred to a nurse")
    specialist_share: float = number(
        0.08, 0.04, 0.15, "share of visits", "assumed", _ASKED,
        fr="Consultations adressées à un spécialiste", en="Visits referred to a specialist")
    dental_per_year: float = number(
        0.45, 0.3, 0.6, "requests a year", "assumed", _ASKED,
        fr="Premiers rendez-vous chez le dentiste", en="First appointments with a dentist")
    midwife_per_year: float = number(
        0.3, 0.1, 0.6, "requests a year, women 15–49", "assumed", _ASKED,
        fr="Rendez-vous chez la sage-femme", en="Appointments with a midwife")
    referral_patience_days: float = number(
        60.0, 30.0, 120.0, "days (median)", "assumed", "docs/odd.md §14: patience cannot be identified",
        fr="Patience, autre professionnel", en="Patience, other roles")
