"""From the ED to the way home (hôpital): admissions, stays, beds and what follows."""

from simulation.parameters.number import Group, number

_DREES = "DREES, Urgences 2023 survey"
_SPLIT = "parted so that about 20 % of visits are admitted (16 % to a ward or UHCD in 2023, 20 % in 2013); split assumed"
_ED = "share of visits"


class Hospital(Group):
    """Treatment in the ED, stays and readmissions; no effect of primary care on them is assumed."""

    injury_admitted: float = number(
        0.10, 0.05, 0.15, _ED, "assumed", _SPLIT, fr="Admis après une blessure", en="Admitted after an injury")
    vital_admitted: float = number(
        0.55, 0.40, 0.70, _ED, "assumed", _SPLIT,
        fr="Admis, vital ou adressé", en="Admitted, vital or sent")
    own_choice_admitted: float = number(
        0.08, 0.03, 0.15, _ED, "assumed", _SPLIT,
        fr="Admis, venu de soi-même", en="Admitted, own choice")
    want_of_slot_admitted: float = number(
        0.08, 0.03, 0.15, _ED, "assumed", _SPLIT,
        fr="Admis, venu faute de créneau", en="Admitted, for want of a slot")
    others_admitted: float = number(
        0.20, 0.15, 0.25, _ED, "measured_in_france", "DREES 2013: 20 % hospitalised; 2023: about 80 % go home",
        fr="Admis, autres passages", en="Admitted, other visits")
    home_minutes: float = number(
        130.0, 90.0, 150.0, "minutes (median)", "assumed", _DREES + ": 2 h 30 with the wait, for those who go home",
        fr="Soins aux urgences, retour à domicile", en="Care in the ED, home again")
    ward_minutes: float = number(
        300.0, 220.0, 320.0, "minutes (median)", "assumed", _DREES + ": 5 h 20 with the wait, for those who go to a ward",
        fr="Soins aux urgences, avant un service", en="Care in the ED, to a ward")
    care_sigma: float = number(
        0.7, 0.5, 0.9, "sd of log", "assumed", "15 % of stays last more than 8 h (" + _DREES + ")",
        fr="Dispersion de ces durées", en="Spread of these times")
    ed_occupancy: float = number(
        0.70, 0.50, 0.80, "share of places", "assumed", "sizes an ED on its visits; no figure of places was found",
        fr="Remplissage moyen des urgences", en="Mean occupancy of the ED")
    ed_visits_per_site: float = number(
        29_070.0, 29_070.0, 29_070.0, "visits a year", "derived", "20.9 M visits / 719 sites (DREES 2023), where a file gives none",
        fr="Passages d'un service d'urgences", en="Visits of an ED")
    direct_per_1000: float = number(
        63.0, 45.0, 85.0, "per 1,000 a year", "derived",
        "142 stays with a night per 1,000 (REPSS 1.6.2, 2022) less those from the ED (61) and those that follow another within a month (13 %)",
        fr="Séjours sans passage aux urgences", en="Stays that do not begin at the ED")
    stay_days: float = number(
        5.5, 5.5, 5.5, "nights (mean)", "measured_in_france", "REPSS Maladie 1.6.2, 2022",
        fr="Durée d'un séjour", en="Length of a stay")
    stay_median_days: float = number(
        3.5, 2.5, 4.5, "nights (median)", "assumed", "shape assumed: log-normal",
        fr="Durée médiane d'un séjour", en="Median length of a stay")
    bed_occupancy: float = number(
        0.80, 0.70, 0.90, "share of beds", "assumed", "sizes beds on the stays expected, where a file gives none",
        fr="Remplissage moyen des lits", en="Mean occupancy of beds")
    asks_share: float = number(
        0.57, 0.40, 0.86, "share of stays", "derived", "GP within 15 days of a heart-failure stay, controls: 57.2 % (Cnam, PRADO, 2015–17)",
        fr="Demandent à voir leur médecin à la sortie", en="Ask for their GP after a stay")
    asks_when_told_share: float = number(
        0.86, 0.57, 0.90, "share of stays", "measured_in_france", "PRADO heart failure, matched national evaluation: 85.9 against 57.2 %; none at 0.57",
        fr="Demandent à le voir quand la ville est prévenue", en="Ask for him when the city is told")
    seen_in_time_days: int = number(
        7, 7, 7, "days", "measured_in_france", "target of PRADO and HAS",
        fr="Délai voulu après la sortie", en="Wanted time after a stay")
    readmitted_share: float = number(
        0.13, 0.10, 0.18, "share of stays", "assumed", "18 % after a first heart-failure stay (Tuppin 2013); all stays unknown",
        fr="Réhospitalisés dans le mois", en="Readmitted within a month")
    readmission_ratio: float = number(
        1.0, 0.85, 1.05, "relative risk", "measured_in_france", "docs/odd.md §9: PRADO 8.7 against 7.2 %, no effect",
        fr="Risque si vu à temps", en="Risk when seen in time")
    control_admission: float = number(
        0.0, 0.0, 0.05, "share of follow-ups given up", "assumed", "docs/odd.md §9: assumed, off by default",
        fr="Suivi d'ALD abandonné menant à l'hôpital", en="ALD follow-up given up that ends in hospital", drawn=False)
