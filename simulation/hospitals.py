"""Hospitals on the first morning (établissements): places in the ED, beds, and the visits of everybody else."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.chances import log_normal
from simulation.kernels.codes import DAY_TENTHS
from simulation.parameters import Parameters
from simulation.places import has_emergency, number_of_name
from simulation.state import Arrivals, Hospitals, Patients, Places, Stays
from simulation.territory import Territory
from simulation.territory.travel import haversine_km

WANT_OF_SLOT = 0.064
"""Visits a year for want of a slot (DREES 2023: 64 per 1,000)."""
FEWEST_BEDS = 4
FARTHEST_TRANSFER = 100.0
"""Nobody is taken farther for a bed, km (assumed)."""
NO_HOSPITAL = Hospitals(
    number=np.zeros(0, dtype=np.int64),
    emergency=np.zeros(0, dtype=np.uint8),
    servers=np.zeros(0, dtype=np.int16),
    background=np.zeros(0, dtype=np.int64),
    ready=np.zeros((0, 1), dtype=np.int64),
    elsewhere=np.zeros(0, dtype=np.int16),
    beds=np.zeros(0, dtype=np.int32),
    occupied=np.zeros(0, dtype=np.int32),
)


def hospitals_of(
    territory: Territory, patients: Patients, places: Places, parameters: Parameters
) -> Hospitals:
    """Size each ED on its visits of a year, and its beds on the people who would go there."""
    table, given = territory.hospitals, parameters.hospital
    own = visits_of_residents(patients, places, len(table))
    emergency = has_emergency(territory)
    visits = np.where(emergency, np.maximum(visits_a_year(territory, parameters), own), 0.0)
    servers = np.where(
        emergency, np.ceil(visits / 365 / 24 * hours_of_care(parameters) / given.ed_occupancy), 0
    )
    return Hospitals(
        number=np.array([number_of_name(name) for name in table["finess_et"]], dtype=np.int64),
        emergency=emergency.astype(np.uint8),
        servers=np.maximum(servers, emergency).astype(np.int16),
        background=np.rint((visits - own) / 365 * 65_536).astype(np.int64),
        ready=np.zeros((len(table), max(int(servers.max(initial=1)), 1)), dtype=np.int64),
        elsewhere=nearest_other(territory, emergency),
        beds=beds_of(territory, patients, places, parameters, own, visits),
        occupied=np.zeros(len(table), dtype=np.int32),
    )


def nearest_other(territory: Territory, emergency: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Row of the nearest other hospital with an ED, as the crow flies; -1 beyond `FARTHEST_TRANSFER` km."""
    table = territory.hospitals
    lat, lon = table["lat"].to_numpy(), table["lon"].to_numpy()
    km = haversine_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    km[:, ~emergency] = np.inf
    np.fill_diagonal(km, np.inf)
    if not km.size:
        return np.zeros(0, dtype=np.int16)
    return np.where(km.min(axis=1) <= FARTHEST_TRANSFER, km.argmin(axis=1), -1).astype(np.int16)


def visits_a_year(territory: Territory, parameters: Parameters) -> NDArray[np.float64]:
    """Visits of each ED in a year: what the file says, else the national mean of a site."""
    mean = parameters.hospital.ed_visits_per_site
    return territory.hospitals["visits_per_year"].fillna(mean).to_numpy(dtype=np.float64)


def visits_of_residents(patients: Patients, places: Places, hospitals: int) -> NDArray[np.float64]:
    """Visits a year that the people simulated are expected to make to each ED; for want of a slot, as the French."""
    site = places.emergency_site[patients.commune]
    rates = patients.emergency_rate / 10_000 + WANT_OF_SLOT
    known = (site >= 0) & lives_here(patients)
    return np.bincount(site[known], weights=rates[known], minlength=hospitals).astype(np.float64)


def lives_here(patients: Patients) -> NDArray[np.bool_]:
    """Who is an inhabitant: neither a visitor nor a row that waits for a birth."""
    here: NDArray[np.bool_] = (patients.alive == 1) & (patients.visitor == 0)
    return here


def hours_of_care(parameters: Parameters) -> float:
    """Mean hours of care of a visit to the ED."""
    given = parameters.hospital
    home, ward = (
        float(log_normal(minutes, given.care_sigma, DAY_TENTHS, 10).mean()) / 600
        for minutes in (given.home_minutes, given.ward_minutes)
    )
    return (1 - given.others_admitted) * home + given.others_admitted * ward


def beds_of(
    territory: Territory,
    patients: Patients,
    places: Places,
    parameters: Parameters,
    own: NDArray[np.float64],
    visits: NDArray[np.float64],
) -> NDArray[np.int32]:
    """Beds for the people simulated: their part of those in the file, else enough for the stays expected of them."""
    given, site = parameters.hospital, places.emergency_site[patients.commune]
    known = (site >= 0) & lives_here(patients)
    direct = np.bincount(site[known], weights=patients.admission_rate[known] / 10_000, minlength=len(visits))
    stays = (direct + own * given.others_admitted) * (1 + given.readmitted_share)
    needed = np.ceil(stays * given.stay_days / 365 / given.bed_occupancy)
    part = np.divide(own, visits, out=np.zeros_like(own), where=visits > 0)
    written = territory.hospitals["beds"].to_numpy(dtype=np.float64)
    beds = np.where(np.isnan(written), needed, np.ceil(written * part))
    return np.where(stays > 0, np.maximum(beds, FEWEST_BEDS), 0).astype(np.int32)


def empty_arrivals(people: int) -> Arrivals:
    """Room for one visit to the ED a day of one person in fifty, and some more in small places."""
    rows = people // 50 + 256
    return Arrivals(
        hospital=np.zeros(rows, dtype=np.int16),
        patient=np.zeros(rows, dtype=np.int32),
        stream=np.zeros(rows, dtype=np.int8),
        tenths=np.zeros(rows, dtype=np.int32),
        used=np.zeros(1, dtype=np.int64),
    )


def empty_stays(people: int) -> Stays:
    """Room for one person in fifty in hospital at once."""
    rows = math.ceil(people / 50) + 256
    return Stays(
        patient=np.full(rows, -1, dtype=np.int32),
        hospital=np.zeros(rows, dtype=np.int16),
        until=np.zeros(rows, dtype=np.int16),
        top=np.zeros(1, dtype=np.int64),
    )
