"""One day of a territory (journée), in one compiled call."""

import numpy as np
from numba import njit

from simulation.kernels.adapt import adapt
from simulation.kernels.calls import callers, take_afternoon_calls, take_calls
from simulation.kernels.chance import draw
from simulation.kernels.codes import BOOKED, CLOSED_ROWS, HELD, OPENED, REQUEST_DAYS, SEEKING, TOP, WAITING
from simulation.kernels.decisions import DUTY_AVAILABLE, DUTY_CAPACITY, TELECARE_CAPACITY
from simulation.kernels.diary import close_day, open_day, release_at_noon, whole
from simulation.kernels.emergency import treat
from simulation.kernels.evening import close_doors
from simulation.kernels.missed import miss_appointments
from simulation.kernels.need import feel
from simulation.kernels.record import add_end, close_year, forget_years, take_stock
from simulation.kernels.registration import welcome
from simulation.kernels.stays import discharge
from simulation.kernels.visits import see_patients
from simulation.kernels.waiting_room import hold_sessions


@njit(cache=True)
def live_the_day(state, rules, today):
    """Live one day: need, missed appointments, morning calls, noon release, afternoon calls, closing, visits, record.

    Whatever the order of rows, people are served in the order in which they phone; everything else of the day
    only adds to counts and touches one person.
    """
    if today.day == today.first_day:
        forget_years(state)
    if today.stock:
        take_stock(state, today)
    if today.adapts:
        adapt(state, rules, today)
    open_duty(state, rules, today)
    open_day(state, today)
    feel(state, rules, today)
    miss_appointments(state, rules, today)
    rows, morning = callers(state, rules, today)
    take_calls(state, rules, today, rows, morning)
    release_at_noon(state, today)
    take_afternoon_calls(state, rules, today, rows, morning)
    close_doors(state, rules, today, rows)
    see_patients(state, rules, today)
    welcome(state)
    hold_sessions(state, rules, today)
    discharge(state, rules, today)
    treat(state, rules, today)
    close_day(state, rules, today)
    cursor = state.requests.cursor
    cursor[REQUEST_DAYS] += cursor[OPENED] - cursor[CLOSED_ROWS]
    if today.year_ends:
        close_year(state, today)


@njit(cache=True)
def open_duty(state, rules, today):
    """Say how many people the duty doctor and remote doctors can see today in each basin."""
    places = state.places
    for basin in range(state.rounds.duty.shape[0]):
        room = places.duty_weekend[basin] if today.weekend else places.duty_evening[basin]
        number = places.basin_number[basin]
        available = draw(today.seed, DUTY_AVAILABLE, today.day, number, 0)
        state.rounds.duty[basin] = 0
        luck = draw(today.seed, TELECARE_CAPACITY, today.day, number, 0)
        state.rounds.telecare[basin] = whole(places.telecare[basin], 16, luck)
        if available < rules.duty_available[1 if today.weekend else 0]:
            state.rounds.duty[basin] = whole(room, 16, draw(today.seed, DUTY_CAPACITY, today.day, number, 0))


@njit(cache=True)
def close_run(state, today):
    """Count what is open after the last day: an appointment held later, or still waiting."""
    requests = state.requests
    for row in range(requests.cursor[TOP]):
        if requests.status[row] == BOOKED:
            add_end(state.tally, state.patients, requests, today, row, HELD, np.int64(requests.when[row]))
        elif requests.status[row] == SEEKING:
            add_end(state.tally, state.patients, requests, today, row, WAITING, today.day)
