"""Groups crossed on demand: each crossing adds up to its sides, hides small groups and changes nothing else."""

import numpy as np
import pandas as pd
import pytest

from simulation import run
from simulation.counts import AGE_NAMES, GROUP_MASKS, masks_of
from simulation.kernels.codes import GROUPS, PEOPLE
from simulation.running import past_of
from tests.lever_sizes import BRIEF
from tests.territories import results, scenario, shipped

CROSSED = ("age by deprived", "ald by car")


def crossed(*breakdowns):
    return scenario("canton", breakdowns=breakdowns, **BRIEF)


def value(table, indicator, group, column="value"):
    chosen = table[(table["indicator"] == indicator) & (table["group"] == group) & (table["month"] == "all")]
    return float(chosen[column].iloc[0])


def test_a_crossing_tells_each_part_of_one_side_by_the_other():
    names = set(results(crossed("age by deprived")).table["group"])
    assert {"age:30-49 & deprived:no", "age:50-69 & deprived:no", "age:0-17 & deprived:no"} <= names
    assert not any("car" in name for name in names if "&" in name)
    assert not any(name.startswith("age:18-69 &") for name in names)


def test_parts_add_up_to_the_group():
    counts = results(crossed(*CROSSED)).counts
    masks = masks_of(counts)
    for name in ("30-49", "80+"):
        both = masks[f"age:{name} & deprived:yes"] | masks[f"age:{name} & deprived:no"]
        assert np.array_equal(both, GROUP_MASKS[f"age:{name}"])
    together = sum(masks[f"age:{name} & deprived:yes"].astype(int) for name in AGE_NAMES)
    assert np.array_equal(together.astype(bool), GROUP_MASKS["deprived:yes"])
    table = results(crossed(*CROSSED)).table
    people = counts.group[:, :GROUPS, PEOPLE].sum(axis=0)
    part = people[masks["ald:no & car:yes"]].sum() / people[masks["ald:no"]].sum()
    assert value(table, "people", "ald:no & car:yes") == pytest.approx(
        part * value(table, "people", "ald:no")
    )


def test_a_crossing_adds_rows_and_changes_none():
    plain, more = results(scenario("canton", **BRIEF)).table, results(crossed(*CROSSED)).table
    kept = more[~more["group"].astype(str).str.contains("&")]
    for one in ("month", "commune", "group", "indicator", "value", "n"):
        assert plain[one].astype(str).tolist() == kept[one].astype(str).tolist(), one
    assert len(more) > len(plain)


def test_nothing_is_told_of_a_crossed_group_under_300_people():
    told = results(crossed("age by deprived"))
    people = told.table[(told.table["indicator"] == "people") & told.table["group"].str.contains("&")]
    whole = people[people["month"] == "all"]
    assert (whole["n"] * 364 / BRIEF["days"] >= 299).all()
    assert "age:80+ & deprived:yes" in told.provenance["too_small_to_tell"]
    assert "age:80+ & deprived:yes" not in set(told.table["group"])


def test_crossings_are_told_by_month_and_with_delays():
    table = results(crossed("age by car")).table
    one = table[table["group"] == "age:50-69 & car:yes"]
    assert set(one["month"]) > {"all", "2027-02"}
    assert one["indicator"].astype(str).str.contains("delay").any()


def test_the_past_does_not_depend_on_what_is_crossed_but_the_identity_of_results_does():
    plain = shipped("canton")
    asked = plain.with_(breakdowns=CROSSED)
    assert past_of(plain) == past_of(asked)
    assert plain.content_hash != asked.content_hash
    assert asked == plain.with_(breakdowns=(*reversed(CROSSED), CROSSED[0]))


def test_the_shipped_table_holds_no_crossing():
    table = run(scenario("village", **BRIEF)).table
    assert isinstance(table, pd.DataFrame) and not table["group"].astype(str).str.contains("&").any()
