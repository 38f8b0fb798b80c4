"""Any part of France from the national table of communes (La France entière): one département, several, or all.

python -m scenarios.compile.france SHARED_DATA_DIR -o FOLDER [--departement 30 48]

GPs follow the shape of SIRENE 2018, scaled so that all France has its number of today; a département keeps its part.
Other roles are left out, and so are CPTS, for no public table says which commune belongs to which. Every public
general hospital is taken to have an emergency department (assumed). Ages follow the share of 15–64, the rest being
parted as in France. A commune without coordinates is put in the middle of its département;
those of the Pacific, which have none at all, are left out, and so are those that have no GP within an hour by road.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from scenarios.compile.apportionment import apportion
from scenarios.compile.practitioners import ACTIVITY, SLOTS_PER_GP, half_days
from scenarios.compile.tables import COLUMNS
from simulation.territory.travel import EARTH_RADIUS_KM, on_the_globe

GPS_OF_FRANCE = 52_291
YOUNG_OF_THE_REST = 0.45
"""Part of those who are not 15–64 that is under 15 (INSEE 2021: 17.5 % and 21 %)."""
GENERAL_HOSPITALS = ("Centre Hospitalier (C.H.)", "Centre Hospitalier Régional (C.H.R.)")


def communes(table: pd.DataFrame) -> pd.DataFrame:
    """Write communes in the layout of a territory; basins are INSEE's living areas (bassins de vie)."""
    known = table["share_15_64"].where(
        table["share_15_64"].between(0, 1)
    )  # secrecy leaves a few impossible shares
    rest = 1 - known.fillna(known.mean())
    return pd.DataFrame(
        {
            "insee_code": table["insee_code"], "name": table["name"], "departement": table["departement_code"],
            "epci": table["epci_siren"], "basin": table["bv2022"], "cpts": "", "inside": "indicator",
            "lat": table["lat"].round(5), "lon": table["lon"].round(5), "population": table["population"],
            "area_km2": table["area_km2"], "share_0_14": (rest * YOUNG_OF_THE_REST).round(4),
            "share_65_plus": (rest * (1 - YOUNG_OF_THE_REST)).round(4), "median_income_eur": "", "relief": "plain",
        }
    )  # fmt: skip


def gps(table: pd.DataFrame, france: pd.DataFrame) -> pd.DataFrame:
    """Settle GPs: those of France shared out by SIRENE's shape, of which the communes asked for are kept."""
    shape = dict(zip(france["insee_code"], france["sirene2018_gp"].astype(float), strict=True))
    people = dict(zip(france["insee_code"], france["population"].astype(float), strict=True))
    counts = apportion(GPS_OF_FRANCE, shape, tie=people)
    here = table[["insee_code", "lat", "lon"]].assign(
        count=table["insee_code"].map(counts).fillna(0).astype(int)
    )
    rows = here.loc[here.index.repeat(here["count"])].reset_index(drop=True)
    number = rows.groupby("insee_code").cumcount() + 1
    slots = activity(len(rows))
    told = pd.DataFrame(dict.fromkeys(COLUMNS["practitioners.csv"], ""), index=rows.index)
    return told.assign(
        id="gp-" + rows["insee_code"] + "-" + number.astype(str), role="gp", insee_code=rows["insee_code"],
        lat=rows["lat"].round(5), lon=rows["lon"].round(5), slots_per_year=slots,
        half_days_per_week=[half_days(one) for one in slots],
    )  # fmt: skip


def activity(count: int) -> list[int]:
    """Spread the national quantiles of activity over GPs in an order that follows no map, to the national mean."""
    at = (np.arange(count) * 0.6180339887498949 + 0.5) % 1  # golden ratio: evenly, and never twice the same
    places, values = zip(*ACTIVITY, (1.0, 9_500.0), strict=True)
    drawn = np.interp(at, places, values)
    return [int(slots) for slots in np.rint(drawn * SLOTS_PER_GP / drawn.mean())]


def has_gp_near(france: pd.DataFrame) -> pd.Series:
    """Which communes have a GP within reach (a few of Guyane have none)."""
    km = 60.0
    towns = on_the_globe(france[france["sirene2018_gp"] > 0])
    away, _ = cKDTree(towns).query(on_the_globe(france))
    return pd.Series(away * EARTH_RADIUS_KM <= km, index=france.index)


def hospitals(data: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Write the general hospitals of the communes asked for, each in the nearest one."""
    known = pd.read_csv(data / "france_hospitals.csv", dtype={"finess_et": str})
    known = known[known["facility_type"].isin(GENERAL_HOSPITALS)].dropna(subset=["lat", "lon"])
    tree = cKDTree(table[["lat", "lon"]].to_numpy())
    away, place = tree.query(known[["lat", "lon"]].to_numpy())
    known, place = known[away < 0.1], place[away < 0.1]
    told = pd.DataFrame(dict.fromkeys(COLUMNS["hospitals.csv"], ""), index=known.index)
    return told.assign(
        finess_et=known["finess_et"].str.zfill(9), name=known["name"], emergency="yes",
        insee_code=table["insee_code"].to_numpy()[place], lat=known["lat"].round(5), lon=known["lon"].round(5),
    ).drop_duplicates("finess_et")  # fmt: skip


def compile_territory(data: Path, folder: Path, departements: list[str]) -> None:
    """Write the territory."""
    france = pd.read_parquet(data / "france_communes.parquet")
    middles = france.groupby("departement_code")[["lat", "lon"]].transform("mean")
    france[["lat", "lon"]] = france[["lat", "lon"]].fillna(middles)
    france = france.dropna(subset=["lat"])
    france["area_km2"] = france["area_km2"].fillna(france["area_km2"].median())
    france["bv2022"] = france["bv2022"].fillna(france["departement_code"])
    france = france[has_gp_near(france)]
    table = france[france["departement_code"].isin(departements)] if departements else france
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "communes.csv": communes(table),
        "practitioners.csv": gps(table, france),
        "hospitals.csv": hospitals(data, table),
        "structures.csv": pd.DataFrame(columns=COLUMNS["structures.csv"]),
    }
    for file, rows in tables.items():
        ordered = rows[list(COLUMNS[file])].sort_values(COLUMNS[file][0])
        ordered.to_csv(folder / file, index=False, lineterminator="\n")


def main() -> None:
    """Write a territory folder from the tables of France."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.compile.france", description=__doc__)
    parser.add_argument(
        "data", type=Path, help="folder holding france_communes.parquet and france_hospitals.csv"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="territory folder to write")
    parser.add_argument("--departement", nargs="*", default=[], help="codes; none means all France")
    arguments = parser.parse_args()
    compile_territory(arguments.data, arguments.output, arguments.departement)


if __name__ == "__main__":
    main()
