"""Each lever does what it says to people and diaries, costs what it says, and at size zero changes nothing at all."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels.codes import DEDICATED_LAID, INVITED_PEOPLE, PLACED, TOLD, WITHOUT_GP
from simulation.ledger import CENTS, TENTHS_OF_MINUTES
from simulation.parameters import registry
from simulation.policies import LEVERS, Retire
from tests.territories import scenario

BRIEF = {"days": 91, "warm_up_days": 60}
SIZES = {
    "unscheduled_care": ("gps", 2, {"slots_per_week": 3.0}),
    "gp_access": ("places_per_month", 8.0, {}),
    "prevention": ("calls_per_month", 60, {}),
    "city_hospital": ("told_share", 0.8, {}),
    "empty_shell": ("gps", 2, {"eur_per_year": 1000.0}),
    "medical_assistant": ("gps", 2, {}),
    "mobile_unit": ("visits_per_stop", 8, {"days_per_week": 5}),
    "retire": ("gps", 2, {}),
}
"""The field that is each lever's size, a size that shows in three months on `canton`, and the other fields."""


def asked(name="", **fields):
    return scenario("canton", policies={name: fields} if name else {}, **BRIEF)


def lived(one):
    model = begin(one)
    while model.day <= model.calendar.last:
        model.step()
    return model


def counted(model, measure):
    return int(model.state.tally.group[:, :, measure].sum())


def euros(model):
    return model.ledger.lines[:, :, CENTS].sum() / 100


def test_every_lever_has_a_size_here():
    assert set(SIZES) | {"ed_closure"} == set(LEVERS)


@pytest.mark.parametrize("name", SIZES)
def test_a_lever_of_size_zero_changes_nothing_at_all(name):
    field, _, others = SIZES[name]
    nothing = {"eur_per_year": 0.0} if name == "empty_shell" else others
    zero = run(asked(name, **{**nothing, field: 0}))
    assert zero.table.equals(run(asked()).table)


@pytest.mark.parametrize("name", SIZES)
def test_half_the_size_is_another_future(name):
    field, size, others = SIZES[name]
    whole, half = run(asked(name, **others, **{field: size})), run(asked(name, **others, **{field: size / 2}))
    nothing = run(asked())
    assert not whole.table.equals(nothing.table)
    assert not half.table.equals(nothing.table)
    assert not half.table.equals(whole.table)


@pytest.mark.parametrize("name", SIZES)
def test_every_invariant_holds_with_the_lever(name):
    field, size, others = SIZES[name]
    run(asked(name, **others, **{field: size}), verify=True)


# ---------------------------------------------------------------- what each does


def test_shared_slots_are_moved_not_added():
    plain, shared = lived(asked()), lived(asked("unscheduled_care", gps=2, slots_per_week=3.0))
    assert shared.state.tally.practice[:, :, DEDICATED_LAID].sum() > 50
    kept = [gp.row for gp in shared.gps if gp not in shared.communities[0].volunteers]
    assert np.array_equal(plain.state.diary.laid[kept], shared.state.diary.laid[kept])


def test_places_are_offered_to_people_with_a_long_term_condition_first():
    model = begin(asked("gp_access", places_per_month=4.0))
    patients = model.state.patients
    alone = (patients.usual_gp < 0) & (patients.alive == 1)
    ill = np.flatnonzero(alone & (patients.ald == 1))
    model.step()
    called = np.flatnonzero(alone & (patients.open_tracks >> 5 & 1 == 1))
    assert 0 < len(called) <= 12
    assert patients.ald[called].sum() == min(len(called), len(ill))


def test_places_pledged_become_patients_of_those_who_pledged():
    plain, model = lived(asked()), lived(asked("gp_access", places_per_month=8.0))
    assert counted(model, PLACED) > 10
    assert counted(model, WITHOUT_GP) < counted(plain, WITHOUT_GP)
    hours = euros(model) / model.parameters.carers.coordinator_eur_per_hour
    calls = hours * 60 / model.parameters.carers.call_minutes
    assert counted(model, PLACED) <= round(calls) <= 3 * counted(model, PLACED)


def test_some_of_the_people_called_join_a_programme_and_each_call_is_paid():
    plain, model = lived(asked()), lived(asked("prevention", calls_per_month=60))
    calls = counted(model, INVITED_PEOPLE)
    assert calls == 60 * len(months_of(model))
    joined = (
        np.bitwise_count(model.state.patients.joins).sum()
        - np.bitwise_count(plain.state.patients.joins).sum()
    )
    assert 0 < joined < calls / 4
    carers = model.parameters.carers
    assert euros(model) == pytest.approx(
        calls * carers.call_minutes / 60 * carers.coordinator_eur_per_hour, abs=1
    )


def test_the_town_is_told_of_the_share_of_exits_that_was_asked():
    model = lived(asked("city_hospital", told_share=0.8))
    from simulation.kernels.codes import DISCHARGES

    exits = counted(model, DISCHARGES)
    told = counted(model, TOLD)
    assert exits > 50
    assert abs(told / exits - 0.8) < 4 * np.sqrt(0.8 * 0.2 / exits)


def test_an_empty_shell_takes_hours_and_money_and_gives_no_slot_call_or_place():
    model = lived(asked("empty_shell", gps=2, eur_per_year=12_000.0))
    carers = model.parameters.carers
    months = sum(model.calendar.share_of_month(day) for day in months_of(model))
    hours = model.ledger.lines[:, :, TENTHS_OF_MINUTES].sum() / 600
    assert hours == pytest.approx(2 * carers.member_hours_per_month * months, abs=0.1)
    assert euros(model) == pytest.approx(1000 * months + hours * carers.indemnity_eur_per_hour, abs=1)
    assert model.state.tally.practice[:, :, DEDICATED_LAID].sum() == 0
    assert counted(model, PLACED) == counted(model, INVITED_PEOPLE) == counted(model, TOLD) == 0


def months_of(model):
    from simulation.calendar import date_of

    days = range(model.calendar.first, model.calendar.last + 1)
    return [day for day in days if day == model.calendar.first or date_of(day).day == 1]


def test_without_any_effect_of_time_an_empty_shell_changes_hours_and_money_only():
    null = {"carers.diary_share": 0.0}
    plain = run(asked().with_(parameters=null)).table
    shell = run(asked("empty_shell", gps=2, eur_per_year=12_000.0).with_(parameters=null)).table
    money = ["carer_hours", "carer_consultations", "money_eur"]
    assert plain[~plain["indicator"].isin(money)].equals(shell[~shell["indicator"].isin(money)])


def test_an_assistant_adds_slots_from_the_first_day_and_room():
    plain, model = begin(asked()), begin(asked("medical_assistant", gps=2))
    limits = {gp.row: gp.limit for gp in plain.gps}
    plain.step()
    model.step()
    helped = model.undertakings[0].helped
    assert len(helped) == 2
    for gp in helped:
        more = model.state.diary.laid[gp.row].sum() / plain.state.diary.laid[gp.row].sum()
        assert more == pytest.approx(1.07, abs=0.02)
        assert gp.limit == round(limits[gp.row] * 1.10)
    others = [gp.row for gp in model.gps if gp not in helped]
    assert np.array_equal(plain.state.diary.laid[others], model.state.diary.laid[others])


def test_the_mobile_unit_goes_out_on_its_days_and_sees_no_more_than_it_can():
    model = begin(asked("mobile_unit", days_per_week=2, visits_per_stop=3))
    seen = []
    while model.day < model.calendar.first + 28:
        weekday, is_open = model.calendar.today(model.day).weekday, model.calendar.today(model.day).open
        model.step()
        left = int(model.state.rounds.mobile_left[0])
        out = weekday < 2 and is_open
        assert (model.state.rounds.mobile >= 0).any() == out
        assert 0 <= left <= (3 if out else 0)
        seen.append(3 - left if out else 0)
    assert sum(seen) > 0
    outings = model.undertakings[0].outings
    assert euros(model) == pytest.approx(outings * model.parameters.carers.outing_eur, abs=1)


def test_the_oldest_leave_and_their_patients_look_for_somebody():
    model = begin(asked("retire", gps=1))
    oldest = max(model.gps, key=lambda gp: gp.age)
    panel = np.flatnonzero(model.state.patients.usual_gp == oldest.row)
    model.step()
    assert not oldest.active
    assert oldest.panel == 0
    patients = model.state.patients
    assert (patients.seeking[panel] == 1).all()
    assert (patients.usual_gp[panel] == -1).all()


def test_a_panel_that_the_cpts_spreads_finds_a_gp_sooner():
    left = lived(asked("retire", gps=1))
    spread = lived(asked("retire", gps=1, panel="spread"))
    assert counted(spread, PLACED) > 0
    assert counted(spread, WITHOUT_GP) < counted(left, WITHOUT_GP)


def test_a_department_that_closes_at_night_sends_people_elsewhere_at_night_only():
    one = scenario("baseline", policies={"ed_closure": {"hospital": "300000023"}}, days=28, warm_up_days=7)
    model = begin(one)
    before = model.state.places.emergency_site.copy()
    model.step()
    places, hospitals = model.state.places, model.territory.hospitals["finess_et"].tolist()
    ales = hospitals.index("300000023")
    assert np.array_equal(places.emergency_site, before)
    assert (before == ales).any()
    assert not (places.night_site == ales).any()
    assert np.array_equal(places.night_site[before != ales], before[before != ales])


def test_two_missions_take_the_meeting_time_of_a_gp_once():
    both = {
        "unscheduled_care": {"gps": 2, "slots_per_week": 2.0},
        "empty_shell": {"gps": 1, "eur_per_year": 0.0},
    }
    together = lived(scenario("canton", policies=both, **BRIEF))
    alone = lived(asked("unscheduled_care", gps=2, slots_per_week=2.0))
    cpts = together.communities[0]
    assert len(cpts.engaged) == len(set(cpts.engaged))
    for gp in alone.communities[0].volunteers:
        mine = next(one for one in together.gps if one.identifier == gp.identifier)
        assert np.array_equal(mine.withheld, gp.withheld)


def test_what_a_departure_rests_on_is_what_it_uses():
    assert "workforce.stays_with_successor" not in Retire(gps=2).figures()
    assert "workforce.stays_with_successor" in Retire(gps=2, successors=1).figures()
    assert "registration.converts_share" in Retire(gps=2, panel="spread").figures()


def test_every_figure_that_a_lever_rests_on_is_in_the_registry():
    for lever in LEVERS.values():
        assert set(lever.rests_on) <= set(registry())
