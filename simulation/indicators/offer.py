"""Supply within reach (offre accessible): the official way to look at access, beside what people live."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.cells import Cells, Values, Whole
from simulation.indicators.indicator import Indicator, ratio

_Read = tuple[Values, Whole]
_UNIT = "consultations per standardised inhabitant and year"


def dt70(cells: Cells) -> _Read:
    """Slots that GPs offer in a year, shared within reach: weight 1 under 5 minutes, 0.3 under 10, 0.1 under 15."""
    return _nothing(cells) if cells.offer is None else ratio(cells.offer.apl_dt70, cells.offer.people)


def twenty_minutes(cells: Cells) -> _Read:
    """The same with a weight that falls along a straight line, from 1 on the spot to 0 at 20 minutes."""
    return _nothing(cells) if cells.offer is None else ratio(cells.offer.apl_20min, cells.offer.people)


def _nothing(cells: Cells) -> _Read:
    """Nothing is known where the offer is not told; nor is it of a month, for it is of a year."""
    return np.full(len(cells.month), np.nan), np.zeros(len(cells.month), dtype=np.int64)


def _variant(name: str, fr: str, en: str, source: str, read: Callable[[Cells], _Read]) -> Indicator:
    label = {"fr": f"APL, variante {fr} (offre théorique)", "en": f"APL, {en} variant (theoretical supply)"}
    explanation = {
        "fr": "offre théorique accessible, sans les délais — à côté, pas à la place ; "
        "ne pas comparer aux niveaux publiés",
        "en": "theoretical supply within reach, without delays — beside, not instead; "
        "not to be compared with published levels",
    }
    return Indicator(name, _UNIT, "none", None, label, explanation, read.__doc__ or "", source, read)


OFFER = (
    _variant("apl_dt70", "DT70", "DT70", "weights by travel time and by age: IRDES, DT 70 (2016)", dt70),
    _variant("apl_20min", "20 minutes", "20-minute",
             'this project\'s reading of "decreasing between 0 and 20 minutes" (order of 13 November 2017), '
             "not DREES's weights; weights by age: IRDES, DT 70 (2016)", twenty_minutes),
)  # fmt: skip
