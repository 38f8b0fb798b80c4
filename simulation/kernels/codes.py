"""The words of the day as whole numbers (codes): periods, pools, kinds, doors, ends and what is counted."""

# Periods of a day (journée): sessions are held in the first three.
MORNING, AFTERNOON, EVENING, OUT_OF_HOURS = 0, 1, 2, 3
PERIODS = 4
SATURDAY = 5

# Pools of slots (créneaux): `SQUEEZED` and `DUTY` say how somebody was seen, they have no diary cell. `HOME` is
# for the home-bound. Other roles than GPs keep protocol slots in `SAME_DAY`, the rest in `SCHEDULED`.
SCHEDULED, SAME_DAY, DEDICATED, HOME = 0, 1, 2, 3
POOLS = 4
SQUEEZED, DUTY = 4, 5

# Roles (métiers), in the order of the files' documentation; a substitute that is no practitioner comes last.
GP, PRACTICE_NURSE, ADVANCED_NURSE, NURSE, PHARMACIST, PHYSIOTHERAPIST, MIDWIFE, DENTIST = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
)
ROLES = 8
TELECARE = 8
SUBSTITUTES = 9
ROLE_NAMES = (
    "gp", "practice_nurse", "advanced_nurse", "nurse", "pharmacist", "physiotherapist", "midwife", "dentist",
)  # fmt: skip

# Kinds of request (demandes); a person has at most one open request of each track.
ACUTE, RECONTACT, FOLLOW_UP, ROUTINE, POST_DISCHARGE, REGISTRATION, PREVENTION, REFERRAL = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
)
KINDS = 8

# Prevention programmes (dépistages et vaccination).
FLU, COLORECTAL, BREAST, CERVICAL = 0, 1, 2, 3
PROGRAMMES = 4
EXERCISES = 7  # the last bit of `joins`: goes to a group of balance exercise

# Urgency (degré d'urgence).
TODAY, WITHIN_48H, WITHIN_WEEK, PLANNED = 0, 1, 2, 3

# Status of a row of the table of requests.
UNUSED, SEEKING, BOOKED = 0, 1, 2

# The cursors of the table of requests: TOP is one more than the highest row ever used; durations and
# request-days are the two sides of Little's law.
SPARE, OVERFLOW, OPENED, CLOSED_ROWS, REQUEST_DAYS, DURATIONS, TOP = 0, 1, 2, 3, 4, 5, 6
CURSORS = 7

# Classes of request that are counted apart: kind and, for an episode, its urgency.
CLASS_TODAY, CLASS_48H, CLASS_WEEK, CLASS_RECONTACT_48H, CLASS_RECONTACT_WEEK = 0, 1, 2, 3, 4
CLASS_FOLLOW_UP, CLASS_ROUTINE, CLASS_POST_DISCHARGE, CLASS_REGISTRATION = 5, 6, 7, 8
CLASS_PREVENTION, CLASS_REFERRAL = 9, 10
CLASSES = 11

# What is counted for each class. A request is counted in the month in which it was wanted (or made, if later).
MADE, VISITED, ADVISED, EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING, HELD = 0, 1, 2, 3, 4, 5, 6, 7
IN_TIME, IN_48H, TOTAL_DAYS, UNDERGONE_DAYS, RESTRICTED_DAYS = 8, 9, 10, 11, 12
DIED = 13
MEASURES_OF_CLASS = 14

# What is counted besides, after CLASSES * MEASURES_OF_CLASS cells.
OTHER = CLASSES * MEASURES_OF_CLASS
ED_INJURY, ED_VITAL, ED_OWN_CHOICE, ED_WANT_OF_SLOT = OTHER, OTHER + 1, OTHER + 2, OTHER + 3
BY_USUAL, BY_COLLEAGUE, BY_NUMBER, BY_OTHER, BY_DUTY = OTHER + 4, OTHER + 5, OTHER + 6, OTHER + 7, OTHER + 8
BY_PROTOCOL, BY_WALK_IN, BY_TELECARE, BY_MOBILE = OTHER + 9, OTHER + 10, OTHER + 11, OTHER + 12
ACTS, MISSED, GIVEN_BACK_SLOTS = OTHER + 13, OTHER + 14, OTHER + 15
NEAREST_VISITS, TRAVEL_TENTHS, TRAVELLED_VISITS = OTHER + 16, OTHER + 17, OTHER + 18
PEOPLE, ADULTS, WITHOUT_GP, ALD_ADULTS, ALD_WITHOUT_GP = (
    OTHER + 19, OTHER + 20, OTHER + 21, OTHER + 22, OTHER + 23)  # fmt: skip
SEEN_ONCE, GPS_SEEN, SAS_CALLS, SAS_SENT = OTHER + 24, OTHER + 25, OTHER + 26, OTHER + 27
HOME_VISITS, SPECIALIST_REFERRALS, SPECIALIST_DAYS = OTHER + 28, OTHER + 29, OTHER + 30
TURNED_AWAY, REGISTERED, DONE_ON_THE_WAY = OTHER + 31, OTHER + 32, OTHER + 33
TARGETED, UP_TO_DATE = OTHER + 34, OTHER + 38  # one for each programme
ED_TREATED, ED_WAIT, ED_STAY, ED_ADMITTED, ED_IN_HOURS = (
    OTHER + 42,
    OTHER + 43,
    OTHER + 44,
    OTHER + 45,
    OTHER + 46,
)
ADMISSIONS, TRANSFERS, CORRIDOR, NIGHTS = OTHER + 47, OTHER + 48, OTHER + 49, OTHER + 50
DISCHARGES, CONTACT_7, CONTACT_15, READMISSIONS = OTHER + 51, OTHER + 52, OTHER + 53, OTHER + 54
LOST_GP, BIRTHS, DEATHS = OTHER + 55, OTHER + 56, OTHER + 57
FOLLOWED_BY_GP, ALD_FOLLOWED_BY_GP, CONSUMERS, CONSUMERS_WITHOUT = (
    OTHER + 58,
    OTHER + 59,
    OTHER + 60,
    OTHER + 61,
)
DAYS_BY_USUAL = OTHER + 62  # days from contact to visit through each door, in the order of the doors
TOLD, INVITED_PEOPLE, PLACED = OTHER + 71, OTHER + 72, OTHER + 73
CARRIED_TRIPS, REMINDED, SHARED_HOME, SHARED_FOLLOW_UPS = OTHER + 74, OTHER + 75, OTHER + 76, OTHER + 77
KITS_POSTED, KITS_RETURNED, OUTREACH_SEEN = OTHER + 78, OTHER + 79, OTHER + 80
EXERCISE_CALLS, EXERCISE_JOINED, FALLS_SPARED = OTHER + 81, OTHER + 82, OTHER + 83
MEASURES = OTHER + 84

# Doors (recours), in the order of the ladder.
# The SAS books with a GP who sees somebody else's patient: such visits are counted with the other practices'.
DOOR_USUAL, DOOR_COLLEAGUE, DOOR_NUMBER, DOOR_OTHER, DOOR_DUTY = 0, 1, 2, 3, 4
DOOR_PROTOCOL, DOOR_WALK_IN, DOOR_TELECARE, DOOR_MOBILE = 5, 6, 7, 8

# What is counted for each practitioner and month.
LAID, LEFT, SEEN, SQUEEZED_SEEN, DEDICATED_LAID, DEDICATED_USED, ADDED_DEMAND, LOST = 0, 1, 2, 3, 4, 5, 6, 7
WAITED_DAYS, IN_THE_ROOM, ROOM_TENTHS, OVERTIME, BUSY, IN_SESSION = 8, 9, 10, 11, 12, 13
PANEL, PANEL_DAYS, OPEN_TO_OTHERS, OTHERS_DAYS, SESSIONS_HELD = 14, 15, 16, 17, 18
SAS_BOOKED = 19
PRACTICE_MEASURES = 20

# Groups of people (profil): age band x ALD x deprived x car; the same again for the ring, then for summer visitors.
AGE_BANDS = 6
GROUPS = AGE_BANDS * 8
PROFILES = GROUPS * 3

# Stays in the ED are counted by half-hours up to a day, for those sent home and for those admitted.
STAY_BINS, STAY_BIN = 48, 300
HOME_AGAIN, TO_A_WARD = 0, 1
DAY_TENTHS = 14_400
STREAMS, BACKGROUND = 4, 4

# Delays are counted in days up to this one, which holds all longer ones.
LONGEST_DELAY = 180
TOTAL, UNDERGONE = 0, 1

# How many days a diary is open ahead (agenda); a power of two, so that a day's cell is day & (HORIZON - 1).
HORIZON = 128
# A session holds no more slots than this: what a cell of a diary can tell.
MOST_SLOTS = 255

# What `car` says of people: a car of their own, or a ride on demand.
OWN_CAR, ON_DEMAND = 1, 2

# Types of GP: answers everybody, more than half, few (DREES 2019).
WILLING, MODERATE, CLOSED = 0, 1, 2

# What a biography tells (récit de vie).
SAID_NEED, SAID_BOOKED, SAID_REFUSED, SAID_MISSED, SAID_VISITED = 0, 1, 2, 3, 4
SAID_EMERGENCY, SAID_FORGONE, SAID_WAITS, SAID_OWN_EMERGENCY, SAID_ADVISED = 5, 6, 7, 8, 9
SAID_TURNED_AWAY, SAID_REGISTERED, SAID_REFERRED, SAID_PREVENTION, SAID_WORSENED = 10, 11, 12, 13, 14
SAID_ADMITTED, SAID_DISCHARGED, SAID_LOST_GP, SAID_DIED, SAID_BORN = 15, 16, 17, 18, 19
SAID_CALLED = 20
LOG_ROWS = 65_536

# Days are counted from 1 January 2000 (a Saturday) so that they hold in 16 bits until 2089; NEVER is no day.
NEVER = 32_767
