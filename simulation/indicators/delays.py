"""How long those who are seen have waited (délais): from the contact, and from the wanted date."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, in_practices, mean, one_of, quantile, ratio, said
from simulation.kernels.codes import (
    ACUTE,
    CLASS_48H,
    CLASS_TODAY,
    CLASS_WEEK,
    FOLLOW_UP,
    HELD,
    OPEN_TO_OTHERS,
    OTHERS_DAYS,
    PANEL,
    PANEL_DAYS,
    RECONTACT,
    REGISTRATION,
    ROUTINE,
    TOTAL,
    UNDERGONE,
    UNDERGONE_DAYS,
    VISITED,
)

EVERY = tuple(range(REGISTRATION))
"""Visits asked of GPs."""
_Read = tuple[Values, Whole]
_DREES = "DREES, Études et résultats 1085 (2016–17): adults 18–69, from the contact to the visit"


def total_mean(cells: Cells) -> _Read:
    """Mean days from the first contact to the visit, for those seen."""
    return mean(cells.delay(TOTAL, EVERY))


def total_quantile(share: float) -> Callable[[Cells], _Read]:
    """Delay from contact to visit that this share of visits does not exceed."""

    def read(cells: Cells) -> _Read:
        return quantile(cells.delay(TOTAL, EVERY), share)

    return read


def undergone_mean(cells: Cells) -> _Read:
    """Mean days from the wanted date (or the contact, if later) to the visit, for those seen."""
    return mean(cells.delay(UNDERGONE, EVERY))


def _within(counts: Whole, days: int) -> _Read:
    if counts.shape[1] == 0:
        return np.full(len(counts), np.nan), counts.sum(axis=1)
    return ratio(counts[:, : days + 1].sum(axis=1), counts.sum(axis=1))


def undergone_quantile(share: float) -> Callable[[Cells], _Read]:
    """Delay undergone that this share of visits does not exceed."""

    def read(cells: Cells) -> _Read:
        return quantile(cells.delay(UNDERGONE, EVERY), share)

    return read


def of_kind(*kinds: int) -> Callable[[Cells], _Read]:
    """Read the mean delay from the contact to the visit for some kinds of request."""

    def read(cells: Cells) -> _Read:
        return mean(cells.delay(TOTAL, kinds))

    return read


def of_urgency(request_class: int) -> Callable[[Cells], _Read]:
    """Read the mean delay undergone by new episodes of one urgency."""

    def read(cells: Cells) -> _Read:
        classes = (request_class,)
        seen = cells.requests(classes, VISITED) + cells.requests(classes, HELD)
        return ratio(cells.requests(classes, UNDERGONE_DAYS), seen)

    return read


def same_day(cells: Cells) -> _Read:
    """Share of visits on the day of the contact."""
    return _within(cells.delay(TOTAL, EVERY), 0)


def same_day_symptoms(cells: Cells) -> _Read:
    """Share of visits for a new or worse symptom on the day of the contact."""
    return _within(cells.delay(TOTAL, (ACUTE,)), 0)


def within_48h(cells: Cells) -> _Read:
    """Share of visits within two days of the contact."""
    return _within(cells.delay(TOTAL, EVERY), 2)


def _delay(name: str, fr: str, en: str, definition: str, read: Callable[[Cells], _Read]) -> Indicator:
    explanation = {
        "fr": "personnes servies seulement : lire à côté des demandes sans réponse",
        "en": "people served only: read beside the unserved",
    }
    return Indicator(name, "days", "lower", 0.5, {"fr": fr, "en": en}, explanation, definition, _DREES, read)


def _share(name: str, fr: str, en: str, definition: str, read: Callable[[Cells], _Read]) -> Indicator:
    explanation = {"fr": "part des personnes servies", "en": "share of people served"}
    return Indicator(
        name, "share", "higher", 0.01, {"fr": fr, "en": en}, explanation, definition, _DREES, read
    )


DELAYS = (
    _delay("delay_total_mean", "Délai moyen", "Mean delay", total_mean.__doc__ or "", total_mean),
    _delay("delay_total_median", "Délai médian", "Median delay", "Half of visits are within it.",
           total_quantile(0.5)),
    _delay("delay_total_p75", "Délai, trois quarts des visites", "Delay, three quarters of visits",
           "Three quarters of visits are within it.", total_quantile(0.75)),
    _delay("delay_total_p90", "Délai, neuf dixièmes des visites", "Delay, nine tenths of visits",
           "Nine tenths of visits are within it.", total_quantile(0.9)),
    _delay("delay_undergone_mean", "Délai subi moyen", "Mean delay undergone",
           undergone_mean.__doc__ or "", undergone_mean),
    _delay("delay_undergone_median", "Délai subi médian", "Median delay undergone",
           "Half of visits are within it.", undergone_quantile(0.5)),
    _delay("delay_undergone_p75", "Délai subi, trois quarts des visites", "Delay undergone, three quarters of visits",
           "Three quarters of visits are within it.", undergone_quantile(0.75)),
    _delay("delay_undergone_p90", "Délai subi, neuf dixièmes des visites", "Delay undergone, nine tenths of visits",
           "Nine tenths of visits are within it.", undergone_quantile(0.9)),
    _delay("delay_acute_mean", "Délai moyen, symptômes", "Mean delay, symptoms",
           "Mean days from contact to visit, new or worse symptoms.", of_kind(ACUTE, RECONTACT)),
    _delay("delay_follow_up_mean", "Délai moyen, suivis", "Mean delay, follow-ups",
           "Mean days from contact to visit, follow-ups (many are booked ahead).", of_kind(FOLLOW_UP)),
    _delay("delay_routine_mean", "Délai moyen, demandes courantes", "Mean delay, routine",
           "Mean days from contact to visit, routine requests.", of_kind(ROUTINE)),
    _delay("undergone_today_mean", "Délai subi, besoin du jour", "Delay undergone, need for today",
           "Mean days undergone by needs for today.", of_urgency(CLASS_TODAY)),
    _delay("undergone_48h_mean", "Délai subi, besoin sous 48 h", "Delay undergone, need within 48 h",
           "Mean days undergone by needs within 48 h.", of_urgency(CLASS_48H)),
    _delay("undergone_week_mean", "Délai subi, besoin de la semaine", "Delay undergone, need within the week",
           "Mean days undergone by needs within the week or later.", of_urgency(CLASS_WEEK)),
    one_of("third_next_own_days", "days", "lower", 0.5, said("3ᵉ rendez-vous libre", "Third next available"),
           said("jours jusqu'au troisième créneau libre du cabinet, pour ses patients, le premier du mois",
                "days to the third free slot of a practice, for its own patients, on the first of a month"),
           "docs/odd.md §12; weighted by panel", in_practices(PANEL_DAYS, PANEL)),
    one_of("third_next_others_days", "days", "lower", 0.5,
           said("3ᵉ rendez-vous libre, nouveaux patients", "Third next available, new patients"),
           said("chez les médecins qui acceptent de nouveaux patients", "with the GPs who take new patients"),
           "docs/odd.md §12; weighted by panel", in_practices(OTHERS_DAYS, OPEN_TO_OTHERS)),
    _share("same_day_share", "Vus le jour même", "Seen the same day", same_day.__doc__ or "", same_day),
    _share("same_day_symptoms_share", "Symptômes vus le jour même", "Symptoms seen the same day",
           same_day_symptoms.__doc__ or "", same_day_symptoms),
    _share("within_48h_share", "Visites sous 48 h, tous motifs", "Visits within 48 h, any reason",
           within_48h.__doc__ or "", within_48h),
)  # fmt: skip
