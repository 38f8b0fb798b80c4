"""The same scenario and seed give the same table, to the bit, whatever else the machine does."""

import multiprocessing
import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
import pytest

from simulation import load, read_results, run, warm
from simulation.territory import read_territory
from tests.territories import SCENARIOS, scenario

BRIEF = {"days": 45, "warm_up_days": 30}
MISSION = {"unscheduled_care": {"gps": 2, "slots_per_week": 4}}
EARLY = {"unscheduled_care": {"gps": 2, "slots_per_week": 4, "start": "2026-12-16"}}
LATE = {"unscheduled_care": {"gps": 2, "slots_per_week": 4, "start": "2027-01-20"}}
ELSEWHERE = """
import sys
from pathlib import Path
from simulation import load, run
home = Path(sys.argv[1])
asked = load(home / "canton.yaml", [home]).with_(days=45, warm_up_days=30, policies=eval(sys.argv[2]))
run(asked).write(sys.argv[3])
"""


def same(one, other):
    """Every value of two tables is the same number, not merely close."""
    pd.testing.assert_frame_equal(one, other, check_exact=True, check_categorical=True)
    assert one["value"].to_numpy().tobytes() == other["value"].to_numpy().tobytes()


@pytest.fixture(scope="module")
def asked():
    return scenario("canton", policies=MISSION, **BRIEF)


@pytest.fixture(scope="module")
def table(asked):
    return run(asked).table


def test_another_seed_gives_another_table(asked, table):
    other = run(asked.with_(seed=asked.seed + 1)).table
    assert not table["value"].equals(other["value"])


def test_a_scenario_lived_twice_gives_the_same_table(asked, table):
    same(run(asked).table, table)
    same(run(asked, from_warm=False).table, table)


def test_what_lived_before_in_the_same_process_changes_nothing(asked, table):
    run(scenario("village", **BRIEF, seed=99))
    run(asked.with_(parameters={"supply.leave_weeks": 8}, seed=3))
    same(run(asked, from_warm=False).table, table)
    run(asked.with_(policies={"unscheduled_care": {"gps": 3, "slots_per_week": 9}}))
    same(run(asked).table, table)


def test_a_run_writes_nothing_in_the_warm_morning_that_it_starts_from(asked):
    built, day = warm(asked)
    before = [
        column.tobytes() for column in (*built.state.patients, *built.state.diary, *built.state.requests)
    ]
    run(asked)
    again, same_day = warm(asked)
    assert again is built and same_day == day == built.calendar.first
    after = [
        column.tobytes() for column in (*built.state.patients, *built.state.diary, *built.state.requests)
    ]
    assert before == after


@pytest.mark.parametrize("policies", [{}, MISSION, EARLY, LATE], ids=["none", "first day", "early", "late"])
def test_the_past_recalled_or_lived_again_gives_the_same_table(policies):
    one = scenario("canton", policies=policies, **BRIEF)
    same(run(one).table, run(one, from_warm=False).table)


def test_days_of_warm_up_do_change_the_table(asked, table):
    """So that the tests above can fail: the past is not without effect."""
    other = run(asked.with_(warm_up_days=29)).table
    assert not table["value"].equals(other["value"])


def test_watching_following_and_verifying_change_nothing(asked, table):
    seen = []
    same(
        run(asked, watch=lambda model: seen.append(model.day), follow=[0, 5, 3599], verify=True).table, table
    )
    assert len(seen) == 75


def test_the_file_holds_the_table_to_the_bit(table, asked, tmp_path):
    run(asked).write(tmp_path / "one.parquet")
    same(read_results(tmp_path / "one.parquet")[0], table)


def elsewhere(python, target, asked_policies, folder, **environment):
    """Start another process, in another folder, with another order of sets and dicts of names."""
    return subprocess.Popen(
        [python, "-c", ELSEWHERE, str(SCENARIOS), repr(asked_policies), str(target)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SCENARIOS.parent), **environment},
    )


def test_results_depend_neither_on_the_process_nor_on_threads_nor_on_hash_seeds(table, tmp_path):
    targets = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    started = [
        elsewhere(
            sys.executable, target, MISSION, tmp_path, NUMBA_NUM_THREADS=threads, PYTHONHASHSEED=threads
        )
        for target, threads in zip(targets, ("1", "2"), strict=True)
    ]
    assert [process.wait(timeout=300) for process in started] == [0, 0]
    for target in targets:
        same(read_results(target)[0], table)


def test_another_version_of_python_gives_the_same_table(table, tmp_path):
    python = os.environ.get("CPTS_OTHER_PYTHON")
    if not python:
        pytest.skip("CPTS_OTHER_PYTHON names no second Python with the same packages")
    asked_version = [python, "-c", "import sys; print(sys.version_info[:2])"]
    version = subprocess.run(asked_version, capture_output=True, text=True, check=True).stdout.strip()
    assert version != str(sys.version_info[:2])
    assert elsewhere(python, tmp_path / "other.parquet", MISSION, tmp_path).wait(timeout=600) == 0
    same(read_results(tmp_path / "other.parquet")[0], table)


def test_workers_give_the_same_tables_as_one_process_whoever_takes_which(asked, table):
    others = [asked.with_(seed=seed) for seed in (1, 2)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=2, mp_context=spawn) as pool:
        found = list(pool.map(run, [others[0], asked, others[1], asked]))
    same(found[1].table, table)
    same(found[3].table, table)
    for one, there in zip(others, (found[0], found[2]), strict=True):
        same(there.table, run(one).table)
        assert there.provenance["content_hash"] == one.content_hash


@pytest.mark.parametrize("name", ["canton", "two-valleys"])
def test_the_order_of_lines_and_columns_in_the_files_of_a_territory_never_matters(name, tmp_path):
    order = random.Random(1)
    folder = tmp_path / name
    folder.mkdir()
    for source in (SCENARIOS / "territories" / name).glob("*.csv"):
        header, *lines = source.read_text(encoding="utf-8").splitlines()
        order.shuffle(lines)
        rows = [line.split(",") for line in (header, *lines)]
        assert len({len(row) for row in rows}) == 1
        columns = list(range(len(rows[0])))
        order.shuffle(columns)
        text = "\n".join(",".join(row[column] for column in columns) for row in rows)
        (folder / source.name).write_text(text + "\n", encoding="utf-8")
    shuffled = read_territory(folder)
    first = scenario(name, policies={"unscheduled_care": {"gps": 2}}, **BRIEF)
    assert shuffled != first.territory
    same(run(first.with_(territory=shuffled)).table, run(first).table)


def test_the_shipped_comparison_of_a_fortnight_is_the_same_from_warm_and_from_scratch():
    brief = {"days": 14, "warm_up_days": 7}
    for name in ("baseline", "unscheduled_care"):
        asked = load(SCENARIOS / f"{name}.yaml", [SCENARIOS]).with_(**brief)
        same(run(asked).table, run(asked, from_warm=False).table)
