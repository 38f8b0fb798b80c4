"""How many people of each age and sex live in each commune (structure par âge): exact totals."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.territory.territory import Territory

AGES = 105
REFERENCE = "FR"
"""France, whose pyramid stands in where that of the département is not known."""
WOMEN_UNDER_60, WOMEN_60_74, WOMEN_75 = 0.502, 0.525, 0.60
"""Share of women by age (assumed: order of magnitude of the French population)."""
REMAINING_YEARS = 9.0
"""Mean years by which people over 75 exceed it: their numbers fall off exponentially (assumed)."""

_Counts = NDArray[np.int64]
_Shares = NDArray[np.float64]


@cache
def pyramid(departement: str) -> _Shares:
    """Shares of each age in a département, spread evenly within the published bands; they sum to 1."""
    bands = pd.read_csv(str(files("simulation.territory") / "pyramids.csv"), dtype={"departement": str})
    chosen = bands[bands["departement"] == departement]
    if chosen.empty:
        chosen = bands[bands["departement"] == REFERENCE]
    shares = np.zeros(AGES)
    for first, last, people in chosen[["first_age", "last_age", "people"]].to_numpy():
        ages = np.arange(first, last + 1)
        within = np.exp(-(ages - 75) / REMAINING_YEARS) if first == 75 else np.ones(len(ages))
        shares[ages] = people * within / within.sum()
    shares /= shares.sum()
    shares.flags.writeable = False
    return shares


def women_share() -> _Shares:
    """Share of women at each age."""
    ages = np.arange(AGES)
    return np.where(ages < 60, WOMEN_UNDER_60, np.where(ages < 75, WOMEN_60_74, WOMEN_75))


def people_by_age(territory: Territory) -> _Counts:
    """Count people, [commune, sex (man, woman), age]; each commune sums to its population exactly.

    Given ages are kept and scaled; otherwise the département's pyramid is fitted to the three shares of the
    commune (iterative proportional fitting, which one pass settles as the three groups do not overlap).
    """
    communes = territory.communes
    expected = np.zeros((len(communes), 2, AGES))
    women = women_share()
    pyramids = {code: pyramid(code) for code in communes["departement"].unique()}
    young, old = communes["share_0_14"].to_numpy(), communes["share_65_plus"].to_numpy()
    people = communes["population"].to_numpy()
    for row, departement in enumerate(communes["departement"]):
        shares = fitted(pyramids[departement], young[row], old[row])
        expected[row] = np.stack([shares * (1 - women), shares * women]) * people[row]
    if territory.ages is not None:
        replace_given(expected, territory)
    return rounded(expected, people)


def fitted(shares: _Shares, young: float, old: float) -> _Shares:
    """Scale a pyramid so that the under-15s and the over-64s have the shares of the commune."""
    result = shares.copy()
    result[:15] *= young / shares[:15].sum()
    result[65:] *= old / shares[65:].sum()
    result[15:65] *= (1 - young - old) / shares[15:65].sum()
    return result


def replace_given(expected: NDArray[np.float64], territory: Territory) -> None:
    """Put the given ages in place of the fitted ones, scaled to the legal population."""
    assert territory.ages is not None
    rows = {code: row for row, code in enumerate(territory.communes["insee_code"])}
    for code, part in territory.ages.groupby("insee_code"):
        given = np.zeros((2, AGES))
        ages = np.minimum(part["age"].to_numpy(), AGES - 1)
        np.add.at(given, (part["sex"].to_numpy() - 1, ages), part["count"].to_numpy())
        row = rows[str(code)]
        if given.sum() > 0:
            expected[row] = given * expected[row].sum() / given.sum()


def rounded(expected: NDArray[np.float64], totals: NDArray[np.int64]) -> _Counts:
    """Round [commune, sex, age] to whole people with exact totals, every range of ages within one person.

    Running sums are rounded, age after age, so that thin ages of small communes neither vanish nor pile up.
    """
    by_age = expected.transpose(0, 2, 1).reshape(len(expected), -1)
    running = np.rint(by_age.cumsum(axis=1) + 1e-9).astype(np.int64)
    running[:, -1] = totals
    whole = np.diff(np.minimum(running, totals[:, None]), axis=1, prepend=0)
    return whole.reshape(len(expected), expected.shape[2], 2).transpose(0, 2, 1)
