"""Where people are seen: every flow is large enough to be told, and none is lost without a word."""

import pandas as pd
import pytest

from cpts.dashboard.flows import ELSEWHERE, Lived, drawn, lived, merged, met_in
from cpts.dashboard.places import Places
from experiments.effect import FEWEST_PEOPLE, FEWEST_PRACTICES
from texts import LANGUAGES


@pytest.fixture(scope="module")
def places():
    return Places(("baseline", "canton"))


@pytest.fixture(scope="module")
def canton(places):
    return places.by_name["canton"].scenario


@pytest.fixture(scope="module")
def canton_met(canton):
    return met_in(canton)


def test_people_are_seen_where_gps_practise(canton, canton_met):
    carers = canton.territory.practitioners
    assert set(canton_met.met["destination"]) <= set(carers.loc[carers["role"] == "gp", "insee_code"])
    assert 0.5 * 3600 < canton_met.met["people"].sum() < 3 * 3600


def test_a_commune_of_two_practices_is_told_with_its_basin_and_a_hamlet_with_nobody_else_not_at_all(
    canton, canton_met
):
    flows = merged(canton.territory, canton_met)
    assert {one.destination for one in flows} == {"basin:Pont-sur-Aiguette"}
    assert {one.origin for one in flows} == {
        "Pont-sur-Aiguette",
        "Bas-Aiguette",
        "La Filature",
        "Les Terrasses",
    }


@pytest.mark.parametrize("seen", [1, 5_000])
def test_no_place_under_three_hundred_people_or_three_practices_stands_alone(places, seen):
    territory = places.territories["baseline"]
    communes = territory.communes
    everybody = dict(zip(communes["insee_code"], communes["population"].astype(int), strict=True))
    carers = territory.practitioners
    gps = carers.loc[carers["role"] == "gp", "insee_code"].value_counts().to_dict()
    inside = communes[communes["inside"]]
    met = pd.DataFrame(
        [(one, other, seen) for one in inside["insee_code"] for other in gps],
        columns=["origin", "destination", "people"],
    )
    flows = merged(territory, Lived(met, everybody, gps))
    size = dict(zip(inside["name"], inside["population"], strict=True))
    there = {name: gps.get(code, 0) for code, name in zip(inside["insee_code"], inside["name"], strict=True)}
    for one in flows:
        assert one.origin not in size or size[one.origin] >= FEWEST_PEOPLE
        assert one.destination not in there or there[one.destination] >= FEWEST_PRACTICES
        assert one.people >= 11
    if seen > 1:
        assert sum(one.people for one in flows) == met["people"].sum()
        assert ELSEWHERE in {one.destination for one in flows}


def test_lines_and_table_say_the_same_inside_the_frame(canton, canton_met):
    for lang in LANGUAGES:
        told = drawn(canton.territory, merged(canton.territory, canton_met), lang)
        for line in told["lines"]:
            for x, y in (line["from"], line["to"]):
                assert 0 <= x <= told["map"]["width"]
                assert 0 <= y <= told["map"]["height"]
            assert "basin:" not in line["origin"] + line["destination"]


def test_an_action_is_lived_beside_today(canton):
    then = canton.with_(policies={"install": {"gps": 1, "commune": "99001"}})
    sides = lived(canton, then)
    assert list(sides) == ["today", "then"]
    assert sum(one.people for one in sides["then"]) > sum(one.people for one in sides["today"])
