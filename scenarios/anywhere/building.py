"""A territory is the communes asked for, those around, their people, carers, houses and hospitals (construction)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scenarios.anywhere import emergency, settling
from scenarios.anywhere.minutes import minutes_to_nearest, within
from scenarios.anywhere.rules import Filled, filled
from scenarios.compile.tables import Row
from scenarios.official.source import Read, Source
from simulation.faults import Fault, Refused

HOSPITAL_MINUTES = 60.0
"""Hospitals farther than that from every commune counted are left out, unless none is nearer."""
FARTHEST_GP_KM = 60.0
KIND_OF_HOUSE = {"msp": "MSP", "health_centre": "CDS"}


class Perimeter(NamedTuple):
    """What is asked: the communes that are counted, the ring around, and the CPTS of each commune."""

    codes: Sequence[str]
    ring: float
    cpts: Mapping[str, str]
    valleys: frozenset[str] | None = None
    """Communes on slow roads, when they are told; otherwise the rule of relief stands."""


class Built(NamedTuple):
    """The tables of a territory, what was filled by which rule, and the files that it rests on."""

    communes: pd.DataFrame
    """`inside` is `indicator` or `ring`."""
    carers: list[Row]
    houses: list[Row]
    hospitals: pd.DataFrame
    ages: pd.DataFrame | None
    rules: tuple[Filled, ...]
    sources: tuple[Source, ...]
    france: Mapping[str, float]
    """National figures by the same rules, to compare with."""


def build(
    asked: Perimeter, communes: pd.DataFrame, files: Mapping[str, Read], rules: Sequence[Filled]
) -> Built:
    """Make the tables; `communes` is the ground of the whole country (see `ground`)."""
    told = list(rules)
    if asked.valleys is not None:
        slow = communes["insee_code"].isin(asked.valleys)
        communes = communes.assign(relief=np.where(slow, "valley", "plain"))
        told.append(filled("valleys_given", int(slow.sum())))
    counts = counts_of(communes, files, told)
    kept = around(asked, communes, told)
    kept, counts_kept = reachable(kept, counts, told)
    houses = houses_of(kept, files, told)
    carers = carers_of(kept, counts_kept, files, houses, asked, told)
    if not any(row["role"] == "gp" for row in carers):
        raise Refused([Fault("territory.no_gp_near", "--ring", details={"value": asked.ring})])
    hospitals = hospitals_of(kept, communes, files, told)
    told += [*of_communes(kept)]
    ages = ages_of(kept, files)
    return Built(kept, carers, houses, hospitals, ages, tuple(told),
                 tuple(read.source for read in files.values()), national(communes, counts))  # fmt: skip


def around(asked: Perimeter, communes: pd.DataFrame, told: list[Filled]) -> pd.DataFrame:
    """The communes counted, then those of the ring."""
    inside = communes[communes["insee_code"].isin(asked.codes)]
    ring = within(communes, inside, asked.ring) if asked.ring > 0 else communes.iloc[:0]
    if len(ring):
        told.append(filled("ring", len(ring), minutes=asked.ring))
    kept = pd.concat([inside.assign(inside="indicator"), ring.assign(inside="ring")])
    kept["cpts"] = kept["insee_code"].map(asked.cpts).fillna("")
    return kept.sort_values("insee_code").reset_index(drop=True)


def counts_of(
    communes: pd.DataFrame, files: Mapping[str, Read], told: list[Filled]
) -> dict[str, dict[str, int]]:
    """Numbers of carers by SIRENE and the national totals, for roles that no file counts."""
    counts = settling.counts_by_sirene(communes)
    for kind in ("rpps", "bpe"):
        if kind in files:
            for role in files[kind].table["role"].unique():
                counts.pop(role, None)
    if "gp" in counts and not counts["gp"]:
        raise Refused([Fault("territory.no_carers", files["national"].source.file)])
    known = {role: number for role, number in counts.items() if number}
    if known:
        told.append(filled("sirene", roles=tuple(sorted(known))))
    if len(known) < len(counts):
        told.append(filled("no_role", roles=tuple(sorted(set(counts) - set(known)))))
    return known


def carers_table(files: Mapping[str, Read]) -> pd.DataFrame | None:
    """Carers that files count: the directory of carers first, then the base of equipment for other roles."""
    some: list[pd.DataFrame] = []
    for kind in ("rpps", "bpe"):
        if kind in files:
            known = {role for table in some for role in table["role"]}
            table = files[kind].table
            some.append(table[~table["role"].isin(known)])
    return pd.concat(some) if some else None


def reachable(
    kept: pd.DataFrame, counts: Mapping[str, Mapping[str, int]], told: list[Filled]
) -> tuple[pd.DataFrame, Mapping[str, Mapping[str, int]]]:
    """Leave out communes that have no GP of the territory within reach (islands, forests of Guyane)."""
    if "gp" not in counts:
        return kept, counts
    with_gp = kept[kept["insee_code"].map(counts["gp"]).fillna(0) > 0]
    if with_gp.empty:
        return kept, counts
    far = minutes_to_nearest(kept, with_gp) > 90
    if far.any():
        told.append(filled("out_of_reach", int(far.sum()), names=tuple(kept["name"][far][:5])))
    return kept[~far].reset_index(drop=True), counts


def houses_of(kept: pd.DataFrame, files: Mapping[str, Read], told: list[Filled]) -> list[Row]:
    """MSPs and health centres that a file names; none is invented."""
    kinds = [kind for kind in ("finess", "bpe_houses") if kind in files]
    if not kinds:
        told.append(filled("no_houses"))
        return []
    places = kept.set_index("insee_code")
    table = files[kinds[0]].table
    table = table[table["kind"].isin(KIND_OF_HOUSE) & table["insee_code"].isin(places.index)]
    town = dict(zip(kept["insee_code"], kept["name"], strict=True))
    rows: list[Row] = []
    for one in table.to_dict("records"):
        code, kind = str(one["insee_code"]), str(one["kind"])
        has_place = pd.notna(one["lat"]) and pd.notna(one["lon"])
        at = (one["lat"], one["lon"]) if has_place else tuple(places.loc[code, ["lat", "lon"]])
        rows.append(
            {
                "id": f"{kind.replace('_', '-')}-" + str(one["id"]), "kind": kind, "insee_code": code,
                "name": str(one["name"] or "") or f"{KIND_OF_HOUSE[kind]} {town[code]}",
                "lat": f"{at[0]:.5f}", "lon": f"{at[1]:.5f}",
            }
        )  # fmt: skip
    return rows


def carers_of(
    kept: pd.DataFrame, counts: Mapping[str, Mapping[str, int]], files: Mapping[str, Read],
    houses: list[Row], asked: Perimeter, told: list[Filled],
) -> list[Row]:  # fmt: skip
    """Carers with their place, diary, house and CPTS."""
    rows = settling.settled(kept, counts)
    table = carers_table(files)
    if table is not None:
        rows += settling.listed(kept, table)
        told += of_files(files)
    settling.diaries(rows, kept)
    gps = sum(row["role"] == "gp" for row in rows)
    told.append(filled("diaries", gps))
    joined = settling.join_houses(rows, houses)
    if joined:
        told.append(filled("in_houses", joined))
    members = settling.join_cpts(rows, dict(asked.cpts))
    if members:
        told.append(filled("members", members))
    return rows


def of_files(files: Mapping[str, Read]) -> list[Filled]:
    """Which carers a file counted, and what it did not say."""
    found: list[Filled] = []
    known: set[str] = set()
    for kind in ("rpps", "bpe"):
        if kind in files:
            table = files[kind].table
            own = table[~table["role"].isin(known)]
            lost = int(table.attrs.get("without_commune", 0))
            roles = tuple(sorted(own["role"].unique()))
            known |= set(roles)
            if roles:
                found.append(filled(f"from_{kind}", len(own), roles=roles, lost=lost or ""))
    return found


def hospitals_of(
    kept: pd.DataFrame, communes: pd.DataFrame, files: Mapping[str, Read], told: list[Filled]
) -> pd.DataFrame:
    """Hospitals within an hour of a commune counted, with an ED when a file says so, else by the rule."""
    columns = ["finess_et", "name", "insee_code", "lat", "lon", "emergency"]
    sites = sites_of(files)
    if sites is None:
        told.append(filled("no_hospitals"))
        return pd.DataFrame(columns=columns)
    sites = emergency.located(sites, communes)
    if sites["moved"].any():
        told.append(filled("moved_sites", int(sites["moved"].sum())))
    if "bpe_emergency" in files:
        has, lonely = emergency.by_places(sites, files["bpe_emergency"].table)
        sites = pd.concat([sites.assign(has=has), added(lonely, communes)], ignore_index=True)
        told.append(filled("ed_told", int(has.sum()) + len(lonely)))
    else:
        sites["has"] = emergency.by_rule(sites, communes)
    near = near_sites(sites, kept[kept["inside"] == "indicator"])
    general = emergency.general(near) | near["has"]
    near = near[general].assign(emergency=lambda table: np.where(table["has"], "yes", "no"))
    if "bpe_emergency" not in files:
        told.append(filled("ed_rule", int(near["has"].sum()), people=emergency.ENOUGH_PEOPLE))
        near["emergency"] = np.where(near["has"], "yes", "unknown")
    told.append(filled("visits", int(near["has"].sum())))
    return near[columns].sort_values("finess_et").reset_index(drop=True)


def sites_of(files: Mapping[str, Read]) -> pd.DataFrame | None:
    """Hospitals: those of FINESS when it has any, else those of the European copy."""
    for kind in ("finess", "sites"):
        if kind in files:
            table = files[kind].table
            table = table[table["kind"] == "hospital"] if "kind" in table else table
            if len(table):
                return table.dropna(subset=["lat", "lon"]).reset_index(drop=True)
    return None


def added(places: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """EDs that a file counts where no hospital is known: a site of their own, numbered in their commune."""
    names = communes.set_index("insee_code")["name"]
    number = places.groupby("insee_code").cumcount() + 1
    return pd.DataFrame(
        {
            "finess_et": "bpe-" + places["insee_code"] + "-" + number.astype(str),
            "name": "Urgences " + places["insee_code"].map(names).fillna(""), "insee_code": places["insee_code"],
            "lat": places["lat"], "lon": places["lon"], "type": "", "has": True,
        }
    )  # fmt: skip


def near_sites(sites: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """Sites within an hour, and in any case the nearest one that has an ED."""
    minutes = minutes_to_nearest(sites.assign(relief="plain"), inside)
    kept = minutes <= HOSPITAL_MINUTES
    with_ed = np.where(sites["has"], minutes, np.inf)
    if len(sites) and np.isfinite(with_ed).any():
        kept[int(with_ed.argmin())] = True
    return sites[kept]


def of_communes(kept: pd.DataFrame) -> list[Filled]:
    """Rules that filled something in the communes kept."""
    rest, departement = (int((kept["ages_told"] == told).sum()) for told in ("rest", "departement"))
    found = [
        filled("ages_rest", rest), filled("ages_departement", departement),
        filled("no_place", int((~kept["placed"]).sum())), filled("no_area", int((~kept["measured"]).sum())),
    ]  # fmt: skip
    found.append(filled("relief", int((kept["relief"] == "valley").sum())))
    return [one for one in found if one.number]


def ages_of(kept: pd.DataFrame, files: Mapping[str, Read]) -> pd.DataFrame | None:
    """People by year of age, where a file tells them."""
    if "ages" not in files:
        return None
    table: pd.DataFrame = files["ages"].table.attrs["by_age"]
    return table[table["insee_code"].isin(kept["insee_code"])]


def national(communes: pd.DataFrame, counts: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """France by the same table and rules."""
    people = communes["population"].sum()
    return {
        "people": float(people),
        "share_0_14": float((communes["share_0_14"] * communes["population"]).sum() / people),
        "share_65_plus": float((communes["share_65_plus"] * communes["population"]).sum() / people),
    }
