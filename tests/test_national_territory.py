"""France on average: an invented territory has the make-up of France, in size, distance, supply and ages."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy.spatial import cKDTree

from scenarios.compile import national
from scenarios.compile.tables import COLUMNS, write_territory
from simulation.territory import minutes_to_places
from simulation.territory.travel import EARTH_RADIUS_KM, haversine_km, minutes, road_minutes, within_minutes
from tests.territories import SCENARIOS, shipped

FRENCH_COMMUNES = SCENARIOS.parent.parent / "shared" / "data" / "france_communes.parquet"
SIZES = (0, 500, 1_000, 2_000, 5_000, 20_000, 10**9)
# Metropolitan France: legal populations 2023, communes with a GP in SIRENE 2018, the minutes of the model.
PEOPLE_BY_SIZE = (0.062, 0.070, 0.095, 0.151, 0.232, 0.390)
PEOPLE_WITH_GP = 0.851
PEOPLE_WITHIN = {4: 0.478, 5: 0.708, 6: 0.821, 8: 0.934, 10: 0.979, 15: 0.999}
MEAN_MINUTES = 4.66


@pytest.fixture(scope="module")
def territory():
    return shipped("national").territory


@pytest.fixture(scope="module")
def gps(territory):
    return territory.practitioners[territory.practitioners["role"] == "gp"]


@pytest.fixture(scope="module")
def people(territory):
    return territory.communes["population"].to_numpy(dtype=float)


@pytest.fixture(scope="module")
def nearest(territory, gps):
    """Minutes to the nearest GP, by commune."""
    return minutes_to_places(territory, gps).min(axis=1)


def by_size(people):
    whole = np.histogram(people, SIZES, weights=people)[0]
    return whole / whole.sum()


def within(minutes_of, people):
    return [float(people[minutes_of <= limit].sum() / people.sum()) for limit in PEOPLE_WITHIN]


def test_it_can_be_written_again(tmp_path):
    write_territory(tmp_path, national.national())
    for file in COLUMNS:
        assert (tmp_path / file).read_bytes() == (national.FOLDER / file).read_bytes(), file


def test_it_has_the_people_and_gps_of_an_average_cpts(territory, gps, people):
    assert people.sum() == 82_000
    assert len(gps) == 63
    assert gps["slots_per_year"].sum() == 63 * 4_389
    assert territory.communes["inside"].all()
    assert set(territory.communes["cpts"]) == {"national"}


def test_people_live_in_communes_of_the_sizes_of_france(people):
    assert by_size(people) == pytest.approx(PEOPLE_BY_SIZE, abs=0.005)


def test_as_many_people_as_in_france_have_a_gp_in_their_commune(territory, gps, people):
    served = territory.communes["insee_code"].isin(gps["insee_code"]).to_numpy()
    assert people[served].sum() / people.sum() == pytest.approx(PEOPLE_WITH_GP, abs=0.01)


def test_people_are_as_far_from_the_nearest_gp_as_in_france(nearest, people):
    near, *far = within(nearest, people)
    assert far == pytest.approx(list(PEOPLE_WITHIN.values())[1:], abs=0.08)
    assert near == pytest.approx(PEOPLE_WITHIN[4], abs=0.2)  # the town puts 39 % of people at one distance
    assert np.average(nearest, weights=people) == pytest.approx(MEAN_MINUTES, abs=0.2)


def test_as_many_people_as_in_france_are_far_from_an_emergency_department(territory, people):
    towards = minutes_to_places(territory, territory.hospitals)
    assert 0.06 <= people[towards.min(axis=1) > 30].sum() / people.sum() <= 0.10
    one, other = territory.hospitals[["lat", "lon"]].to_numpy()
    assert 35 <= road_minutes(haversine_km(*one, *other), valley=False) <= 45


def test_the_draw_of_diaries_adds_no_desert(territory, gps):
    basins = gps["insee_code"].map(territory.communes.set_index("insee_code")["basin"])
    by_basin = gps["slots_per_year"].groupby(basins).mean() / 4_389
    assert len(by_basin) == 3
    assert by_basin.between(0.9, 1.1).all()


def test_gps_work_and_age_as_those_of_france(gps):
    acts = gps["slots_per_year"] * 4_230 / 4_389
    quantiles = acts.quantile([0.10, 0.25, 0.50, 0.75, 0.90]).to_numpy()
    assert quantiles == pytest.approx([1_450, 2_850, 4_170, 5_540, 7_040], rel=0.06)
    assert (gps["age"] > 60).mean() == pytest.approx(0.34, abs=0.01)
    assert (gps["msp"] != "").sum() == 10  # 15.6 %
    assert (gps["cpts"] != "").sum() == 16  # 25 %


def test_no_lone_gp_of_a_hamlet_is_among_the_busiest(territory, gps):
    small = territory.communes.loc[territory.communes["population"] < 500, "insee_code"]
    alone = gps[gps["insee_code"].isin(small)]
    assert len(alone) == 1
    assert (alone["slots_per_year"] <= gps["slots_per_year"].median()).all()


def test_supply_is_spread_as_in_france(territory, gps, people):
    """GPs within a quarter of an hour: D9/D1 of the official index is 2.24."""
    reach = (minutes(territory) <= 15).astype(float)
    counts = territory.communes["insee_code"].map(gps["insee_code"].value_counts()).fillna(0).to_numpy()
    access = reach @ (counts / (reach.T @ people))
    order = np.argsort(access)
    rank = np.cumsum(people[order]) / people.sum()
    low, high = (access[order][np.searchsorted(rank, share)] for share in (0.1, 0.9))
    assert 1.8 <= high / low <= 3.3


def test_income_is_that_of_france(territory, people):
    income = territory.communes["median_income_eur"].to_numpy(dtype=float)
    assert np.average(income, weights=people) == pytest.approx(23_000, rel=0.002)


def test_it_asks_its_question_without_a_policy():
    document = yaml.safe_load((SCENARIOS / "national.yaml").read_text(encoding="utf-8"))
    assert "policies" not in document
    assert Path(document["territory"]).name == "national"


def test_the_figures_of_france_are_those_of_its_communes():
    if not FRENCH_COMMUNES.is_file():
        pytest.skip("the public tables are not beside the repository")
    rows = pd.read_parquet(FRENCH_COMMUNES)
    rows = rows[
        rows["lat"].notna() & rows["area_km2"].notna() & ~rows["departement_code"].str.startswith("97")
    ]
    people = rows["population"].to_numpy(dtype=float)
    served = (rows["sirene2018_gp"] > 0).to_numpy()
    assert by_size(people) == pytest.approx(PEOPLE_BY_SIZE, abs=0.001)
    assert people[served].sum() / people.sum() == pytest.approx(PEOPLE_WITH_GP, abs=0.001)
    lat, lon = np.radians(rows["lat"]), np.radians(rows["lon"])
    place = EARTH_RADIUS_KM * np.c_[np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    km, _ = cKDTree(place[served]).query(place)
    nearest = np.where(served, within_minutes(rows["area_km2"]), road_minutes(km, valley=False))
    assert within(nearest, people) == pytest.approx(list(PEOPLE_WITHIN.values()), abs=0.002)
    assert np.average(nearest, weights=people) == pytest.approx(MEAN_MINUTES, abs=0.01)
