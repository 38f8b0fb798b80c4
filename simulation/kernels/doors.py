"""The doors of the ladder (recours): each looks for a slot and, when there is one, books it."""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    AFTERNOON,
    BOOKED,
    DEDICATED,
    DOOR_COLLEAGUE,
    DOOR_NUMBER,
    DOOR_OTHER,
    DOOR_USUAL,
    HOME,
    HORIZON,
    PERIODS,
    PLANNED,
    SAID_BOOKED,
    SAME_DAY,
    SCHEDULED,
    SHARED_HOME,
    SQUEEZED,
    WITHIN_48H,
)
from simulation.kernels.decisions import (
    NUMBER_FINDS,
    NUMBER_KNOWN,
    OCCASIONAL_ACCEPTED,
    OTHERS_FIRST,
    PRACTICE_CALLED,
)
from simulation.kernels.diary import WHOLE, earliest, offers_today
from simulation.kernels.person import key_of
from simulation.kernels.record import add
from simulation.kernels.request import luck_of
from simulation.kernels.story import tell

MOST_CALLS = 8
LOW_20_BITS = (1 << 20) - 1


@njit(cache=True)
def hold(state, today, row, g, minutes, pool, found, door):
    """Take the slot found (`day * PERIODS + period`) for a request."""
    requests = state.requests
    day, period = found // PERIODS, found % PERIODS
    if pool != SQUEEZED:
        state.diary.free[g, pool, day & (HORIZON - 1), period] -= 1
    requests.status[row] = BOOKED
    requests.practitioner[row] = g
    requests.minutes[row] = minutes
    requests.pool[row] = pool
    requests.period[row] = period
    requests.when[row] = day
    requests.door[row] = door
    tell(state, today.day, np.int64(requests.patient[row]), SAID_BOOKED, g, day)


@njit(cache=True)
def last_day_of(state, rules, today, row):
    """Say until when a slot suits: patience, but on the first call for a planned visit its tolerance."""
    requests = state.requests
    last = max(np.int64(requests.deadline[row]), today.day)
    if requests.urgency[row] == PLANNED and requests.tries[row] == 0:
        last = min(last, requests.wanted[row] + rules.tolerance)
    return min(last, today.day + HORIZON - 1)


@njit(cache=True)
def first_day_of(state, today, row):
    """Say from when a slot suits: the wanted date, today at the earliest."""
    return max(np.int64(state.requests.wanted[row]), today.day)


@njit(cache=True)
def try_usual_gp(state, rules, today, row, period):
    """Call the usual GP (médecin traitant): same-day slots, the diary, then squeezing in what is urgent."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    g = np.int64(patients.usual_gp[patient])
    if g < 0 or not state.practitioners.active[g]:
        return False
    minutes = np.int64(patients.usual_minutes[patient])
    first, last = first_day_of(state, today, row), last_day_of(state, rules, today, row)
    urgent = requests.urgency[row] <= WITHIN_48H
    if patients.home_bound[patient]:
        found, pool = earliest(state.diary, g, HOME, first, last, today.day, period), HOME
    else:
        walk_in = comes_without_appointment(state.practitioners, g, today.weekday)
        same_day = first == today.day and (urgent or walk_in or period >= AFTERNOON)
        found, pool = best_of(state, today, g, first, last, period, same_day)
    if found >= 0:
        hold(state, today, row, g, minutes, pool, found, DOOR_USUAL)
        return True
    squeezes = urgent and state.practitioners.squeezed_left[g] > 0
    if squeezes and offers_today(state.diary, g, today.day, period):
        state.practitioners.squeezed_left[g] -= 1
        hold(state, today, row, g, minutes, SQUEEZED, today.day * PERIODS + period, DOOR_USUAL)
        return True
    return False


@njit(cache=True)
def comes_without_appointment(practitioners, g, weekday):
    """Tell whether a GP's own patients may come today whatever the need: he holds a walk-in session."""
    sessions = 0
    for period in range(PERIODS):
        sessions += practitioners.walk_in[g, weekday, period]
    return sessions > 0 or practitioners.same_day_share[g] == WHOLE


@njit(cache=True)
def best_of(state, today, g, first, last, period, same_day):
    """Find the earliest slot a GP has, of today's same-day ones (if they may be taken) and the scheduled ones.

    Gives the slot and its pool; the slot is -1 if there is none.
    """
    scheduled = earliest(state.diary, g, SCHEDULED, first, last, today.day, period)
    if same_day:
        found = earliest(state.diary, g, SAME_DAY, today.day, today.day, today.day, period)
        if found >= 0 and (scheduled < 0 or found <= scheduled):
            return found, SAME_DAY
    return scheduled, SCHEDULED


@njit(cache=True)
def minutes_to(state, commune, g):
    """Look up the tenths of minutes from a commune to a practitioner; -1 if out of reach."""
    for place in range(state.reach.first[commune], state.reach.first[commune + 1]):
        if state.reach.practitioner[place] == g:
            return np.int64(state.reach.minutes[place])
    return -1


@njit(cache=True)
def try_colleagues(state, rules, today, row, period):
    """Ask the colleagues of the house (MSP), who read the same record: the earliest of their slots."""
    requests, practitioners = state.requests, state.practitioners
    patient = np.int64(requests.patient[row])
    usual = np.int64(state.patients.usual_gp[patient])
    if usual < 0 or practitioners.structure[usual] < 0:
        return False
    house = practitioners.structure[usual]
    first, last = first_day_of(state, today, row), last_day_of(state, rules, today, row)
    released = first == today.day and period >= AFTERNOON
    best, best_gp, best_pool = -1, -1, SCHEDULED
    for place in range(practitioners.colleagues[house], practitioners.colleagues[house + 1]):
        g = np.int64(practitioners.members[place])
        if g == usual or not practitioners.active[g]:
            continue
        found, pool = best_of(state, today, g, first, last, period, released)
        if found >= 0 and (best < 0 or found < best):
            best, best_gp, best_pool = found, g, pool
    if best < 0:
        return False
    minutes = minutes_to(state, state.patients.commune[patient], best_gp)
    hold(state, today, row, best_gp, minutes, best_pool, best, DOOR_COLLEAGUE)
    return True


@njit(cache=True)
def try_rota(state, rules, today, row, period):
    """Have another GP of the CPTS, who is on the rota, come to a home-bound person (visites partagées)."""
    commune = state.patients.commune[state.requests.patient[row]]
    cpts = state.places.cpts[commune]
    if cpts < 0:
        return False
    first, last = first_day_of(state, today, row), last_day_of(state, rules, today, row)
    best, best_place = -1, -1
    for place in range(state.reach.first[commune], state.reach.first[commune + 1]):
        g = np.int64(state.reach.practitioner[place])
        if state.numbers.rota_of[g] != cpts or not state.practitioners.active[g]:
            continue
        found = earliest(state.diary, g, HOME, first, last, today.day, period)
        if found >= 0 and (best < 0 or found < best):
            best, best_place = found, place
    if best < 0:
        return False
    g, minutes = np.int64(state.reach.practitioner[best_place]), np.int64(state.reach.minutes[best_place])
    hold(state, today, row, g, minutes, HOME, best, DOOR_COLLEAGUE)
    add(state.tally, state.patients, today.month, np.int64(state.requests.patient[row]), SHARED_HOME, 1)
    return True


@njit(cache=True)
def choices(state, patient):
    """Give the first and the last-plus-one GP within reach of a person, who may have no car."""
    commune = state.patients.commune[patient]
    first = np.int64(state.reach.first[commune])
    if state.patients.car[patient]:
        return first, np.int64(state.reach.first[commune + 1])
    return first, first + np.int64(state.reach.on_foot[commune])


@njit(cache=True)
def try_number(state, today, row, period):
    """Ring the CPTS number (numéro de la CPTS), if one knows it: the earliest dedicated slot, the nearest first."""
    requests = state.requests
    patient = np.int64(requests.patient[row])
    cpts = state.places.cpts[state.patients.commune[patient]]
    if cpts < 0 or not state.numbers.on[cpts] or requests.urgency[row] > WITHIN_48H:
        return False
    last = min(max(np.int64(requests.deadline[row]), today.day), today.day + 2)
    start, stop = choices(state, patient)
    best, best_place = -1, -1
    for place in range(start, stop):
        g = np.int64(state.reach.practitioner[place])
        answers = state.numbers.volunteer_of[g]
        if answers < 0 or state.numbers.pool[answers] != state.numbers.pool[cpts]:
            continue
        found = earliest(state.diary, g, DEDICATED, today.day, last, today.day, period)
        if found >= 0 and (best < 0 or found < best):
            best, best_place = found, place
    if best < 0:
        return False
    g, minutes = np.int64(state.reach.practitioner[best_place]), np.int64(state.reach.minutes[best_place])
    hold(state, today, row, g, minutes, DEDICATED, best, DOOR_NUMBER)
    return True


@njit(cache=True)
def calls_others_first(state, rules, today, patient):
    """Tell whether somebody calls round other practices before any number (l'ordre des recours)."""
    share = rules.others_first
    return share > 0 and draw(today.seed, OTHERS_FIRST, 0, key_of(state, patient), 0) < share


@njit(cache=True)
def rings_number(state, rules, today, row):
    """Tell whether a person knows the number and whether this call would find a slot, were there one."""
    patient = state.requests.patient[row]
    cpts = state.places.cpts[state.patients.commune[patient]]
    if cpts < 0 or draw(today.seed, NUMBER_KNOWN, 0, key_of(state, patient), 0) >= state.numbers.known[cpts]:
        return False
    return luck_of(state, today.seed, row, NUMBER_FINDS, state.requests.tries[row]) < rules.number_finds


@njit(cache=True)
def pick_practice(practitioners, reach, start, stop, luck, called, calls, usual, house):
    """Choose a practice by the pull of what is near, skipping those already asked; -1 when none is left."""
    target = (luck * reach.weight[stop - 1]) >> 32
    low, high = start, stop - 1
    while low < high:
        middle = (low + high) // 2
        if reach.weight[middle] > target:
            high = middle
        else:
            low = middle + 1
    for step in range(stop - start):
        place = start + (low - start + step) % (stop - start)
        g = reach.practitioner[place]
        asked = g == usual or (house >= 0 and practitioners.structure[g] == house)
        for call in range(calls):
            asked = asked or called[call] == g
        if not asked and practitioners.active[g]:
            return place
    return -1


@njit(cache=True)
def try_others(state, rules, today, row, period):
    """Call other practices one after another: some see people who are not theirs (visite occasionnelle)."""
    requests, practitioners = state.requests, state.practitioners
    patient = np.int64(requests.patient[row])
    usual = np.int64(state.patients.usual_gp[patient])
    house = np.int64(practitioners.structure[usual]) if usual >= 0 else -1
    first, last = first_day_of(state, today, row), last_day_of(state, rules, today, row)
    released = first == today.day and period >= AFTERNOON
    start, stop = choices(state, patient)
    if start == stop:
        return False
    called = np.full(MOST_CALLS, -1, np.int64)
    for call in range(rules.practices_called):
        number = (requests.tries[row] & 255) * MOST_CALLS + call
        luck = luck_of(state, today.seed, row, PRACTICE_CALLED, number)
        place = pick_practice(practitioners, state.reach, start, stop, luck, called, call, usual, house)
        if place < 0:
            return False
        g = np.int64(state.reach.practitioner[place])
        called[call] = g
        accepts = rules.occasional[practitioners.kind[g]]
        accepts -= accepts * rules.refuses * np.int64(practitioners.overload[g]) >> 16
        mind = practitioners.number[g] & LOW_20_BITS
        if luck_of(state, today.seed, row, OCCASIONAL_ACCEPTED, mind) >= accepts:
            continue
        found, pool = best_of(state, today, g, first, last, period, released)
        if found >= 0:
            hold(state, today, row, g, np.int64(state.reach.minutes[place]), pool, found, DOOR_OTHER)
            return True
    return False
