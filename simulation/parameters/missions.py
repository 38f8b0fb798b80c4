"""What the missions of a CPTS bring about in people (missions): each range includes no effect at all."""

from simulation.parameters.number import Group, number

_CALLS = "share of calls"


class Missions(Group):
    """Whom calls, protocols, peer groups and campaigns reach."""

    pathway_follow_up_share: float = number(
        0.15, 0.0, 0.40, "share of follow-ups", "assumed", "docs/odd.md §10; no French volume was found, range from none",
        fr="Suivis qu'un protocole confie à un infirmier", en="Follow-ups that a protocol gives to a nurse")
    reminded_share: float = number(
        0.3, 0.0, 0.6, _CALLS, "assumed", "range by judgement, from none",
        fr="Appels qui font reprendre un suivi abandonné", en="Calls that bring back a follow-up given up")
    recontact_spared_share: float = number(
        0.05, 0.0, 0.20, "share of recontacts", "assumed", "no French effect of peer groups on recontacts was found; range from none",
        fr="Retours en consultation évités par les groupes de pairs", en="Recontacts that peer groups spare")
    informed_share: float = number(
        0.2, 0.0, 0.5, "share of people", "assumed", "range by judgement, from none",
        fr="Retiennent une campagne d'information, parmi ceux qui ne savaient pas", en="Remember a campaign, among those who did not know")
    tutor_installs_per_year: float = number(
        0.03, 0.0, 0.10, "GPs per tutor and year", "assumed", "no French figure was found; range from none",
        fr="Installations par maître de stage et par an", en="GPs who settle, per tutor and year")
    rcp_hours_per_month: float = number(
        0.67, 0.25, 1.0, "hours", "derived", "docs/odd.md §10: an hour every one to two months (Réso Occitanie 2019)",
        fr="Temps de réunion de concertation, par mois", en="Time of case meetings, a month")
    tutor_hours_per_month: float = number(
        4.0, 2.0, 8.0, "hours", "assumed", "range by judgement",
        fr="Temps d'un maître de stage, par mois", en="Time of a tutor, a month")
    outreach_hours: float = number(
        6.0, 3.0, 8.0, "hours", "assumed", "range by judgement",
        fr="Temps d'un médecin à une journée d'aller-vers", en="Time of a GP at an outreach day", apart=True)
