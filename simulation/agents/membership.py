"""Who belongs to a CPTS (adhésion): as many as a scenario says or, where it asks for it, as people behave."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.agents.coordination import shared_hours
from simulation.chances import one
from simulation.kernels import decisions

NEAR_TENTHS = 150
"""Peers are those within a quarter of an hour."""


def enrol(cpts: Any, members: float) -> None:
    """Have so many GPs of its communes belong to a CPTS, or such a share of them up to 1; members today first."""
    there = cpts.in_order([gp for gp in cpts.model.gps if gp.active and cpts.model.cpts_of(gp) == cpts.row])
    count = round(members * len(there)) if members <= 1 else round(members)
    for rank, gp in enumerate(there):
        gp.cpts = cpts.row if rank < count else -1


def join_and_leave(cpts: Any, today: Any) -> None:
    """Let GPs of its communes join, and members leave, as their odds are this month."""
    given, model = cpts.model.parameters.governance, cpts.model
    there = [gp for gp in model.gps if gp.active and model.cpts_of(gp) == cpts.row]
    members = {gp.row for gp in there if gp.cpts == cpts.row}
    for gp in there:
        if gp.row in members:
            hours = sum(cpts.hours.get(gp, {}).values())
            if gp.luck(decisions.LEAVES_CPTS, today.day) < one(min(given.leaves_per_month * hours, 1.0)):
                gp.cpts = -1
        elif gp.luck(decisions.JOINS_CPTS, today.day) < one(chance_of_joining(cpts, gp, members)):
            gp.cpts = cpts.row


def chance_of_joining(cpts: Any, gp: Any, members: set[int]) -> float:
    """Give the probability of joining this month: odds rise with a house, peers near by and a coordinator."""
    given = cpts.model.parameters.governance
    odds = given.joins_per_month / (1 - given.joins_per_month)
    odds *= given.house_joins_ratio if gp.structure >= 0 else 1.0
    odds *= given.peers_joins_ratio ** share_of_peers(cpts.model, gp, members)
    odds *= given.coordinator_joins_ratio if shared_hours(cpts) else 1.0
    return float(odds / (1 + odds))


def share_of_peers(model: Any, gp: Any, members: set[int]) -> float:
    """Say which part of the GPs near by are members."""
    reach, commune = model.state.reach, int(model.state.practitioners.commune[gp.row])
    near = slice(reach.first[commune], reach.first[commune + 1])
    rows = reach.practitioner[near][reach.minutes[near] <= NEAR_TENTHS]
    rows = rows[(rows != gp.row) & (model.state.practitioners.active[rows] == 1)]
    return float(np.mean([row in members for row in rows.tolist()])) if rows.size else 0.0
