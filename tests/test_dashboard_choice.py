"""What an address may ask of the dashboard, and what a move leaves of it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts.dashboard import drawn_map
from cpts.dashboard.aims import EFFORTS, sizes
from cpts.dashboard.choice import PAGES, Choice, placed, read_address
from cpts.dashboard.facts import facts
from cpts.dashboard.levers import BY_NAME, LEVERS, OPENING, acted, gps_of, offered, policies, stepped, top_of
from cpts.dashboard.places import Places, titles
from cpts.dashboard.words import panel, words
from experiments.report.files import valued
from simulation.policies import LEVERS as KINDS
from texts import LANGUAGES, say


@pytest.fixture(scope="module")
def places():
    return Places()


def usual(lever, territory):
    return tuple(stepped(one, one.usual, territory) for one in lever.sliders)


def test_an_address_gives_back_the_view_it_was_made_from(places):
    levers = placed(
        {"unscheduled_care": "6,4", "retire": "2", "ed_closure": "on"}, places.territories["baseline"]
    )
    choice = Choice("baseline", levers, True, "en", "more", True)
    assert dict(levers) == {"unscheduled_care": (6, 4), "retire": (2,), "ed_closure": ()}
    assert read_address("?" + choice.address(), places.territories, "canton") == choice
    nothing = Choice("canton", ())
    assert read_address(nothing.address(), places.territories, "baseline") == nothing


def test_an_empty_address_opens_the_example_on_the_first_territory(places):
    choice = read_address("", places.territories, "baseline")
    assert (choice.place, choice.done, choice.lang, choice.page) == (
        "baseline",
        dict(OPENING),
        "fr",
        "compare",
    )


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [*BY_NAME, "place", "lang", "page", "clock", "mark", "levers", "territory", "custom"]
        ),
        st.text(max_size=20) | st.lists(st.floats(), max_size=4).map(lambda some: ",".join(map(str, some))),
        max_size=6,
    )
)
def test_whatever_an_address_says_the_scenario_is_possible(places, told):
    from urllib.parse import urlencode

    choice = read_address(urlencode(told), places.territories, "canton")
    assert choice.place in places.territories
    assert choice.page in PAGES
    territory = places.territories[choice.place]
    for name, asked in choice.levers:
        for slider, size in zip(BY_NAME[name].sliders, asked, strict=True):
            assert slider.least <= size <= max(top_of(slider, territory), slider.least)
    acted(places.by_name[choice.place].scenario, choice.done, titles(choice))


@pytest.mark.parametrize("place", ["baseline", "canton", "village"])
def test_every_lever_can_be_pulled_everywhere_and_does_something(places, place):
    scenario = places.by_name[place].scenario
    for lever in offered(scenario.territory):
        then = acted(scenario, {lever.name: usual(lever, scenario.territory)}, {"fr": "x"})
        assert not then.policies[lever.name].is_void, lever.name


def test_sliders_are_fields_of_their_lever_within_its_bounds_and_shocks_stand_apart(places):
    for lever in LEVERS:
        kind = KINDS[lever.name]
        assert {one.field for one in lever.sliders} <= set(kind.model_fields), lever.name
        assert kind.is_shock == (lever.group == "shocks"), lever.name
    assert "custom" not in BY_NAME


def test_the_sum_under_a_slider_is_the_one_of_the_scenario(places):
    territory = places.territories["baseline"]
    for lever in (one for one in LEVERS if one.total):
        asked = usual(lever, territory)
        policy = KINDS[lever.name](**policies({lever.name: asked}, territory)[lever.name])
        product = 1.0
        for size in asked:
            product *= size
        assert policy.totals()[lever.total] == product


@pytest.mark.parametrize("lang", LANGUAGES)
def test_levers_are_told_in_words_and_a_meeting_has_few(places, lang):
    territory = places.territories["baseline"]
    every, few = panel(territory, lang, False), panel(territory, lang, True)
    text = json.dumps([every, words(lang)], ensure_ascii=False)
    assert "intensity" not in text
    assert sum(len(group["levers"]) for group in few) == 3
    assert [group["name"] for group in every][-1] == "shocks"


def test_basins_are_drawn_once_each_inside_their_frame(places):
    for territory in places.territories.values():
        drawn = drawn_map.drawing(territory)
        inside = territory.communes[territory.communes["inside"]]
        assert [one.basin for one in drawn.shapes] == sorted(set(inside["basin"]))
        for one in drawn.shapes:
            assert 0 <= one.x <= drawn.width
            assert 0 <= one.y <= drawn.height


def test_efforts_ask_no_more_people_than_there_are(places):
    for territory in places.territories.values():
        for mission in EFFORTS:
            tried = sizes(mission, territory)
            assert max(tried.get("gps", (0,))) <= gps_of(territory)
            assert all(tried.values())


def test_carers_of_a_territory_are_counted_and_never_listed(places):
    told = {one["label"]: one["value"] for one in facts(places.territories["canton"], "fr")}
    assert told[say("dashboard.fact_gps", "fr")] == "3"
    assert all(len(value) < 8 for value in told.values())


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@sum", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_kept_a_text(cell):
    assert valued(cell) == f"'{cell}"


def test_emergency_departments_are_those_known_to_be_open(places):
    told = {one["label"]: one["value"] for one in facts(places.territories["baseline"], "fr")}
    assert (
        told["services d’urgences aux environs"] == "5"
    )  # twenty hospitals around, of which six are unknown


def test_the_department_that_closes_is_the_nearest_of_most_people(places):
    closed = policies({"ed_closure": ()}, places.territories["baseline"])
    assert closed["ed_closure"]["hospital"] == "300000023"  # Alès, not the university hospital of Nîmes
