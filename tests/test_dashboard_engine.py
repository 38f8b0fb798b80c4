"""The dashboard without any browser: who is served next, what is shared, what happens when a worker dies."""

import json
import os
import signal
import time

import pandas as pd
import pytest

from cpts.cli import shipped
from cpts.dashboard.aims import question_of, table
from cpts.dashboard.board import board, is_told_at, whole
from cpts.dashboard.engine import Engine
from cpts.dashboard.inbox import Inbox
from cpts.dashboard.levers import acted
from cpts.dashboard.owned import Owned
from cpts.dashboard.question import Question, Task, start_of
from cpts.dashboard.service import Service, Settings
from experiments.compare import compare

TITLE = {"fr": "Un essai", "en": "A try"}


@pytest.fixture(scope="module")
def start():
    (baseline,) = shipped.read(["village"], [["days=28", "warm_up_days=7"]])
    return start_of(baseline)


@pytest.fixture(scope="module")
def engine():
    with Engine(1) as made:
        yield made


def asked(start, gps, slots=3.0, count=2):
    levers = {"unscheduled_care": (gps, slots)}
    return Question(start, [acted(start.scenario, levers, TITLE)], count)


def answered(engine, question, page="page"):
    engine.ask(page, question.tasks)
    progress = engine.progress(question.tasks)
    until = time.monotonic() + 120
    while not progress.is_over and time.monotonic() < until:
        progress = engine.wait(question.tasks, progress.done, 1)
    return progress


def tasks(name, count):
    return tuple(Task((name, rank), print, ()) for rank in range(count))


def test_the_page_that_has_seen_the_fewest_worlds_is_served_next():
    engine = Engine(0)
    first, second = tasks("first", 5), tasks("second", 5)
    engine.ask("one", first)
    engine.results |= {task.key: None for task in first[:2]}
    engine.ask("two", second)
    assert engine._next() == second[0]
    engine.under_way = {second[0].key: 1, second[1].key: 1, ("second", 2): 1}
    assert engine._next() == first[2]


def test_a_new_move_drops_what_was_left_of_the_former_one():
    engine = Engine(0)
    engine.ask("one", tasks("before", 9))
    engine.ask("one", tasks("after", 9))
    assert engine._next().key == ("after", 0)
    engine.leave("one")
    assert engine._next() is None


def test_two_pages_that_ask_the_same_world_have_it_lived_once():
    engine = Engine(0)
    shared = tasks("same", 2)
    engine.ask("one", shared)
    engine.ask("two", shared)
    engine.under_way[shared[0].key] = 1
    assert engine._next() == shared[1]


def test_what_is_forgotten_is_what_was_not_asked_for_longest():
    engine = Engine(0, room=3)
    for task in tasks("some", 5):
        engine._keep(task, "lived")
        engine.found(tasks("some", 1))
    assert [key[1] for key in engine.results] == [3, 0, 4] or ("some", 0) in engine.results
    assert len(engine.results) == 3


def test_the_answer_is_that_of_the_command_line_to_the_bit(engine, start):
    question = asked(start, 2)
    assert answered(engine, question).is_over
    ours = question.comparison(engine.found(question.tasks)).pairs
    theirs = compare(start.scenario, list(question.named.values()), worlds=2, luck=2).pairs
    left = theirs[~theirs["group"].str.startswith(("commune:", "role:"))].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, left, check_dtype=False, check_exact=True)


def test_today_is_lived_once_for_every_question_asked_of_it(engine, start):
    answered(engine, asked(start, 2))
    before = dict(engine.todays)
    other = asked(start, 1)
    answered(engine, other)
    assert engine.todays.keys() == before.keys()
    assert all(engine.todays[key] is before[key] for key in before)
    found = other.comparison(engine.found(other.tasks))
    assert found.worlds == 2


def test_a_dead_worker_is_replaced_and_its_world_is_lived_all_the_same(engine, start):
    question = asked(start, 2, slots=5.0, count=6)
    engine.ask("page", question.tasks)
    engine.wait(question.tasks, 0, 60)
    dead = engine.workers[0].pid
    os.kill(dead, signal.SIGKILL)
    progress = answered(engine, question)
    assert progress.is_over
    assert progress.problem is None
    assert engine.workers[0].pid != dead
    assert question.comparison(engine.found(question.tasks)).worlds == 6


def test_what_kills_every_process_is_given_up_and_said(engine, monkeypatch):
    monkeypatch.setattr("cpts.dashboard.engine.MOST_DEATHS", 0)
    task = Task(("deadly",), os._exit, (1,))
    engine.ask("page", [task])
    until = time.monotonic() + 60
    while not engine.progress([task]).is_over and time.monotonic() < until:
        engine.wait([task], 0, 1)
    assert engine.progress([task]).problem is not None
    engine.leave("page")


def test_a_board_says_that_it_is_too_early_and_holds_words_only(engine, start):
    question = asked(start, 2)
    answered(engine, question)
    results = engine.found(question.tasks)
    for lang, early in (("fr", "rop tôt pour conclure"), ("en", "oo early to conclude")):
        told = board(question, results, lang)
        text = json.dumps(told, allow_nan=False, ensure_ascii=False)
        assert early in told["headline"] + told["sureness"]
        assert told["early"]
        assert [one["indicator"] for one in told["tiles"]][1:] == [
            "unserved_per_1000",
            "carer_hours",
            "money_eur",
        ]
        assert "intensity" not in text


def test_a_target_is_read_from_every_effort_once_there_are_enough_futures(engine, start):
    question = question_of(start, "gp_access")
    few = question.comparison(engine.found(question.tasks))
    assert few.worlds == 0
    assert answered(engine, question).problem is None
    told = table(
        question.comparison(engine.found(question.tasks)), "gp_access", "answered_48h_per_1000", "fr"
    )
    assert [len(row["cells"]) for row in told["rows"]] == [4, 4, 4, 4]
    assert len(told["heads"]) == 4 + len(told["rows"][0]["costs"])
    assert {cell["word"] for row in told["rows"] for cell in row["cells"]} <= {
        "prudent", "ambitious", "uncertain", "out_of_reach"}  # fmt: skip
    assert told["lead"] in told["targets"]


def test_a_board_is_told_again_when_there_is_enough_new():
    assert is_told_at(1, 28, 0)
    assert not is_told_at(5, 28, 4)
    assert is_told_at(21, 28, 16)
    assert is_told_at(28, 28, 27)
    assert not is_told_at(0, 28, 0)


def test_the_board_names_no_group_of_few_people(engine, start):
    question = asked(start, 2)
    answered(engine, question)
    found = whole(question, engine.found(question.tasks))
    named = [one["basins"] for one in board(question, engine.found(question.tasks), "fr")["basins"]]
    small = [group for group, count in found.practices.items() if count < 3]
    assert small  # the village has two practices
    assert named == []


def test_pages_beyond_the_limit_are_turned_away_and_leave_room_when_they_close():
    shared = Service.__new__(Service)
    shared.settings, shared.engine = Settings(pages=2), Engine(0)
    shared.inbox, shared.owned = Inbox(), Owned(None, print)
    shared._open, shared._lock = set(), __import__("threading").Lock()
    assert [shared.enter(page) for page in "abc"] == [True, True, False]
    shared.engine.ask("a:compare", tasks("some", 3))
    shared.leave("a")
    assert shared.enter("c")
    assert shared.engine._next() is None
