"""The words of the day as whole numbers (codes): periods, pools, kinds, doors, ends and what is counted."""

# Periods of a day (journée): sessions are held in the first three.
MORNING, AFTERNOON, EVENING, OUT_OF_HOURS = 0, 1, 2, 3
PERIODS = 4
SATURDAY = 5

# Pools of slots (créneaux): `SQUEEZED` and `DUTY` say how somebody was seen, they have no diary cell.
SCHEDULED, SAME_DAY, DEDICATED = 0, 1, 2
POOLS = 3
SQUEEZED, DUTY = 3, 4

# Kinds of request (demandes); a person has at most one open request of each track.
ACUTE, RECONTACT, FOLLOW_UP, ROUTINE, POST_DISCHARGE, REGISTRATION = 0, 1, 2, 3, 4, 5
KINDS = 6

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
CLASSES = 9

# What is counted for each class. A request is counted in the month in which it was wanted (or made, if later).
MADE, VISITED, ADVISED, EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING, HELD = 0, 1, 2, 3, 4, 5, 6, 7
IN_TIME, IN_48H, TOTAL_DAYS, UNDERGONE_DAYS, RESTRICTED_DAYS = 8, 9, 10, 11, 12
MEASURES_OF_CLASS = 13

# What is counted besides, after CLASSES * MEASURES_OF_CLASS cells.
OTHER = CLASSES * MEASURES_OF_CLASS
ED_INJURY, ED_VITAL, ED_OWN_CHOICE, ED_WANT_OF_SLOT = OTHER, OTHER + 1, OTHER + 2, OTHER + 3
BY_USUAL, BY_COLLEAGUE, BY_NUMBER, BY_OTHER, BY_DUTY = OTHER + 4, OTHER + 5, OTHER + 6, OTHER + 7, OTHER + 8
ACTS, MISSED, GIVEN_BACK_SLOTS = OTHER + 9, OTHER + 10, OTHER + 11
NEAREST_VISITS, TRAVEL_TENTHS, TRAVELLED_VISITS = OTHER + 12, OTHER + 13, OTHER + 14
PEOPLE, ADULTS, WITHOUT_GP, ALD_ADULTS, ALD_WITHOUT_GP = (
    OTHER + 15, OTHER + 16, OTHER + 17, OTHER + 18, OTHER + 19)  # fmt: skip
SEEN_ONCE, GPS_SEEN, SAS_CALLS, SAS_SENT = OTHER + 20, OTHER + 21, OTHER + 22, OTHER + 23
MEASURES = OTHER + 24

# Doors (recours), in the order of the ladder.
# The SAS books with a GP who sees somebody else's patient: such visits are counted with the other practices'.
DOOR_USUAL, DOOR_COLLEAGUE, DOOR_NUMBER, DOOR_OTHER, DOOR_DUTY = 0, 1, 2, 3, 4

# What is counted for each practitioner and month.
LAID, LEFT, SEEN, SQUEEZED_SEEN, DEDICATED_LAID, DEDICATED_USED, WITHHELD, LOST = 0, 1, 2, 3, 4, 5, 6, 7
PRACTICE_MEASURES = 8

# Groups of people (profil): age band x ALD x deprived x car, and the same again for the ring.
AGE_BANDS = 6
GROUPS = AGE_BANDS * 8
PROFILES = GROUPS * 2

# Delays are counted in days up to this one, which holds all longer ones.
LONGEST_DELAY = 180
TOTAL, UNDERGONE = 0, 1

# How many days a diary is open ahead (agenda); a power of two, so that a day's cell is day & (HORIZON - 1).
HORIZON = 128

# Types of GP: answers everybody, more than half, few (DREES 2019).
WILLING, MODERATE, CLOSED = 0, 1, 2

# What a biography tells (récit de vie).
SAID_NEED, SAID_BOOKED, SAID_REFUSED, SAID_MISSED, SAID_VISITED = 0, 1, 2, 3, 4
SAID_EMERGENCY, SAID_FORGONE, SAID_WAITS, SAID_OWN_EMERGENCY, SAID_ADVISED = 5, 6, 7, 8, 9
LOG_ROWS = 65_536

# Days are counted from 1 January 2000 (a Saturday) so that they hold in 16 bits until 2089; NEVER is no day.
NEVER = 32_767
