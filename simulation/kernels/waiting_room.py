"""The waiting room (salle d'attente): each session is one server with appointments, kept more or less on time.

Lindley, "The theory of queues with a single server", 1952.
"""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    BUSY,
    GP,
    HOME,
    HORIZON,
    IN_SESSION,
    IN_THE_ROOM,
    OVERTIME,
    PERIODS,
    POOLS,
    ROOM_TENTHS,
    SESSIONS_HELD,
)
from simulation.kernels.decisions import ARRIVES_IN_SESSION, PUNCTUALITY, SERVICE_TIME
from simulation.kernels.queues import wait_in_turn

MOST_IN_SESSION = 128


@njit(cache=True)
def hold_sessions(state, rules, today):
    """Let everybody of today's sessions arrive, wait and be seen; count minutes in the practice's measures."""
    sessions, practitioners = state.sessions, state.practitioners
    for g in range(practitioners.active.shape[0]):
        if practitioners.role[g] != GP:
            continue
        for period in range(PERIODS):
            booked, squeezed = np.int64(sessions.booked[g, period]), np.int64(sessions.squeezed[g, period])
            if booked + squeezed > 0 and today.month >= 0:
                hold_session(state, rules, today, g, period, booked, squeezed)
            sessions.booked[g, period] = 0
            sessions.squeezed[g, period] = 0


@njit(cache=True)
def hold_session(state, rules, today, g, period, booked, squeezed):
    """Hold one session: those who come without a time arrive at any moment, the others about their time."""
    people = min(booked + squeezed, MOST_IN_SESSION)
    who = state.practitioners.number[g]
    length = session_slots(state.diary, g, today.day, period) * rules.spacing
    walk_in = state.practitioners.walk_in[g, today.weekday, period]
    keys = np.empty(people, np.int64)
    for nth in range(people):
        place = period * MOST_IN_SESSION + nth
        if walk_in or nth >= booked:
            arrival = (draw(today.seed, ARRIVES_IN_SESSION, today.day, who, place) * length) >> 32
        else:
            late = rules.punctuality[draw(today.seed, PUNCTUALITY, today.day, who, place) >> 22]
            arrival = nth * rules.spacing + late
        keys[nth] = arrival * MOST_IN_SESSION + nth
    keys.sort()
    arrivals, services, waits = (
        np.empty(people, np.int64),
        np.empty(people, np.int64),
        np.empty(people, np.int64),
    )
    less = rules.shorter * state.practitioners.overload[g] // 256
    for turn in range(people):
        place = period * MOST_IN_SESSION + keys[turn] % MOST_IN_SESSION
        arrivals[turn] = keys[turn] // MOST_IN_SESSION
        service = rules.service[draw(today.seed, SERVICE_TIME, today.day, who, place) >> 22]
        services[turn] = max(service - less, 10)
    done = wait_in_turn(arrivals, services, waits)
    practice = state.tally.practice
    practice[today.month, g, IN_THE_ROOM] += people
    practice[today.month, g, ROOM_TENTHS] += waits.sum()
    practice[today.month, g, OVERTIME] += max(done - length, 0)
    practice[today.month, g, BUSY] += services.sum()
    practice[today.month, g, IN_SESSION] += length
    practice[today.month, g, SESSIONS_HELD] += 1


@njit(cache=True)
def session_slots(diary, g, day, period):
    """Count the slots of a session that are not for visits at home."""
    slots, cell = 0, day & (HORIZON - 1)
    for pool in range(POOLS):
        if pool != HOME:
            slots += diary.laid[g, pool, cell, period]
    return slots
