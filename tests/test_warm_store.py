"""Warm mornings kept on disk: the same run from them, and never a wrong one."""

import numpy as np
import pytest

import simulation.running as running
from simulation import run
from simulation.running import keep_warm_in, past_of, warm
from simulation.warm_store import WarmStore
from tests.territories import scenario

BRIEF = {"days": 56, "warm_up_days": 56}


@pytest.fixture
def folder(tmp_path):
    keep_warm_in(tmp_path / "warm")
    running._WARM.kept.clear()
    yield tmp_path / "warm"
    keep_warm_in(None)
    running._WARM.kept.clear()


def kept_of(folder):
    return sorted(folder.glob("*.warm"))


def columns_of(state):
    return {
        f"{name}.{field}": column
        for name, part in state._asdict().items()
        for field, column in part._asdict().items()
    }


def test_a_run_from_a_kept_morning_is_the_same(folder):
    asked = scenario("canton", **BRIEF)
    first = run(asked).table
    [path] = kept_of(folder)
    assert path.stem == past_of(asked)
    running._WARM.kept.clear()
    assert run(asked).table.equals(first)
    mission = {"unscheduled_care": {"gps": 2, "slots_per_week": 3}}
    lived = run(asked.with_(policies=mission)).table
    keep_warm_in(None)
    running._WARM.kept.clear()
    assert run(asked.with_(policies=mission)).table.equals(lived)
    assert len(kept_of(folder)) == 1  # both futures have the same past


def test_every_column_comes_back_and_what_lies_together_still_does(folder):
    asked = scenario("canton", **BRIEF)
    built, day = warm(asked)
    running._WARM.kept.clear()
    again, same_day = warm(asked)
    assert same_day == day
    before, after = columns_of(built.state), columns_of(again.state)
    assert before.keys() == after.keys()
    for name, column in before.items():
        assert column.dtype == after[name].dtype and np.array_equal(column, after[name]), name
    free, days = after["diary.free"], after["diary.days"]
    assert np.shares_memory(free, days)
    assert not free.flags.writeable  # mapped for all: a run copies it


@pytest.mark.parametrize("harm", ["torn", "other", "empty", "no json"])
def test_a_file_that_is_not_whole_is_as_none(folder, harm):
    asked = scenario("canton", **BRIEF)
    first = run(asked).table
    [path] = kept_of(folder)
    content = path.read_bytes()
    harmed = {
        "torn": content[:-1000],
        "other": b"x" + content,
        "empty": b"",
        "no json": content[:20] + b"{\n",
    }
    path.write_bytes(harmed[harm])
    running._WARM.kept.clear()
    assert WarmStore(folder).recall(path.stem) is None
    assert run(asked).table.equals(first)
    assert WarmStore(folder).recall(path.stem) is not None  # written again


def test_the_folder_never_holds_more_than_its_room(folder):
    asked = scenario("canton", **BRIEF)
    warm(asked)
    size = kept_of(folder)[0].stat().st_size
    built, day = running._WARM.recall(past_of(asked))
    small = WarmStore(folder, room=5 * size)
    for number in range(8):
        small.keep(f"{number}", built.state, day)
    assert len(kept_of(folder)) == 5
    assert {path.stem for path in kept_of(folder)} == {"3", "4", "5", "6", "7"}
    WarmStore(folder, room=2 * size).keep("too big", built.state, day)
    assert not (folder / "too big.warm").exists()


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_is_lost(tmp_path, folder):
    (tmp_path / "a file").write_text("")
    keep_warm_in(tmp_path / "a file")
    asked = scenario("canton", **BRIEF)
    assert len(run(asked).table) > 0
