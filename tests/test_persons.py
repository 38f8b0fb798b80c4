"""The same people are followed in every scenario: what became of them, and all that they lived through."""

import shutil
from datetime import date

import pandas as pd
import pytest

from experiments.archive import archive, keep, reproduce, unpacked
from experiments.fates import Fate
from experiments.freezing import freeze
from experiments.outcome import run_study
from experiments.persons import EVENTS, PERSONS, PROFILE, followed_pairs, keep_persons, logged, members
from experiments.report.contents import Made
from experiments.report.followed import balances
from experiments.report.of_study import study_report
from experiments.store import Store
from simulation import run
from tests.territories import scenario
from tests.test_study import written

DAY = date(2027, 1, 4)
ASKED = {
    "subgroups": ["ald", "car"], "changes": ["days=56", "warm_up_days=28", "ring=off"],
    "uncertainty": {"draws": 1, "chance": {"pilot": 2, "most": 2}}, "keep": {"persons": 60, "events": True},
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    study = written(tmp_path_factory.mktemp("followed") / "a-village", **ASKED)
    freeze(study, DAY)
    found = run_study(study, Store(study.folder / "results"))
    keep(found)
    keep_persons(study, study.folder / "persons")
    return found


def of(lived, name, file=PERSONS):
    table = pd.read_parquet(lived.study.folder / file)
    return table[table["scenario"] == name].reset_index(drop=True)


def test_the_same_adults_are_followed_in_every_scenario(lived):
    today = of(lived, "")
    assert today.groupby("number")["person"].nunique().tolist() == [60, 60]
    assert today["age"].min() >= 18
    for name in lived.study.names:
        then = of(lived, name)
        same = ["number", "seed", "person", *PROFILE]
        pd.testing.assert_frame_equal(then[same], today[same])
    assert len(followed_pairs(lived.study, 2)) == 2 * 3


def test_whoever_lives_without_any_action_lives_the_same_year(lived):
    names = list(Fate._fields)
    pd.testing.assert_frame_equal(of(lived, "nothing")[names], of(lived, "")[names])
    assert not of(lived, "slots")[names].equals(of(lived, "")[names])
    assert of(lived, "")["answered"].sum() > 20


def test_a_log_that_is_emptied_each_day_holds_what_a_log_that_is_not_holds():
    village = scenario("village", days=28, warm_up_days=14)
    rows = list(range(100))
    whole = run(village, follow=rows).lives
    told, first, last = logged(village, rows)
    assert last - first + 1 == 28
    names = ["day", "patient", "event", "first", "second"]
    pd.testing.assert_frame_equal(told, whole[names].astype("int32"), check_dtype=False)


def test_no_life_is_cut_however_long_the_log(monkeypatch):
    import experiments.persons as persons

    village = scenario("village", days=14, warm_up_days=0)
    rows = list(range(400))
    events, *_ = logged(village, rows)
    busiest = int(events.groupby("day").size().max())
    monkeypatch.setattr(persons, "LOG_ROWS", busiest)
    again, *_ = logged(village, rows)
    assert len(events) > 2 * busiest
    pd.testing.assert_frame_equal(again, events)
    monkeypatch.setattr(persons, "LOG_ROWS", busiest - 1)
    with pytest.raises(persons.Refused):
        logged(village, rows)


def test_events_are_of_the_people_followed_on_counted_days_and_say_what_happened(lived):
    events, people = of(lived, "", EVENTS), of(lived, "")
    assert set(events["person"]) <= set(people["person"])
    assert events["day"].between(0, 55).all()
    told = events["what"].value_counts()
    assert told["emergency"] == people["want_of_slot"].sum()
    assert told["emergency"] + told["given up"] == people["unserved"].sum() > 0
    assert set(pd.read_parquet(lived.study.folder / EVENTS)["scenario"]) == {"", "slots", "nothing"}


def test_groups_of_people_are_those_of_every_table():
    people = pd.DataFrame({"age": [20, 75, 85], "ald": [True, False, True], "basin": ["A", "", "B"]})
    assert members(people, "age:70-79").tolist() == [False, True, False]
    assert members(people, "age:80+").tolist() == [False, False, True]
    assert members(people, "ald:no").tolist() == [False, True, False]
    assert members(people, "basin:B").tolist() == [False, False, True]
    assert members(people, "all").all()


def test_a_basin_of_few_people_or_few_practices_is_never_named(lived):
    assert set(of(lived, "")["basin"]) == {""}  # a village has two GPs


def test_the_report_counts_better_and_worse_lives_pair_by_pair(lived):
    found = {(one.scenario, one.group): one for one in balances(lived, lived.study.folder / PERSONS)}
    nothing, slots = found["nothing", "all"], found["slots", "all"]
    assert (nothing.better, nothing.worse, nothing.chance) == (0.0, 0.0, 1.0)
    assert slots.people == 120
    assert slots.better + slots.worse > 0
    document = study_report(lived, Made("1.0", "0123", DAY), [], "en")
    table = next(one for one in document.tables if one.name == "persons")
    assert {len(row) for row in table.rows} == {len(table.heads)}


def test_people_are_followed_again_from_the_archive_to_the_bit(lived, tmp_path):
    archive(lived.study, tmp_path / "a.zip")
    study = unpacked(tmp_path / "a.zip", tmp_path / "there")
    same = reproduce(study, Store(tmp_path / "results"), first=1)
    pairs = lived.pairs[lived.pairs["number"] == 1]
    assert (same.rows, same.differing) == (len(pairs) + 60 * 3, 0)
    people = pd.read_parquet(study.folder / PERSONS)
    people.loc[0, "waited"] += 1
    people.to_parquet(study.folder / PERSONS, index=False)
    assert reproduce(study, Store(tmp_path / "results"), first=1).differing == 1


def test_a_run_that_was_followed_is_not_lived_again_and_another_sample_is_another(lived, tmp_path):
    told = []
    keep_persons(lived.study, lived.study.folder / "persons", watch=lambda *one: told.append(one))
    assert told == []
    folder = tmp_path / "a-village"
    shutil.copytree(lived.study.folder, folder, ignore=shutil.ignore_patterns("results"))
    other = written(folder, **{**ASKED, "keep": {"persons": 20}})
    keep_persons(other, folder / "persons", watch=lambda *one: told.append(one))
    assert told[-1] == (6, 6) or len(told) > 0
    assert len(pd.read_parquet(folder / PERSONS)) == 20 * 6
