"""Work and money (travail, coûts): how full diaries are, what carers give, what is paid."""

from __future__ import annotations

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, ratio
from simulation.kernels.codes import DEDICATED_LAID, DEDICATED_USED, LAID, LEFT

_Read = tuple[Values, Whole]
_SOURCE = "docs/odd.md §12"
TENTHS, CENTS = 0, 1
CONSULTATION_MINUTES = 18


def _nothing(cells: Cells) -> _Read:
    return np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)


def occupancy(cells: Cells) -> _Read:
    """Share of offered slots that are taken."""
    if cells.practice is None:
        return _nothing(cells)
    laid = cells.practice[:, LAID]
    return ratio(laid - cells.practice[:, LEFT], laid)


def dedicated(cells: Cells) -> _Read:
    """Slots kept for callers of the CPTS number."""
    if cells.practice is None:
        return _nothing(cells)
    laid = cells.practice[:, DEDICATED_LAID]
    return laid.astype(np.float64), laid


def dedicated_used(cells: Cells) -> _Read:
    """Share of them that callers of the number took."""
    if cells.practice is None:
        return _nothing(cells)
    return ratio(cells.practice[:, DEDICATED_USED], cells.practice[:, DEDICATED_LAID])


def carer_hours(cells: Cells) -> _Read:
    """Hours of carers spent on meetings and organisation, in consultations or besides."""
    if cells.carers is None:
        return _nothing(cells)
    return cells.carers[:, TENTHS] / 600, np.rint(cells.carers[:, TENTHS] / 600).astype(np.int64)


def carer_consultations(cells: Cells) -> _Read:
    """The same time, counted in consultations of 18 minutes."""
    if cells.carers is None:
        return _nothing(cells)
    value = cells.carers[:, TENTHS] / (10 * CONSULTATION_MINUTES)
    return value, np.rint(value).astype(np.int64)


def money(cells: Cells) -> _Read:
    """Euros paid for the missions: indemnities and supplements."""
    if cells.carers is None:
        return _nothing(cells)
    return cells.carers[:, CENTS] / 100, np.rint(cells.carers[:, CENTS] / 100).astype(np.int64)


WORK = (
    Indicator(
        "occupancy", "share of slots", "none", 0.01,
        {"fr": "Remplissage des agendas", "en": "Occupancy of diaries"},
        {"fr": "part des créneaux offerts qui sont pris", "en": "share of offered slots that are taken"},
        occupancy.__doc__ or "", _SOURCE, occupancy),
    Indicator(
        "dedicated_slots", "slots", "none", None,
        {"fr": "Créneaux partagés offerts", "en": "Shared slots offered"},
        {"fr": "créneaux gardés pour les appels au numéro de la CPTS",
         "en": "slots kept for callers of the CPTS number"},
        dedicated.__doc__ or "", _SOURCE, dedicated),
    Indicator(
        "dedicated_used_share", "share of slots", "higher", None,
        {"fr": "Créneaux partagés utilisés", "en": "Shared slots used"},
        {"fr": "part prise par les appels au numéro ; le reste s'ouvre à tous à midi",
         "en": "share taken by callers of the number; the rest opens to all at noon"},
        dedicated_used.__doc__ or "", _SOURCE, dedicated_used),
    Indicator(
        "carer_hours", "hours", "lower", None,
        {"fr": "Temps pris aux soignants", "en": "Carers' time"},
        {"fr": "heures de réunion et d'organisation", "en": "hours of meetings and organisation"},
        carer_hours.__doc__ or "", _SOURCE, carer_hours),
    Indicator(
        "carer_consultations", "consultations", "lower", None,
        {"fr": "Temps pris aux soignants, en consultations", "en": "Carers' time, in consultations"},
        {"fr": "le même temps en consultations de 18 minutes", "en": "the same time in visits of 18 minutes"},
        carer_consultations.__doc__ or "", _SOURCE, carer_consultations),
    Indicator(
        "money_eur", "euros", "lower", None,
        {"fr": "Budget", "en": "Budget"},
        {"fr": "indemnités de réunion et suppléments par créneau utilisé",
         "en": "meeting indemnities and supplements per slot used"},
        money.__doc__ or "", _SOURCE, money),
)  # fmt: skip
