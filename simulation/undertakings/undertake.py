"""From a lever to those who carry it out: a function that each lever's file extends for its own class."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np

from simulation.calendar import number_of
from simulation.policies import Policy
from simulation.undertakings.undertaking import Undertaking


@singledispatch
def undertake(policy: Policy, model: Any) -> list[Undertaking]:
    """Give those who carry a lever out in a model."""
    raise TypeError(f"nobody carries out {type(policy).__name__}")


def first_day_of(policy: Policy, model: Any) -> int:
    """First day of effect of a lever."""
    return int(model.calendar.first if policy.start is None else number_of(policy.start))


def chosen_cpts(policy: Any, model: Any) -> list[Any]:
    """The CPTS that a lever names, or all."""
    return [cpts for cpts in model.communities if policy.cpts in (None, cpts.name)]


def parted(number: int, model: Any, communities: list[Any]) -> list[int]:
    """Part GPs between CPTS by those who practise in each, by largest remainder."""
    weights = np.array(
        [sum(gp.active and model.cpts_of(gp) == one.row for gp in model.gps) for one in communities], float
    )
    if not communities or weights.sum() == 0:
        return [0] * len(communities)
    exact = number * weights / weights.sum()
    parts = np.floor(exact).astype(int)
    for place in np.argsort(parts - exact, kind="stable")[: number - int(parts.sum())]:
        parts[place] += 1
    return [int(part) for part in parts]
