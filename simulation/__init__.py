"""Primary care (soins de premier recours) as people live it: a need, a request, a wait, a visit or none.

`run(load("scenario.yaml"))` gives `Results`; Mesa users make a `PrimaryCare` with `begin` and step it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.faults import Fault, Refused
    from simulation.model import PrimaryCare
    from simulation.results import Results, read_results
    from simulation.running import Stop, begin, run, warm
    from simulation.scenario import Scenario, load

_HOME = {
    "Fault": "faults",
    "PrimaryCare": "model",
    "Refused": "faults",
    "Results": "results",
    "Scenario": "scenario",
    "Stop": "running",
    "begin": "running",
    "load": "scenario",
    "read_results": "results",
    "run": "running",
    "warm": "running",
}

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


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: checking a file needs neither the compiler nor Mesa."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
