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
    call_minutes: float = number(
        10.0, 5.0, 20.0, "minutes", "assumed", "range by judgement",
        fr="Durée d'un appel à un patient", en="Length of a call to a patient")
    coordinator_eur_per_hour: float = number(
        35.0, 25.0, 45.0, "euros", "assumed", "order of a salaried coordinator's hour, charges included; no source read",
        fr="Heure de coordination", en="Hour of coordination")
    assistant_slots_share: float = number(
        0.07, 0.0, 0.08, "share of slots", "measured_in_france", "Cnam 2019–24: +7.2 % of acts a day against +0.5 %",
        fr="Créneaux gagnés avec un assistant médical", en="Slots gained with a medical assistant")
    assistant_panel_share: float = number(
        0.10, 0.0, 0.195, "share of the panel", "derived", "Cnam 2019–24: +19.5 % against +6.6 % in 48 months; +6 to +12 % net",
        fr="Patientèle gagnée avec un assistant médical", en="Panel gained with a medical assistant")
    assistant_eur_per_year: float = number(
        30_000.0, 20_000.0, 40_000.0, "euros", "assumed", "order of the public aid to a post; no source read",
        fr="Aide annuelle à un poste d'assistant", en="Yearly aid to an assistant's post")
    outing_eur: float = number(
        670.0, 400.0, 1000.0, "euros", "derived", "7 h of a doctor at 60 € and 50 000 € a year of vehicle for 200 outings (Orne-Est; plan of 2023)",
        fr="Sortie de médicobus", en="Outing of a mobile unit")
    slot_eur: float = number(
        15.0, 0.0, 15.0, "euros", "assumed",
        "+15 € an act is the rule of the SAS (le vrai/faux); whether a shared slot of a CPTS earns it is not known",
        fr="Supplément par créneau utilisé", en="Supplement per slot used")
