"""What a followed person lives through (récit de vie), event by event."""

from numba.extending import register_jitable

from simulation.kernels.codes import LOG_ROWS


@register_jitable
def tell(state, day, patient, event, first, second):
    """Write an event down if its person is followed; the details depend on the event."""
    if not state.patients.followed[patient]:
        return
    row = state.log.used[0]
    state.log.used[0] = row + 1
    if row >= LOG_ROWS:
        return
    state.log.rows[row, 0] = day
    state.log.rows[row, 1] = patient
    state.log.rows[row, 2] = event
    state.log.rows[row, 3] = first
    state.log.rows[row, 4] = second
