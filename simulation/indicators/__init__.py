"""What is measured (indicateurs; the M of XLRM): functions of the counts, each stated once."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.indicators.answers import ANSWERS
from simulation.indicators.delays import DELAYS
from simulation.indicators.indicator import Indicator
from simulation.indicators.offer import OFFER
from simulation.indicators.use import USE
from simulation.indicators.work import WORK

__all__ = ["INDICATORS", "Indicator"]

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {one.name: one for one in (*ANSWERS, *DELAYS, *USE, *OFFER, *WORK)}
)
