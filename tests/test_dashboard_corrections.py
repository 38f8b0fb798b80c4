"""Figures corrected in place: what may be typed, what it changes, what is said of it, how it is taken back."""

import io
import zipfile

import pandas as pd
import pytest
import yaml

from cpts.dashboard.corrected import corrected, written
from cpts.dashboard.correcting import Work, said, settled, sheet
from cpts.dashboard.corrections import OBSERVED, checked
from cpts.dashboard.owned import Owned
from cpts.dashboard.places import Places
from cpts.dashboard.service import Service, Settings
from cpts.dashboard.staffed import counts, half_days_mean
from simulation.scenario import load
from simulation.territory import read_territory
from texts import LANGUAGES, say

TOWN, HAMLET = "99001", "99002"


@pytest.fixture(scope="module")
def places():
    return Places()


@pytest.fixture(scope="module")
def canton(places):
    return places.by_name["canton"]


def put_right(canton, **given):
    found, troubles = checked({key.replace("__", ":"): text for key, text in given.items()}, canton.scenario)
    assert troubles == ()
    return corrected("canton", canton.scenario, found)


def gps_of(came, commune):
    carers = came.scenario.territory.practitioners
    return carers[(carers["role"] == "gp") & (carers["insee_code"] == commune)]


@pytest.mark.parametrize("name", ["baseline", "canton", "national", "two-valleys", "village"])
def test_every_territory_that_is_written_is_read_again_as_it_was(tmp_path, places, name):
    territory = places.territories[name]
    written(territory, tmp_path)
    for (_, one), (_, other) in zip(read_territory(tmp_path).tables(), territory.tables(), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_one_more_gp_is_one_more_in_that_commune_and_nowhere_else(canton):
    came = put_right(canton, gps__99001="3")
    assert counts(came.scenario.territory, "gps") == {TOWN: 3, HAMLET: 1}
    assert came.scenario.territory.communes.equals(canton.scenario.territory.communes)


def test_the_eldest_goes_leaves_or_closes_first(canton):
    before = gps_of(came := put_right(canton, gps__99001="1"), TOWN)
    assert list(before["age"]) == [45.0]
    came = put_right(canton, leaving__99001="1", month__99001="06/2027", closed__99001="1")
    told = gps_of(came, TOWN).set_index("age")
    assert dict(told["leaving"]) == {45.0: "", 61.0: "2027-06"}
    assert dict(told["accepts_new"]) == {45.0: "yes", 61.0: "no"}


def test_longer_weeks_offer_more_slots_in_the_same_proportion(canton):
    mean = half_days_mean(canton.scenario)
    came = put_right(canton, half_days__=str(mean * 1.1).replace(".", ","))
    more = (
        gps_of(came, TOWN)["slots_per_year"]
        / gps_of(put_right(canton, nurses__99001="9"), TOWN)["slots_per_year"]
    )
    assert more.round(3).tolist() == [1.1, 1.1]


def test_what_was_observed_stands_beside_and_moves_no_carer(canton):
    asked = {"ald_without_usual_gp_share": "9,4 %", "ed_per_1000": "1 310"}
    given = {f"observed__{name}": text for name, text in asked.items()}
    given |= {f"year__{name}": "2025" for name in asked} | {f"source__{name}": "CPAM" for name in asked}
    came = put_right(canton, **given)
    observed = came.scenario.territory.observed.set_index("indicator")
    assert observed["value"].to_dict() == {"ald_without_usual_gp_share": 0.094, "ed_per_1000": 1310.0}
    assert set(observed["source"]) == {"CPAM"}
    assert came.scenario.territory.practitioners.equals(canton.scenario.territory.practitioners)


def test_whoever_gave_a_figure_is_chosen_from_a_list_and_never_a_name_that_was_typed(canton):
    found, _ = checked(
        {
            "observed:ed_per_1000": "310",
            "year:ed_per_1000": "2025",
            "source:ed_per_1000": "Dr Martin 06 12 34 56 78",
        },
        canton.scenario,
    )
    assert [one.also for one in found] == ["Rézone-CPTS"]


def test_the_folder_taken_away_is_the_very_scenario_that_was_simulated(tmp_path, canton):
    came = put_right(canton, gps__99002="2", same_day__="20")
    with zipfile.ZipFile(io.BytesIO(came.folder)) as packed:
        packed.extractall(tmp_path)
    from cpts.cli import shipped

    again = load(tmp_path / "mon-territoire.yaml", [shipped.folder()])
    assert again.content_hash == came.scenario.content_hash != canton.scenario.content_hash
    told = yaml.safe_load((tmp_path / "mon-territoire.yaml").read_text())
    assert told["parameters"] == {"supply": {"same_day_share": 0.2}}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"gps:99001": "trois"}, "fix_number"),
        ({"gps:99001": "2,5"}, "fix_whole"),
        ({"gps:99001": "-1"}, "fix_whole"),
        ({"gps:99001": ""}, "fix_empty"),
        ({"gps:99001": "9e9"}, "fix_number"),
        ({"gps:99001": "0", "gps:99002": "0"}, "fix_nobody"),
        ({"leaving:99002": "1"}, "fix_month_wrong"),
        ({"leaving:99002": "1", "month:99002": "13/2027"}, "fix_month_wrong"),
        ({"leaving:99001": "3", "month:99001": "2027-06"}, "fix_more"),
        ({"closed:99001": "2", "gps:99001": "1"}, "fix_more"),
        ({"half_days:": "40"}, "fix_range"),
        ({"observed:ed_per_1000": "<6", "year:ed_per_1000": "2025"}, "fix_number"),
        ({"observed:without_usual_gp_share": "112", "year:without_usual_gp_share": "2025"}, "fix_range"),
        ({"observed:ed_per_1000": "310", "year:ed_per_1000": "hier"}, "fix_year_wrong"),
    ],
)
def test_what_cannot_be_is_refused_whole_with_a_sentence_in_both_languages(canton, given, code):
    from cpts.dashboard.correcting import _told

    kept, troubles = checked({**given, "nurses:99001": "4"}, canton.scenario)
    assert (kept, [one.code for one in troubles]) == ((), [code])
    for lang in LANGUAGES:
        assert "{" not in _told(troubles[0], canton, lang)


def test_keys_that_no_page_sends_change_nothing(canton):
    nonsense = {
        "gps:00000": "3",
        "nurses:../..": "1",
        "salary:": "9",
        "": "",
        "observed:secret": "1",
        "half_days:99001": "3",
    }
    assert checked(nonsense, canton.scenario) == ((), ())


def test_a_figure_typed_back_as_it_was_is_no_correction_any_more(canton):
    before, _ = checked({"gps:99001": "3", "same_day:": "20"}, canton.scenario)
    after, _ = checked({"gps:99001": "2"}, canton.scenario, before)
    assert [one.key for one in before] == ["gps:99001", "same_day:"]
    assert [one.key for one in after] == ["same_day:"]


def test_every_correction_is_told_in_both_languages_with_what_was_there(canton):
    found, _ = checked(
        {
            "gps:99001": "3", "nurses:99001": "4", "closed:99001": "1", "leaving:99001": "1", "month:99001": "2027-06",
            "half_days:": "9", "same_day:": "20", "observed:ed_per_1000": "310", "year:ed_per_1000": "2025",
        },
        canton.scenario,
    )  # fmt: skip
    assert len(found) == 7
    told = said(found[0], canton, "fr").replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Pont-sur-Aiguette : médecins généralistes, 2 → 3"
    assert all("{" not in said(one, canton, lang) for one in found for lang in LANGUAGES)


def test_the_page_tells_nothing_of_doctors_who_leave_or_are_closed_before_it_is_told(places):
    told = sheet(places.by_name["baseline"], (), "fr")
    assert {one["leaving"] + one["closed"] + one["month"] for one in told["communes"]} == {""}
    assert [one["name"] for one in told["observed"]] == list(OBSERVED)
    assert sum(int(one["gps"]) for one in told["communes"]) == 17


@pytest.fixture
def shared():
    made = Service(Settings(workers=0))
    made.owned = Owned(made.places, made._forgotten, most=3, grace=0)
    yield made
    made.engine.close()


def test_a_corrected_place_is_its_page_s_own_and_takes_the_place_of_the_former_one(shared, canton):
    moves = []
    first, _ = checked({"gps:99001": "3"}, canton.scenario)
    second, _ = checked({"nurses:99001": "5"}, canton.scenario, first)
    for rank, found in enumerate((first, second), start=1):
        place = shared.places.by_name[moves[-1]["place"] if moves else "canton"]
        came = corrected("canton", canton.scenario, found)
        outcome = settled(shared, "me", Work(rank, "canton", found), came, place, moves.append)
        assert (outcome.troubles, outcome.rank) == ((), rank)
    before, after = (one["place"] for one in moves)
    assert shared.places.source(after) == "canton"
    assert shared.owned.is_held("me", after)
    assert not shared.owned.is_held("someone else", after)
    assert not shared.owned.is_held("me", before)
    shared.owned.leave("me")
    for timer in [one for one in __import__("threading").enumerate() if hasattr(one, "finished")]:
        timer.join(5)
    assert set(shared.places.by_name) & {before, after} == set()


def test_when_too_many_places_are_held_the_page_says_so_and_keeps_its_own(shared, canton):
    found, _ = checked({"gps:99001": "3"}, canton.scenario)
    came, moves = corrected("canton", canton.scenario, found), []
    place = shared.places.by_name["canton"]
    told = [
        settled(shared, f"page {at}", Work(1, "canton", found), came, place, moves.append) for at in range(4)
    ]
    assert [bool(one.troubles) for one in told] == [False, False, False, True]
    assert say("dashboard.own_full", "fr")
    assert len(moves) == 3
