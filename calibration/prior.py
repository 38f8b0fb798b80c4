"""What is believed before anything is fitted (plages admises): the law that worlds draw from, figure by figure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.parameters import registry

if TYPE_CHECKING:
    from pyabc import Distribution

    from simulation.parameters import Number

FITTED = (
    "demand.acute_per_year",
    "demand.booked_far_share",
    "demand.lead_days",
    "demand.routine_per_year",
    "demand.urgent_48h_share",
    "demand.urgent_today_share",
    "doors.resolves_per_day",
    "doors.walk_in_known",
    "people.ald_without_usual_gp_share",
    "people.frailty_shape",
    "people.treated_share",
    "people.without_usual_gp_share",
    "supply.same_day_share",
    "travel.decay_per_minute",
)
"""Figures that move a national target by more than its range when they go from one end of theirs to the other."""


def figures(paths: Sequence[str] = FITTED) -> "dict[str, Number]":
    """The figures by path, each with the range that no fit leaves."""
    known = registry()
    return {path: known[path] for path in paths}


def shape(number: "Number") -> float:
    """Where the best guess stands in its range, from 0 (low end) to 1 (high end)."""
    return (number.default - number.low) / (number.high - number.low)


def prior(numbers: "Mapping[str, Number]") -> "Distribution":
    """Triangular laws, mode at the best guess and ends at the ends: those of `experiments.worlds`."""
    from pyabc import RV, Distribution

    return Distribution(
        **{path: RV("triang", shape(one), one.low, one.high - one.low) for path, one in numbers.items()}
    )
