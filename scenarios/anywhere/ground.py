"""Communes of the whole country, each figure from the best file that was given (socle)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from scenarios.anywhere.rules import Filled, filled
from scenarios.compile.france import YOUNG_OF_THE_REST
from scenarios.official.source import Read

MOUNTAIN = frozenset("04 05 06 07 09 12 15 2A 2B 38 43 48 63 65 66 73 74".split())
"""Départements of which most communes are in the mountains (general knowledge, unchecked)."""
SPARSE = 40.0
"""People for a square kilometre under which a commune of those is taken to have slow roads (assumed)."""
TWO_THIRDS = 2 / 3
"""Of those of 60 to 74, the part that is 65 or more: ten years of fifteen."""


def ground(files: Mapping[str, Read]) -> tuple[pd.DataFrame, list[Filled]]:
    """Lay on the national table what other files tell better: legal populations, names, EPCI, ages.

    The table has one row a commune: `insee_code`, `name`, `departement`, `epci`, `basin`, `lat`, `lon`,
    `population`, `area_km2`, `share_0_14`, `share_65_plus`, `relief`, `postcodes` and SIRENE's shapes.
    """
    communes = files["national"].table.copy()
    rules: list[Filled] = []
    communes["population"] = communes["population"].astype(float)
    former = successors(files)
    if "populations" in files:
        rules += over(communes, files["populations"].table, "population", former)
    if "cog" in files:
        renamed(communes, files["cog"].table)
    if "epci" in files:
        federations(communes, files["epci"].table)
    rules += aged(communes, files, former)
    communes = completed(communes)
    communes["relief"] = relief(communes)
    communes["population"] = communes["population"].round().astype(int)
    return communes, rules


def successors(files: Mapping[str, Read]) -> dict[str, str]:
    """The commune in which a former one is found now (fusion)."""
    if "cog" not in files:
        return {}
    table = files["cog"].table
    gone = table[(table["parent"] != "") & (table["kind"] != "ARM")]
    return dict(zip(gone["insee_code"], gone["parent"], strict=True))


def brought(codes: pd.Series, former: Mapping[str, str]) -> pd.Series:
    """Codes of today for codes of any year."""
    return codes.map(lambda code: former.get(code, code))


def over(communes: pd.DataFrame, table: pd.DataFrame, name: str, former: Mapping[str, str]) -> list[Filled]:
    """Put a figure of another file in place; those of merged communes add up, unknown communes are told."""
    codes = brought(table["insee_code"], former).where(~table["insee_code"].isin(communes["insee_code"]),
                                                       table["insee_code"])  # fmt: skip
    sums = table.groupby(codes)[name].sum(min_count=1)
    told = communes["insee_code"].map(sums)
    communes[name] = told.fillna(communes[name])
    merged = int(
        (~table["insee_code"].isin(communes["insee_code"]) & codes.isin(communes["insee_code"])).sum()
    )
    unknown = int((~codes.isin(communes["insee_code"])).sum())
    rules = [filled("merged", merged)] if merged else []
    return rules + ([filled("other_year", unknown)] if unknown else [])


def renamed(communes: pd.DataFrame, cog: pd.DataFrame) -> None:
    """Official names; a commune of the table that the COG of another year does not know keeps its own."""
    names = cog[cog["kind"] == "COM"].set_index("insee_code")["name"]
    told = communes["insee_code"].map(names)
    communes["name"] = told.fillna(communes["name"])


def federations(communes: pd.DataFrame, epci: pd.DataFrame) -> None:
    """The EPCI of today; its label is kept beside its number."""
    numbers = epci.set_index("insee_code")["epci"]
    labels = epci.set_index("insee_code")["label"]
    told = communes["insee_code"].map(numbers)
    communes["epci"] = told.fillna(communes["epci"])
    communes["epci_label"] = communes["insee_code"].map(labels).fillna("")


def aged(communes: pd.DataFrame, files: Mapping[str, Read], former: Mapping[str, str]) -> list[Filled]:
    """Shares of the young and of the old: by year of age, by band, by what is not 15–64, or as in France."""
    rules: list[Filled] = []
    communes["share_0_14"] = communes["share_0_14"].astype(float)
    communes["share_65_plus"] = communes["share_65_plus"].astype(float)
    for kind in ("ages", "bands"):
        if kind in files:
            shares = _shares(files[kind].table, former, set(communes["insee_code"]))
            lacking = communes["share_0_14"].isna()
            for name in ("share_0_14", "share_65_plus"):
                told = communes["insee_code"].map(shares[name])
                communes[name] = communes[name].where(~lacking, told)
            if kind == "bands":
                rules.append(filled("sixty_five", int(lacking.sum() - communes["share_0_14"].isna().sum())))
    lacking = communes["share_0_14"].isna() | communes["share_65_plus"].isna()
    rest = 1 - communes["share_15_64"].where(communes["share_15_64"].between(0, 1))
    unknown = lacking & rest.isna()
    by_departement = rest.groupby(communes["departement"]).transform("mean").fillna(rest.mean()).fillna(0.386)
    rest = rest.fillna(by_departement)
    communes.loc[lacking, "share_0_14"] = (rest * YOUNG_OF_THE_REST)[lacking]
    communes.loc[lacking, "share_65_plus"] = (rest * (1 - YOUNG_OF_THE_REST))[lacking]
    communes["ages_told"] = np.where(unknown, "departement", np.where(lacking, "rest", "file"))
    return rules


def _shares(table: pd.DataFrame, former: Mapping[str, str], known: set[str]) -> pd.DataFrame:
    codes = table["insee_code"].where(table["insee_code"].isin(known), brought(table["insee_code"], former))
    sums = table.groupby(codes)[["young", "old", "all"]].sum(min_count=1)
    sums = sums[sums["all"] > 0]
    return pd.DataFrame(
        {"share_0_14": sums["young"] / sums["all"], "share_65_plus": sums["old"] / sums["all"]}
    )


def completed(communes: pd.DataFrame) -> pd.DataFrame:
    """A commune without place stands in the middle of its département; without area, it has the median one."""
    lost = communes["lat"].isna() | communes["lon"].isna()
    middles = communes.groupby("departement")[["lat", "lon"]].transform("mean")
    communes[["lat", "lon"]] = communes[["lat", "lon"]].fillna(middles)
    communes["placed"] = ~lost
    without_area = communes["area_km2"].isna()
    communes["area_km2"] = communes["area_km2"].fillna(communes["area_km2"].median()).fillna(15.0)
    communes["measured"] = ~without_area
    known = communes[communes["lat"].notna() & communes["population"].notna()]
    return known.assign(basin=known["basin"].where(known["basin"] != "", known["departement"]))


def relief(communes: pd.DataFrame) -> pd.Series:
    """Sparse communes of mountain départements have slow roads (`valley`), the others do not (assumed)."""
    density = communes["population"] / communes["area_km2"].clip(lower=0.01)
    slow = communes["departement"].isin(MOUNTAIN) & (density < SPARSE)
    return pd.Series(np.where(slow, "valley", "plain"), index=communes.index)
