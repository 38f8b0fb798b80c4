"""Levers beside missions: each adds the room it says, for those it says, at the price it says."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels import codes
from simulation.undertakings.leave import SUMMER
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
from tests.territories import scenario


def row_of(model, code):
    return model.territory.communes["insee_code"].tolist().index(code)


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


def test_pharmacists_and_nurses_add_protocol_slots_and_keep_the_others():
    plain, model = begin(asked()), begin(asked("protocols", professionals=4, slots_per_week=8.0))
    plain.step()
    model.step()
    gave = [one.row for one in model.undertakings[0].gave]
    assert len(gave) == 4
    before, after = (one.state.diary.laid[gave].sum(axis=(0, 2, 3), dtype=np.int64) for one in (plain, model))
    assert after[codes.SCHEDULED] == before[codes.SCHEDULED]
    assert after[codes.SAME_DAY] - before[codes.SAME_DAY] == pytest.approx(4 * 8 * 128 / 7, rel=0.1)


def test_protocol_slots_stay_as_many_in_days_laid_later():
    plain, model = lived(asked()), lived(asked("protocols", professionals=4, slots_per_week=8.0))
    gave = [one.row for one in model.undertakings[0].gave]
    before, after = (one.state.diary.laid[gave].sum(axis=(0, 2, 3), dtype=np.int64) for one in (plain, model))
    assert after[codes.SCHEDULED] == pytest.approx(before[codes.SCHEDULED], rel=0.05)
    assert after[codes.SAME_DAY] - before[codes.SAME_DAY] == pytest.approx(4 * 8 * 128 / 7, rel=0.1)
    costs = model.parameters.costs
    spent = 4 * 8 * 52 * share_of_year(model) * costs.nurse_minutes / 60
    assert euros(model) == pytest.approx(spent * costs.nurse_eur_per_hour, rel=0.01)


def test_gps_on_a_rota_see_the_home_bound_of_others_in_their_time_for_visits_at_home():
    model = lived(asked("home_visits", gps=3).with_(days=364))
    shared = counted(model, codes.SHARED_HOME)
    assert 0 < shared < counted(model, codes.HOME_VISITS) + counted(model, codes.MISSED)
    assert counted(lived(asked().with_(days=364)), codes.SHARED_HOME) == 0


def test_agreed_leave_is_as_long_and_is_taken_in_turn():
    plain, model = begin(asked().with_(days=364)), begin(asked("leave_calendar", gps=3).with_(days=364))
    model.step()
    weeks = model.undertakings[0].summers(model.calendar.first + codes.HORIZON)[0]
    assert len(weeks) == len(SUMMER)
    rows = [gp.row for gp in model.gps]
    before, after = (one.state.practitioners.away[rows][:, weeks] for one in (plain, model))
    assert np.array_equal(before.sum(axis=1), after.sum(axis=1))
    assert after.sum(axis=0).max() - after.sum(axis=0).min() <= 1
    others = np.delete(np.arange(model.state.practitioners.away.shape[1]), weeks)
    both = (one.state.practitioners.away[rows][:, others] for one in (plain, model))
    assert np.array_equal(*both)
    assert hours(model) > 0


def test_fewer_than_two_agree_on_nothing():
    assert run(asked("leave_calendar", gps=1)).table.equals(run(asked()).table)


def test_a_booth_adds_remote_visits_to_its_basin():
    plain, model = begin(asked()), begin(asked("telecare_booth", commune=HAMLET, visits_per_day=4.0))
    model.step()
    basin = model.state.places.basin[row_of(model, HAMLET)]
    more = model.state.places.telecare[basin] - plain.state.places.telecare[basin]
    assert more == 4 * 65_536
    after = lived(asked("telecare_booth", commune=HAMLET, visits_per_day=4.0))
    assert counted(after, codes.BY_TELECARE) > counted(lived(asked()), codes.BY_TELECARE)
    rent = after.parameters.costs.booth_eur_per_year * share_of_year(after)
    assert rent < euros(after) < rent + counted(after, codes.BY_TELECARE) * 25


def test_a_centre_out_of_hours_sees_more_people_and_each_shift_is_paid():
    fields = {"commune": TOWN, "visits_per_evening": 2.0, "visits_per_weekend_day": 6.0}
    plain, model = lived(asked()), lived(asked("out_of_hours_centre", **fields))
    assert counted(model, codes.BY_DUTY) > counted(plain, codes.BY_DUTY)
    assert euros(model) == pytest.approx(91 * model.parameters.costs.shift_eur, abs=1)


def test_people_without_a_car_go_as_far_as_with_one_and_each_ride_is_paid():
    model = begin(asked("transport", people=50))
    without = np.flatnonzero((model.state.patients.car == 0) & (model.state.patients.home_bound == 0))
    model.step()
    carried = np.flatnonzero(model.state.patients.car == codes.ON_DEMAND)
    assert len(carried) == 50
    assert set(carried) <= set(without)
    away = model.state.reach.nearest[model.state.patients.commune]
    left = np.setdiff1d(without, carried)
    left = left[(model.state.patients.age[left] >= 16) & (model.state.patients.visitor[left] == 0)]
    assert away[carried].min() >= away[left].max()
    while model.day <= model.calendar.last:
        model.step()
    rides = counted(model, codes.CARRIED_TRIPS)
    assert rides > 10
    assert euros(model) == pytest.approx(rides * model.parameters.costs.ride_eur, abs=1)


def test_a_campaign_teaches_some_of_those_who_did_not_know():
    plain, model = begin(asked()), begin(asked("information", people_share=0.5))
    model.step()
    learns = 0.5 * model.parameters.missions.informed_share
    for before, after in (
        (plain.state.numbers.known, model.state.numbers.known),
        (plain.state.places.sas_called, model.state.places.sas_called),
        (plain.state.places.duty_known, model.state.places.duty_known),
    ):
        expected = before + (2**32 - before) * learns
        assert after == pytest.approx(expected, rel=1e-6)
    people = int(model.state.places.people.sum())
    assert euros(model) == pytest.approx(0.5 * people * model.parameters.costs.campaign_eur_per_person, abs=1)


def test_a_house_opens_the_doors_of_its_gps_to_one_another():
    alone = {"commune": "99002", "gps": 3}
    plain, model = lived(asked()), lived(asked("open_msp", **alone))
    joined = [gp for gp in model.gps if gp.structure >= 0]
    assert len(joined) == 3
    assert len({gp.structure for gp in joined}) == 1
    first = model.state.practitioners.colleagues
    house = joined[0].structure
    members = model.state.practitioners.members[first[house] : first[house + 1]]
    assert sorted(members.tolist()) == sorted(gp.row for gp in joined)
    assert counted(model, codes.BY_COLLEAGUE) > counted(plain, codes.BY_COLLEAGUE) == 0
    assert euros(model) == pytest.approx(
        model.parameters.costs.house_eur_per_year * share_of_year(model), rel=0.01
    )


@pytest.mark.parametrize("change", ["add", "scale", "cap"])
def test_a_column_changes_for_those_who_are_named_and_is_put_back(change):
    by = {"add": 500.0, "scale": 2.0, "cap": 800.0}[change]
    fields = {"column": "patients.acute_rate", "change": change, "by": by, "communes": (TOWN,), "only": ("ald",),
              "age_from": 40, "age_to": 80, "until": "2027-01-31", "eur": 100.0}  # fmt: skip
    plain, model = begin(asked()), begin(asked("custom", **fields))
    model.step()
    patients = model.state.patients
    named = (patients.commune == row_of(model, TOWN)) & (patients.ald == 1)
    named &= (patients.age >= 40) & (patients.age <= 80)
    before = plain.state.patients.acute_rate.astype(np.int64)
    expected = {"add": before + 500, "scale": before * 2, "cap": np.minimum(before, 800)}[change]
    assert named.sum() > 20
    assert np.array_equal(patients.acute_rate[named], expected[named])
    assert np.array_equal(patients.acute_rate[~named], before[~named])
    while model.date.day != 2 or model.date.month != 2:
        model.step()
    assert np.array_equal(patients.acute_rate, before)
    assert euros(model) == pytest.approx(100.0, abs=1)


def test_a_change_for_practitioners_touches_their_role_only():
    model = begin(asked("custom", column="practitioners.weekly", by=1.5, role="nurse"))
    plain = begin(asked())
    model.step()
    for one, other in zip(plain.practitioners, model.practitioners, strict=True):
        ratio = other.weekly.sum() / one.weekly.sum()
        assert ratio == pytest.approx(1.5 if one.role == "nurse" else 1.0, abs=0.01)


def test_two_missions_take_the_meeting_time_of_a_gp_once():
    both = {
        "unscheduled_care": {"gps": 2, "slots_per_week": 2.0},
        "empty_shell": {"gps": 1, "eur_per_year": 0.0},
    }
    together = lived(scenario("canton", policies=both, **BRIEF))
    single = lived(asked("unscheduled_care", gps=2, slots_per_week=2.0))
    for gp in single.communities[0].volunteers:
        mine = next(one for one in together.gps if one.identifier == gp.identifier)
        assert np.array_equal(mine.withheld, gp.withheld)
    assert practised(together, codes.DEDICATED_LAID) > 0
