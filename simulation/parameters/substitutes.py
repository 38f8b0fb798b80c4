"""Who may see a patient instead of a GP (protocoles, téléconsultation): competence, acceptance, success.

Substitution is never free: the time is taken from a diary, some visits settle nothing and some were not needed.
"""

from simulation.parameters.number import Group, number

_SPEC = "docs/odd.md §5"
_ASSUMED = "docs/odd.md §5; no French volume of protocols was found, range from none"
_EPISODES = "share of episodes"


class Substitutes(Group):
    """The competence table (who may serve which request) and what comes of it."""

    pharmacist_acute_share: float = number(
        0.06, 0.0, 0.15, _EPISODES, "assumed", _ASSUMED + " (sore throat, cystitis)",
        fr="Épisodes qu'un pharmacien peut traiter", en="Episodes that a pharmacist may treat")
    nurse_acute_share: float = number(
        0.04, 0.0, 0.15, _EPISODES, "assumed", _ASSUMED,
        fr="Épisodes qu'un infirmier peut traiter", en="Episodes that a nurse may treat")
    advanced_nurse_acute_share: float = number(
        0.15, 0.0, 0.30, _EPISODES, "assumed", _ASSUMED,
        fr="Épisodes qu'une IPA peut traiter", en="Episodes that an advanced nurse may treat")
    advanced_nurse_follow_up_share: float = number(
        0.50, 0.0, 0.80, "share of follow-ups", "assumed", _ASSUMED,
        fr="Suivis qu'une IPA peut assurer", en="Follow-ups that an advanced nurse may do")
    practice_nurse_follow_up_share: float = number(
        0.0, 0.0, 0.4, "share of follow-ups", "assumed", "IRDES QES 241 (Asalée, 2019): no effect on the number of visits",
        fr="Suivis qu'une infirmière Asalée peut assurer", en="Follow-ups that a practice nurse may do")
    telecare_acute_share: float = number(
        0.40, 0.0, 0.70, _EPISODES, "assumed", _ASSUMED,
        fr="Épisodes qu'une téléconsultation peut traiter", en="Episodes that a remote visit may settle")
    accepted_share: float = number(
        0.6, 0.0, 0.9, "share of people", "assumed", _ASSUMED,
        fr="Acceptent de voir un autre professionnel", en="Accept to see another role than a GP")
    telecare_accepted_share: float = number(
        0.25, 0.0, 0.6, "share of people", "assumed", _ASSUMED,
        fr="Acceptent la téléconsultation", en="Accept a remote visit")
    pharmacist_success: float = number(
        0.8, 0.5, 0.95, "share of visits", "assumed", _SPEC,
        fr="Protocole du pharmacien qui suffit", en="Pharmacist's protocol that settles the need")
    nurse_success: float = number(
        0.7, 0.4, 0.95, "share of visits", "assumed", _SPEC,
        fr="Protocole infirmier qui suffit", en="Nurse's protocol that settles the need")
    advanced_nurse_success: float = number(
        0.75, 0.5, 0.95, "share of visits", "assumed", _SPEC,
        fr="Consultation d'IPA qui suffit", en="Advanced nurse's visit that settles the need")
    telecare_success: float = number(
        0.75, 0.4, 0.95, "share of visits", "assumed", _SPEC,
        fr="Téléconsultation qui suffit", en="Remote visit that settles the need")
    added_demand_share: float = number(
        0.2, 0.0, 0.5, "share of visits", "assumed", "docs/odd.md §5: 0.2 (0–0.5)",
        fr="Demande ajoutée par une porte facile", en="Demand added by an easy door")
    protocol_slots: float = number(
        2.0, 0.0, 10.0, "slots a week", "assumed", _ASSUMED,
        fr="Créneaux de protocole par professionnel", en="Protocol slots of a practitioner")
    telecare_per_1000: float = number(
        0.08, 0.0, 0.3, "visits per 1,000 and day", "derived",
        "3.2 % of visits are remote (REPSS 2.7.5, 2023), most with one's own doctor; 0.03 a year per inhabitant",
        fr="Téléconsultations possibles par jour", en="Remote visits possible in a day")
