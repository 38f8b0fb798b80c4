"""Other roles than GPs (autres professionnels): their week, and who is near each commune."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import Calendar
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ADVANCED_NURSE,
    AFTERNOON,
    DENTIST,
    GP,
    MIDWIFE,
    MORNING,
    NURSE,
    PERIODS,
    PHARMACIST,
    PHYSIOTHERAPIST,
    PRACTICE_NURSE,
    ROLE_NAMES,
    ROLES,
)
from simulation.parameters import Parameters
from simulation.places import number_of_name
from simulation.reach import reach_among
from simulation.state import Practitioners, Reach
from simulation.territory import Territory

WEEK = tuple((day, half) for day in range(5) for half in (MORNING, AFTERNOON))
"""Half-days on which they see people: Monday to Friday."""
NEAREST_OF_ROLE = 30
"""Practitioners of a role known to a person, and those as near as the last of them."""
WITH_PROTOCOLS = (PHARMACIST, NURSE, ADVANCED_NURSE)
_Week = NDArray[np.int32]


def roles_of(territory: Territory) -> NDArray[np.uint8]:
    """The code of each practitioner's role."""
    codes = {name: code for code, name in enumerate(ROLE_NAMES)}
    return np.array([codes[role] for role in territory.practitioners["role"]], dtype=np.uint8)


def set_other_roles(
    columns: dict[str, NDArray[np.generic]], territory: Territory, parameters: Parameters, calendar: Calendar
) -> None:
    """Give each practitioner who is not a GP a week: slots for protocols in the same-day pool, the others scheduled."""
    planned, protocol = slots_of(parameters), parameters.substitutes.protocol_slots
    for g, role in enumerate(roles_of(territory).tolist()):
        if role == GP:
            continue
        kept = protocol if role in WITH_PROTOCOLS else 0.0
        total = planned[role] + kept
        columns["weekly"][g] = spread(
            total, number_of_name(str(territory.practitioners["id"].iloc[g])), calendar.seed
        )
        columns["same_day_share"][g] = round(65_536 * kept / total) if total > 0 else 0


def slots_of(parameters: Parameters) -> dict[int, float]:
    """Slots a week for what is asked of each role."""
    roles = parameters.roles
    return {
        PRACTICE_NURSE: roles.practice_nurse_slots, ADVANCED_NURSE: roles.advanced_nurse_slots,
        NURSE: roles.nurse_slots, PHARMACIST: roles.pharmacist_slots, MIDWIFE: roles.midwife_slots,
        PHYSIOTHERAPIST: roles.physiotherapist_slots, DENTIST: roles.dentist_slots,
    }  # fmt: skip


def spread(slots: float, who: int, seed: int) -> _Week:
    """Spread slots over the half-days of a week, one at a time, in an order drawn for the practitioner."""
    order = sorted(range(len(WEEK)), key=lambda nth: int(draw(seed, decisions.ROLE_SESSIONS, 0, who, nth)))
    week = np.zeros((7, PERIODS), dtype=np.int32)
    left = round(slots * 256)
    for turn in range(-(-left // 256)):
        part = min(left - 256 * turn, 256)
        week[WEEK[order[turn % len(WEEK)]]] += part
    return week


def others_of(territory: Territory, practitioners: Practitioners, parameters: Parameters) -> Reach:
    """List the practitioners of each other role within reach of each commune (see `Reach`), role after role."""
    roles = roles_of(territory)
    parts = [
        reach_among(np.flatnonzero(roles == role), territory, practitioners, parameters, NEAREST_OF_ROLE)
        for role in range(ROLES)
        if role != GP
    ]
    nobody = reach_among(np.zeros(0, dtype=np.int64), territory, practitioners, parameters, NEAREST_OF_ROLE)
    return joined([nobody, *parts])


def joined(parts: list[Reach]) -> Reach:
    """Put lists of several roles one after another, those of GPs (code 0) being empty here."""
    starts = np.cumsum([0, *(len(part.practitioner) for part in parts)])
    first = [part.first[:-1] + start for part, start in zip(parts, starts, strict=False)]
    return Reach(
        first=np.concatenate([*first, starts[-1:]]).astype(np.int32),
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Reach._fields
            if name != "first"
        },
    )
