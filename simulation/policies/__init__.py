"""What can be decided (leviers; the L of XLRM), one file a mission."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.policies.policy import Policy
from simulation.policies.unscheduled_care import UnscheduledCare

__all__ = ["LEVERS", "Policy", "UnscheduledCare"]

LEVERS: Mapping[str, type[Policy]] = MappingProxyType({"unscheduled_care": UnscheduledCare})
