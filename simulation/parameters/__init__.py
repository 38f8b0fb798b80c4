"""Every figure of the model, stated once (paramètres; the X of XLRM)."""

from functools import cache

from pydantic import Field

from simulation.parameters.adaptation import Adaptation
from simulation.parameters.carers import Carers
from simulation.parameters.costs import Costs
from simulation.parameters.demand import Demand
from simulation.parameters.demography import Demography
from simulation.parameters.doors import Doors
from simulation.parameters.emergency import Emergency
from simulation.parameters.governance import Governance
from simulation.parameters.hospital import Hospital
from simulation.parameters.missions import Missions
from simulation.parameters.number import Grade, Group, Number, numbers_of
from simulation.parameters.out_of_hours import OutOfHours
from simulation.parameters.patience import Patience
from simulation.parameters.people import People
from simulation.parameters.prevention import Prevention
from simulation.parameters.registration import Registration
from simulation.parameters.roles import Roles
from simulation.parameters.sas import Sas
from simulation.parameters.substitutes import Substitutes
from simulation.parameters.supply import Supply
from simulation.parameters.travel import Travel
from simulation.parameters.waiting_room import WaitingRoom
from simulation.parameters.workforce import Workforce

__all__ = ["Grade", "Group", "Number", "Parameters", "registry"]


class Parameters(Group):
    """What is uncertain about the world, grouped by process."""

    people: People = Field(default_factory=People)
    demand: Demand = Field(default_factory=Demand)
    patience: Patience = Field(default_factory=Patience)
    supply: Supply = Field(default_factory=Supply)
    adaptation: Adaptation = Field(default_factory=Adaptation)
    waiting_room: WaitingRoom = Field(default_factory=WaitingRoom)
    doors: Doors = Field(default_factory=Doors)
    substitutes: Substitutes = Field(default_factory=Substitutes)
    sas: Sas = Field(default_factory=Sas)
    travel: Travel = Field(default_factory=Travel)
    emergency: Emergency = Field(default_factory=Emergency)
    out_of_hours: OutOfHours = Field(default_factory=OutOfHours)
    hospital: Hospital = Field(default_factory=Hospital)
    roles: Roles = Field(default_factory=Roles)
    registration: Registration = Field(default_factory=Registration)
    prevention: Prevention = Field(default_factory=Prevention)
    workforce: Workforce = Field(default_factory=Workforce)
    demography: Demography = Field(default_factory=Demography)
    carers: Carers = Field(default_factory=Carers)
    costs: Costs = Field(default_factory=Costs)
    missions: Missions = Field(default_factory=Missions)
    governance: Governance = Field(default_factory=Governance)


@cache
def registry() -> dict[str, Number]:
    """All figures by dotted path, such as `supply.consultation_minutes`."""
    found: dict[str, Number] = {}
    for name, field in Parameters.model_fields.items():
        group = field.annotation
        assert isinstance(group, type) and issubclass(group, Group)
        found.update(numbers_of(group, name))
    return found
