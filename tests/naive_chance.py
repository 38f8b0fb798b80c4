"""Chance once more, in whole numbers of plain Python: the twin shares no line with the compiled day."""

WORD = 2**32


def philox(counter, key):
    """Philox4x32-10 (Salmon and others, SC 2011): ten rounds over four words of counter and two of key."""
    first, second, third, fourth = counter
    left, right = key
    for _ in range(10):
        high_0, low_0 = divmod(0xD2511F53 * first, WORD)
        high_1, low_1 = divmod(0xCD9E8D57 * third, WORD)
        first, second, third, fourth = high_1 ^ second ^ left, low_1, high_0 ^ fourth ^ right, low_0
        left, right = (left + 0x9E3779B9) % WORD, (right + 0xBB67AE85) % WORD
    return first, second, third, fourth


def draw(seed, decision, day, who, nth=0):
    """Give somebody's luck for one decision on one day, a whole number below 2**32."""
    counter = (who % WORD, who // WORD, nth, decision * 2**16 + day % 2**16)
    return philox(counter, (seed % WORD, seed // WORD))[0]


def rounded(amount, unit, luck):
    """Round `amount / unit` up as often as the remainder asks for."""
    number, rest = divmod(amount, unit)
    return number + (luck * unit < rest * WORD)
