"""What is paid for beside carers' meetings (coûts), when a lever needs it."""

from simulation.parameters.number import Group, number

_NONE = "order of magnitude; no source read"


class Costs(Group):
    """Places, vehicles, posts and trips."""

    gp_half_day_eur: float = number(
        300.0, 210.0, 450.0, "euros", "derived", "five hours at 60 € net of the hour (Orne-Est 2025), charges besides",
        fr="Demi-journée d'un médecin rémunéré", en="Half-day of a paid GP")
    centre_eur_per_year: float = number(
        60_000.0, 0.0, 120_000.0, "euros", "assumed", _NONE + ": what a salaried GP's fees do not pay for",
        fr="Déficit annuel d'un poste de médecin salarié", en="Yearly deficit of a salaried GP's post")
    house_eur_per_year: float = number(
        70_000.0, 30_000.0, 120_000.0, "euros", "assumed", _NONE + ": the yearly contract of a house",
        fr="Contrat annuel d'une maison de santé", en="Yearly contract of a health house")
    booth_eur_per_year: float = number(
        15_000.0, 5_000.0, 30_000.0, "euros", "assumed", _NONE,
        fr="Cabine de téléconsultation, par an", en="Booth for remote visits, a year")
    nurse_minutes: float = number(
        15.0, 5.0, 25.0, "minutes", "assumed", "range by judgement",
        fr="Temps infirmier d'une téléconsultation accompagnée", en="Nurse's time of an assisted remote visit")
    nurse_eur_per_hour: float = number(
        35.0, 25.0, 50.0, "euros", "assumed", _NONE,
        fr="Heure infirmière", en="Hour of a nurse")
    shift_eur: float = number(
        150.0, 100.0, 250.0, "euros", "assumed", "order of a duty doctor's fee for a shift; no source read",
        fr="Garde d'un médecin", en="Shift of a duty doctor")
    ride_eur: float = number(
        30.0, 15.0, 60.0, "euros", "assumed", _NONE,
        fr="Trajet de transport à la demande", en="Ride of transport on demand")
    campaign_eur_per_person: float = number(
        0.5, 0.1, 2.0, "euros", "assumed", _NONE,
        fr="Campagne d'information, par habitant", en="Information campaign, per inhabitant")
    install_eur: float = number(
        50_000.0, 0.0, 60_000.0, "euros", "assumed", "order of the aid to settle where doctors are few; no source read",
        fr="Aide à l'installation, une fois", en="Aid to settle, once")
    crisis_hour_eur: float = number(
        100.0, 75.0, 150.0, "euros", "assumed", _NONE,
        fr="Heure supplémentaire en période de crise", en="Extra hour in a crisis")
    kit_eur: float = number(
        8.0, 4.0, 15.0, "euros", "assumed", _NONE + ": test, envelope, postage both ways",
        fr="Kit de dépistage posté", en="Screening kit posted", apart=True)
    outreach_day_eur: float = number(
        400.0, 150.0, 1000.0, "euros", "assumed", _NONE + ": place, material, a nurse's day",
        fr="Journée d'aller-vers, sans les médecins", en="Outreach day, GPs left out", apart=True)
    exercise_place_eur_per_year: float = number(
        150.0, 60.0, 400.0, "euros", "assumed", _NONE + ": forty sessions of a group of twelve with a paid instructor",
        fr="Place dans un groupe d'équilibre, par an", en="Place in a balance group, a year", apart=True)
