"""The shipped territories say what their SOURCES.md says, and can be compiled again byte for byte."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from numpy.typing import NDArray

from scenarios.compile import cevennes, invented
from scenarios.compile.apportionment import apportion
from scenarios.compile.tables import COLUMNS, write_territory
from simulation.territory import read_territory
from simulation.territory.travel import haversine_km, road_minutes

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"
TERRITORIES = SCENARIOS / "territories"
PUBLIC_FILES = ROOT.parent / "shared" / "data"
NAMES = ("canton", "chataigne-micocoule", "national", "two-valleys", "village")
CODES = ("insee_code", "departement", "finess_et")

VALLEYS = {
    "inside": "30087 30108 30140 30195 30198 30231 30236 30246 30310 30322 30335 "
    "48067 48097 48098 48144 48148 48155 48171",
    "ring": "30329 48115",
}


def table(territory: str, name: str) -> pd.DataFrame:
    return pd.read_csv(TERRITORIES / territory / f"{name}.csv", dtype=dict.fromkeys(CODES, str))


@pytest.fixture(scope="module")
def communes() -> pd.DataFrame:
    return table("chataigne-micocoule", "communes")


@pytest.fixture(scope="module")
def inside(communes: pd.DataFrame) -> pd.DataFrame:
    return communes[communes["inside"] == "indicator"]


@pytest.fixture(scope="module")
def practitioners() -> pd.DataFrame:
    return table("chataigne-micocoule", "practitioners")


@pytest.fixture(scope="module")
def ours(practitioners: pd.DataFrame) -> pd.DataFrame:
    return practitioners[~practitioners["id"].str.startswith("ring-")]


def kilometres(rows: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.float64]:
    here, there = rows[["lat", "lon"]].to_numpy(), others[["lat", "lon"]].to_numpy()
    return haversine_km(here[:, None, 0], here[:, None, 1], there[:, 0], there[:, 1])


def gps(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["role"] == "gp"]


def test_populations_are_the_legal_ones(inside: pd.DataFrame) -> None:
    people = inside.set_index("name")["population"]
    assert len(inside) == 33
    assert people.sum() == 20_355
    assert people[["Lasalle", "Saint-Jean-du-Gard", "Sauve"]].tolist() == [1_202, 2_586, 1_988]


def test_the_ring_has_the_size_that_the_travel_rule_gives(communes: pd.DataFrame) -> None:
    ring = communes[communes["inside"] == "ring"]
    assert len(ring) == 62
    assert ring["population"].sum() == 44_678
    assert ring["cpts"].isna().all()


def test_every_ring_commune_is_within_fifteen_minutes(communes: pd.DataFrame, inside: pd.DataFrame) -> None:
    ring = communes[communes["inside"] == "ring"]
    valley = (ring["relief"] == "valley").to_numpy()[:, None] | (inside["relief"] == "valley").to_numpy()
    assert road_minutes(kilometres(ring, inside), valley).min(axis=1).max() <= 15


def test_the_valleys_are_the_hand_list(communes: pd.DataFrame) -> None:
    listed = set(" ".join(VALLEYS.values()).split())
    assert set(communes.loc[communes["relief"] == "valley", "insee_code"]) == listed


def test_basins_are_the_msp_towns(communes: pd.DataFrame) -> None:
    assert set(communes["basin"]) == {"Lasalle", "Saint-Jean-du-Gard", "Sauve"}
    town = communes.set_index("name")["basin"]
    assert all(town[name] == name for name in set(communes["basin"]))


def test_two_communes_never_share_a_town_hall(communes: pd.DataFrame) -> None:
    assert not communes.duplicated(["lat", "lon"]).any()


def test_two_hundred_professionals_of_whom_seventeen_gps(ours: pd.DataFrame) -> None:
    assert len(ours) == 200
    assert len(gps(ours)) == 17


def test_msp_towns_hold_six_or_seven_gps_and_about_seventy_professionals(ours: pd.DataFrame) -> None:
    structures = table("chataigne-micocoule", "structures").set_index("id")
    assert sorted(structures["insee_code"]) == ["30140", "30269", "30311"]
    members = ours[ours["insee_code"].isin(structures["insee_code"])]
    assert 6 <= len(gps(members)) <= 7
    assert 60 <= len(members) <= 80
    assert (structures.loc[members["msp"], "insee_code"].to_numpy() == members["insee_code"]).all()
    assert (members["cpts"] == "chataigne-micocoule").all()
    assert ours.drop(members.index)[["msp", "cpts"]].isna().all(axis=None)


def test_slots_are_the_national_mean(ours: pd.DataFrame, practitioners: pd.DataFrame) -> None:
    assert gps(ours)["slots_per_year"].sum() == 17 * 4_389
    everybody = gps(practitioners)
    assert everybody["slots_per_year"].min() >= 700
    assert everybody["half_days_per_week"].between(1, 11).all()
    weekly = everybody["slots_per_year"] / 47.6 / everybody["half_days_per_week"]
    assert weekly.between(7, 16).all()


def test_no_lone_gp_of_a_hamlet_is_among_the_busiest(ours: pd.DataFrame, inside: pd.DataFrame) -> None:
    rows = gps(ours)
    small = inside.loc[inside["population"] < 500, "insee_code"]
    alone = rows[rows["insee_code"].isin(small) & ~rows["insee_code"].duplicated(keep=False)]
    assert len(alone) == 2
    assert (alone["slots_per_year"] <= rows["slots_per_year"].median()).all()


def test_a_third_of_the_gps_is_over_sixty(ours: pd.DataFrame, practitioners: pd.DataFrame) -> None:
    assert (gps(ours)["age"] > 60).sum() == 6
    assert (gps(practitioners)["age"] > 60).mean() == pytest.approx(0.34, abs=0.01)


def test_the_ring_has_the_national_supply(practitioners: pd.DataFrame) -> None:
    ring = practitioners[practitioners["id"].str.startswith("ring-")]
    assert set(ring["role"]) == {"gp"}
    assert len(ring) == 36
    assert ring["slots_per_year"].sum() / 44_678 == pytest.approx(3.37 * 1.045, abs=0.01)


def test_an_emergency_department_is_never_guessed() -> None:
    hospitals = table("chataigne-micocoule", "hospitals").set_index("finess_et")
    assert hospitals.loc["300000023", "emergency"] == "yes"
    assert hospitals.loc["340780717", "emergency"] == "unknown"
    assert hospitals.loc["300780137", ["emergency", "emergency_closed_since"]].tolist() == ["no", "2023-06"]
    assert hospitals["emergency"].value_counts().to_dict() == {"no": 10, "yes": 5, "unknown": 5}


@pytest.mark.parametrize("name", NAMES)
def test_tables_hold_together(name: str) -> None:
    communes, staff = table(name, "communes"), table(name, "practitioners")
    structures = table(name, "structures")
    for file, columns in COLUMNS.items():
        assert tuple(table(name, Path(file).stem).columns) == columns
    assert communes["insee_code"].is_unique
    assert staff["id"].is_unique
    assert set(staff["insee_code"]) <= set(communes["insee_code"])
    assert set(structures["insee_code"]) <= set(communes["insee_code"])
    assert set(staff["msp"].dropna()) <= set(structures["id"])
    assert set(staff["cpts"].dropna()) <= set(communes["cpts"].dropna())
    assert set(communes["relief"]) <= {"plain", "valley"}
    assert communes["share_0_14"].ge(0.02).all()
    assert (communes["share_0_14"] + communes["share_65_plus"]).lt(1).all()
    assert gps(staff)[["age", "half_days_per_week", "slots_per_year"]].notna().all(axis=None)
    assert (TERRITORIES / name / "SOURCES.md").is_file()
    assert all(b"\r" not in path.read_bytes() for path in (TERRITORIES / name).iterdir())


def test_the_canton_is_nearly_full_and_its_msp_empty() -> None:
    communes, staff = table("canton", "communes"), table("canton", "practitioners")
    slots = gps(staff)["slots_per_year"].sum()
    assert (len(communes), communes["population"].sum(), len(gps(staff))) == (5, 3_600, 3)
    assert (3.30 - 0.10) * 3_600 / slots == pytest.approx(0.95, abs=0.015)
    assert staff["msp"].isna().all()
    km = kilometres(communes, table("canton", "hospitals"))
    assert float(road_minutes(km, True)[0, 0]) == pytest.approx(35, abs=0.5)


def test_the_village_is_overloaded() -> None:
    communes, staff = table("village", "communes"), gps(table("village", "practitioners"))
    assert (len(communes), communes["population"].sum()) == (3, 400)
    assert sorted(staff["half_days_per_week"]) == [1, 2]
    assert staff["slots_per_year"].sum() / 400 < 2.5
    assert staff["msp"].nunique() == 1


def test_the_two_valleys_are_copies_out_of_reach() -> None:
    communes = table("two-valleys", "communes")
    one, other = (rows.reset_index(drop=True) for _, rows in communes.groupby("cpts"))
    assert one["population"].tolist() == other["population"].tolist() == [200, 130, 70]
    assert set(one["basin"]).isdisjoint(other["basin"])
    assert kilometres(one, other).min() > 150
    assert kilometres(one, one) == pytest.approx(kilometres(other, other), abs=1e-9)
    assert set(communes["cpts"]) == {"valley-a", "valley-b"}


def test_whole_people_are_shared_by_largest_remainder() -> None:
    assert apportion(10, {"a": 6.0, "b": 6.0, "c": 2.0}, tie={"b": 1.0}) == {"a": 4, "b": 4, "c": 2}
    assert apportion(1, {"a": 1.0, "b": 1.0}, tie={"b": 1.0}) == {"a": 0, "b": 1}


def test_scenarios_name_shipped_files() -> None:
    for path in sorted(SCENARIOS.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.name == "calibrated.yaml":
            assert set(document) == {"parameters"}
            continue
        assert set(document["title"]) == set(document["question"]) == {"fr", "en"}
        assert "territory" in document or (SCENARIOS / document["extends"]).is_file()
        assert "territory" not in document or (SCENARIOS / document["territory"]).is_dir()


def same_files(written: Path, shipped: Path) -> None:
    for file in COLUMNS:
        assert (written / file).read_bytes() == (shipped / file).read_bytes(), f"{shipped.name}/{file}"


def test_the_reconstruction_can_be_compiled_again(tmp_path: Path) -> None:
    if not (PUBLIC_FILES / "cevennes_communes.csv").is_file():
        pytest.skip("the public tables are not beside the repository")
    cevennes.compile_territory(PUBLIC_FILES, tmp_path)
    same_files(tmp_path, TERRITORIES / "chataigne-micocoule")
    cevennes.compile_territory(PUBLIC_FILES, tmp_path / "variant", variant=True)
    same_files(tmp_path / "variant", TERRITORIES / "cevennes-variant-a")


def test_the_two_reconstructions_differ_by_four_communes_of_thirty_three() -> None:
    inside = [
        set(table.loc[table["inside"], "insee_code"])
        for name in ("chataigne-micocoule", "cevennes-variant-a")
        for table in [read_territory(TERRITORIES / name).communes]
    ]
    assert [len(one) for one in inside] == [33, 33]
    assert len(inside[0] - inside[1]) == len(inside[1] - inside[0]) == 4


def test_the_invented_territories_can_be_written_again(tmp_path: Path) -> None:
    write_territory(tmp_path / "canton", invented.canton())
    write_territory(tmp_path / "two-valleys", invented.two_valleys())
    write_territory(
        tmp_path / "village", invented.village(invented.VILLAGE, invented.VILLAGE_GPS, "village", "")
    )
    for name in ("canton", "two-valleys", "village"):
        same_files(tmp_path / name, TERRITORIES / name)
