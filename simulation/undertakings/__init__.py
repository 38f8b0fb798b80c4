"""Who carries out what is decided (mise en œuvre), one file a lever: they act on diaries, panels and phones."""

from simulation.undertakings import assistants, departures, ed_closure, missions, mobile_unit  # noqa: F401  each registers its levers
from simulation.undertakings.undertake import undertake
from simulation.undertakings.undertaking import Undertaking

__all__ = ["Undertaking", "undertake"]
