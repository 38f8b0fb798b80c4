"""Chance is a function of who, when and what is decided, never a stream (hasard).

Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
"""

import numpy as np
from numba import njit

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)


@njit(cache=True, inline="always")
def philox(c0, c1, c2, c3, k0, k1):
    """Scramble a counter of four words under a key of two (all uint64 holding 32 bits); give four words."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _SHIFT) ^ c1 ^ k0,
            product_1 & _LOW,
            (product_0 >> _SHIFT) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@njit("int64(int64, int64, int64, int64, int64)", cache=True)
def draw(seed, decision, day, person, nth):
    """Give the luck of a person for one decision on one day, a whole number in [0, 2**32).

    The same five words give the same number on every machine, in any order, in every scenario: two futures
    that share a seed give everybody the same luck. `decision` and `day` hold 16 bits, `nth` 32, the others 64.
    """
    who = np.uint64(person)
    key = np.uint64(seed)
    when = (np.uint64(decision) << np.uint64(16)) | (np.uint64(day) & np.uint64(0xFFFF))
    word, _, _, _ = philox(who & _LOW, who >> _SHIFT, np.uint64(nth) & _LOW, when, key & _LOW, key >> _SHIFT)
    return np.int64(word)


@njit("void(int64, int64, int64, int64, int64, int64[::1])", cache=True)
def draw_several(seed, decision, day, person, first, lucks):
    """Give the luck of one person for one decision and day, for `nth` from `first` on: `draw` for several at once.

    A loop without branches, of which the processor does several turns together: a fifth of the time of `draw`.
    """
    who, key = np.uint64(person), np.uint64(seed)
    when = (np.uint64(decision) << np.uint64(16)) | (np.uint64(day) & np.uint64(0xFFFF))
    for place in range(lucks.shape[0]):
        nth = np.uint64(first + place) & _LOW
        lucks[place] = np.int64(philox(who & _LOW, who >> _SHIFT, nth, when, key & _LOW, key >> _SHIFT)[0])


@njit("void(int64, int64, int64[::1], int64[::1], int64[::1], int64[::1])", cache=True)
def draw_each(seed, decision, days, people, numbers, lucks):
    """Give the luck of several people for one decision, each on a day and with an `nth` of his own."""
    key = np.uint64(seed)
    for place in range(lucks.shape[0]):
        who, nth = np.uint64(people[place]), np.uint64(numbers[place]) & _LOW
        when = (np.uint64(decision) << np.uint64(16)) | (np.uint64(days[place]) & np.uint64(0xFFFF))
        lucks[place] = np.int64(philox(who & _LOW, who >> _SHIFT, nth, when, key & _LOW, key >> _SHIFT)[0])
