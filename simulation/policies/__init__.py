"""What can be decided, and what may befall (leviers et chocs; the L of XLRM), one file each."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.policies.city_hospital import CityHospital
from simulation.policies.ed_closure import EdClosure
from simulation.policies.empty_shell import EmptyShell
from simulation.policies.gp_access import GpAccess
from simulation.policies.medical_assistant import MedicalAssistant
from simulation.policies.mobile_unit import MobileUnit
from simulation.policies.policy import Policy
from simulation.policies.prevention import Prevention
from simulation.policies.retire import Retire
from simulation.policies.unscheduled_care import UnscheduledCare

__all__ = [
    "LEVERS", "CityHospital", "EdClosure", "EmptyShell", "GpAccess", "MedicalAssistant", "MobileUnit", "Policy",
    "Prevention", "Retire", "UnscheduledCare",
]  # fmt: skip

LEVERS: Mapping[str, type[Policy]] = MappingProxyType(
    {
        "unscheduled_care": UnscheduledCare,
        "gp_access": GpAccess,
        "prevention": Prevention,
        "city_hospital": CityHospital,
        "empty_shell": EmptyShell,
        "medical_assistant": MedicalAssistant,
        "mobile_unit": MobileUnit,
        "retire": Retire,
        "ed_closure": EdClosure,
    }
)
