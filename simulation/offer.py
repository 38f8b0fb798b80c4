"""What GPs offer to each commune (offre): slots of a year, shared by travel time among people by use of their age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.apl import END_MINUTES, Near, apl_20min, apl_dt70
from simulation.cells import Offer, Values, Whole
from simulation.kernels.codes import GP
from simulation.need_by_age import GP_USE, steps
from simulation.practices import open_days
from simulation.state import Patients, Practitioners
from simulation.territory import Territory
from simulation.territory.ages import REFERENCE, pyramid
from simulation.territory.travel import minutes_within

if TYPE_CHECKING:
    from simulation.model import PrimaryCare

SITE = ["insee_code", "lat", "lon"]


def offer_of(model: PrimaryCare) -> Offer:
    """Share what the GPs of a model offer on its day, those of the ring included, among people in reach."""
    parts = parts_of(model)
    return Offer(parts[1], apl_dt70(*parts), apl_20min(*parts))


def parts_of(model: PrimaryCare) -> tuple[Values, Values, Near]:
    """Supply of each GP, people of each commune, and who is near whom in whole tenths, as people choose by."""
    practitioners = model.state.practitioners
    gp = practitioners.role == GP
    rows = np.flatnonzero(gp & (practitioners.active == 1) & (practitioners.weekly.sum(axis=(1, 2)) > 0))
    people = standardised(model.state.patients, len(model.territory.communes))
    return (
        slots_a_year(model, rows),
        people,
        near_by(model.territory, sites_of(model.territory, practitioners, rows)),
    )


def near_by(territory: Territory, sites: pd.DataFrame) -> Near:
    """Pair communes with the GPs that the weights may count, a country's as a canton's."""
    found = list(minutes_within(territory, sites, END_MINUTES + 0.05))
    return Near(
        commune=np.repeat(np.arange(len(found)), [len(places) for places, _ in found]),
        place=np.concatenate([places for places, _ in found]),
        minutes=np.rint(np.concatenate([minutes for _, minutes in found]) * 10) / 10,
    )


def slots_a_year(model: PrimaryCare, rows: Whole) -> Values:
    """Slots that GPs offer in a year of 364 days, less meetings, holidays and leave without a locum, [row]."""
    practitioners, supply = model.state.practitioners, model.parameters.supply
    week = np.maximum(practitioners.weekly[rows] - practitioners.withheld[rows], 0).sum(axis=2) / 256
    present = 1 - supply.leave_weeks * (1 - supply.leave_cover) / 52
    slots: Values = (week * np.array(open_days(model.calendar.first))).sum(axis=1) * present
    return slots


def standardised(patients: Patients, communes: int) -> Values:
    """People of each commune, each counted as what the French use at their age, the mean of France being 1."""
    use = steps(GP_USE)
    lives = (patients.alive == 1) & (patients.visitor == 0)
    use /= float((pyramid(REFERENCE) * use).sum())
    return np.bincount(patients.commune[lives], weights=use[patients.age[lives]], minlength=communes)


def sites_of(territory: Territory, practitioners: Practitioners, rows: Whole) -> pd.DataFrame:
    """Where GPs practise: the place in the file, or the commune of those who arrived during the run."""
    table = territory.practitioners
    arrived = practitioners.commune[rows[rows >= len(table)]]
    known = table.iloc[rows[rows < len(table)]]
    return pd.concat([known[SITE], territory.communes.iloc[arrived][SITE]], ignore_index=True)
