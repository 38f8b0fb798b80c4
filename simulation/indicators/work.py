"""Work and money (travail, coûts): how full diaries are, what carers give, what is paid."""

from __future__ import annotations

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, in_practices, one_of, ratio, said
from simulation.kernels.codes import (
    BUSY,
    DEDICATED_LAID,
    DEDICATED_USED,
    IN_SESSION,
    IN_THE_ROOM,
    LAID,
    LEFT,
    OVERTIME,
    PANEL,
    ROOM_TENTHS,
    SEEN,
    SESSIONS_HELD,
    WAITED_DAYS,
)

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


def role_delay(cells: Cells) -> _Read:
    """Mean days from the request to the visit with a role; told by role only."""
    if cells.practice is None:
        return _nothing(cells)
    value, cases = ratio(cells.practice[:, WAITED_DAYS], cells.practice[:, SEEN])
    return np.where(np.char.startswith(cells.group, "role:"), value, np.nan), cases


def mean_panel(cells: Cells) -> _Read:
    """People of a GP's panel, on average over GPs and months."""
    if cells.practice is None or cells.practices is None:
        return _nothing(cells)
    return ratio(cells.practice[:, PANEL], cells.stocks * cells.practices)


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
    one_of("panel_mean", "people", "none", None, said("Patientèle moyenne", "Mean panel"),
           said("patients par médecin traitant", "people of a usual GP"),
           "Cnam 2021: 1 001 of 16 and over", mean_panel),
    one_of("waiting_room_minutes", "minutes", "lower", 2.0,
           said("Minutes en salle d'attente", "Minutes in the waiting room"),
           said("de l'arrivée à la consultation", "from arrival to the visit"), "docs/odd.md §8",
           in_practices(ROOM_TENTHS, IN_THE_ROOM, 0.1)),
    one_of("overtime_minutes", "minutes", "lower", 2.0,
           said("Dépassement d'une demi-journée", "Overtime of a session"),
           said("minutes après la fin prévue", "minutes after the planned end"), "docs/odd.md §8",
           in_practices(OVERTIME, SESSIONS_HELD, 0.1)),
    one_of("utilisation", "share of time", "none", None, said("Temps occupé", "Utilisation"),
           said("part de la demi-journée passée en consultation", "share of a session spent in visits"),
           "docs/odd.md §8", in_practices(BUSY, IN_SESSION)),
    one_of("role_delay_days", "days", "lower", None,
           said("Délai d'un autre professionnel", "Delay of another role"),
           said("de la demande à la visite, personnes servies, par métier",
                "from the request to the visit, people served, by role"),
           "Doctolib 2023: physiotherapist 6, midwife 11, dentist 11 days (median)", role_delay),
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
