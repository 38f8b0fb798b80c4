"""The shipped studies were frozen before they were run, and their tables are found again."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from experiments.archive import kept, reproduce
from experiments.freezing import deviate, deviations, frozen
from experiments.store import Store
from experiments.study import Study

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = sorted((ROOT / "experiments" / "studies").glob("*/"))
NAMES = [folder.name for folder in FOLDERS]
PRIMARY = "answered_48h_per_1000"


def study(name):
    return Study(ROOT / "experiments" / "studies" / name, ROOT / "scenarios")


@cache
def found(name):
    return kept(study(name)).comparison


def effect(name, scenario):
    return found(name).of(scenario).difference(PRIMARY)


def test_five_studies_are_shipped():
    assert len(FOLDERS) == 5


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_study_is_what_was_frozen_and_ran_whole(name):
    asked = study(name)
    assert frozen(asked)["hash"] == asked.protocol.digest
    assert {one.field.split(".")[0] for one in deviations(asked)} == {"scenarios"}  # since fitted to France
    before = (asked.folder / "frozen.json").read_bytes()
    assert deviate(asked, date.today()) == []
    assert (asked.folder / "frozen.json").read_bytes() == before
    assert json.loads((asked.folder / "ledger.json").read_text())["failed"] == []
    assert found(name).worlds == 20
    assert 8 <= found(name).luck <= 16


@pytest.mark.parametrize("name", NAMES)
def test_the_first_pairs_of_a_shipped_study_give_its_table_again_to_the_bit(name, tmp_path):
    same = reproduce(study(name), Store(tmp_path), first=1)
    assert same.rows > 1000
    assert same.differing == 0, same.versions


def test_no_usual_mission_alone_changes_the_answer_by_a_useful_difference():
    for name in ("gp_access", "unscheduled_care", "prevention", "city_hospital"):
        assert effect("which-mission-first", name).p_within == 1.0
    assert (
        effect("which-mission-first", "care_pathways").futures(
            effect("which-mission-first", "care_pathways").p_better
        )
        == 3
    )


def test_more_slots_answer_more_and_thirty_a_week_cannot_be_told():
    few, usual, many = (
        effect("how-many-slots", name) for name in ("slots_few", "unscheduled_care", "slots_many")
    )
    assert few.mean < usual.mean < many.mean
    assert (many.futures(many.p_better), many.futures(many.p_worse)) == (5, 0)


def test_a_departure_costs_more_than_sharing_patients_out_gives_back():
    alone, spread = (effect("what-a-departure-costs", name) for name in ("two_retire", "two_retire_spread"))
    assert alone.mean < -30
    assert abs(spread.mean - alone.mean) < 5
    assert alone.futures(alone.p_worse) == 20


def test_the_hypothesis_on_assistants_did_not_hold():
    missions, assistants = (
        effect("assistants-or-missions", name) for name in ("aci_on_missions", "aci_on_assistants")
    )
    assert missions.mean > assistants.mean
    assert assistants.p_within == 1.0


def test_no_structure_turns_the_sign_of_shared_slots():
    found = kept(study("does-it-survive-the-unknowns"))
    means = [
        found.under(one).of("unscheduled_care").by_world(PRIMARY, "luck").mean()
        for one in found.study.structures
    ]
    assert len(means) == 5
    assert min(means) > 0
