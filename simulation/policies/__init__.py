"""What can be decided, and what may befall (leviers et chocs; the L of XLRM), one file each."""

from simulation.policies.advanced_consultation import AdvancedConsultation
from simulation.policies.care_pathways import CarePathways
from simulation.policies.city_hospital import CityHospital
from simulation.policies.coordinator import Coordinator
from simulation.policies.crisis_response import CrisisResponse
from simulation.policies.custom import Custom
from simulation.policies.ed_closure import EdClosure
from simulation.policies.empty_shell import EmptyShell
from simulation.policies.epidemic_wave import EpidemicWave
from simulation.policies.falls_prevention import FallsPrevention
from simulation.policies.fit_kits import FitKits
from simulation.policies.gp_access import GpAccess
from simulation.policies.health_centre import HealthCentre
from simulation.policies.home_visits import HomeVisits
from simulation.policies.information import Information
from simulation.policies.install import Install
from simulation.policies.leave_calendar import LeaveCalendar
from simulation.policies.levers import LEVERS
from simulation.policies.medical_assistant import MedicalAssistant
from simulation.policies.mobile_unit import MobileUnit
from simulation.policies.open_msp import OpenMsp
from simulation.policies.out_of_hours_centre import OutOfHoursCentre
from simulation.policies.outreach_days import OutreachDays
from simulation.policies.policy import Policy
from simulation.policies.pooling import Pooling
from simulation.policies.prevention import Prevention
from simulation.policies.private_centre import PrivateCentre
from simulation.policies.protocols import Protocols
from simulation.policies.quality import Quality
from simulation.policies.retire import Retire
from simulation.policies.support import Support
from simulation.policies.telecare_booth import TelecareBooth
from simulation.policies.transport import Transport
from simulation.policies.unscheduled_care import UnscheduledCare
from simulation.policies.white_zone import WhiteZone

__all__ = [
    "LEVERS",
    "AdvancedConsultation",
    "CarePathways",
    "CityHospital",
    "Coordinator",
    "CrisisResponse",
    "Custom",
    "EdClosure",
    "EmptyShell",
    "EpidemicWave",
    "FallsPrevention",
    "FitKits",
    "GpAccess",
    "HealthCentre",
    "HomeVisits",
    "Information",
    "Install",
    "LeaveCalendar",
    "MedicalAssistant",
    "MobileUnit",
    "OpenMsp",
    "OutOfHoursCentre",
    "OutreachDays",
    "Policy",
    "Pooling",
    "Prevention",
    "PrivateCentre",
    "Protocols",
    "Quality",
    "Retire",
    "Support",
    "TelecareBooth",
    "Transport",
    "UnscheduledCare",
    "WhiteZone",
]
