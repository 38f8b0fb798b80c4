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
UInt32 = NDArray[np.uint32]


class Patients(NamedTuple):
    """Inhabitants (habitants), sorted by commune, one row each."""

    commune: UInt16
    alive: UInt8  # 0 for a row that waits for a birth
    generation: UInt8  # how many people had this row before
    visitor: UInt8  # 1 for somebody who stays here in summer only
    age: UInt8  # years
    woman: UInt8  # 0 or 1, as the flags below
    ald: UInt8
    treated: UInt8  # another regular treatment
    home_bound: UInt8
    car: UInt8  # 1 of his own, 2 a ride on demand
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
    other_rate: UInt16  # dental and midwife's care sought directly, thousandths a year
    midwife_share: UInt16  # of which by a midwife, out of 65 535
    next_event: Int16  # day of the earliest of those below
    next_acute: Int16
    next_follow_up: Int16
    next_routine: Int16
    next_emergency: Int16
    next_other: Int16
    next_prevention: Int16
    next_registration: Int16
    next_admission: Int16  # into hospital, without the ED
    next_readmission: Int16
    admission_rate: UInt16  # stays a year that do not begin at the ED, ten-thousandths
    in_hospital: UInt8
    discharged: Int16  # last day of the last stay, -1 if none
    contacted: UInt8  # once a GP saw the person after that stay: 1 in time, 2 later
    joins: UInt8  # one bit for each prevention programme regularly followed, the last for balance exercise
    up_to_date: Int16  # [patient, programme] last day on which the person is up to date
    follow_up_lead: UInt8  # days between that call and the due date
    follow_ups: UInt8  # how many were planned: the key of their chance
    lapsed: UInt8  # 1 once a follow-up was given up, until one is held
    open_tracks: UInt8  # one bit for each track with an open request (see `track_of`)
    seen_gps: Int32  # [patient, 3] distinct practitioners seen this year, -1 if none
    gps_seen: UInt8  # how many
    followed: UInt8  # 1 if every event is kept


class Places(NamedTuple):
    """Communes (communes), sorted by code."""

    number: Int64  # the code as a number, the high word of a person's key
    first: Int32  # [communes + 1] first patient row
    people: Int32  # [commune] inhabitants at the start; visitors and rows for births come after them
    inside: UInt8  # 1 in the territory, 0 in the ring
    basin: Int32
    cpts: Int32  # -1 in a white zone
    emergency_site: Int16  # hospital of the nearest ED, -1 if none
    night_site: Int16  # the same from 20 to 8 h
    emergency_minutes: Int16  # tenths of minutes to the nearest ED, -1 if none
    spill: Int64  # [commune, deprived, 2] thresholds: goes to the ED, then waits
    duty_evening: Int64  # [basin] duty visits of an evening, 2**16 for one
    duty_weekend: Int64  # [basin]
    telecare: Int64  # [basin] remote visits of a day
    sas_called: Int64  # [commune] threshold: people who ring the 15 when their GP cannot see them
    duty_known: Int64  # [commune] threshold: people who think of the duty doctor
    regulated: UInt8  # [commune] 1 if the ED is entered at night by way of the 15 only
    basin_number: Int64  # [basin] key of its chance


class Practitioners(NamedTuple):
    """Practitioners (professionnels), sorted by identifier; spare rows wait for arrivals."""

    number: Int64  # key of their chance, from the identifier
    active: UInt8
    commune: Int32  # -1 outside
    age: UInt8  # years, 0 if unknown
    arrives: Int16  # day on which a practice opens, -1 if it is open or never will be
    role: UInt8  # GP and the others of the codes
    structure: Int16  # MSP or health centre, -1 if none
    cpts: Int16  # -1 if not a member
    kind: Int8  # WILLING, MODERATE, CLOSED
    accepts_new: UInt8
    sas: UInt8  # 1 if the SAS may book its slots
    panel: Int32  # people whose usual GP it is
    joining: Int32  # who join it today
    limit: Int32  # people beyond whom no new patient is taken on
    weekly: Int32  # [practitioner, weekday, period] slots of a session, 256 for one
    same_day_share: Int32  # 65 536 for all
    walk_in: UInt8  # [practitioner, weekday, period] 1 for a session without appointments
    home: Int32  # [practitioner, weekday, period] slots for visits at home, 256 for one
    dedicated: Int32  # [practitioner, weekday, period] moved to the CPTS, 256 for one
    shown: UInt8  # 1 if these are shown to the SAS among same-day slots, instead of being kept for the number
    withheld: Int32  # [practitioner, weekday, period] taken by meetings, 256 for one
    squeeze: Int32  # squeezed-in acts of a day, 256 for one
    squeezed_left: Int16  # still possible today
    spared: Int32  # recontacts that peer groups spare, 256 for all
    pressure: Int32  # smoothed days to the third next free slot, 256 for one
    overload: Int32  # 0 to 256: how far lasting overload makes a GP adapt
    away: UInt8  # [practitioner, week] 1 on leave without a locum
    colleagues: Int32  # [structures + 1] first of `members`
    members: Int32  # practitioner rows by structure


class Sessions(NamedTuple):
    """Who sits in the waiting rooms today (salles d'attente)."""

    booked: Int16  # [practitioner, period] people with an appointment, or who walk in
    squeezed: Int16  # [practitioner, period] people squeezed in


class Hospitals(NamedTuple):
    """Hospitals (établissements), sorted by identifier."""

    number: Int64  # key of their chance
    emergency: UInt8  # 1 with an ED that is open
    servers: Int16  # people treated at once in the ED
    background: Int64  # [hospital] visits of a day by others than those simulated, 65 536 for one
    ready: Int64  # [hospital, servers at most] when each place is free, tenths of minutes from midnight
    elsewhere: Int16  # the nearest other with an ED, within reach of an ambulance; -1 if none
    beds: Int32  # for those simulated
    occupied: Int32


class Arrivals(NamedTuple):
    """Today's visits to the ED (passages)."""

    hospital: Int16
    patient: Int32
    stream: Int8
    tenths: Int32  # from midnight
    used: Int64  # [1]


class Stays(NamedTuple):
    """People in hospital (séjours), in the first rows."""

    patient: Int32  # -1 where unused
    hospital: Int16
    until: Int16
    top: Int64  # [1] how many rows are used


class Diary(NamedTuple):
    """Slots (créneaux) of each practitioner over the coming days, in a ring of HORIZON days."""

    free: UInt8  # [practitioner, pool, day, period]
    days: UInt32  # [practitioner, pool, day] the same memory, a day at once: 0 when nothing is free
    laid: UInt8  # [practitioner, pool, day, period] offered, taken or not


class Reach(NamedTuple):
    """GPs within reach of each commune, nearest first (bassin)."""

    first: Int32  # [communes + 1] first of the columns below
    practitioner: Int32
    minutes: Int16  # tenths
    weight: Int64  # cumulated pull, within the commune
    on_foot: Int32  # [communes] how many of them are within reach without a car
    nearest: Int16  # [communes] tenths of minutes to the nearest GP


class Rounds(NamedTuple):
    """Who can be reached today without a practice: duty doctor, teleconsultation, mobile unit."""

    duty: Int32  # [basin] duty visits left today
    telecare: Int32  # [basin] remote visits left today
    mobile: Int16  # [commune] the unit that stops within reach today, -1 if none
    mobile_left: Int32  # [unit] visits left at today's stop
    wave: Int64  # [1] illness that an epidemic adds today to each unit of `acute_rate`, out of 2**52


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
    turned: UInt8  # 1 once a substitute could not help
    first_urgency: Int8  # as it began: illness may worsen, the request is counted where it was made
    sought: Int8  # role of a referral, programme of a prevention request, else -1
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
    stay: Int32  # [home again or to a ward, half-hours] stays in the ED of those who live inside
    practice: Int32  # [month, practitioner, practice measure]


class Numbers(NamedTuple):
    """The CPTS number (numéro de la CPTS): who answers and whose slots it books."""

    on: UInt8  # [cpts] 1 once somebody answers
    released: UInt8  # [cpts] 1 if slots left at noon are open to everybody
    told: Int64  # [cpts] threshold: stays of whose end the city is told
    volunteer_of: Int16  # [practitioner] the CPTS whose number books its dedicated slots, -1 if none
    rota_of: Int16  # [practitioner] the CPTS for whose home-bound people it makes visits too, -1 if none
    pool: Int16  # [cpts] those that share a number have the same
    known: Int64  # [cpts] threshold: people who know the number
    pathway: Int64  # [cpts] threshold: follow-ups that a nurse may hold by the protocol


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
    others: Reach  # the same for each other role: the place of a commune is role * communes + commune
    numbers: Numbers
    rounds: Rounds
    sessions: Sessions
    hospitals: Hospitals
    arrivals: Arrivals
    stays: Stays
    tally: Tally
    log: Log
