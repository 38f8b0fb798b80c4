"""Putting in order (tri): rows by their keys, each of which is unique, in a time that grows as their number does."""

import numpy as np
from numba import njit

KEY_BITS, MOST_BITS = 64, 20


@njit(cache=True)
def put_in_order(rows, keys):
    """Give the rows by growing key: shared out over the keys' highest bits, then each handful put in order."""
    count = rows.shape[0]
    bits = 3
    while bits < MOST_BITS and (1 << bits) < 8 * count:
        bits += 1
    shift = np.uint64(KEY_BITS - bits)
    start = np.zeros((1 << bits) + 1, np.int64)
    for place in range(count):
        start[np.int64(keys[place] >> shift) + 1] += 1
    for handful in range(1 << bits):
        start[handful + 1] += start[handful]
    begin = start.copy()
    ordered, kept = np.empty_like(rows), np.empty(count, np.uint64)
    for place in range(count):
        handful = np.int64(keys[place] >> shift)
        at = start[handful]
        start[handful] += 1
        while at > begin[handful] and kept[at - 1] > keys[place]:
            kept[at], ordered[at] = kept[at - 1], ordered[at - 1]
            at -= 1
        kept[at], ordered[at] = keys[place], rows[place]
    return ordered
