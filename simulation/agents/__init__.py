"""Institutions are agents, people are rows (agents): Mesa's vocabulary over the columns."""

from simulation.agents.cpts import CPTS
from simulation.agents.hospital import Hospital
from simulation.agents.house import MSP, HealthCentre
from simulation.agents.patient import Patient
from simulation.agents.patient_set import PatientSet
from simulation.agents.practitioner import Practitioner

__all__ = ["CPTS", "MSP", "HealthCentre", "Hospital", "Patient", "PatientSet", "Practitioner"]
