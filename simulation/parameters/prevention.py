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
