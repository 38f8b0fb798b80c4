"""Where people go at night depends on which hospitals have an emergency department: told, or taken by a rule."""

import re

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from scenarios.anywhere.names import plain
from scenarios.compile.france import GENERAL_HOSPITALS
from scenarios.official.national_table import departement
from simulation.territory.travel import EARTH_RADIUS_KM, haversine_km, on_the_globe

NOT_GENERAL = re.compile(
    r"PSY|CMP|C\.M\.P|JOUR|\bHJ\b|DOMICILE|\bHAD\b|LONG|SEJOUR|AGEES|RETRAITE|\bEHPAD\b|\bUSLD\b|\bSSR\b|READAPT|"
    r"REEDUC|\bGCS\b|SIEGE|CENTRE MEDICAL|ADDICT|GERIATR|DIALYSE|PENITEN|MENTAL|SOINS DE SUITE|UNITE|SIDA|"
    r"STERILISATION|DENTAIRE|AGENCE|OPHTALMO|SPECIALIS|STE? ANNE|SAINTE.ANNE|ACCUEIL|ANTENNE|ONCOLOGIE|CANCER|BERARD|"
    r"MAISON BLANCHE|HENR[IY] EY|\bGHU\b|PHARMACIE|BLANCHISSERIE|CUISINE|ECOLE|INSTITUT|CENTRE DE SOINS|DEPISTAGE|CRISE"
)
"""Sites of a public hospital that are not its main one, by their name."""
ENOUGH_PEOPLE = 7_000
"""A commune of fewer people is not taken to have an ED: with this France has about its 719 sites (DREES 2023)."""
PEOPLE_FOR_ONE_MORE = 150_000
"""In a city, one more site for so many people (assumed)."""
SAME_PLACE_KM = 3.0
FAR_KM = 25.0
"""A site farther from the city of its address has wrong coordinates."""


def located(sites: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Give each site its commune: the one of its city in its département, else the nearest town hall.

    A site that stands far from the city of its address is put at the town hall of that city (`moved`).
    """
    table = communes.reset_index(drop=True)
    by_city = {
        (there, plain(name)): at
        for at, (there, name) in enumerate(zip(table["departement"], table["name"], strict=True))
    }
    _, nearest = cKDTree(on_the_globe(table)).query(on_the_globe(sites))
    codes = departement(sites["postcode"]).replace({"20": "2A"})
    cities = [re.sub(r" (?:cedex.*|\d+)$", "", plain(city)) for city in sites["city"]]
    named = [by_city.get((code, city), by_city.get((code.replace("A", "B"), city), -1))
             for code, city in zip(codes, cities, strict=True)]  # fmt: skip
    told = np.array(named)
    if "insee_code" in sites:
        given = pd.Index(table["insee_code"]).get_indexer(pd.Index(sites["insee_code"]))
        told = np.where(given >= 0, given, told)
    there = table.iloc[np.where(told >= 0, told, nearest)]
    here_lat, here_lon = sites["lat"].to_numpy(), sites["lon"].to_numpy()
    km = haversine_km(here_lat, here_lon, there["lat"].to_numpy(), there["lon"].to_numpy())
    moved = (km > FAR_KM) & (told >= 0)
    codes_told = there["insee_code"].to_numpy()
    if "insee_code" in sites:
        codes_told = np.where(told >= 0, codes_told, sites["insee_code"])
    return sites.assign(
        insee_code=codes_told, moved=moved,
        lat=np.where(moved, there["lat"], here_lat), lon=np.where(moved, there["lon"], here_lon),
    )  # fmt: skip


def general(sites: pd.DataFrame) -> pd.Series:
    """Sites of a public general hospital that may have an ED, by category and name."""
    return sites["type"].isin(GENERAL_HOSPITALS) & ~sites["name"].str.upper().str.contains(NOT_GENERAL)


def by_rule(sites: pd.DataFrame, communes: pd.DataFrame) -> pd.Series:
    """One ED in each commune of some size with a public general hospital, and more in a city (assumed)."""
    people = sites["insee_code"].map(communes.set_index("insee_code")["population"]).fillna(0)
    able = general(sites) & (people >= ENOUGH_PEOPLE)
    main = (
        sites["name"]
        .str.upper()
        .str.match(r"(?:CENTRE HOSPITALIER|CH[URI]? |C\.?H\.?U?\.? |HOPITAL|GROUPE HOSP|CHRU)")
    )
    order = sites.assign(minor=~main).sort_values(["minor", "finess_et"]).index
    rank = able.loc[order].groupby(sites.loc[order, "insee_code"]).cumsum()
    most = 1 + people // PEOPLE_FOR_ONE_MORE
    return able & (rank.reindex(sites.index) <= most)


def by_places(sites: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """The site nearest to each place that a file says is an ED, and the places that have no site near by."""
    flags = pd.Series(False, index=sites.index)
    if places.empty or sites.empty:
        return flags, places
    tree = cKDTree(on_the_globe(sites))
    preferred = general(sites).to_numpy()
    lonely = []
    away, near = tree.query(on_the_globe(places), k=min(8, len(sites)))
    away, near = np.asarray(away).reshape(len(places), -1), np.asarray(near).reshape(len(places), -1)
    for row in range(len(places)):
        close = [
            int(at)
            for km, at in zip(away[row] * EARTH_RADIUS_KM, near[row], strict=True)
            if km <= SAME_PLACE_KM
        ]
        free = [at for at in close if not flags.iloc[at]]
        if not free:
            lonely.append(row)
            continue
        flags.iloc[next((at for at in free if preferred[at]), free[0])] = True
    return flags, places.iloc[lonely]
