import math

import numpy as np
import pytest

from simulation.territory import minutes, minutes_to, minutes_to_places, read_territory
from simulation.territory.travel import haversine_km
from tests.small_territory import TABLES, faults_of, write_territory


@pytest.fixture
def territory(tmp_path):
    return read_territory(write_territory(tmp_path / "small"))


def with_travel(tmp_path, *pairs):
    rows = "".join(f"{origin},{destination},{time}\n" for origin, destination, time in pairs)
    return write_territory(tmp_path / "small", travel="origin,destination,minutes\n" + rows)


def km(one, other):
    """The haversine as textbooks write it."""
    (lat, lon), (other_lat, other_lon) = (map(math.radians, point) for point in (one, other))
    chord = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(chord))


def test_one_degree_of_latitude_is_111_kilometres():
    assert haversine_km(44.0, 4.0, 45.0, 4.0) == pytest.approx(111.195, abs=0.001)


def test_opposite_points_are_half_the_earth_apart():
    assert haversine_km(0.0, 0.0, 0.0, 180.0) == pytest.approx(math.pi * 6371.0088)


def test_roads_of_the_plain_follow_the_formula(territory):
    between = minutes(territory)[0, 2]
    assert between == pytest.approx(2 + 60 * 1.35 * km((44.0, 4.0), (44.0, 4.1)) / 60, abs=1e-9)


def test_a_valley_at_either_end_makes_the_road_slow(territory):
    there_and_back = minutes(territory)[[0, 1], [1, 0]]
    expected = 2 + 60 * 1.55 * km((44.0, 4.0), (44.05, 4.0)) / 47
    assert there_and_back == pytest.approx([expected, expected], abs=1e-9)


def test_inside_a_commune_minutes_grow_with_its_area(territory):
    assert np.diag(minutes(territory)) == pytest.approx(2 + 0.5 * math.sqrt(10 / math.pi) / 40 * 60, abs=1e-9)


def test_minutes_are_the_same_both_ways(territory):
    table = minutes(territory)
    assert (table == table.T).all()


def test_a_point_that_is_no_commune_is_reached_by_the_formula(territory):
    from_plain = minutes_to(territory, 44.10, 4.20, valley=False)
    from_valley = minutes_to(territory, 44.10, 4.20, valley=True)
    assert from_plain[0] == pytest.approx(2 + 1.35 * km((44.0, 4.0), (44.1, 4.2)), abs=1e-9)
    assert from_plain[1] == from_valley[1]  # commune 99002 is itself in a valley
    assert (from_valley[[0, 2]] > from_plain[[0, 2]]).all()


def test_a_practice_stands_in_its_commune(territory):
    to_practices = minutes_to_places(territory, territory.practitioners)
    assert to_practices[0, 0] == minutes(territory)[0, 0]
    assert to_practices[1, 0] == pytest.approx(minutes(territory)[1, 0])


def test_hospitals_outside_are_on_plain_roads(territory):
    there = minutes_to_places(territory, territory.hospitals)
    assert there[:, 0] == pytest.approx(minutes_to(territory, 44.10, 4.20, valley=False))


def test_given_minutes_win_over_the_formula(tmp_path):
    folder = with_travel(tmp_path, (99001, 99002, 33), (99001, 99003, 12.5), (99003, 99002, 40))
    territory = read_territory(folder)
    table = minutes(territory)
    assert table[0, 1] == 33
    assert table[1, 0] == 33  # given one way, taken both ways
    assert table[0, 2] == 12.5
    assert table[2, 2] == pytest.approx(2 + 0.5 * math.sqrt(10 / math.pi) / 40 * 60)
    to_practices = minutes_to_places(territory, territory.practitioners)
    assert to_practices[:, 1].tolist() == table[:, 2].tolist()


def test_a_way_back_may_be_longer(tmp_path):
    folder = with_travel(tmp_path, (99001, 99002, 10), (99002, 99001, 14), (99001, 99003, 5))
    table = minutes(read_territory(folder))
    assert (table[0, 1], table[1, 0]) == (10, 14)


def test_a_pair_that_is_not_given_cannot_be_travelled(tmp_path):
    folder = with_travel(tmp_path, (99001, 99002, 10))
    table = minutes(read_territory(folder))
    assert table[0, 2] == math.inf


def test_a_commune_cut_from_every_practice_is_named(tmp_path):
    folder = with_travel(tmp_path, (99001, 99003, 10))
    (fault,) = faults_of(read_territory, folder)
    assert (fault.code, fault.file) == ("travel_missing", "small/travel.csv")
    assert fault.details["value"] == "99002"
    assert fault.details["pairs"] == ("99002–99001", "99002–99003")


def test_a_commune_without_gp_within_ninety_minutes_is_named(tmp_path):
    far = TABLES["communes.csv"].replace("44.05,4.00", "46.50,4.00")
    (fault,) = faults_of(read_territory, write_territory(tmp_path / "small", communes=far))
    assert fault[:4] == ("unreachable_commune", "small/communes.csv", 2, "insee_code")
    assert fault.details["name"] == "Micocoule"
    assert fault.details["minutes"] > 90


def test_the_basin_left_empty_is_the_nearest_town_with_an_msp(territory):
    assert territory.communes["basin"].tolist() == ["Châtaigne", "Châtaigne", "Plaine"]
