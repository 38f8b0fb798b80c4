"""What is kept aside and what is put at its worst: the same futures, the same sums as the command line."""

import pytest

from cpts.cli import shipped
from cpts.dashboard import worst
from cpts.dashboard.aside import apart, between, of
from cpts.dashboard.board import mark, whole
from cpts.dashboard.choice import Choice, read_address
from cpts.dashboard.levers import acted
from cpts.dashboard.places import Places
from cpts.dashboard.question import Question, start_of
from experiments import assumptions
from experiments.action import LEADING
from experiments.reading import leading_of
from texts import LANGUAGES

TITLE = {"fr": "Un essai", "en": "A try"}


@pytest.fixture(scope="module")
def start():
    (baseline,) = shipped.read(["village"], [["days=28", "warm_up_days=7"]])
    return start_of(baseline)


def asked(start, slots, count=20):
    levers = {"unscheduled_care": (1.0, slots)}
    return Question(start, [acted(start.scenario, levers, TITLE)], count)


@pytest.fixture(scope="module")
def lived(start):
    """Two questions of one baseline, lived here and now."""
    few, many = asked(start, 1.0), asked(start, 10.0)
    results, todays = {}, {}
    for task in (*few.tasks, *many.tasks):
        pair = task.call(*task.args, todays.get(task.today))
        todays.setdefault(task.today, pair.today)
        results[task.key] = pair
    return few, many, results


def test_two_actions_are_told_apart_future_by_future_and_never_by_two_averages(lived):
    few, many, results = lived
    now, then = (one.comparison(results, frozenset({LEADING})) for one in (many, few))
    both = (now.by_world(LEADING) - then.by_world(LEADING)).dropna()
    assert len(both) == 20
    told = between(many, few, results, "fr")
    assert f"{int((both > 10).sum())} futurs simulés sur 20" in told
    assert "{" not in between(many, few, results, "en")
    assert "0 de 20" not in between(many, many, results, "en")
    assert "in 0 of 20" in between(many, many, results, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_twenty_futures_of_both_nothing_is_told_apart(lived, lang):
    few, many, results = lived
    known = {key: one for key, one in results.items() if key[-1] < 12}
    now, then = (one.comparison(known, frozenset({LEADING})) for one in (many, few))
    assert "20" in apart(now, then, LEADING, lang)
    assert "48" not in apart(now, then, LEADING, lang)


def test_a_board_of_a_former_question_stands_beside_nothing(lived):
    few, many, _ = lived
    assert of(few, {"mark": mark(few)}) == {"mark": mark(few)}
    assert of(many, {"mark": mark(few)}) == {}
    assert of(None, {"mark": mark(few)}) == of(few, {}) == {}


def test_the_ledger_at_its_worst_is_that_of_the_command_line(start):
    rounds = acted(start.scenario, {"transport": (50.0,)}, TITLE)
    few = Question(start, [rounds], 3)
    tasks, todays, pairs = worst.tasks_of(few), {}, {}
    for task in few.tasks:
        pairs[task.key] = pair = task.call(*task.args, todays.get(task.today))
        todays.setdefault(task.today, pair.today)
    assert worst.ledgers(few, pairs) is None
    results = {**pairs, **{one.key: one.call(*one.args) for one in tasks}}
    found = whole(few, results)
    leading = {name: leading_of(found.of(name)) for name in found.actions}
    told = worst.ledgers(few, results)
    assert told == assumptions.ledgers(start.scenario, few.named, found, leading)
    (ledger,) = told.values()
    assert any(one.difference is not None for one in ledger.entries)
    assert len({one.key for one in tasks}) == len(tasks)


def test_what_is_kept_aside_stands_in_the_address_on_steps_of_its_sliders():
    places = Places(("canton",)).territories
    kept = (("unscheduled_care", (2.0, 4.0)), ("gp_access", (0.35,)))
    address = Choice("canton", (), kept=kept).address()
    assert read_address(address, places, "canton").kept == kept
    nonsense = read_address("b=unscheduled_care:99,nan~custom:1~~:::~retire:1", places, "canton")
    assert nonsense.kept == (("unscheduled_care", (3.0, 3.0)), ("retire", (1.0,)))
