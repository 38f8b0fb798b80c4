"""Whole people cannot be split: shares become counts by the largest remainder (plus fort reste)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from math import floor


def apportion(
    total: int, weights: Mapping[str, float], tie: Mapping[str, float] | None = None
) -> dict[str, int]:
    """Equal remainders go to the larger `tie` value (population), then to the smaller key."""
    whole = sum(weights.values())
    quotas = {key: total * weight / whole for key, weight in weights.items()}
    counts = {key: floor(quota + 1e-9) for key, quota in quotas.items()}
    first = sorted(
        quotas,
        # Nine decimals, so that equal remainders stay equal whatever the last bit of the division.
        key=lambda key: (-round(quotas[key] - counts[key], 9), -(tie or {}).get(key, 0.0), key),
    )
    for key in first[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def shuffled(ids: Sequence[str], salt: str) -> list[str]:
    """Ids in the order of the SHA-256 of `salt:id`: arbitrary, unrelated to place, the same for ever."""
    return sorted(ids, key=lambda identifier: sha256(f"{salt}:{identifier}".encode()).hexdigest())


def quantile(share: float, knots: Sequence[tuple[float, float]]) -> float:
    """A quantile function known at a few points is a broken line, its end pieces prolonged."""
    pieces = list(pairwise(knots))
    (low, at_low), (high, at_high) = next((piece for piece in pieces if share <= piece[1][0]), pieces[-1])
    return at_low + (share - low) * (at_high - at_low) / (high - low)


def spread(ids: Sequence[str], salt: str, knots: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Each id receives one of the evenly spaced quantiles (k + 1/2) / n, matched by `shuffled`."""
    return {
        identifier: quantile((rank + 0.5) / len(ids), knots)
        for rank, identifier in enumerate(shuffled(ids, salt))
    }
