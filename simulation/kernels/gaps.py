"""Time to the next event (intervalle): a geometric gap, drawn once, instead of a chance every day."""

from numba import njit

from simulation.kernels.codes import NEVER

YEAR = 365


@njit(cache=True)
def gap(exponential, luck, rate, parts):
    """Draw the days to the next event of a rate given in `parts` of one a year: a geometric gap, at least 1."""
    return 1 + ((exponential[luck >> 22] * (YEAR * parts) // rate) >> 16)


@njit(cache=True)
def next_day(exponential, luck, rate, parts, day):
    """Give the day of the next event after this one; never, for somebody without any."""
    if rate == 0:
        return NEVER
    return min(day + gap(exponential, luck, rate, parts), NEVER)
