"""The emergency department (urgences): people arrive by the hour, wait for a place, are treated, go home or stay.

Kiefer and Wolfowitz, "On the theory of queues with many servers", 1955.
"""

import numpy as np
from numba import njit

from simulation.kernels.chance import draw, draw_several
from simulation.kernels.codes import (
    BACKGROUND,
    DAY_TENTHS,
    ED_ADMITTED,
    ED_IN_HOURS,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_STAY,
    ED_TREATED,
    ED_WAIT,
    GROUPS,
    HOME_AGAIN,
    STAY_BIN,
    STAY_BINS,
    TO_A_WARD,
)
from simulation.kernels.decisions import (
    BACKGROUND_CARE,
    BACKGROUND_GAP,
    BACKGROUND_OUTCOME,
    ED_CARE,
    ED_HOUR,
    ED_OUTCOME,
    REGULATED_AT_THE_ED,
)
from simulation.kernels.person import key_of
from simulation.kernels.queues import serve
from simulation.kernels.record import add
from simulation.kernels.stays import admit

OPEN_FROM, OPEN_TO = 8 * 600, 20 * 600
MOST_OTHERS = 2_000
TOGETHER = 32
"""Strangers whose luck is drawn at once."""


@njit(cache=True)
def go_to_the_ed(state, rules, today, patient, measure):
    """Count a visit to the ED in its stream, and have the person arrive at an hour drawn for that day."""
    add(state.tally, state.patients, today.month, patient, measure, 1)
    arrivals, stream = state.arrivals, measure - ED_INJURY
    luck = draw(today.seed, ED_HOUR, today.day, key_of(state, patient), stream)
    tenths = np.int64(rules.ed_hour[luck >> 22])
    site = site_at(state.places, state.patients.commune[patient], tenths)
    row = arrivals.used[0]
    if site < 0 or row >= arrivals.patient.shape[0]:
        return
    arrivals.hospital[row] = site
    arrivals.patient[row] = patient
    arrivals.stream[row] = stream
    arrivals.tenths[row] = tenths
    arrivals.used[0] = row + 1


@njit(cache=True)
def is_spared_the_ed(state, rules, today, patient):
    """Where the ED is entered at night by way of the 15 only, some who chose it are advised instead (régulation)."""
    if not state.places.regulated[state.patients.commune[patient]]:
        return False
    who, stream = key_of(state, patient), ED_OWN_CHOICE - ED_INJURY
    tenths = np.int64(rules.ed_hour[draw(today.seed, ED_HOUR, today.day, who, stream) >> 22])
    if OPEN_FROM <= tenths < OPEN_TO:
        return False
    return draw(today.seed, REGULATED_AT_THE_ED, today.day, who, 0) < rules.sas_outcome[0]


@njit(cache=True)
def site_at(places, commune, tenths):
    """Say where people of a commune go at an hour; at night another ED may be the nearest that is open."""
    if OPEN_FROM <= tenths < OPEN_TO:
        return np.int64(places.emergency_site[commune])
    return np.int64(places.night_site[commune])


@njit(cache=True)
def treat(state, rules, today):
    """Treat today's arrivals in every ED, those of people who are not simulated among them, in order of arrival."""
    hospitals = state.hospitals
    for site in range(hospitals.number.shape[0]):
        if hospitals.emergency[site]:
            treat_at(state, rules, today, site)
    state.arrivals.used[0] = 0


@njit(cache=True)
def others_of_day(state, rules, today, site, tenths):
    """Let people who are not simulated arrive: a Poisson process whose clock runs as the hours of the day do."""
    hospitals = state.hospitals
    rate = hospitals.background[site]
    count, clock = 0, np.int64(0)
    lucks = np.empty(TOGETHER, np.int64)
    while rate > 0 and count < tenths.shape[0]:
        turn = count & (TOGETHER - 1)
        if turn == 0:
            draw_several(today.seed, BACKGROUND_GAP, today.day, hospitals.number[site], count, lucks)
        clock += (rules.exponential[lucks[turn] >> 22] << 16) // rate
        if clock >= 65_536:
            break
        tenths[count] = rules.ed_hour[clock >> 6]
        count += 1
    return count


@njit(cache=True)
def treat_at(state, rules, today, site):
    """Treat the arrivals of one ED: ties go to people of the territory, in the order of their rows."""
    arrivals, hospitals = state.arrivals, state.hospitals
    others = np.empty(MOST_OTHERS, np.int64)
    strangers = others_of_day(state, rules, today, site, others)
    here = np.empty(arrivals.used[0], np.int64)
    residents = 0
    for row in range(arrivals.used[0]):
        if arrivals.hospital[row] == site:
            here[residents] = row
            residents += 1
    total = residents + strangers
    keys = np.empty(total, np.int64)
    for nth in range(residents):
        row = here[nth]
        who = (np.int64(arrivals.patient[row]) << 2) | arrivals.stream[row]
        keys[nth] = (np.int64(arrivals.tenths[row]) << 34) | who
    for nth in range(strangers):
        keys[residents + nth] = (others[nth] << 34) | (1 << 33) | nth
    keys.sort()
    tenths, care, waits = np.empty(total, np.int64), np.empty(total, np.int64), np.empty(total, np.int64)
    care_of_others = np.empty(strangers, np.int64)
    treat_others(rules, today, hospitals.number[site], care_of_others)
    for turn in range(total):
        key = keys[turn]
        tenths[turn] = key >> 34
        if (key >> 33) & 1:
            care[turn] = care_of_others[key & 0xFFFFFFFF]
        else:
            care[turn] = care_of(state, rules, today, key) >> 1
    serve(tenths, care, hospitals.ready[site, : hospitals.servers[site]], waits)
    for turn in range(total):
        if not (keys[turn] >> 33) & 1:
            leave(state, rules, today, site, keys[turn], waits[turn], care[turn])
    for place in range(hospitals.servers[site]):
        hospitals.ready[site, place] -= DAY_TENTHS


@njit(cache=True)
def treat_others(rules, today, number, care):
    """Draw how long each of those who are not simulated is treated in the ED of a number."""
    outcomes, lucks = np.empty(care.shape[0], np.int64), np.empty(care.shape[0], np.int64)
    draw_several(today.seed, BACKGROUND_OUTCOME, today.day, number, 0, outcomes)
    draw_several(today.seed, BACKGROUND_CARE, today.day, number, 0, lucks)
    for nth in range(care.shape[0]):
        stays = outcomes[nth] < rules.ed_admitted[BACKGROUND]
        care[nth] = np.int64(rules.ed_care[TO_A_WARD if stays else HOME_AGAIN, lucks[nth] >> 22])


@njit(cache=True)
def care_of(state, rules, today, key):
    """Draw how long a person is treated, doubled, plus one if to a ward afterwards."""
    stream = key & 3
    who = key_of(state, (key >> 2) & 0x7FFFFFFF)
    outcome = draw(today.seed, ED_OUTCOME, today.day, who, stream)
    luck = draw(today.seed, ED_CARE, today.day, who, stream)
    stays = outcome < rules.ed_admitted[stream]
    care = np.int64(rules.ed_care[TO_A_WARD if stays else HOME_AGAIN, luck >> 22])
    return 2 * care + (1 if stays else 0)


@njit(cache=True)
def leave(state, rules, today, site, key, wait, care):
    """Leave the ED: home again, or to a ward."""
    patients, patient = state.patients, (key >> 2) & 0x7FFFFFFF
    tenths, stream = key >> 34, key & 3
    stays = care_of(state, rules, today, key) & 1
    tally, month = state.tally, today.month
    add(tally, patients, month, patient, ED_TREATED, 1)
    add(tally, patients, month, patient, ED_WAIT, wait)
    add(tally, patients, month, patient, ED_STAY, wait + care)
    if today.open and OPEN_FROM <= tenths < OPEN_TO:
        add(tally, patients, month, patient, ED_IN_HOURS, 1)
    if month >= 0 and patients.group[patient] < GROUPS:
        place = min((wait + care) // STAY_BIN, STAY_BINS - 1)
        tally.stay[TO_A_WARD if stays else HOME_AGAIN, place] += 1
    if stays:
        add(tally, patients, month, patient, ED_ADMITTED, 1)
        admit(state, rules, today, patient, site, stream)
