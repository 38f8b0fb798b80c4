"""Primary care (soins de premier recours) as people live it: a need, a request, a wait, a visit or none.

`run(load("scenario.yaml"))` gives `Results`; Mesa users make a `PrimaryCare` with `begin` and step it.
"""

from simulation.faults import Fault, Refused
from simulation.model import PrimaryCare
from simulation.results import Results, read_results
from simulation.running import Stop, begin, run, warm
from simulation.scenario import Scenario, load

__all__ = [
    "Fault",
    "PrimaryCare",
    "Refused",
    "Results",
    "Scenario",
    "Stop",
    "begin",
    "load",
    "read_results",
    "run",
    "warm",
]
