"""Nothing finished is lost or doubled, whatever stops the work; whoever does it, the table is the same."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from experiments.batch import TRIES, WORKER_DIED, run_many
from experiments.designs import replayed
from experiments.executors import dask, dask_here, spawned
from experiments.store import JOURNAL, TABLE, Finished, Store, batches, failures
from experiments.worlds import luck
from simulation import run
from simulation.faults import Refused
from tests.territories import scenario

DAYS = {"days": 14, "warm_up_days": 7}
ROOT = Path(__file__).resolve().parent.parent


def plan(futures=3):
    village = scenario("village", **DAYS)
    helped = village.with_(policies={"unscheduled_care": {"gps": 1, "slots_per_week": 2}})
    return replayed({"today": village, "action": helped}, luck(village, futures))


def counted(folder, scenario):
    """Live a run and leave a trace of it, to see how often each was lived."""
    with (Path(folder) / scenario.content_hash).open("a") as file:
        file.write("lived\n")
    return run(scenario)


def lived_once(folder):
    return {path.name: path.read_text().count("lived") for path in Path(folder).iterdir()}


def dies_at(folder, seed, times, scenario):
    """Take the worker down during the runs of one seed, so many times."""
    mark = Path(folder) / "deaths"
    dead = len(mark.read_text()) if mark.exists() else 0
    if scenario.seed == seed and dead < times:
        mark.write_text("x" * (dead + 1))
        os.kill(os.getpid(), signal.SIGKILL)
    return run(scenario)


def raises_at(seed, scenario):
    if scenario.seed == seed:
        raise ArithmeticError("this one cannot be lived")
    return run(scenario)


@pytest.fixture(scope="module")
def expected():
    return run_many(plan())


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    return True


def test_a_run_kept_is_a_run_lived(expected):
    one = plan()[0]
    table = run(one.scenario).table
    row = table[(table["month"] == "all") & (table["commune"] == "all") & (table["group"] == "all")]
    row = row[row["indicator"] == "acts_per_inhabitant"].iloc[0]
    mine = expected[(expected["scenario"] == "today") & (expected["number"] == 1)]
    mine = mine[(mine["indicator"] == "acts_per_inhabitant") & (mine["group"] == "all")].iloc[0]
    assert (mine["value"], mine["n"], mine["seed"]) == (row["value"], row["n"], one.scenario.seed)


def test_two_processes_threads_and_dask_give_the_same_table(expected, tmp_path):
    assert same(run_many(plan(), spawned(2)), expected)
    with ThreadPoolExecutor(2) as threads:
        assert same(run_many(plan(), threads), expected)
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp://",
        host="tcp://127.0.0.1",
    ) as cluster:  # fmt: skip
        assert cluster.scheduler_address.startswith("tcp://")
        assert same(run_many(plan(), dask(cluster.scheduler_address), Store(tmp_path)), expected)


def test_workers_that_dask_begins_on_this_machine_give_the_same_table(expected, tmp_path):
    pytest.importorskip("distributed")
    with dask_here(1) as executor:
        assert same(run_many(plan(), executor, Store(tmp_path)), expected)


def test_a_scheduler_that_does_not_answer_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr("experiments.executors.SECONDS_TO_ANSWER", 0.2)
    with pytest.raises(Refused) as refused:
        dask("tcp://127.0.0.1:9")
    assert [fault.code for fault in refused.value.faults] == ["no_scheduler"]


def test_a_worker_killed_on_the_way_costs_no_finished_run_and_nothing_is_doubled(expected, tmp_path):
    lived, marks = tmp_path / "store", tmp_path / "marks"
    marks.mkdir()
    seed = plan()[2].scenario.seed
    store = Store(lived)
    table = run_many(plan(), spawned(2), store, run=partial(dies_at, marks, seed, 1))
    assert (marks / "deaths").read_text() == "x"
    assert same(table, expected)
    assert same(run_many(plan(), None, store), expected)
    kept = store.table()
    assert len(kept) == len(kept.drop_duplicates(["key", "indicator", "group"])) == len(expected)


def test_a_run_that_always_takes_its_worker_down_is_given_up_by_name_and_the_others_are_lived(
    expected, tmp_path
):
    asked = plan()[:3]
    poison = asked[2].scenario.seed
    table = run_many(asked, spawned(2), Store(tmp_path / "store"), run=partial(dies_at, tmp_path, poison, 99))
    failed = table[table["error"] != ""]
    assert set(failed["seed"]) == {poison}
    assert set(failed["error"]) == {WORKER_DIED}
    # A death is sometimes noticed before its note can be read: the run is then tried once more among the others.
    assert len((tmp_path / "deaths").read_text()) in (1 + TRIES, 2 + TRIES)
    others = expected[expected["seed"] == asked[0].scenario.seed].reset_index(drop=True)
    assert same(table[table["error"] == ""].reset_index(drop=True), others)


def test_a_run_that_fails_is_a_row_with_its_error_and_is_tried_anew(expected, tmp_path):
    store, seed = Store(tmp_path), plan()[2].scenario.seed
    table = run_many(plan(), None, store, run=partial(raises_at, seed))
    failed = table[table["error"] != ""]
    assert set(failed["error"]) == {"ArithmeticError: this one cannot be lived"}
    assert len(failed) == 2
    assert len(failures(store.table())) == 2
    assert same(run_many(plan(), None, store), expected)


def test_an_interrupted_batch_goes_on_where_it_stopped(expected, tmp_path):
    lived, store = tmp_path / "lived", Store(tmp_path / "store")
    lived.mkdir()

    def stop(done, total):
        assert total == 6
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_many(plan(), None, store, watch=stop, run=partial(counted, lived))
    assert len(store.finished()) == 2
    told = []
    table = run_many(plan(), None, store, watch=lambda *one: told.append(one), run=partial(counted, lived))
    assert same(table, expected)
    assert told == [(3, 6), (4, 6), (5, 6), (6, 6)]
    assert set(lived_once(lived).values()) == {1}


def test_a_torn_tail_costs_its_own_world_only(expected, tmp_path):
    store = Store(tmp_path)
    rows = pd.DataFrame({"indicator": ["a"], "group": ["all"], "value": [1.0], "n": [2.0]})
    journal = store.journal()
    for key in ("first", "second", "third"):
        journal.write(Finished(key, rows))
    path = next(store.folder.glob(f"*{JOURNAL}"))
    whole = path.read_bytes()
    journal.close()
    for cut in (1, 9, 40, 200):
        path.write_bytes(whole[:-cut])
        assert {batch["key"][0].as_py() for batch in batches(path)} == {"first", "second"}
    path.write_bytes(b"")
    assert store.finished() == set()


def test_a_full_disk_keeps_what_was_written_before(tmp_path):
    """On a disk of 400 kB; where none can be mounted the same error is raised by hand."""
    disk, mounted = tmp_path / "disk", False
    disk.mkdir()
    if os.geteuid() == 0:
        asked = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
        mounted = subprocess.run(asked, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("no disk can be mounted here")
    try:
        store = Store(disk)
        with pytest.raises((OSError, pa.ArrowException)):
            run_many(plan(40), None, store)
        before = store.finished()
        assert 0 < len(before) < 80
        shutil.copytree(store.root, tmp_path / "larger")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    larger = Store(tmp_path / "larger")
    assert before <= larger.finished()
    table = run_many(plan(40), None, larger)
    assert len(larger.finished()) == 80
    assert not table["error"].any()


def test_two_processes_on_one_store_neither_lose_nor_double(expected, tmp_path):
    code = (
        "import sys; from experiments.batch import run_many; from experiments.store import Store; "
        "from tests.test_batch import plan; run_many(plan(), None, Store(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    store = Store(tmp_path)
    kept = store.table()
    assert len(kept.drop_duplicates(["key", "indicator", "group"])) == len(kept) == len(expected)
    lived = tmp_path / "lived"
    lived.mkdir()
    assert same(run_many(plan(), None, store, run=partial(counted, lived)), expected)
    assert lived_once(lived) == {}
    assert not list(store.folder.glob(f"*{JOURNAL}"))
    assert list(store.folder.glob(f"*{TABLE}"))


def test_results_of_changed_code_are_kept_apart(expected, tmp_path):
    rows = pd.DataFrame({"indicator": ["a"], "group": ["all"], "value": [1.0], "n": [2.0]})
    older = Store(tmp_path, code="f" * 64)
    with older.journal() as journal:
        journal.write(Finished("of older code", rows))
    older.fold()
    assert Store(tmp_path).finished() == set()
    assert same(run_many(plan(), None, Store(tmp_path)), expected)
    assert older.finished() == {"of older code"}


def test_what_is_kept_opens_in_duckdb_in_one_line(expected, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    run_many(plan(), None, Store(tmp_path))
    found = duckdb.sql(f"select count(*), count(distinct key) from '{tmp_path}/*/*.parquet'").fetchall()[0]
    assert found == (len(expected), 6)
