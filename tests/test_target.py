"""Which target can be signed: words follow counts of futures, whatever the way that is better."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from experiments.action import Action
from experiments.effect import Comparison
from experiments.target import Effort, Reached, efforts, name_of, reached, sizes_of, told_effort, told_target
from experiments.wording import Voice
from simulation.faults import Refused
from simulation.indicators import INDICATORS
from tests.territories import scenario

ANSWERED, UNSERVED = "answered_48h_per_1000", "unserved_per_1000"


def comparison(changes, indicator=ANSWERED):
    rows = [
        {"alternative": name, "kind": "world", "number": number, "indicator": indicator, "group": "all",
         "seed": number, "baseline": 700.0, "alternative_value": 700.0 + change, "n": 1000.0}
        for name, some in changes.items()
        for number, change in enumerate(some, start=1)
    ]  # fmt: skip
    return Comparison(pd.DataFrame(rows), {name: Action({}) for name in changes}, INDICATORS)


SMALL, LARGE = "gps=2,slots_per_week=1", "gps=8,slots_per_week=3"
CHANGES = {SMALL: [4.0] * 9 + [12.0], LARGE: [11.0] * 9 + [21.0]}


def test_a_target_is_prudent_in_nine_futures_of_ten_and_out_of_reach_in_none():
    found = {
        (one.effort.sizes["gps"], one.target): one
        for one in reached(comparison(CHANGES), "unscheduled_care", ANSWERED)
    }
    words = {key: (one.futures, one.word) for key, one in found.items()}
    assert words == {
        (2, 5.0): (1, "uncertain"), (2, 10.0): (1, "uncertain"), (2, 20.0): (0, "out_of_reach"),
        (2, 40.0): (0, "out_of_reach"),
        (8, 5.0): (10, "prudent"), (8, 10.0): (10, "prudent"), (8, 20.0): (1, "uncertain"),
        (8, 40.0): (0, "out_of_reach"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("futures", "word"),
    [(20, "prudent"), (18, "prudent"), (17, "ambitious"), (10, "ambitious"), (9, "uncertain"), (2, "uncertain"),
     (1, "out_of_reach"), (0, "out_of_reach")],
)  # fmt: skip
def test_each_word_begins_where_it_is_said_to(futures, word):
    assert Reached(Effort("x", {}), 1.0, futures, 20).word == word


def test_fewer_unserved_is_better_and_a_target_of_exactly_the_change_is_reached():
    fewer = comparison({SMALL: [-10.0] * 10}, UNSERVED)
    found = {one.target: one.futures for one in reached(fewer, "unscheduled_care", UNSERVED, [10.0, 10.1])}
    assert found == {10.0: 10, 10.1: 0}
    assert "−10" in told_target(
        reached(fewer, "unscheduled_care", UNSERVED, [10.0]), 10.0, Voice(fewer, "fr", UNSERVED)
    )


def test_sentences_name_the_highest_prudent_target_and_the_least_effort():
    found = comparison(CHANGES)
    voice = Voice(found, "fr", ANSWERED)
    some = reached(found, "unscheduled_care", ANSWERED)
    large = told_effort([one for one in some if one.effort.sizes["gps"] == 8], voice)
    assert large == (
        "Avec 8 médecins volontaires, 3 créneaux par semaine et par médecin\u202f: "
        "viser +10,0 pour 1\u202f000 est prudent, "
        "+40,0 pour 1\u202f000 est hors de portée."
    )
    assert told_target(some, 10.0, voice).startswith(
        "Pour rendre +10,0 pour 1\u202f000 prudent, il faudrait 8 médecins"
    )
    assert "Aucun des efforts" in told_target(some, 40.0, voice)
    assert "out of reach" in told_effort(some[:4], Voice(found, "en", ANSWERED))


def test_efforts_are_every_combination_of_sizes_of_a_lever_that_is_there():
    asked = scenario("village", policies={"unscheduled_care": {"gps": 1, "slots_per_week": 1}})
    tried = efforts(asked, "unscheduled_care", {"gps": [1, 2], "slots_per_week": [1, 2.5]})
    sizes = {name: (one.policies["unscheduled_care"].gps, one.policies["unscheduled_care"].slots_per_week)
             for name, one in tried.items()}  # fmt: skip
    assert sizes == {name_of({"gps": g, "slots_per_week": s}): (g, s) for g in (1, 2) for s in (1, 2.5)}
    assert sizes_of(name_of({"gps": 1, "slots_per_week": 2.5})) == {"gps": 1, "slots_per_week": 2.5}
    with pytest.raises(Refused) as refused:
        efforts(asked, "prevention", {"gps": [1]})
    assert refused.value.faults[0].code == "no_such_lever"


def cpts(*line):
    return subprocess.run(
        [sys.executable, "-m", "cpts", "--lang", "en", *line], capture_output=True, text=True, check=False
    )


def test_the_verb_gives_the_same_counts_as_the_library(tmp_path):
    path = tmp_path / "slots.yaml"
    path.write_text(
        "title: {en: Slots}\nextends: village.yaml\npolicies: {unscheduled_care: {gps: 1, slots_per_week: 1}}\n"
    )
    line = ("target", "village", str(path), "--set", "days=14", "--set", "warm_up_days=7", "--worlds", "2",
            "--workers", "1", "--effort", "gps=1,2", "--effort", "slots_per_week=2", "--targets", "0,1000")  # fmt: skip
    told = json.loads(cpts(*line, "--json").stdout)
    assert {(one["gps"], one["target"]): one["futures"] for one in told["reached"] if one["target"] == 1000.0} == {
        (1.0, 1000.0): 0, (2.0, 1000.0): 0,
    }  # fmt: skip
    assert {one["worlds"] for one in told["reached"]} == {2}
    printed = cpts(*line).stdout
    assert "out of reach" in printed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("--effort", "gps"), "gps=2,4,6"),
        (("--effort", "gps=two"), "gps=2,4,6"),
        (("--targets", "5;10"), "5,10,20"),
        (("--indicator", "answered_48h_per_100"), "answered_48h_per_1000"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_an_example(line, told):
    done = cpts("target", *line)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
