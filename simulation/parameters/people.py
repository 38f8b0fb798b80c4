"""Who lives here: illness, means and families (population)."""

from simulation.parameters.number import Group, number

_CNAM = "Quotidien du médecin (Cnam, colloque MG France), 2021"


class People(Group):
    """What is drawn once for each inhabitant when a territory is peopled."""

    without_usual_gp_share: float = number(
        0.11, 0.06, 0.28, "share of 17+", "measured_in_france", _CNAM,
        fr="Sans médecin traitant au départ", en="Without a usual GP at the start")
    never_declared_share: float = number(
        0.052, 0.052, 0.052, "share of 17+", "measured_in_france", _CNAM,
        fr="N'ont jamais déclaré de médecin traitant", en="Never declared a usual GP")
    ald_without_usual_gp_share: float = number(
        0.042, 0.02, 0.08, "share of ALD 17+", "measured_in_france",
        "Observatoire de l'accès aux soins (Cnam), 30 June 2025",
        fr="ALD sans médecin traitant au départ", en="Long-term conditions without a usual GP at the start")
    never_declared_seek_share: float = number(
        0.2, 0.0, 0.5, "share", "assumed", "docs/odd.md §4: mostly not seeking",
        fr="Parmi eux, cherchent un médecin", en="Of whom, are looking for one")
    frailty_shape: float = number(
        1.2, 0.8, 2.5, "gamma shape", "derived", "docs/odd.md §4, §6: 83 % seen at least once a year",
        fr="Dispersion des besoins entre personnes", en="Spread of need between people")
    ald_share: float = number(
        0.19, 0.18, 0.205, "share of people", "measured_in_france",
        "REPSS Maladie 1.7.1 (18 % of the general scheme, 2021); Cnam, 14 M people in mid-2025",
        fr="Habitants en ALD", en="People with a long-term condition")
    treated_share: float = number(
        0.25, 0.15, 0.30, "share of people", "assumed", "docs/odd.md §6: other regular treatment 25 % (15–30)",
        fr="Autre traitement régulier", en="Other regular treatment")
    home_bound_share: float = number(
        0.036, 0.036, 0.036, "share of people", "derived", "Thèse A. Colin 2019; 57 % of visits to over-80s",
        fr="Ne peuvent se déplacer", en="Home-bound")
    couple_share: float = number(
        0.6, 0.6, 0.6, "share of adults", "assumed", "docs/odd.md §4: couples and families share one GP",
        fr="Adultes en couple", en="Adults living as a couple")
    no_car_share: float = number(
        0.06, 0.04, 0.10, "share of adults", "measured_in_france", "rural 6 % (4–10)",
        fr="Sans voiture (commune rurale)", en="Without a car (rural commune)")
    no_car_town_share: float = number(
        0.25, 0.15, 0.40, "share of adults", "measured_in_france", "urban pole 25 % (15–40)",
        fr="Sans voiture (ville-centre)", en="Without a car (town centre)")
    no_car_75_ratio: float = number(
        2.5, 1.5, 3.5, "ratio", "assumed", "75 and over ×2.5",
        fr="Sans voiture à 75 ans et plus (rapport)", en="Without a car at 75 and over (ratio)")
    load_spread: float = number(
        0.14, 0.0, 0.35, "sd of log", "assumed", "docs/odd.md §5: sd(log) 0.14 (0–0.35)",
        fr="Écart de charge entre médecins", en="Spread of load between GPs")
