"""A comparison that was stopped goes on where it was, and gives what it would have given."""

import json

import pandas as pd
import pytest

from experiments.compare import compare
from experiments.remembered import Remembered
from experiments.store import Store
from experiments.totals import counted
from simulation import run
from simulation.scenario import load
from tests.test_cli import said
from tests.test_study import SHIPPED

SHORT = ["days=28", "warm_up_days=14", "ring=off"]


@pytest.fixture(scope="module")
def asked():
    today = load(SHIPPED / "village.yaml", [SHIPPED], SHORT)
    slots = [*SHORT, "policies.unscheduled_care.gps=1", "policies.unscheduled_care.slots_per_week=2"]
    return today, [load(SHIPPED / "village.yaml", [SHIPPED], slots)]


@pytest.fixture(scope="module")
def plain(asked):
    return compare(*asked, worlds=3, luck=2)


class Counting:
    """Lives scenarios, and counts them."""

    def __init__(self):
        self.times = 0

    def __call__(self, scenario):
        self.times += 1
        return run(scenario)


def never(scenario):
    raise AssertionError("lived again")


def test_what_is_kept_is_read_back_to_the_bit(asked, tmp_path):
    store = Store(tmp_path)
    first = Remembered(store)(asked[0])
    store.fold()
    again = Remembered(store, never)(asked[0])
    expected = counted(run(asked[0]))
    for one in (first, again):
        pd.testing.assert_frame_equal(one.rows, expected.rows, check_exact=True)
        assert json.dumps(dict(one.told), sort_keys=True) == json.dumps(dict(expected.told), sort_keys=True)


def test_a_comparison_that_was_stopped_lives_only_what_is_missing(asked, plain, tmp_path):
    store, lives = Store(tmp_path), Counting()

    def stop(so_far, _):
        if so_far.worlds + so_far.luck == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(*asked, worlds=3, luck=2, run=Remembered(store, lives), watch=stop)
    assert lives.times == 6
    whole = compare(*asked, worlds=3, luck=2, run=Remembered(store, lives))
    assert lives.times == 10
    pd.testing.assert_frame_equal(whole.pairs, plain.pairs, check_exact=True)
    assert whole.actions == plain.actions
    assert whole.calibrated == plain.calibrated
    store.fold()
    again = compare(*asked, worlds=3, luck=2, run=Remembered(store, never))
    pd.testing.assert_frame_equal(again.pairs, plain.pairs, check_exact=True)


def test_runs_of_another_version_of_the_code_are_not_read(asked, tmp_path):
    Remembered(Store(tmp_path, "a" * 64))(asked[0])
    with pytest.raises(AssertionError, match="lived again"):
        Remembered(Store(tmp_path, "b" * 64), never)(asked[0])
    assert Store(tmp_path, "a" * 64).kept(asked[0].content_hash) is not None


def test_a_run_that_failed_is_tried_anew(asked, tmp_path):
    store, lives = Store(tmp_path), Counting()

    def broken(scenario):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Remembered(store, broken)(asked[0])
    Remembered(store, lives)(asked[0])
    assert lives.times == 1


def test_the_command_keeps_and_takes_up_again(tmp_path):
    folder = tmp_path / "kept"
    line = ["compare", "village", "village", "--set", "policies.unscheduled_care.gps=1", "--days", "28"]
    line += ["--set", "warm_up_days=14", "--worlds", "1", "--workers", "1", "--json"]
    plain = said(*line)
    for _ in range(2):
        done = said(*line, "--keep", str(folder))
        assert done.exit_code == 0
        assert json.loads(done.stdout) == json.loads(plain.stdout)
    tables = list(folder.glob("code-*/*.parquet"))
    assert len(tables) == 1
    assert pd.read_parquet(tables[0])["key"].nunique() == 4


def test_a_folder_that_cannot_be_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    done = said("compare", "village", "village", "--set", "policies.unscheduled_care.gps=1", "--worlds", "1",
                "--workers", "1", "--keep", str(tmp_path / "file"))  # fmt: skip
    assert done.exit_code == 2
    assert "--keep" in done.stderr
    assert "Traceback" not in done.stderr
