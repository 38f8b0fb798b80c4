"""Who gets an answer, when, and who gets none (réponse à temps, sans réponse)."""

from __future__ import annotations

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, one_of, ratio, said
from simulation.kernels.codes import (
    ADVISED,
    CLASS_48H,
    CLASS_FOLLOW_UP,
    CLASS_RECONTACT_48H,
    CLASS_REGISTRATION,
    CLASS_ROUTINE,
    CLASS_TODAY,
    EMERGENCY_END,
    GAVE_UP,
    HELD,
    IN_48H,
    IN_TIME,
    MADE,
    RECOVERED_END,
    RESTRICTED_DAYS,
    UNDERGONE_DAYS,
    VISITED,
    WAITING,
)

EVERY = tuple(range(CLASS_REGISTRATION))
"""What is asked of GPs; looking for a usual GP, prevention and other roles' care are told apart."""
UNSCHEDULED = (CLASS_TODAY, CLASS_48H, CLASS_RECONTACT_48H)
PLANNED = (CLASS_FOLLOW_UP, CLASS_ROUTINE)
_Read = tuple[Values, Whole]
_SOURCE = "docs/odd.md §12"


def answered_48h(cells: Cells) -> _Read:
    """Unscheduled requests answered within two days, per 1,000 made; the unserved count as not answered."""
    return ratio(cells.requests(UNSCHEDULED, IN_48H), cells.requests(UNSCHEDULED, MADE), 1000)


def answered_in_time(cells: Cells) -> _Read:
    """Requests answered within what their urgency allows, per 1,000 made."""
    return ratio(cells.requests(EVERY, IN_TIME), cells.requests(EVERY, MADE), 1000)


def _unserved(cells: Cells, classes: tuple[int, ...]) -> Whole:
    ends = (EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING)
    total: Whole = sum(
        (cells.requests(classes, end) for end in ends), start=cells.requests(classes, ends[0]) * 0
    )
    return total


def unserved(cells: Cells) -> _Read:
    """Requests that ended without a visit, per 1,000 made: ED, given up, or still waiting."""
    return ratio(_unserved(cells, EVERY), cells.requests(EVERY, MADE), 1000)


def unserved_48h(cells: Cells) -> _Read:
    """The same for unscheduled requests."""
    return ratio(_unserved(cells, UNSCHEDULED), cells.requests(UNSCHEDULED, MADE), 1000)


def forgone(cells: Cells) -> _Read:
    """Requests given up, with the need or once recovered, per 1,000 made."""
    given_up = cells.requests(EVERY, RECOVERED_END) + cells.requests(EVERY, GAVE_UP)
    return ratio(given_up, cells.requests(EVERY, MADE), 1000)


def advised(cells: Cells) -> _Read:
    """Requests closed by advice of the 15/SAS, per 1,000 made."""
    return ratio(cells.requests(EVERY, ADVISED), cells.requests(EVERY, MADE), 1000)


def recovered(cells: Cells) -> _Read:
    """Requests of people who got better before being seen, per 1,000 made."""
    return ratio(cells.requests(EVERY, RECOVERED_END), cells.requests(EVERY, MADE), 1000)


def gave_up(cells: Cells) -> _Read:
    """Requests given up with the need, per 1,000 made."""
    return ratio(cells.requests(EVERY, GAVE_UP), cells.requests(EVERY, MADE), 1000)


def restricted_mean(cells: Cells) -> _Read:
    """Mean days until care, 30 for whoever gets none."""
    return ratio(cells.requests(EVERY, RESTRICTED_DAYS), cells.requests(EVERY, MADE))


def planned_wait(cells: Cells) -> _Read:
    """Mean days undergone before a follow-up or routine visit, for those seen."""
    seen = cells.requests(PLANNED, VISITED) + cells.requests(PLANNED, HELD)
    return ratio(cells.requests(PLANNED, UNDERGONE_DAYS), seen)


ANSWERS = (
    Indicator(
        "answered_48h_per_1000", "per 1,000 requests", "higher", 10.0,
        {"fr": "Réponse sous 48 h", "en": "Answered within 48 h"},
        {"fr": "demandes non programmées vues sous 48 h, pour 1 000 demandes faites",
         "en": "unscheduled requests seen within 48 h, per 1,000 requests made"},
        answered_48h.__doc__ or "", _SOURCE, answered_48h),
    Indicator(
        "answered_in_time_per_1000", "per 1,000 requests", "higher", 10.0,
        {"fr": "Réponse à temps", "en": "Answered in time"},
        {"fr": "demandes vues dans le délai que leur urgence permet",
         "en": "requests seen within what their urgency allows"},
        answered_in_time.__doc__ or "", _SOURCE, answered_in_time),
    Indicator(
        "unserved_per_1000", "per 1,000 requests", "lower", 10.0,
        {"fr": "Sans réponse", "en": "Unserved"},
        {"fr": "renoncement, urgences faute de créneau, ou toujours en attente",
         "en": "given up, emergency department for want of a slot, or still waiting"},
        unserved.__doc__ or "", _SOURCE, unserved),
    Indicator(
        "unserved_48h_per_1000", "per 1,000 requests", "lower", 10.0,
        {"fr": "Sans réponse (non programmé)", "en": "Unserved (unscheduled)"},
        {"fr": "la même chose pour les demandes à voir sous 48 h",
         "en": "the same for requests to be seen within 48 h"},
        unserved_48h.__doc__ or "", _SOURCE, unserved_48h),
    Indicator(
        "forgone_per_1000", "per 1,000 requests", "lower", 10.0,
        {"fr": "Renoncement", "en": "Forgone care"},
        {"fr": "la personne abandonne sa demande", "en": "the person gives the request up"},
        forgone.__doc__ or "", _SOURCE, forgone),
    one_of("advised_per_1000", "per 1,000 requests", "none", None, said("Conseil du 15", "Advice of the 15"),
           said("demandes closes par un conseil : elles comptent comme une réponse",
                "requests closed by advice: they count as answered"), _SOURCE, advised),
    one_of("recovered_per_1000", "per 1,000 requests", "none", None,
           said("Guéris sans être vus", "Recovered without being seen"),
           said("part du renoncement : le besoin a disparu", "part of forgone care: the need went away"),
           _SOURCE, recovered),
    one_of("gave_up_per_1000", "per 1,000 requests", "lower", 10.0,
           said("Renoncent en ayant besoin", "Give up in need"),
           said("part du renoncement : le besoin demeure", "part of forgone care: the need remains"), _SOURCE, gave_up),
    Indicator(
        "restricted_mean_days", "days", "lower", 0.5,
        {"fr": "Temps d'accès moyen", "en": "Restricted mean time to care"},
        {"fr": "jours avant d'être vu, 30 jours pour qui ne l'est pas",
         "en": "days until seen, 30 for whoever is not"},
        restricted_mean.__doc__ or "", _SOURCE, restricted_mean),
    Indicator(
        "planned_wait_mean", "days", "lower", 0.5,
        {"fr": "Attente d'un rendez-vous programmé", "en": "Wait for a planned visit"},
        {"fr": "jours entre la date voulue et la consultation, personnes servies",
         "en": "days between the wanted date and the visit, people served"},
        planned_wait.__doc__ or "", _SOURCE, planned_wait),
)  # fmt: skip
