"""Everything that lives, once, as columns (état): NamedTuples of arrays handed as they are to the kernels.

Days are whole days since 1 January 2000; minutes are tenths; chances are thresholds out of 2**32.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]


class Patients(NamedTuple):
    """Inhabitants (habitants), sorted by commune, one row each."""

    commune: UInt16
    age: UInt8  # years
    woman: UInt8  # 0 or 1, as the flags below
    ald: UInt8
    treated: UInt8  # another regular treatment
    home_bound: UInt8
    car: UInt8
    deprived: UInt8
    seeking: UInt8  # looks for a usual GP
    group: UInt8  # profile: age band, ALD, deprived, car; the ring's follow
    usual_gp: Int32  # practitioner row, -1 if none
    usual_minutes: Int16  # tenths of minutes to the usual GP
    frailty: UInt16  # thousandths, mean 1 000
    acute_rate: UInt16  # acute needs a year, thousandths, at the height of the year
    routine_rate: UInt16  # thousandths a year
    emergency_rate: UInt16  # exogenous ED visits a year, ten-thousandths
    emergency_base: UInt16  # of which injury, vital or sent
    next_event: Int16  # day of the earliest of the four below
    next_acute: Int16
    next_follow_up: Int16
    next_routine: Int16
    next_emergency: Int16
    follow_up_lead: UInt8  # days between that call and the due date
    follow_ups: UInt8  # how many were planned: the key of their chance
    open_tracks: UInt8  # one bit for each track with an open request
    seen_gps: Int32  # [patient, 3] distinct practitioners seen this year, -1 if none
    gps_seen: UInt8  # how many
    followed: UInt8  # 1 if every event is kept


class Places(NamedTuple):
    """Communes (communes), sorted by code."""

    number: Int64  # the code as a number, the high word of a person's key
    first: Int32  # [communes + 1] first patient row
    inside: UInt8  # 1 in the territory, 0 in the ring
    basin: Int16
    cpts: Int16  # -1 in a white zone
    emergency_minutes: Int16  # tenths of minutes to the nearest ED, -1 if none
    spill: Int64  # [commune, deprived, 2] thresholds: goes to the ED, then waits
    duty_evening: Int64  # [basin] duty visits of an evening, 2**16 for one
    duty_weekend: Int64  # [basin]
    basin_number: Int64  # [basin] key of its chance


class Practitioners(NamedTuple):
    """Practitioners (professionnels), sorted by identifier; spare rows wait for arrivals."""

    number: Int64  # key of their chance, from the identifier
    active: UInt8
    commune: Int16  # -1 outside
    structure: Int16  # MSP or health centre, -1 if none
    cpts: Int16  # -1 if not a member
    kind: Int8  # WILLING, MODERATE, CLOSED
    accepts_new: UInt8
    sas: UInt8  # 1 if the SAS may book its slots
    panel: Int32  # people whose usual GP it is
    weekly: Int32  # [practitioner, weekday, period] slots of a session, 256 for one
    same_day_share: Int32  # 65 536 for all
    dedicated: Int32  # [practitioner, weekday, period] moved to the CPTS, 256 for one
    withheld: Int32  # [practitioner, weekday, period] taken by meetings, 256 for one
    squeeze: Int32  # squeezed-in acts of a day, 256 for one
    squeezed_left: Int16  # still possible today
    away: UInt8  # [practitioner, week] 1 on leave without a locum
    colleagues: Int32  # [structures + 1] first of `members`
    members: Int32  # practitioner rows by structure


class Diary(NamedTuple):
    """Slots (créneaux) of each practitioner over the coming days, in a ring of HORIZON days."""

    free: Int16  # [practitioner, pool, day, period]
    laid: Int16  # [practitioner, pool, day, period] offered, taken or not


class Reach(NamedTuple):
    """GPs within reach of each commune, nearest first (bassin)."""

    first: Int32  # [communes + 1] first of the columns below
    practitioner: Int32
    minutes: Int16  # tenths
    weight: Int64  # cumulated pull, within the commune
    on_foot: Int32  # [communes] how many of them are within reach without a car
    nearest: Int16  # [communes] tenths of minutes to the nearest GP


class Requests(NamedTuple):
    """Open requests (demandes); rows are used again, so no order lives here."""

    status: Int8
    kind: Int8
    urgency: Int8
    door: Int8
    pool: Int8
    period: Int8
    tries: UInt8
    missed: UInt8  # appointments missed
    extended: UInt8  # waits beyond its patience
    patient: Int32
    practitioner: Int32
    minutes: Int16  # tenths of minutes to the appointment
    opened: Int16  # day on which the row was taken
    began: Int16  # key of its chance: the day the need began, or the number of the follow-up
    contact: Int16
    wanted: Int16
    deadline: Int16
    when: Int16  # next call or appointment
    spare: Int32  # stack of unused rows
    cursor: Int64  # [CURSORS] see the codes


class Tally(NamedTuple):
    """Counts (comptes): whole numbers from which every indicator is made."""

    place: Int32  # [month or 1, commune, measure]
    group: Int64  # [month, profile, measure]
    delay: Int32  # [clock, kind, profile, days]
    practice: Int32  # [month, practitioner, practice measure]


class Numbers(NamedTuple):
    """The CPTS number (numéro de la CPTS): who answers and whose slots it books."""

    on: UInt8  # [cpts] 1 once somebody answers
    released: UInt8  # [cpts] 1 if slots left at noon are open to everybody
    volunteer_of: Int16  # [practitioner] the CPTS whose number books its dedicated slots, -1 if none


class Rules(NamedTuple):
    """Parameters as the kernels read them: thresholds out of 2**32 and tables of 1 024 quantiles."""

    exponential: Int64  # mean 65 536
    patience: Int16  # [kind, urgency, 1 024] days
    lead: Int16  # days
    occasional: Int64  # [type of GP] thresholds
    no_show: Int64  # [2] usual, new
    given_back: int
    recontact: int
    urgent_today: int
    urgent_48h: int  # cumulated
    phones_in_the_morning: int
    number_known: int
    number_finds: int
    duty_known: int
    sas_covers: int
    sas_called: int
    sas_outcome: Int64  # [2] advice, then an appointment; the rest is sent to the ED
    duty_available: Int64  # [2] evening, week-end
    recovered: int
    follow_up_days: Int64  # [2] ALD, other treatment
    follow_up_far: int
    routine_later: int
    injury: int  # among injury, vital or sent
    practices_called: int
    tolerance: int
    beyond: int


class Log(NamedTuple):
    """What happened to the people who are followed (récits)."""

    rows: Int32  # [LOG_ROWS, 5] day, patient, event, two details
    used: Int64  # [1]


class State(NamedTuple):
    """A whole territory on one morning."""

    patients: Patients
    places: Places
    practitioners: Practitioners
    diary: Diary
    reach: Reach
    requests: Requests
    numbers: Numbers
    duty: Int32  # [basin] duty visits left today
    tally: Tally
    log: Log


class Today(NamedTuple):
    """What the calendar says of one day (jour)."""

    seed: int
    day: int
    weekday: int  # Monday is 0
    week: int  # column of `away` for the last day of the horizon
    open: int  # 1 if practices hold sessions
    weekend: int  # 1 if duty doctors work all day
    next_open: int  # next day on which practices answer
    horizon_weekday: int
    horizon_open: int
    season: int  # threshold of an acute need
    month: int  # counted month, -1 before
    stock: int  # 1 on the first counted day of a month: people are counted
    year_ends: int  # 1 on the last counted day of a year
    first_day: int  # first counted day
    last_day: int  # last counted day
    month_of_day: Int16  # [days] counted month of each counted day
