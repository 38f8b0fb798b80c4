"""Whose day it is (échéances): columns are read from one end to the other, and rows listed without a branch."""

import numpy as np
from numba import njit

from simulation.kernels.codes import BOOKED, SEEKING, TOP


@njit(cache=True)
def whose_day(days, day):
    """List the places of a column that hold a day, in order."""
    rows, count = np.empty(days.shape[0], np.int32), 0
    for row in range(days.shape[0]):
        rows[count] = row
        count += days[row] == day
    return rows[:count]


@njit(cache=True)
def who_look(requests, day):
    """List the requests that look for an answer on a day, in the order of the table."""
    rows, count = np.empty(requests.cursor[TOP], np.int32), 0
    for row in range(requests.cursor[TOP]):
        rows[count] = row
        count += (requests.status[row] == SEEKING) & (requests.when[row] <= day)
    return rows[:count]


@njit(cache=True)
def who_come(requests, day):
    """List the requests with an appointment on a day, in the order of the table."""
    rows, count = np.empty(requests.cursor[TOP], np.int32), 0
    for row in range(requests.cursor[TOP]):
        rows[count] = row
        count += (requests.status[row] == BOOKED) & (requests.when[row] == day)
    return rows[:count]
