"""Use of care (recours): visits, emergency departments, who is seen, by whom and how far."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Better, Indicator, a_year, ratio, share_of
from simulation.kernels.codes import (
    ACTS,
    ADULTS,
    ALD_ADULTS,
    ALD_WITHOUT_GP,
    BY_COLLEAGUE,
    BY_USUAL,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    ED_WANT_OF_SLOT,
    GPS_SEEN,
    NEAREST_VISITS,
    SAS_CALLS,
    SEEN_ONCE,
    TRAVEL_TENTHS,
    TRAVELLED_VISITS,
    WITHOUT_GP,
)

_Read = tuple[Values, Whole]
STREAMS = (ED_INJURY, ED_VITAL, ED_OWN_CHOICE, ED_WANT_OF_SLOT)


def seen_once(cells: Cells) -> _Read:
    """Share of people seen at least once in a year; only where whole years are counted."""
    years = cells.person_years * 365 / 364  # a counted year has 364 days
    value, cases = ratio(cells.count(SEEN_ONCE), years)
    return np.where(cells.whole_years, value, np.nan), cases


def gps_per_patient(cells: Cells) -> _Read:
    """Different GPs met in a year by those who met one."""
    value, cases = ratio(cells.count(GPS_SEEN), cells.count(SEEN_ONCE))
    return np.where(cells.whole_years, value, np.nan), cases


def continuity(cells: Cells) -> _Read:
    """Share of visits with one's usual GP; a colleague who reads the same record counts half."""
    return ratio(cells.count(BY_USUAL) + 0.5 * cells.count(BY_COLLEAGUE), cells.count(ACTS))


def _of(
    name: str, unit: str, better: Better, useful: float | None, fr: str, en: str, source: str,
    read: Callable[[Cells], _Read],
) -> Indicator:  # fmt: skip
    definition = (read.__doc__ or f"{en}, {unit}.").strip()
    return Indicator(
        name, unit, better, useful, {"fr": fr, "en": en}, {"fr": fr, "en": en}, definition, source, read
    )


_ED = "DREES ER 1320 and Urgences 2023 survey"

USE = (
    _of("acts_per_inhabitant", "visits a year", "none", 0.05, "Consultations par habitant et par an",
        "Visits per inhabitant and year", "DREES, APL 2022", a_year(ACTS)),
    _of("seen_once_share", "share of people", "higher", 0.01, "Vus au moins une fois dans l'année",
        "Seen at least once in the year", "REPSS Maladie 1.6.3, 2020", seen_once),
    _of("gps_per_patient", "GPs", "lower", 0.05, "Médecins différents par patient et par an",
        "Different GPs per patient and year", "computed from Cnam 2021 and IQVIA 2018", gps_per_patient),
    _of("continuity_share", "share of visits", "higher", 0.01, "Par son médecin traitant",
        "With one's usual GP", "UPC index", continuity),
    _of("nearest_share", "share of visits", "none", 0.01, "Au plus près", "At the nearest",
        "IRDES, Questions d'économie de la santé (ESPS 2010)", share_of(NEAREST_VISITS, TRAVELLED_VISITS)),
    _of("travel_minutes", "minutes", "lower", 1.0, "Temps de trajet", "Travel time",
        "docs/odd.md §12", share_of(TRAVEL_TENTHS, TRAVELLED_VISITS, scale=0.1)),
    _of("without_usual_gp_share", "share of 17+", "lower", 0.005, "Sans médecin traitant",
        "Without a usual GP", "Cnam 2021", share_of(WITHOUT_GP, ADULTS)),
    _of("ald_without_usual_gp_share", "share of ALD 17+", "lower", 0.005, "Sans médecin traitant, en ALD",
        "Without a usual GP, long-term condition", "Cnam 2025", share_of(ALD_WITHOUT_GP, ALD_ADULTS)),
    _of("ed_per_1000", "per 1,000 a year", "lower", 3.0, "Passages aux urgences", "Emergency visits", _ED,
        a_year(*STREAMS, scale=1000)),
    _of("ed_injury_per_1000", "per 1,000 a year", "none", None, "Urgences : blessures",
        "Emergency: injury", _ED, a_year(ED_INJURY, scale=1000)),
    _of("ed_vital_per_1000", "per 1,000 a year", "none", None, "Urgences : vital ou adressé",
        "Emergency: vital or sent", _ED, a_year(ED_VITAL, scale=1000)),
    _of("ed_own_choice_per_1000", "per 1,000 a year", "none", None, "Urgences : de soi-même",
        "Emergency: own choice", _ED, a_year(ED_OWN_CHOICE, scale=1000)),
    _of("ed_want_of_slot_per_1000", "per 1,000 a year", "lower", 3.0, "Urgences faute de créneau",
        "Emergency for want of a slot", _ED, a_year(ED_WANT_OF_SLOT, scale=1000)),
    _of("sas_calls_per_1000", "per 1,000 a year", "none", None, "Appels au 15 faute de réponse en ville",
        "Calls to the 15 for want of an answer", "DREES, SAMU 2022: about half of 304 files are ambulatory",
        a_year(SAS_CALLS, scale=1000)),
    _of("people", "people", "none", None, "Habitants", "People", "INSEE", lambda cells: (
        ratio(cells.person_years * 365, cells.days)[0], np.rint(cells.person_years).astype(np.int64))),
)  # fmt: skip
