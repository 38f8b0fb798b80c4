"""The ladder of doors that people try (recours)."""

from simulation.parameters.number import Group, number

_SPEC = "docs/odd.md §7"


class Doors(Group):
    """Who answers, who accepts, and what follows when every door is closed."""

    practices_called_per_day: int = number(
        3, 1, 6, "calls", "assumed", "docs/odd.md §7; only products with acceptance are seen",
        fr="Autres cabinets appelés par jour", en="Other practices called in a day")
    others_first_share: float = number(
        0.0, 0.0, 1.0, "share of people", "assumed", "docs/odd.md §7: the number and the 15 come before other practices; never observed",
        fr="Appellent d'autres cabinets avant tout numéro", en="Call other practices before any number", drawn=False)
    occasional_willing: float = number(
        0.9, 0.7, 1.0, "probability", "assumed", _SPEC,
        fr="Accueil occasionnel, médecins très ouverts", en="Occasional visit accepted, willing GPs")
    occasional_moderate: float = number(
        0.5, 0.3, 0.7, "probability", "assumed", _SPEC,
        fr="Accueil occasionnel, médecins moyennement ouverts", en="Occasional visit accepted, moderate GPs")
    occasional_closed: float = number(
        0.1, 0.0, 0.3, "probability", "assumed", _SPEC,
        fr="Accueil occasionnel, médecins fermés", en="Occasional visit accepted, closed GPs")
    closed_list: float = number(
        0.52, 0.44, 0.65, "share of GPs", "measured_in_france", "UFC-Que Choisir 2019–2023, DREES",
        fr="Ne prennent plus de patients comme médecin traitant", en="Accept no new patient as usual GP")
    closed_list_rural: float = number(
        0.33, 0.25, 0.50, "share of GPs", "measured_in_france", "communes under 3 000",
        fr="Même chose, commune de moins de 3 000 habitants", en="Same, commune under 3,000")
    number_awareness: float = number(
        0.5, 0.0, 1.0, "share of people", "assumed", "docs/odd.md §7: awareness 0.5 (0–1)",
        fr="Connaissent le numéro de la CPTS", en="Know the CPTS number")
    number_success: float = number(
        0.7, 0.0, 0.9, "share of calls", "assumed", "docs/odd.md §7: 0.7 (0.4–0.9); widened to none, as never measured",
        fr="Appels qui trouvent un créneau quand il existe", en="Calls that find a slot when there is one")
    walk_in_known: float = number(
        0.3, 0.0, 0.8, "share of requests", "assumed", "range by judgement",
        fr="Pensent à une consultation sans rendez-vous", en="Think of a walk-in session")
    resolves_per_day: float = number(
        0.15, 0.0, 0.30, "probability a day", "assumed", "docs/odd.md §9: 0.15 a day",
        fr="Besoin sans réponse qui passe, par jour", en="Unmet need that goes away, a day")
    worsens_per_day: float = number(
        0.03, 0.0, 0.10, "probability a day", "assumed", "docs/odd.md §9; range from none",
        fr="Besoin sans réponse qui s'aggrave, par jour", en="Unmet need that worsens, a day")
    spill_emergency: float = number(
        0.33, 0.15, 0.45, "share", "derived", "docs/odd.md §7; validated by 53/27/20 % (Agipi, DREES ER 1138)",
        fr="Porte close : vont aux urgences", en="Every door closed: go to the emergency department")
    spill_wait: float = number(
        0.28, 0.10, 0.40, "share", "assumed", _SPEC,
        fr="Porte close : attendent encore", en="Every door closed: wait longer")
    spill_emergency_minutes: float = number(
        35.0, 15.0, 90.0, "minutes", "assumed", "docs/odd.md §7: modulated by minutes to the ED",
        fr="Éloignement qui divise par e le recours aux urgences", en="Minutes that divide by e the turn to the ED")
    poverty_forgone_ratio: float = number(
        3.0, 1.0, 4.0, "odds ratio", "measured_in_france", "DREES SRCV 2017, ×3",
        fr="Renoncement des plus modestes (rapport)", en="Giving up among the poor (ratio)")
    recovered_share: float = number(
        0.5, 0.2, 0.8, "share", "assumed", "docs/odd.md §7: give up or recover, split and counted",
        fr="Renoncent parce que guéris", en="Give up because recovered")
