"""Who comes because of a lever: there from the first morning on without weight, active from their day."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels import codes
from simulation.running import fresh, past_of
from tests.lever_sizes import (
    BRIEF,
    HAMLET,
    TOWN,
    asked,
    counted,
    euros,
    hours,
    lived,
    practised,
    share_of_year,
)

FUTURE = "2027-03-01"


def rows_of(model, key):
    return [gp.row for gp in model.gps if gp.identifier.startswith(f"{key}-")]


def test_nobody_is_there_before_the_day_and_they_work_from_then_on():
    model = begin(asked("install", gps=2, commune=HAMLET, start=FUTURE))
    rows = rows_of(model, "install")
    assert len(rows) == 2
    while f"{model.date:%Y-%m-%d}" < FUTURE:
        assert not model.state.practitioners.active[rows].any()
        assert not model.state.diary.laid[rows].any()
        model.step()
    model.step()
    assert model.state.practitioners.active[rows].all()
    assert model.state.diary.laid[rows].any()
    assert euros(model) == pytest.approx(2 * model.parameters.costs.install_eur, abs=1)


def test_waiting_newcomers_change_nothing_before_they_come():
    plain, model = begin(asked()), begin(asked("install", gps=2, commune=HAMLET, start=FUTURE))
    while f"{model.date:%Y-%m-%d}" < FUTURE:
        plain.step()
        model.step()
    assert np.array_equal(plain.state.tally.place, model.state.tally.place)
    assert np.array_equal(plain.state.tally.group, model.state.tally.group)


def test_two_levers_do_not_share_their_first_morning():
    plain = asked()
    installed, elsewhere = asked("install", gps=2, commune=HAMLET), asked("install", gps=2, commune=TOWN)
    assert len({past_of(plain), past_of(installed), past_of(elsewhere)}) == 3
    assert past_of(plain) == past_of(asked("unscheduled_care", gps=2))


def test_a_lever_without_size_brings_nobody():
    assert len(fresh(asked("install", gps=0, commune=HAMLET)).territory.practitioners) == len(
        fresh(asked()).territory.practitioners
    )


def test_people_of_a_hamlet_have_a_gp_on_the_spot_and_some_join():
    plain, model = lived(asked()), lived(asked("install", gps=1, commune=HAMLET))
    assert counted(model, codes.REGISTERED) > counted(plain, codes.REGISTERED)
    assert sum(gp.panel for gp in model.gps if gp.identifier.startswith("install-")) > 20


def test_a_health_centre_is_one_house_and_its_deficit_is_paid():
    model = lived(asked("health_centre", gps=2, commune=HAMLET))
    rows = rows_of(model, "health_centre")
    assert len(set(model.state.practitioners.structure[rows])) == 1
    house = model.state.practitioners.structure[rows[0]]
    first = model.state.practitioners.colleagues
    assert sorted(model.state.practitioners.members[first[house] : first[house + 1]].tolist()) == sorted(rows)
    yearly = 2 * model.parameters.costs.centre_eur_per_year
    assert euros(model) == pytest.approx(yearly * share_of_year(model), rel=0.01)


def test_a_doctor_from_elsewhere_sees_people_and_is_nobodys_usual_gp():
    model = lived(asked("advanced_consultation", communes=(HAMLET,), half_days_per_week=4))
    (row,) = rows_of(model, "advanced_consultation")
    gp = next(one for one in model.gps if one.row == row)
    assert practised(model, codes.SEEN, [row]) > 0
    assert gp.panel == 0
    assert int((gp.weekly.sum(axis=1) > 0).sum()) <= 4
    half_days = 4 * 52 * share_of_year(model)
    assert euros(model) == pytest.approx(half_days * model.parameters.costs.gp_half_day_eur, rel=0.01)


def test_a_private_centre_sees_people_without_appointment_and_may_empty_a_practice():
    model = lived(asked("private_centre", commune=TOWN, gps=2, drawn_away=1))
    rows = rows_of(model, "private_centre")
    assert practised(model, codes.SEEN, rows) > 0
    assert counted(model, codes.BY_WALK_IN) > 0
    plain = lived(asked())
    assert counted(model, codes.LOST_GP) > counted(plain, codes.LOST_GP)
    assert len([gp for gp in model.gps if gp.left == model.calendar.first]) == 1
    kept = lived(asked("private_centre", commune=TOWN, gps=2, drawn_away=0))
    assert counted(kept, codes.LOST_GP) == counted(plain, codes.LOST_GP)


def test_tutors_give_hours_and_some_of_their_students_settle():
    most = {"missions.tutor_installs_per_year": 0.10, "governance.board_gps": 0}
    one = asked("support", tutors=3).with_(days=1092, warm_up_days=0, parameters=most)
    came = [len(rows_of(begin(one.with_(seed=seed), from_warm=False), "support")) for seed in range(24)]
    expected = 24 * 3 * 3 * 0.10
    assert abs(sum(came) - expected) < 3.5 * expected**0.5
    none = lived(one.with_(days=91, parameters={"missions.tutor_installs_per_year": 0.0}))
    assert rows_of(none, "support") == []
    given = 3 * none.parameters.missions.tutor_hours_per_month
    assert hours(none) == pytest.approx(given * 12 * share_of_year(none), abs=0.1)


def test_a_house_with_newcomers_counts_them_among_its_gps():
    model = lived(asked("open_msp", commune="99002", gps=1, newcomers=1))
    (row,) = rows_of(model, "open_msp")
    house = model.state.practitioners.structure[row]
    assert sum(gp.structure == house for gp in model.gps) == 2


def test_newcomers_of_a_scenario_without_ring_and_over_short_days_are_there_too():
    brief = asked("install", gps=1, commune=HAMLET).with_(ring=False, days=10)
    assert practised(lived(brief), codes.LAID, rows_of(begin(brief), "install")) > 0
    assert run(brief, from_warm=False).table.equals(run(brief).table)


def test_arrivals_by_chance_are_those_that_come_anyway():
    more = {"workforce.arrivals_per_year": 0.055}
    plain = fresh(asked().with_(parameters=more, days=1092))
    lever = fresh(asked("install", gps=1, commune=HAMLET).with_(parameters=more, days=1092))
    arrivals = [set(one.territory.practitioners["id"]) for one in (plain, lever)]
    assert arrivals[1] - arrivals[0] == {f"install-{HAMLET}-0"}
    assert BRIEF["warm_up_days"] == 60
