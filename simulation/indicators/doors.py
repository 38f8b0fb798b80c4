"""Other doors than the usual ones (autres recours): protocols, walk-in, remote and home visits, referrals."""

from __future__ import annotations

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, a_year, one_of, ratio, said, share_of
from simulation.kernels.codes import (
    ACTS,
    BY_COLLEAGUE,
    BY_DUTY,
    BY_MOBILE,
    BY_NUMBER,
    BY_OTHER,
    BY_PROTOCOL,
    BY_TELECARE,
    BY_USUAL,
    BY_WALK_IN,
    CLASS_REFERRAL,
    DAYS_BY_USUAL,
    HELD,
    HOME_VISITS,
    SPECIALIST_DAYS,
    SPECIALIST_REFERRALS,
    TOTAL_DAYS,
    TURNED_AWAY,
    VISITED,
)

_SOURCE = "docs/odd.md §7"
_YEAR = "per 1,000 a year"


def other_care_delay(cells: Cells) -> tuple[Values, Whole]:
    """Mean days from the request to the visit, for those seen by a nurse, physiotherapist, midwife or dentist."""
    seen = cells.requests((CLASS_REFERRAL,), VISITED) + cells.requests((CLASS_REFERRAL,), HELD)
    return ratio(cells.requests((CLASS_REFERRAL,), TOTAL_DAYS), seen)


def _visits(name: str, fr: str, en: str, measure: int) -> Indicator:
    return one_of(name, _YEAR, "none", None, said(fr, en), said(fr, en), _SOURCE, a_year(measure, scale=1000))


def _delay(name: str, fr: str, en: str, door: int) -> Indicator:
    words = said("de l'appel à la visite, personnes servies : lire à côté des demandes sans réponse",
                 "from the call to the visit, people served: read beside the unserved")  # fmt: skip
    read = share_of(DAYS_BY_USUAL + door - BY_USUAL, door)
    return one_of(name, "days", "lower", 0.5, said(fr, en), words, _SOURCE, read)


DOORS = (
    _visits("duty_per_1000", "Médecin de garde", "Duty doctor", BY_DUTY),
    _visits("protocol_per_1000", "Autre professionnel, sous protocole", "Other role, under a protocol", BY_PROTOCOL),
    _visits("walk_in_per_1000", "Sans rendez-vous ailleurs", "Walk-in elsewhere", BY_WALK_IN),
    _visits("telecare_per_1000", "Téléconsultation", "Remote visits", BY_TELECARE),
    _visits("mobile_per_1000", "Médicobus", "Mobile unit", BY_MOBILE),
    _visits("turned_away_per_1000", "Renvoyés vers un médecin", "Turned to a doctor after all", TURNED_AWAY),
    one_of("home_visits_share", "share of visits", "none", None, said("Visites à domicile", "Home visits"),
           said("part des consultations faites au domicile", "share of visits made at home"),
           "Thèse A. Colin 2019", share_of(HOME_VISITS, ACTS)),
    _delay("delay_usual_mean", "Délai chez son médecin", "Delay with one's usual GP", BY_USUAL),
    _delay("delay_colleague_mean", "Délai chez un collègue", "Delay with a colleague", BY_COLLEAGUE),
    _delay("delay_number_mean", "Délai par le numéro", "Delay through the number", BY_NUMBER),
    _delay("delay_others_mean", "Délai chez un autre médecin", "Delay with another GP", BY_OTHER),
    _visits("specialist_per_1000", "Adressés à un spécialiste", "Referred to a specialist", SPECIALIST_REFERRALS),
    one_of("specialist_days", "days", "none", None, said("Attente d'un spécialiste", "Wait for a specialist"),
           said("tirée des délais publiés : aucun effet n'est simulé",
                "drawn from published delays: no effect is simulated"),
           "DREES, Études et résultats 1085 (2016–17)", share_of(SPECIALIST_DAYS, SPECIALIST_REFERRALS)),
    one_of("other_care_delay", "days", "lower", None,
           said("Délai des autres professionnels", "Delay of other roles"),
           said("infirmiers, kinésithérapeutes, sages-femmes, dentistes ; personnes servies",
                "nurses, physiotherapists, midwives, dentists; people served"),
           "Doctolib 2023: physiotherapist 6, midwife 11, dentist 11 days (median)", other_care_delay),
)  # fmt: skip
