"""The emergency department and the wards (urgences, hospitalisations)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import a_year, one_of, ratio, said, share_of
from simulation.kernels.codes import (
    ADMISSIONS,
    CORRIDOR,
    DISCHARGES,
    ED_ADMITTED,
    ED_IN_HOURS,
    ED_STAY,
    ED_TREATED,
    ED_WAIT,
    HOME_AGAIN,
    NIGHTS,
    READMISSIONS,
    STAY_BIN,
    TO_A_WARD,
    TRANSFERS,
)

_Read = tuple[Values, Whole]
_DREES = "DREES, Urgences 2023 survey"
_YEAR = "per 1,000 a year"


def not_admitted(cells: Cells) -> _Read:
    """Visits to the ED after which nobody stays in hospital, per 1,000 residents and year (Rézone's definition)."""
    home = cells.count(ED_TREATED) - cells.count(ED_ADMITTED)
    value, _ = ratio(home, cells.person_years, 1000)
    return value, home


def median_stay(outcome: int) -> Callable[[Cells], _Read]:
    """Read the hours that half of stays in the ED do not exceed, to half an hour; for everybody inside only."""

    def read(cells: Cells) -> _Read:
        """Find the half-hour by which half of them have left; no value for single months."""
        value, cases = np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)
        if cells.stays is not None:
            counts, whole = cells.stays[outcome], cells.month == "all"
            cases[whole] = counts.sum()
            if counts.sum() > 0:
                half = np.searchsorted(counts.cumsum(), counts.sum() / 2) + 1
                value[whole] = half * STAY_BIN / 600
        return value, cases

    return read


def readmitted(cells: Cells) -> _Read:
    """Stays within 30 days of another, per stay that ended."""
    return ratio(cells.count(READMISSIONS), cells.count(DISCHARGES))


HOSPITAL = (
    one_of("ed_not_admitted_per_1000", _YEAR, "lower", 3.0,
           said("Passages aux urgences non suivis d'hospitalisation", "Emergency visits without admission"),
           said("même définition que Rézone", "same definition as Rézone"),
           "Rézone-CPTS (PAPS Normandie)", not_admitted),
    one_of("ed_in_hours_per_1000", _YEAR, "lower", 3.0,
           said("Passages aux heures d'ouverture", "Emergency visits in practice hours"),
           said("de 8 h à 20 h, les jours où les cabinets ouvrent", "from 8 to 20 h on days when practices open"),
           "docs/odd.md §12", a_year(ED_IN_HOURS, scale=1000)),
    one_of("ed_wait_minutes", "minutes", "lower", 10.0,
           said("Attente aux urgences", "Wait in the ED"),
           said("avant d'être pris en charge", "before being treated"), _DREES,
           share_of(ED_WAIT, ED_TREATED, scale=0.1)),
    one_of("ed_stay_minutes", "minutes", "lower", 10.0,
           said("Durée moyenne aux urgences", "Mean stay in the ED"),
           said("attente et soins", "wait and care"), _DREES, share_of(ED_STAY, ED_TREATED, scale=0.1)),
    one_of("ed_stay_home_hours", "hours", "lower", 0.5,
           said("Durée médiane, retour à domicile", "Median stay, home again"),
           said("à la demi-heure", "to half an hour"), _DREES + ": 2 h 30", median_stay(HOME_AGAIN)),
    one_of("ed_stay_ward_hours", "hours", "lower", 0.5,
           said("Durée médiane, avant un service", "Median stay, to a ward"),
           said("à la demi-heure", "to half an hour"), _DREES + ": 5 h 20", median_stay(TO_A_WARD)),
    one_of("ed_admitted_share", "share of visits", "none", None,
           said("Passages suivis d'hospitalisation", "Emergency visits with admission"),
           said("part des passages", "share of visits"), _DREES, share_of(ED_ADMITTED, ED_TREATED)),
    one_of("admissions_per_1000", _YEAR, "lower", 3.0, said("Séjours à l'hôpital", "Stays in hospital"),
           said("avec une nuit au moins", "with a night at least"),
           "REPSS Maladie 1.6.2, 2022: 142", a_year(ADMISSIONS, scale=1000)),
    one_of("stay_nights", "nights", "none", None,
           said("Durée des séjours", "Length of stays"),
           said("nuits par séjour", "nights of a stay"),
           "REPSS Maladie 1.6.2, 2022: 5.5", share_of(NIGHTS, ADMISSIONS)),
    one_of("transfers_share", "share of stays", "lower", None,
           said("Transferts faute de lit", "Transfers for want of a bed"),
           said("vers un autre hôpital", "to another hospital"), "docs/odd.md §9", share_of(TRANSFERS, ADMISSIONS)),
    one_of("no_bed_share", "share of stays", "lower", None,
           said("Sans lit", "Without a bed"),
           said("aucun lit libre nulle part", "no bed free anywhere"),
           "docs/odd.md §9", share_of(CORRIDOR, ADMISSIONS)),
    one_of("readmission_30_share", "share of stays", "lower", 0.01,
           said("Réhospitalisation à 30 jours", "Readmission within 30 days"),
           said("retour à l'hôpital dans le mois ; à lire au-delà d'un million d'années-personnes",
                "back in hospital within a month; to be read beyond a million person-years"),
           "docs/odd.md §9", readmitted),
)  # fmt: skip
