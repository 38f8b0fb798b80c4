"""The dashboard without any browser: who is served next, what is shared, what happens when a worker dies."""

import json
import os
import signal
import threading
import time
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cpts.cli import shipped
from cpts.dashboard.aims import question_of, table
from cpts.dashboard.answers import Answers
from cpts.dashboard.asked import Asked, Next
from cpts.dashboard.board import board, is_told_at, whole
from cpts.dashboard.choice import Choice
from cpts.dashboard.engine import Engine
from cpts.dashboard.foresight import Foresight, near_to
from cpts.dashboard.inbox import Inbox
from cpts.dashboard.levers import acted
from cpts.dashboard.owned import Owned
from cpts.dashboard.places import Places
from cpts.dashboard.question import Question, Task, start_of
from cpts.dashboard.service import Service, Settings
from cpts.dashboard.turns import Turns
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


def tasks(name, count, can_pause=True):
    return tuple(Task((name, rank), print, (), can_pause=can_pause) for rank in range(count))


def known(*keys):
    return lambda key: key in keys


def test_the_page_that_has_seen_the_fewest_worlds_is_served_next():
    asked, (first, second) = Asked(), (tasks("first", 5), tasks("second", 5))
    asked.ask("one", first)
    asked.ask("two", second)
    met = [first[0].key, first[1].key]
    assert asked.next(known(*met)) == (second[0], True)
    met += [second[0].key, second[1].key, second[2].key]
    assert asked.next(known(*met)) == (first[2], False)


def test_a_new_move_drops_what_was_left_of_the_former_one_and_waits_its_turn():
    asked = Asked()
    asked.ask("one", tasks("before", 9))
    asked.ask("two", tasks("other", 9))
    asked.ask("one", tasks("after", 9))
    assert asked.next(known()).task.key == ("other", 0)
    asked.leave("two")
    assert asked.next(known()).task.key == ("after", 0)
    asked.leave("one")
    assert asked.next(known()) is None


def test_two_pages_that_ask_the_same_world_have_it_lived_once():
    asked, shared = Asked(), tasks("same", 2)
    asked.ask("one", shared)
    asked.ask("two", shared)
    assert asked.next(known(shared[0].key)) == (shared[1], False)


def test_an_errand_waits_for_empty_pages_and_comes_before_second_worlds():
    asked = Asked()
    errand, worlds = tasks("errand", 1, can_pause=False), tasks("page", 2)
    asked.ask("one", errand)
    asked.ask("two", worlds)
    assert asked.next(known()) == (worlds[0], True)
    assert asked.next(known(worlds[0].key)) == (errand[0], False)
    assert asked.next(known(worlds[0].key), with_errands=False) == (worlds[1], False)


def test_only_an_empty_page_interrupts_and_only_what_can_wait_when_nobody_is_free():
    engine = Engine(0)
    engine.seats = [SimpleNamespace(hand=[], can_be_interrupted=False) for _ in range(2)]
    one, other = engine.seats
    engine.ask("refines", tasks("old", 5))
    engine.known.keep(tasks("old", 1)[0], "lived")
    one.hand, one.can_be_interrupted = [Next(tasks("old", 2)[1], False)], True
    engine.ask("empty", tasks("new", 5))
    assert engine._next(one) is None  # the other is free
    assert engine._next(other) == (tasks("new", 1)[0], True)
    other.hand = [Next(tasks("new", 1)[0], True)]
    assert engine._next(one) is None  # nobody is empty any more
    engine.ask("empty too", tasks("newer", 5))
    assert engine._next(other) is None  # a first answer is never interrupted
    assert engine._next(one) == (tasks("newer", 1)[0], True)


def test_errands_never_take_every_worker():
    engine = Engine(0)
    engine.seats = [SimpleNamespace(hand=[], can_be_interrupted=False) for _ in range(2)]
    engine.seats[0].hand = [Next(tasks("long", 1, can_pause=False)[0], False)]
    engine.ask("one", tasks("longer", 1, can_pause=False))
    assert engine._next(engine.seats[1]) is None
    engine.seats[0].hand = []
    assert engine._next(engine.seats[1]).task.key == ("longer", 0)


def test_what_nobody_asked_is_looked_at_when_there_is_nothing_else_to_do():
    made, places = Engine(0), Places(("village",))
    foresight = Foresight(places, made)
    page = tasks("page", 2)
    made.ask("one", page)
    shown = Choice("village", (("unscheduled_care", (1.0, 3.0)),))
    foresight.seen("one", shown)
    assert made.asked.next(made.known.has).task == page[0]
    for task in page:
        made.known.keep(task, "lived")
    with made.changed:
        made.changed.notify_all()
    until = time.monotonic() + 60
    while (found := made.asked.next(made.known.has)) is None and time.monotonic() < until:
        time.sleep(0.01)
    assert not found.is_pressing
    near = near_to(shown, places)
    assert found.task.key == places.question(near[0]).tasks[0].key
    (before, now) = (one.done["unscheduled_care"] for one in (shown, near[-1]))
    assert sum(size != other for size, other in zip(before, now, strict=True)) == 1
    made.ask("two", tasks("another", 1))
    assert made.asked.next(made.known.has).task.key == ("another", 0)
    made.close()


def test_what_is_forgotten_is_what_was_not_asked_for_longest():
    answers = Answers(room=3)
    for task in tasks("some", 5):
        answers.keep(task, "lived")
        answers.of(tasks("some", 1))
    assert [key[1] for key in answers.results] == [3, 4, 0]


def stopped(path, pause=None):
    """Wait, letting go of the worker all the while, until a file is there."""
    until = time.monotonic() + 120
    while not path.exists() and time.monotonic() < until:
        pause()
    return path.exists()


def test_an_empty_page_is_answered_while_another_world_waits(engine, tmp_path):
    latch = tmp_path / "latch"
    long = Task(("long",), stopped, (latch,), can_pause=True)
    engine.known.keep(Task(("known",), print, ()), "lived")
    engine.ask("page", [Task(("known",), print, ()), long])
    until = time.monotonic() + 120
    while not engine.seats[0].hand and time.monotonic() < until:
        engine.wait([long], 0, 0.05)
    urgent = Task(("urgent",), pid_of, (), can_pause=True)
    engine.ask("empty", [urgent])
    assert engine.wait([urgent], 0, 120).is_over
    assert not engine.progress([long]).is_over
    assert engine.found([urgent])[("urgent",)] == engine.seats[0].worker.pid
    latch.touch()
    assert engine.wait([long], 0, 120).is_over
    assert engine.found([long])[("long",)] is True
    engine.leave("page")
    engine.leave("empty")


def pid_of(pause=None):
    return os.getpid()


def test_a_world_that_was_interrupted_is_the_same_to_the_bit(start):
    question, other = asked(start, 2), asked(start, 1)
    call, args = question.tasks[1].call, question.tasks[1].args
    alone, evenings = call(*args), []

    def pause(_model):
        evenings.append(1)
        if len(evenings) == 10:
            other.tasks[1].call(*other.tasks[1].args)

    between = call(*args, pause=pause)
    assert len(evenings) > 10
    assert between.cells == alone.cells
    assert np.array_equal(between.values, alone.values, equal_nan=True)
    pd.testing.assert_frame_equal(between.today, alone.today, check_exact=True)


def test_one_page_is_drawn_at_a_time_and_an_empty_one_first():
    turns, drawn, begun = Turns(), [], threading.Event()

    def draw(name, shown):
        with turns.mine(shown):
            drawn.append(name)
            if name == "first":
                begun.set()
                while len(turns._waiting) < 2:
                    time.sleep(0.01)

    names = [("first", 0), ("refined", 8), ("empty", 0)]
    threads = [threading.Thread(target=draw, args=one) for one in names]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert drawn == ["first", "empty", "refined"]


def test_the_answer_is_that_of_the_command_line_to_the_bit(engine, start):
    question = asked(start, 2)
    assert answered(engine, question).is_over
    ours = question.comparison(engine.found(question.tasks)).pairs
    theirs = compare(start.scenario, list(question.named.values()), worlds=2, luck=2).pairs
    left = theirs[~theirs["group"].str.startswith(("commune:", "role:"))].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, left, check_dtype=False, check_exact=True)


def test_today_is_lived_once_for_every_question_asked_of_it(engine, start):
    answered(engine, asked(start, 2))
    before = dict(engine.known.todays)
    other = asked(start, 1)
    answered(engine, other)
    assert engine.known.todays.keys() == before.keys()
    assert all(engine.known.todays[key] is before[key] for key in before)
    found = other.comparison(engine.found(other.tasks))
    assert found.worlds == 2


def test_a_dead_worker_is_replaced_and_its_world_is_lived_all_the_same(engine, start):
    question = asked(start, 2, slots=5.0, count=6)
    engine.ask("page", question.tasks)
    engine.wait(question.tasks, 0, 60)
    dead = engine.seats[0].worker.pid
    os.kill(dead, signal.SIGKILL)
    progress = answered(engine, question)
    assert progress.is_over
    assert progress.problem is None
    assert engine.seats[0].worker.pid != dead
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
    shared.foresight = Foresight(None, shared.engine)
    shared._open, shared._lock = set(), __import__("threading").Lock()
    assert [shared.enter(page) for page in "abc"] == [True, True, False]
    shared.engine.ask("a:compare", tasks("some", 3))
    shared.leave("a")
    assert shared.enter("c")
    assert shared.engine.asked.next(known()) is None
