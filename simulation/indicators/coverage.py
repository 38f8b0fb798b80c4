"""Who is followed (couverture): a usual GP in name and in fact, follow-ups, the way home, screening and vaccines."""

from __future__ import annotations

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, Reading, a_year, one_of, ratio, said, share_of
from simulation.kernels.codes import (
    ADULTS,
    ALD_ADULTS,
    ALD_FOLLOWED_BY_GP,
    BREAST,
    CERVICAL,
    CLASS_FOLLOW_UP,
    COLORECTAL,
    CONSUMERS,
    CONSUMERS_WITHOUT,
    CONTACT_7,
    CONTACT_15,
    DISCHARGES,
    FLU,
    FOLLOWED_BY_GP,
    IN_TIME,
    LOST_GP,
    MADE,
    REGISTERED,
    TARGETED,
    UP_TO_DATE,
)

_SPF = "Santé publique France, 2023–24"
_ACI = "docs/odd.md §12; contract indicators of CPTS (ACI)"
_Read = tuple[Values, Whole]


def in_fact(followed: int, adults: int) -> Reading:
    """Read the share of adults without a usual GP seen in the year; only where whole years are counted."""

    def read(cells: Cells) -> _Read:
        people = cells.count(adults) / cells.stocks * (cells.days[0] / 364)
        value, cases = ratio(people - cells.count(followed), people)
        return np.where(cells.whole_years, value, np.nan), cases

    return read


def consumers_without(cells: Cells) -> _Read:
    """Share without a usual GP of people of 16 and over who saw a GP in the year."""
    value, cases = ratio(cells.count(CONSUMERS_WITHOUT), cells.count(CONSUMERS))
    return np.where(cells.whole_years, value, np.nan), cases


def follow_up_on_time(cells: Cells) -> _Read:
    """Follow-ups seen at most nine days after they were due, per follow-up asked for."""
    follow_ups = (CLASS_FOLLOW_UP,)
    return ratio(cells.requests(follow_ups, IN_TIME), cells.requests(follow_ups, MADE))


def _kept_up(name: str, fr: str, en: str, programme: int, source: str) -> Indicator:
    return one_of(
        name, "share of people targeted", "higher", 0.01, said(fr, en),
        said("part des personnes concernées qui sont à jour", "share of the people targeted who are up to date"),
        source, share_of(UP_TO_DATE + programme, TARGETED + programme))  # fmt: skip


COVERAGE = (
    one_of("without_gp_in_fact_share", "share of 17+", "lower", 0.005,
           said("Sans médecin traitant vu dans l'année", "Without a usual GP or not seen in the year"),
           said("17 ans et plus sans médecin traitant, ou que nul généraliste n'a vus en douze mois",
                "people of 17 and over without a usual GP, or whom no GP saw in twelve months"),
           "docs/odd.md §12", in_fact(FOLLOWED_BY_GP, ADULTS)),
    one_of("ald_without_gp_in_fact_share", "share of ALD 17+", "lower", 0.005,
           said("La même chose, en ALD", "The same, long-term condition"),
           said("parmi les personnes en affection de longue durée", "among people with a long-term condition"),
           "docs/odd.md §12", in_fact(ALD_FOLLOWED_BY_GP, ALD_ADULTS)),
    one_of("consumers_without_gp_share", "share of 16+ who saw a GP", "lower", 0.005,
           said("Patients vus sans médecin traitant", "Patients seen without a usual GP"),
           said("16 ans et plus, vus dans l'année : la définition des contrats de CPTS",
                "16 and over, seen in the year: the definition of CPTS contracts"),
           _ACI, consumers_without),
    one_of("lost_gp_per_1000", "per 1,000 a year", "lower", 3.0,
           said("Perdent leur médecin traitant", "Lose their usual GP"),
           said("médecin parti, patients que nul successeur ne garde", "the GP left, no successor keeps them"),
           "docs/odd.md §11", a_year(LOST_GP, scale=1000)),
    one_of("registered_per_1000", "per 1,000 a year", "higher", 3.0,
           said("Trouvent un médecin traitant", "Find a usual GP"),
           said("première consultation comme nouveau patient", "first visit as a new patient"),
           "docs/odd.md §7", a_year(REGISTERED, scale=1000)),
    one_of("follow_up_on_time_share", "share of follow-ups", "higher", 0.01,
           said("Suivi à l'heure", "Follow-up on time"),
           said("malades chroniques revus au plus tard neuf jours après l'échéance",
                "people under treatment seen at most nine days after the due date"),
           "docs/odd.md §12", follow_up_on_time),
    one_of("contact_7_share", "share of stays", "higher", 0.02,
           said("Revu après l'hôpital sous 7 jours", "Seen within 7 days of a stay"),
           said("vus par un généraliste après une sortie d'hospitalisation", "seen by a GP after a stay in hospital"),
           "target of PRADO and HAS", share_of(CONTACT_7, DISCHARGES)),
    one_of("contact_15_share", "share of stays", "higher", 0.02,
           said("Revu après l'hôpital sous 15 jours", "Seen within 15 days of a stay"),
           said("vus par un généraliste après une sortie d'hospitalisation", "seen by a GP after a stay in hospital"),
           "Cnam, PRADO heart failure 2015–17: 57.2 % of controls", share_of(CONTACT_15, DISCHARGES)),
    _kept_up("flu_share", "Vaccinés contre la grippe", "Vaccinated against flu", FLU, _SPF + ": 47.1 %"),
    _kept_up("colorectal_share", "Dépistage colorectal à jour", "Colorectal screening up to date", COLORECTAL,
             _SPF + ": 29.6 %"),
    _kept_up("breast_share", "Dépistage du sein à jour", "Breast screening up to date", BREAST, _SPF + ": 44–50 %"),
    _kept_up("cervical_share", "Dépistage du col à jour", "Cervical screening up to date", CERVICAL, _SPF + ": 55.8 %"),
)  # fmt: skip
