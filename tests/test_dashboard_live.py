"""A year played day after day, on the dashboard and under Mesa's SolaraViz."""

from dataclasses import replace

import pytest
import solara
from mesa.visualization.solara_viz import _check_model_params
from mesa.visualization.utils import update_counter

from cpts.cli import shipped
from cpts.dashboard import errands
from cpts.dashboard.daily import FIGURES, day_of, days_of
from cpts.dashboard.follow import Follower
from cpts.dashboard.levers import acted
from cpts.dashboard.live import Evening, Watched, is_small
from simulation import run
from simulation.counts import whole_territory
from simulation.kernels.codes import CLASSES, ED_WANT_OF_SLOT, EMERGENCY_END, GAVE_UP, VISITED


@pytest.fixture(scope="module")
def month():
    (scenario,) = shipped.read(["canton"], [["days=28", "warm_up_days=7"]])
    return scenario


def test_the_last_evening_is_what_a_run_counts(month):
    days = days_of(month)
    cells = whole_territory(run(month).counts)
    whole = list(cells.month).index("all")
    every = tuple(range(CLASSES))
    last = days[-1]
    assert len(days) == 28
    assert days[0].date == month.start.isoformat()
    assert last.seen == cells.requests(every, VISITED)[whole] > 100
    lost = sum(cells.requests(every, one)[whole] for one in (EMERGENCY_END, GAVE_UP))
    assert last.unserved == lost > 0
    assert last.emergency == cells.count(ED_WANT_OF_SLOT)[whole]
    for before, after in zip(days, days[1:], strict=False):
        assert after.date > before.date
        assert (after.seen, after.unserved) >= (before.seen, before.unserved)


def test_a_page_is_given_columns_of_both_sides_with_the_same_luck(month):
    then = acted(month, {"unscheduled_care": (3, 10)}, {"fr": "x"})
    years = errands.lived_daily(month, then)
    assert set(years) == {"today", "then"}
    assert all(len(years["then"][name]) == 28 for name in ("date", *FIGURES))
    assert years["today"]["seeking"] != years["then"]["seeking"]
    assert set(errands.lived_daily(month, month)) == {"today"}


def test_the_component_follows_any_model_of_mesa(month):
    model = Watched(month)
    _check_model_params(model, {"asked": month})
    model.step()
    box, _ = solara.render(Evening(model, "en"), handle_error=False)
    seen = box.children[0].m["years"]["today"]
    assert seen["seeking"] == [day_of(model).seeking]
    model.step()
    update_counter.value += 1
    after = box.children[0].m["years"]["today"]
    assert len(after["date"]) == 2
    assert after["seeking"][0] == seen["seeking"][0]


def test_nothing_is_shown_day_by_day_of_a_few_people(month):
    communes = month.territory.communes.assign(population=10)
    assert is_small(replace(month.territory, communes=communes))
    assert not is_small(month.territory)


def test_what_is_drawn_too_late_for_the_question_a_page_left_is_not_shown():
    shown = []
    follower = Follower(None, "page", (), lambda *_: None, lambda: None)
    follower.put(shown.append, {"board": "asked"})
    follower._is_over.set()
    follower.put(shown.append, {"board": "left"})
    assert shown == [{"board": "asked"}]
