"""What a CPTS takes from its members (temps des soignants)."""

from simulation.parameters.number import Group, number


class Carers(Group):
    """Meetings and organising, partly taken out of consultations."""

    member_hours_per_month: float = number(
        1.0, 0.5, 2.0, "hours", "derived", "docs/odd.md §10: 1 h a month per participating member",
        fr="Temps de réunion d'un adhérent", en="Meeting time of a member")
    diary_share: float = number(
        0.4, 0.0, 1.0, "share", "assumed", "docs/odd.md §10: 0.4 (0–1)",
        fr="Part de ce temps prise sur les consultations", en="Part of that time taken from visits")
    indemnity_eur_per_hour: float = number(
        75.0, 50.0, 100.0, "euros", "assumed", "order of an ACI indemnity of three consultations an hour; no source read",
        fr="Indemnité d'une heure de soignant", en="Indemnity of a carer's hour")
    slot_eur: float = number(
        15.0, 0.0, 15.0, "euros", "assumed",
        "+15 € an act is the rule of the SAS (le vrai/faux); whether a shared slot of a CPTS earns it is not known",
        fr="Supplément par créneau utilisé", en="Supplement per slot used")
