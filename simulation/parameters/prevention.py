"""Screening and vaccination (prévention): who keeps up with what."""

from simulation.parameters.number import Group, number

_SPF = "Santé publique France, organised screening 2023–24"
_PEOPLE = "share of people targeted"


class Prevention(Group):
    """Who follows a programme year after year, and what is done on the way."""

    flu_share: float = number(
        0.47, 0.40, 0.55, _PEOPLE, "measured_in_france", "SPF, season 2023–24: 47.1 % of people at risk (54 % from 65 on)",
        fr="Se font vacciner contre la grippe", en="Keep up with the flu vaccine")
    colorectal_share: float = number(
        0.30, 0.25, 0.35, _PEOPLE, "measured_in_france", _SPF + ": 29.6 %",
        fr="Font le dépistage colorectal", en="Keep up with colorectal screening")
    breast_share: float = number(
        0.46, 0.42, 0.52, _PEOPLE, "measured_in_france", _SPF + ": 44–50 %",
        fr="Font le dépistage du sein", en="Keep up with breast screening")
    cervical_share: float = number(
        0.56, 0.50, 0.62, _PEOPLE, "measured_in_france", _SPF + ": 55.8 %",
        fr="Font le dépistage du col de l'utérus", en="Keep up with cervical screening")
    on_the_way_share: float = number(
        0.01, 0.0, 0.05, "share of visits", "assumed", "no French figure was found; range from none",
        fr="Fait en passant, lors d'une consultation", en="Done on the way, at a visit")
    invited_share: float = number(
        0.035, 0.0, 0.10, "share of calls", "derived", "odds ratio 1.4 (Tseng 2001) on one in ten who would come by themselves (assumed)",
        fr="Appels qui font entrer dans un programme", en="Calls that bring somebody into a programme")
    patience_days: float = number(
        60.0, 30.0, 120.0, "days (median)", "assumed", "docs/odd.md §14: patience cannot be identified",
        fr="Patience, prévention", en="Patience, prevention")
    again_days: int = number(
        180, 90, 365, "days", "assumed", "range by judgement",
        fr="Délai avant d'y repenser", en="Time before thinking of it again")
    mammography_days: float = number(
        21.0, 21.0, 21.0, "days (mean)", "measured_in_france", "DREES, Études et résultats 1085 (2016–17): radiologist",
        fr="Attente d'une mammographie", en="Wait for a mammography")
    kit_returned_share: float = number(
        0.08, 0.0, 0.17, "share of kits", "derived",
        "Piette et al. (Ille-et-Vilaine, 2015–17): 45 % of non-responders against 28 % with a letter only, 12 % of those who never "
        "took part; 8 points retained, range from none: whom a CPTS reaches may differ",
        fr="Kits postés qui reviennent, en plus", en="Kits posted that come back, besides", apart=True)
    outreach_comes_share: float = number(
        0.03, 0.0, 0.15, _PEOPLE, "assumed", "no French attendance was found; range from none",
        fr="Viennent à une journée d'aller-vers, parmi les personnes concernées de la commune",
        en="Come to an outreach day, of the people concerned in the commune", apart=True)
    exercise_joins_share: float = number(
        0.2, 0.0, 0.5, "share of calls", "assumed", "no French acceptance was found; range from none",
        fr="Appels qui mènent à un groupe d'équilibre", en="Calls that bring somebody into a balance group", apart=True)
    fall_ratio: float = number(
        0.77, 0.58, 1.0, "ratio", "measured_elsewhere",
        "Sherrington et al. 2019–20 (64 trials): 0.77 (0.71–0.83), 0.58 for three hours a week of balance; up to none, for no "
        "French programme was measured",
        fr="Chutes de ceux qui suivent un groupe d'équilibre, par rapport aux autres",
        en="Falls of those in a balance group, against others", apart=True)
    falls_of_injuries_share: float = number(
        0.6, 0.37, 0.85, "share of injuries", "derived",
        "from 4.5 falls a year seen in emergency departments per 100 people of 65 and over (EPAC 2004–05, BEH 2007 n° 37–38), of "
        "some 12 injuries here, to 85 % of home accidents (EPAC 2010, BEH 2017 n° 16–17)",
        fr="Chutes parmi les blessures de 65 ans et plus vues aux urgences",
        en="Falls among injuries from 65 on seen in emergency departments", apart=True)
