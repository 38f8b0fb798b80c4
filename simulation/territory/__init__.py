"""The place where people live, fall ill and are cared for (territoire)."""

from simulation.territory.reading import read_territory
from simulation.territory.schema import Column, schema
from simulation.territory.territory import Territory
from simulation.territory.travel import (
    minutes,
    minutes_to,
    minutes_to_places,
    minutes_within,
    nearest_places,
)

__all__ = [
    "Column",
    "Territory",
    "minutes",
    "minutes_to",
    "minutes_to_places",
    "minutes_within",
    "nearest_places",
    "read_territory",
    "schema",
]
