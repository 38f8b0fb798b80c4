"""What is measured (indicateurs; the M of XLRM): functions of the counts, each stated once."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.indicators.answers import ANSWERS
from simulation.indicators.coverage import COVERAGE
from simulation.indicators.delays import DELAYS
from simulation.indicators.doors import DOORS
from simulation.indicators.fairness import FAIRNESS
from simulation.indicators.hospital import HOSPITAL
from simulation.indicators.indicator import Indicator
from simulation.indicators.offer import OFFER
from simulation.indicators.use import USE
from simulation.indicators.work import WORK

__all__ = ["INDICATORS", "Indicator"]

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        one.name: one
        for one in (*ANSWERS, *DELAYS, *USE, *DOORS, *COVERAGE, *HOSPITAL, *FAIRNESS, *OFFER, *WORK)
    }
)
