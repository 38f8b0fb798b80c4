"""A request (demande) opens, holds an appointment and ends exactly once."""

import numpy as np
from numba import njit
from numba.extending import register_jitable

from simulation.kernels.adapt import stretched
from simulation.kernels.chance import draw
from simulation.kernels.codes import (
    ACUTE,
    CLOSED_ROWS,
    DURATIONS,
    FOLLOW_UP,
    GAVE_UP,
    MADE,
    MEASURES_OF_CLASS,
    NEVER,
    OPENED,
    OVERFLOW,
    PREVENTION,
    RECONTACT,
    RECOVERED_END,
    REGISTRATION,
    SAID_FORGONE,
    SEEKING,
    SPARE,
    TOP,
    UNUSED,
    VISITED,
)
from simulation.kernels.decisions import (
    FOLLOW_UP_FAR,
    FOLLOW_UP_FAR_DAYS,
    FOLLOW_UP_JITTER,
    FOLLOW_UP_LEAD,
    LOSES_CONTROL,
    LOSES_CONTROL_DAY,
    PATIENCE,
    RECOVERED,
)
from simulation.kernels.person import key_of, set_next_event
from simulation.kernels.prevention import plan_prevention
from simulation.kernels.record import add, add_end, class_of, counted_month
from simulation.kernels.story import tell


@njit("int64(int64)", cache=True)
def track_of(kind):
    """Name the track of a kind: an acute need and its recontact are one episode."""
    return 0 if kind == RECONTACT else kind


@register_jitable
def luck_of(state, seed, row, decision, nth):
    """Draw for a request, keyed by the day its need began: the same need has the same fate in both futures."""
    requests = state.requests
    patient = np.int64(requests.patient[row])
    number = (requests.kind[row] << 20) | nth
    return draw(seed, decision, requests.began[row], key_of(state, patient), number)


@njit(cache=True)
def chances_of(state, rows):
    """List what draws for several requests are keyed by: when the need began, who, what kind (`luck_of`)."""
    count, requests = rows.shape[0], state.requests
    days, people, numbers = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for place in range(count):
        row = rows[place]
        days[place] = requests.began[row]
        people[place] = key_of(state, np.int64(requests.patient[row]))
        numbers[place] = np.int64(requests.kind[row]) << 20
    return days, people, numbers


@njit(cache=True)
def is_open(patients, patient, kind):
    """Tell whether a person already has a request of this track."""
    return (patients.open_tracks[patient] >> track_of(kind)) & 1


@register_jitable
def open_request(state, rules, today, patient, kind, urgency, began, contact, wanted):
    """Open a request; give its row, or -1 when the table is full (which stops the run)."""
    requests = state.requests
    if requests.cursor[SPARE] == 0:
        requests.cursor[OVERFLOW] += 1
        return -1
    requests.cursor[SPARE] -= 1
    requests.cursor[OPENED] += 1
    row = np.int64(requests.spare[requests.cursor[SPARE]])
    requests.cursor[TOP] = max(requests.cursor[TOP], row + 1)
    requests.status[row] = SEEKING
    requests.kind[row] = kind
    requests.urgency[row] = urgency
    requests.tries[row] = 0
    requests.missed[row] = 0
    requests.extended[row] = 0
    requests.turned[row] = 0
    requests.first_urgency[row] = urgency
    requests.sought[row] = -1
    requests.patient[row] = patient
    requests.practitioner[row] = -1
    requests.opened[row] = today.day
    requests.began[row] = began
    requests.contact[row] = contact
    requests.wanted[row] = wanted
    requests.when[row] = contact
    luck = luck_of(state, today.seed, row, PATIENCE, 0)
    requests.deadline[row] = min(wanted + rules.patience[kind, urgency, luck >> 22], NEVER)
    state.patients.open_tracks[patient] |= 1 << track_of(kind)
    month = counted_month(today, max(contact, wanted))
    measure = class_of(kind, urgency) * MEASURES_OF_CLASS + MADE
    add(state.tally, state.patients, month, patient, measure, 1)
    return row


@register_jitable
def end_request(state, rules, today, row, end):
    """End a request today and plan what it calls for: the next follow-up of somebody who is followed."""
    requests, patients = state.requests, state.patients
    patient = np.int64(requests.patient[row])
    add_end(state.tally, patients, requests, today, row, end, today.day)
    requests.cursor[CLOSED_ROWS] += 1
    requests.cursor[DURATIONS] += today.day - requests.opened[row]
    requests.status[row] = UNUSED
    requests.spare[requests.cursor[SPARE]] = row
    requests.cursor[SPARE] += 1
    patients.open_tracks[patient] &= 255 ^ (1 << track_of(requests.kind[row]))
    if requests.kind[row] == FOLLOW_UP:
        patients.lapsed[patient] = 1 if end == GAVE_UP else 0
        plan_follow_up(state, rules, today.seed, patient, today.day)
    elif requests.kind[row] == REGISTRATION:
        seek_later(state, rules, today, patient)
    elif requests.kind[row] == PREVENTION:
        plan_prevention(state, rules, today, patient, np.int64(requests.sought[row]), end == VISITED)
    if requests.kind[row] == FOLLOW_UP and end == GAVE_UP and patients.ald[patient]:
        lose_control(state, rules, today, row, patient)


@njit(cache=True)
def lose_control(state, rules, today, row, patient):
    """Assumed, and never by default: a follow-up given up may end in hospital within two months."""
    patients = state.patients
    if luck_of(state, today.seed, row, LOSES_CONTROL, 0) < rules.loses_control:
        day = today.day + 7 + luck_of(state, today.seed, row, LOSES_CONTROL_DAY, 0) % 54
        patients.next_admission[patient] = min(np.int64(patients.next_admission[patient]), day)
        set_next_event(patients, patient)


@njit(cache=True)
def forgo(state, rules, today, row):
    """Give a request up (renoncement); an episode may have got better by itself."""
    kind = np.int64(state.requests.kind[row])
    end = GAVE_UP
    episode = kind in (ACUTE, RECONTACT)
    if episode and luck_of(state, today.seed, row, RECOVERED, 0) < rules.recovered:
        end = RECOVERED_END
    tell(state, today.day, np.int64(state.requests.patient[row]), SAID_FORGONE, kind, end)
    end_request(state, rules, today, row, end)


@njit(cache=True)
def plan_follow_up(state, rules, seed, patient, day):
    """Plan the next follow-up: due after the usual interval, called for some days ahead.

    Keyed by the number of the follow-up, so that a visit moved by a day does not change the ones that follow.
    """
    patients = state.patients
    number = (patients.follow_ups[patient] + 1) & 255
    patients.follow_ups[patient] = number
    who = key_of(state, patient)
    gap = rules.follow_up_days[0 if patients.ald[patient] else 1]
    usual = patients.usual_gp[patient]
    if usual >= 0:
        gap = stretched(gap, rules.stretch * np.int64(state.practitioners.overload[usual]))
    jitter = draw(seed, FOLLOW_UP_JITTER, number, who, 0) % (2 * rules.tolerance + 1) - rules.tolerance
    if draw(seed, FOLLOW_UP_FAR, number, who, 0) < rules.follow_up_far:
        lead = 45 + draw(seed, FOLLOW_UP_FAR_DAYS, number, who, 0) % 51
    else:
        lead = rules.lead[draw(seed, FOLLOW_UP_LEAD, number, who, 0) >> 22]
    due = day + gap + jitter
    contact = max(day + 1, due - lead)
    patients.next_follow_up[patient] = min(contact, NEVER)
    patients.follow_up_lead[patient] = min(max(due - contact, 0), 255)
    set_next_event(patients, patient)


@njit(cache=True)
def seek_later(state, rules, today, patient):
    """Somebody still without a usual GP looks for one again some months later."""
    patients = state.patients
    patients.next_registration[patient] = NEVER
    if patients.seeking[patient] and patients.usual_gp[patient] < 0:
        patients.next_registration[patient] = min(today.day + rules.registration_again, NEVER)
    set_next_event(patients, patient)
