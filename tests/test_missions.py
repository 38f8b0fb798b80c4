"""Each mission does what it says to people and diaries, takes the hours it says and costs what it says."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.calendar import date_of
from simulation.kernels import codes
from simulation.parameters import registry
from simulation.policies import LEVERS
from tests.lever_sizes import (
    BRIEF,
    SIZES,
    asked,
    counted,
    euros,
    hours,
    lived,
    months_of,
    practised,
    share_of_year,
)
from tests.territories import scenario

NO_BOARD = {"governance.board_gps": 0}


def alone(name, **fields):
    """A mission without the board that comes with it."""
    return asked(name, **fields).with_(parameters=NO_BOARD)


def test_shared_slots_are_moved_not_added():
    plain, shared = lived(asked()), lived(alone("unscheduled_care", gps=2, slots_per_week=3.0))
    assert practised(shared, codes.DEDICATED_LAID) > 50
    kept = [gp.row for gp in shared.gps if gp not in shared.communities[0].volunteers]
    assert np.array_equal(plain.state.diary.laid[kept], shared.state.diary.laid[kept])


def test_visible_slots_stand_among_those_of_the_day_and_are_shown_to_the_sas():
    no_time = {"carers.diary_share": 0.0, "sas.volunteer_share": 0.05}
    plain = begin(asked().with_(parameters=no_time))
    shown = begin(
        alone("unscheduled_care", gps=2, slots_per_week=6.0, kind="visible").with_(parameters=no_time)
    )
    plain.step()
    shown.step()
    volunteers = [gp.row for gp in shown.undertakings[0].volunteers]
    before, after = (model.state.diary.laid[volunteers].sum(axis=(0, 2, 3)) for model in (plain, shown))
    moved = after[codes.SAME_DAY] - before[codes.SAME_DAY]
    assert moved == before[codes.SCHEDULED] - after[codes.SCHEDULED] > 50  # those still free
    assert after[codes.DEDICATED] == 0
    assert all(gp.sas for gp in shown.undertakings[0].volunteers)


def test_a_share_of_members_is_of_those_there_are():
    model = lived(alone("unscheduled_care", share_of_members=0.67, slots_per_week=3.0))
    assert len(model.undertakings[0].volunteers) == 2


def test_places_are_offered_to_people_with_a_long_term_condition_first():
    model = begin(asked("gp_access", places_per_month=4.0))
    patients = model.state.patients
    without = (patients.usual_gp < 0) & (patients.alive == 1)
    ill = np.flatnonzero(without & (patients.ald == 1))
    model.step()
    called = np.flatnonzero(without & (patients.open_tracks >> 5 & 1 == 1))
    assert 0 < len(called) <= 12
    assert patients.ald[called].sum() == min(len(called), len(ill))


def test_places_pledged_become_patients_and_calls_and_meetings_are_paid():
    plain, model = lived(asked()), lived(alone("gp_access", places_per_month=8.0))
    assert counted(model, codes.PLACED) > 10
    assert counted(model, codes.WITHOUT_GP) < counted(plain, codes.WITHOUT_GP)
    carers = model.parameters.carers
    meetings = 3 * 12 * share_of_year(model) * carers.member_hours_per_month
    assert hours(model) == pytest.approx(meetings, abs=0.1)
    paid = (euros(model) - meetings * carers.indemnity_eur_per_hour) / carers.coordinator_eur_per_hour
    calls = paid * 60 / carers.call_minutes
    assert counted(model, codes.PLACED) <= round(calls) <= 3 * counted(model, codes.PLACED)


def test_some_of_the_people_called_join_a_programme_and_each_call_is_paid():
    plain, model = lived(asked()), lived(alone("prevention", calls_per_month=60))
    calls = counted(model, codes.INVITED_PEOPLE)
    assert calls == 60 * len(months_of(model))
    joined = (
        np.bitwise_count(model.state.patients.joins).sum()
        - np.bitwise_count(plain.state.patients.joins).sum()
    )
    assert 0 < joined < calls / 4
    carers = model.parameters.carers
    each = carers.call_minutes / 60 * carers.coordinator_eur_per_hour
    assert euros(model) == pytest.approx(calls * each, abs=1)


def test_the_town_is_told_of_the_share_of_exits_that_was_asked():
    model = lived(asked("city_hospital", told_share=0.8))
    exits = counted(model, codes.DISCHARGES)
    told = counted(model, codes.TOLD)
    assert exits > 50
    assert abs(told / exits - 0.8) < 4 * np.sqrt(0.8 * 0.2 / exits)


def pathway(**fields):
    more = {
        "missions.pathway_follow_up_share": 0.4,
        "missions.reminded_share": 0.6,
        "carers.diary_share": 0.0,
    }
    return alone("care_pathways", **fields).with_(parameters=more)


def test_a_protocol_gives_follow_ups_to_nurses_in_their_own_diaries():
    plain = lived(asked().with_(parameters={"carers.diary_share": 0.0}))
    model = lived(pathway(gps=2, calls_per_month=0))
    nurses = [one.row for one in model.practitioners if one.role == "nurse"]
    held = counted(model, codes.SHARED_FOLLOW_UPS)
    assert held > 20
    assert practised(model, codes.SEEN, nurses) > practised(plain, codes.SEEN, nurses)
    follow_ups = codes.CLASS_FOLLOW_UP * codes.MEASURES_OF_CLASS + codes.MADE
    assert held < 0.4 * counted(model, follow_ups)
    assert counted(plain, codes.SHARED_FOLLOW_UPS) == 0


def test_people_who_gave_a_follow_up_up_are_called_and_some_ask_again():
    called = lived(pathway(gps=0, calls_per_month=30, protocol=False).with_(days=182, parameters=NO_BOARD))
    reminded = counted(called, codes.REMINDED)
    assert 0 < reminded <= 30 * 7
    carers = called.parameters.carers
    each = carers.call_minutes / 60 * carers.coordinator_eur_per_hour
    assert euros(called) == pytest.approx(reminded * each, abs=1)
    silent = pathway(gps=0, calls_per_month=30, protocol=False).with_(
        days=182, parameters={"missions.reminded_share": 0.0}
    )
    unheard = run(silent).table
    today = run(asked().with_(days=182, parameters={"carers.diary_share": 0.0})).table
    money = ["carer_hours", "carer_consultations", "money_eur"]
    assert unheard[~unheard["indicator"].isin(money)].equals(today[~today["indicator"].isin(money)])


def test_case_meetings_take_their_own_hours():
    model = lived(pathway(gps=2, calls_per_month=0, protocol=False))
    each = model.parameters.carers.member_hours_per_month + model.parameters.missions.rcp_hours_per_month
    assert hours(model) == pytest.approx(2 * each * 12 * share_of_year(model), abs=0.1)


def test_a_crisis_plan_adds_slots_for_its_weeks_only_and_pays_their_hours():
    fields = {"gps": 2, "slots_per_week": 6.0, "weeks": 4, "start": "2027-01-18"}
    plain, model = lived(asked()), begin(alone("crisis_response", **fields))
    first, offered = model.calendar.first + 14, []
    while model.day <= model.calendar.last:
        offered.append((model.day, int(model.state.diary.laid[:, codes.DEDICATED, model.day & 127].sum())))
        model.step()
    inside = [slots for day, slots in offered if first < day < first + 28]
    outside = [slots for day, slots in offered if not first <= day < first + 28]
    assert sum(inside) > 0.6 * 2 * 6 * 4
    assert sum(outside) == 0
    more = practised(model, codes.LAID) - practised(plain, codes.LAID)
    assert more == pytest.approx(2 * 6 * 4, rel=0.35)
    spent = 2 * 6 * 4 * model.parameters.supply.consultation_minutes / 60
    assert hours(model) == pytest.approx(spent, abs=0.1)
    assert euros(model) == pytest.approx(spent * model.parameters.costs.crisis_hour_eur, abs=1)
    assert not model.state.numbers.on.any()


def test_peer_groups_spare_recontacts_of_their_own_patients():
    most = {
        "missions.recontact_spared_share": 0.20,
        "demand.recontact_share": 0.15,
        "carers.diary_share": 0.0,
    }
    plain = lived(asked().with_(parameters=most))
    model = lived(alone("quality", gps=3).with_(parameters=most))
    made = [one * codes.MEASURES_OF_CLASS + codes.MADE for one in (3, 4)]
    before, after = (sum(counted(one, measure) for measure in made) for one in (plain, model))
    assert 0.65 * before < after < 0.95 * before
    assert all(gp.spared == round(0.2 * 256) for gp in model.gps)


@pytest.mark.parametrize("name", ["unscheduled_care", "gp_access", "care_pathways", "quality", "home_visits"])
def test_hours_given_are_slots_not_offered(name):
    """Over the horizon, slots withheld are hours × share ÷ length of a visit, within what rounding does."""
    field, size, others = SIZES[name]
    one = alone(name, **others, **{field: size})
    free, taken = begin(one.with_(parameters={"carers.diary_share": 0.0})), begin(one)
    free.step()
    taken.step()
    fewer = free.state.diary.laid.sum() - taken.state.diary.laid.sum()
    given = sum(sum(hours.values()) for hours in taken.communities[0].hours.values())
    carers, supply = taken.parameters.carers, taken.parameters.supply
    expected = given * 12 / 52 * 60 * carers.diary_share / supply.consultation_minutes * codes.HORIZON / 7
    assert abs(fewer - expected) < 3 * np.sqrt(expected)


def test_an_empty_shell_takes_hours_and_money_and_gives_no_slot_call_or_place():
    model = lived(asked("empty_shell", gps=2, eur_per_year=12_000.0))
    carers, given = model.parameters.carers, model.parameters.governance
    months = 12 * share_of_year(model)
    each = 2 * carers.member_hours_per_month + given.board_gps * given.board_hours_per_month
    assert hours(model) == pytest.approx(each * months, abs=0.1)
    assert euros(model) == pytest.approx(1000 * months + hours(model) * carers.indemnity_eur_per_hour, abs=1)
    assert practised(model, codes.DEDICATED_LAID) == 0
    assert (
        counted(model, codes.PLACED)
        == counted(model, codes.INVITED_PEOPLE)
        == counted(model, codes.TOLD)
        == 0
    )


NULL = {
    "doors.number_awareness": 0.0, "doors.number_success": 0.0, "registration.converts_share": 0.0,
    "prevention.invited_share": 0.0, "hospital.asks_share": 0.57, "hospital.asks_when_told_share": 0.57,
    "missions.reminded_share": 0.0, "missions.pathway_follow_up_share": 0.0,
    "missions.recontact_spared_share": 0.0, "missions.tutor_installs_per_year": 0.0, "carers.diary_share": 0.0,
}  # fmt: skip


def test_without_any_behaviour_missions_change_hours_and_money_only():
    """Shared slots and pledged places are behaviour of members: here nobody gives any."""
    quiet = (
        "care_pathways",
        "prevention",
        "city_hospital",
        "quality",
        "support",
        "empty_shell",
        "home_visits",
    )
    policies = {name: SIZES[name][2] | {SIZES[name][0]: SIZES[name][1]} for name in quiet}
    del policies["home_visits"]  # a rota is a behaviour of its members too
    policies["coordinator"] = {}
    plain = run(scenario("canton", parameters=NULL, **BRIEF)).table
    null = run(scenario("canton", parameters=NULL, policies=policies, **BRIEF)).table
    money = ["carer_hours", "carer_consultations", "money_eur"]
    assert plain[~plain["indicator"].isin(money)].equals(null[~null["indicator"].isin(money)])
    assert null.loc[null["indicator"] == "money_eur", "value"].max() > 1000


def test_every_mission_says_on_what_it_rests():
    for name in ("unscheduled_care", "gp_access", "care_pathways", "quality", "support", "coordinator"):
        assert LEVERS[name].rests_on
        assert set(LEVERS[name].rests_on) <= set(registry())


def test_the_first_of_a_month_is_a_day_on_which_institutions_act():
    assert [date_of(day).day for day in months_of(begin(asked()))][1:] == [1, 1, 1]
