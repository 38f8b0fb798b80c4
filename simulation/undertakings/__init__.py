"""Who carries out what is decided (mise en œuvre), one file a lever: they act on diaries, panels and phones."""

from simulation.undertakings import (  # noqa: F401  each registers its levers
    assistants,
    capacity,
    crisis,
    custom,
    departures,
    ed_closure,
    exits,
    houses,
    information,
    leave,
    meetings,
    missions,
    mobile_unit,
    neighbours,
    newcomers,
    outreach,
    pathways,
    protocols,
    shared_slots,
)
from simulation.undertakings.undertake import undertake
from simulation.undertakings.undertaking import Undertaking

__all__ = ["Undertaking", "undertake"]
