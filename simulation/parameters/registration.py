"""Looking for a usual GP (recherche d'un médecin traitant): when people ask, and who takes them on."""

from simulation.parameters.number import Group, number


class Registration(Group):
    """How people without a usual GP look for one, and how many a GP takes on."""

    margin: float = number(
        0.02, 0.0, 0.10, "share of the panel", "assumed", "no French figure was found; 48 % of GPs say yes (UFC 2019–2023)",
        fr="Places d'un médecin qui accepte", en="Room of a GP who takes patients on")
    every_days: int = number(
        7, 3, 30, "days", "assumed", "range by judgement",
        fr="Jours entre deux séries d'appels", en="Days between two rounds of calls")
    patience_days: float = number(
        30.0, 14.0, 90.0, "days (median)", "assumed", "docs/odd.md §14: patience cannot be identified",
        fr="Patience, recherche d'un médecin traitant", en="Patience, looking for a usual GP")
    again_days: int = number(
        180, 60, 365, "days", "assumed", "range by judgement",
        fr="Délai avant de chercher à nouveau", en="Time before looking again")
    converts_share: float = number(
        0.1, 0.0, 0.3, "share of calls", "assumed", "docs/odd.md §10: a call converts a non-seeker with probability 0.1",
        fr="Appels qui convainquent de chercher un médecin", en="Calls that make somebody look for a GP")
    when_met_share: float = number(
        0.3, 0.0, 0.8, "share of visits", "assumed", "range by judgement",
        fr="Demandent au médecin rencontré", en="Ask the GP whom they meet")
