"""Whoever comes first is served first (file d'attente): one server, or several that share one line.

All times are whole tenths of minutes (int64). One line stands for one person, in order of arrival: `arrivals` must
not descend. `arrivals`, `services` and `waits` have the same length, which may be zero; `waits` is overwritten.
"""

from numba import njit


@njit(cache=True)
def wait_in_turn(arrivals, services, waits):
    """Each is served when he has come and everybody before him has left; nobody before the session opens, at 0.

    Whoever comes before the opening (a negative arrival) waits from his arrival on, the minutes at the closed
    door included. Fills `waits` and gives the tenth of minute at which the last has left, 0 if nobody came.
    Source: Lindley, "The theory of queues with a single server", Math. Proc. Camb. Phil. Soc. 48(2), 1952.
    """
    done = 0
    for one in range(arrivals.shape[0]):
        start = max(arrivals[one], done)
        waits[one] = start - arrivals[one]
        done = start + services[one]
    return done


@njit(cache=True)
def serve(arrivals, services, ready, waits):
    """The first in line goes to the server who is free first; between two, to the lower number.

    `ready` holds the time at which each server is free (at least one server) and is updated in place: a queue is
    carried over midnight by taking 14 400 from `ready`. Nobody is served before a server's own time, negative or
    not, so that whoever comes earlier waits from his arrival on. Fills `waits`.
    Source: Kiefer and Wolfowitz, "On the theory of queues with many servers", Trans. Am. Math. Soc. 78(1), 1955.
    """
    for one in range(arrivals.shape[0]):
        earliest = ready[0]  # the least of all first, which the compiler looks for in several at once
        for server in range(1, ready.shape[0]):
            earliest = min(earliest, ready[server])
        first = 0
        while ready[first] != earliest:
            first += 1
        start = max(arrivals[one], ready[first])
        waits[one] = start - arrivals[one]
        ready[first] = start + services[one]
