"""Today's callers (appels) go through the ladder one after another."""

import numpy as np
from numba import njit

from simulation.kernels.ahead import TURNS, bring
from simulation.kernels.chance import draw_each
from simulation.kernels.codes import (
    AFTERNOON,
    HORIZON,
    MORNING,
    PLANNED,
    REGISTRATION,
    SAID_REFUSED,
    SATURDAY,
    SCHEDULED,
)
from simulation.kernels.decisions import CALL_ORDER, PHONES_IN_THE_MORNING
from simulation.kernels.diary import WHOLE, offers_today
from simulation.kernels.doors import (
    calls_others_first,
    rings_number,
    try_colleagues,
    try_number,
    try_others,
    try_rota,
    try_usual_gp,
)
from simulation.kernels.due import who_look
from simulation.kernels.order import put_in_order
from simulation.kernels.others import seek_other_care
from simulation.kernels.person import bring_person
from simulation.kernels.registration import seek_usual_gp
from simulation.kernels.request import chances_of
from simulation.kernels.sas import regulate, rings_the_15
from simulation.kernels.story import tell
from simulation.kernels.substitutes import try_pathway, try_substitutes


@njit(cache=True)
def callers(state, rules, today):
    """List the requests that call today, in order: (morning or afternoon, urgency, luck, person).

    Gives the rows and how many phone in the morning. Each key is unique, so the order of two callers never
    depends on a third. On a closed day everybody is listed at once; on a Saturday nobody answers after noon.
    """
    requests, patients = state.requests, state.patients
    due = who_look(requests, today.day)
    rows = np.empty(due.shape[0], np.int64)
    count = 0
    for place in range(due.shape[0]):
        if place + 2 * TURNS < due.shape[0]:
            bring(requests.patient, due[place + 2 * TURNS])
        if place + TURNS < due.shape[0]:
            bring_person(patients, np.int64(requests.patient[due[place + TURNS]]))
        rows[count] = due[place]
        count += 1 - patients.in_hospital[requests.patient[due[place]]]  # from a hospital bed nobody calls
    rows = rows[:count]
    keys, morning = np.empty(count, np.uint64), 0
    days, people, numbers = chances_of(state, rows)
    half_days, order = np.empty(count, np.int64), np.empty(count, np.int64)
    draw_each(today.seed, PHONES_IN_THE_MORNING, days, people, numbers, half_days)
    for place in range(count):
        numbers[place] |= requests.tries[rows[place]]
    draw_each(today.seed, CALL_ORDER, days, people, numbers, order)
    parted = today.open and today.weekday != SATURDAY
    for place in range(count):
        row = rows[place]
        early = not parted or requests.tries[row] > 0 or half_days[place] < rules.phones_in_the_morning
        morning += early
        keys[place] = order_of(requests, row, order[place] >> 1, early)
    return put_in_order(rows, keys), morning


@njit(cache=True)
def order_of(requests, row, luck, early):
    """Make the key by which callers are sorted: 1 bit half-day, 2 urgency, 31 luck, 27 person, 3 kind."""
    key = np.uint64(0 if early else 1) << np.uint64(63)
    key |= np.uint64(requests.urgency[row]) << np.uint64(61)
    key |= np.uint64(luck) << np.uint64(30)
    key |= np.uint64(requests.patient[row]) << np.uint64(3)
    return key | np.uint64(requests.kind[row])


@njit(cache=True)
def wait_for_walk_in(state, today, row):
    """Somebody whose GP gives no appointments does not phone (sans rendez-vous).

    He goes on the day he wants to, or on the next on which the GP is there.
    """
    requests = state.requests
    g = state.patients.usual_gp[requests.patient[row]]
    if g < 0 or state.practitioners.same_day_share[g] != WHOLE:
        return False
    if requests.urgency[row] != PLANNED or requests.kind[row] >= REGISTRATION:
        return False
    if state.patients.home_bound[requests.patient[row]]:
        return False
    if requests.wanted[row] > today.day:
        requests.contact[row] = requests.wanted[row]
        requests.when[row] = requests.wanted[row]
        return True
    if requests.deadline[row] <= today.day or offers_today(state.diary, g, today.day, MORNING):
        return False
    requests.when[row] = today.next_open
    return True


@njit(cache=True)
def climb(state, rules, today, row, period):
    """Try the doors in turn until one opens."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    if requests.kind[row] == REGISTRATION:
        return seek_usual_gp(state, rules, today, row, period)
    if requests.kind[row] > REGISTRATION:
        return seek_other_care(state, rules, today, row, period)
    if try_pathway(state, rules, today, row, period) or try_usual_gp(state, rules, today, row, period):
        return True
    if patients.home_bound[patient]:
        return try_rota(state, rules, today, row, period)
    planned = requests.urgency[row] == PLANNED and patients.usual_gp[patient] >= 0
    if planned and requests.tries[row] == 0:
        return False
    if try_colleagues(state, rules, today, row, period):
        return True
    others_first = calls_others_first(state, rules, today, patient)
    if others_first and try_others(state, rules, today, row, period):
        return True
    if rings_number(state, rules, today, row) and try_number(state, today, row, period):
        return True
    if rings_the_15(state, rules, today, row) and regulate(state, rules, today, row, period):
        return True
    if not others_first and try_others(state, rules, today, row, period):
        return True
    return try_substitutes(state, rules, today, row, period)


@njit(cache=True)
def answer(state, rules, today, rows, first, last, period):
    """Answer the callers of a half-day, each through the whole ladder before the next one phones."""
    requests = state.requests
    for place in range(first, last):
        look_ahead(state, today, rows, place, last)
        row = rows[place]
        if wait_for_walk_in(state, today, row) or climb(state, rules, today, row, period):
            continue
        patient = np.int64(requests.patient[row])
        tell(state, today.day, patient, SAID_REFUSED, np.int64(requests.kind[row]), period)
        requests.tries[row] = min(requests.tries[row] + 1, 255)


@njit(cache=True)
def bring_request(requests, row):
    """Have memory bring near what is read and written of a request."""
    bring(requests.patient, row)
    bring(requests.status, row)
    bring(requests.when, row)


@njit(cache=True)
def look_ahead(state, today, rows, place, last):
    """Bring near what those who come in some turns are about: the request, then the person, then the diary."""
    requests = state.requests
    if place + 3 * TURNS < last:
        bring_request(requests, rows[place + 3 * TURNS])
    if place + 2 * TURNS < last:
        bring_person(state.patients, np.int64(requests.patient[rows[place + 2 * TURNS]]))
    if place + TURNS < last:
        row = rows[place + TURNS]
        g = np.int64(state.patients.usual_gp[requests.patient[row]])
        if g >= 0:
            bring(
                state.diary.days[g, SCHEDULED], max(np.int64(requests.wanted[row]), today.day) & (HORIZON - 1)
            )


@njit(cache=True)
def take_calls(state, rules, today, rows, morning):
    """Take the calls of an open day's morning."""
    if today.open:
        answer(state, rules, today, rows, np.int64(0), np.int64(morning), np.int64(MORNING))


@njit(cache=True)
def take_afternoon_calls(state, rules, today, rows, morning):
    """Take the calls of an open day's afternoon."""
    if today.open:
        answer(state, rules, today, rows, np.int64(morning), rows.shape[0], np.int64(AFTERNOON))
