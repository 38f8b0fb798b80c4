"""How a CPTS lives (vie de la CPTS): from contract to full missions, its board, its coordinator, its budget."""

from simulation.parameters.number import Group, number

_ACI = "ACI, months after the contract (PAPS Hauts-de-France 2023); that practice follows is assumed"
_BUDGET = "ACI 2019, highest yearly amount of all missions (Quotidien du médecin 2019)"
_ADHESION = "docs/odd.md §10: no French figure was found, range by judgement"


class Governance(Group):
    """Delays of missions, hours of the board, ceilings of money, and how people join or leave."""

    access_first_months: int = number(
        6, 3, 12, "months", "derived", _ACI,
        fr="Accès aux soins et crises : début après le contrat", en="Access and crises: first month after the contract")
    access_full_months: int = number(
        18, 12, 30, "months", "derived", _ACI,
        fr="Accès aux soins et crises : pleine activité après le contrat", en="Access and crises: in full after the contract")
    pathway_first_months: int = number(
        12, 6, 18, "months", "derived", _ACI,
        fr="Parcours et prévention : début après le contrat", en="Pathways and prevention: first month after the contract")
    pathway_full_months: int = number(
        24, 18, 36, "months", "derived", _ACI,
        fr="Parcours et prévention : pleine activité après le contrat", en="Pathways and prevention: in full after the contract")
    board_gps: int = number(
        2, 0, 4, "GPs", "assumed", "range by judgement: of a board of some ten people of all roles",
        fr="Médecins au bureau de la CPTS", en="GPs on the board of the CPTS")
    board_hours_per_month: float = number(
        8.0, 4.0, 16.0, "hours", "assumed", "docs/odd.md §10: 8 h a month for a board member",
        fr="Temps d'un membre du bureau, par mois", en="Time of a board member, a month")
    coordinator_relief_share: float = number(
        0.5, 0.0, 0.8, "share", "assumed", "range by judgement, from none",
        fr="Part du temps du bureau que la coordination épargne", en="Part of the board's time that a coordinator saves")
    budget_small_eur: float = number(
        220_000.0, 220_000.0, 220_000.0, "euros", "measured_in_france", _BUDGET,
        fr="Plafond annuel, moins de 40 000 habitants", en="Yearly ceiling, under 40,000 people")
    budget_middle_eur: float = number(
        287_000.0, 287_000.0, 287_000.0, "euros", "measured_in_france", _BUDGET,
        fr="Plafond annuel, 40 000 à 80 000 habitants", en="Yearly ceiling, 40,000 to 80,000 people")
    budget_large_eur: float = number(
        370_000.0, 370_000.0, 370_000.0, "euros", "measured_in_france", _BUDGET,
        fr="Plafond annuel, 80 000 à 175 000 habitants", en="Yearly ceiling, 80,000 to 175,000 people")
    budget_largest_eur: float = number(
        450_000.0, 450_000.0, 450_000.0, "euros", "measured_in_france", _BUDGET,
        fr="Plafond annuel, plus de 175 000 habitants", en="Yearly ceiling, over 175,000 people")
    joins_per_month: float = number(
        0.01, 0.0, 0.05, "probability a month", "assumed", _ADHESION,
        fr="Adhésion d'un médecin, par mois", en="A GP joins, a month")
    leaves_per_month: float = number(
        0.005, 0.0, 0.02, "probability a month", "assumed", _ADHESION,
        fr="Retrait d'un adhérent, par mois et heure de réunion", en="A member leaves, a month and hour of meeting")
    house_joins_ratio: float = number(
        2.0, 1.0, 4.0, "odds ratio", "assumed", _ADHESION,
        fr="Adhésion en maison de santé (rapport)", en="Joining in a health house (ratio)")
    peers_joins_ratio: float = number(
        2.0, 1.0, 4.0, "odds ratio", "assumed", _ADHESION,
        fr="Adhésion quand tous les confrères proches ont adhéré (rapport)", en="Joining when all GPs near by have (ratio)")
    coordinator_joins_ratio: float = number(
        1.5, 1.0, 3.0, "odds ratio", "assumed", _ADHESION,
        fr="Adhésion avec une coordination (rapport)", en="Joining with a coordinator (ratio)")
